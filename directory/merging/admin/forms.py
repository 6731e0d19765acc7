from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.choices import Source
from directory.imports.pages import all_records
from directory.models import DuplicatePair, InnovationPage, SourceRecord
from taxonomy.models import Region

PREFIX = "ino-"
# Larger than any registry number, smaller than what a database takes.
LARGEST = 2**62


class FilterForm(forms.Form):
    """Narrows the list of pairs down; what an address cannot mean is left out."""

    state = forms.ChoiceField(
        label=gettext_lazy("Keadaan"), choices=DuplicatePair.State.choices, required=False
    )
    province = forms.ModelChoiceField(
        label=gettext_lazy("Provinsi"),
        queryset=Region.objects.filter(kind=Region.Kind.PROVINCE),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("Semua"),
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Sumber"),
        choices=[("", gettext_lazy("Semua")), *Source.choices],
        required=False,
    )

    def pairs(self) -> QuerySet[DuplicatePair]:
        self.is_valid()
        wanted = self.cleaned_data
        pairs = DuplicatePair.objects.filter(state=wanted.get("state") or DuplicatePair.State.OPEN)
        if province := wanted.get("province"):
            own = Q(region=province) | Q(region__province=province)
            owners = Q(institution__region=province) | Q(institution__region__province=province)
            there = InnovationPage.objects.filter(own | Q(region=None) & owners).values("pk")
            pairs = pairs.filter(Q(one__in=there) | Q(other__in=there))
        if source := wanted.get("source"):
            brought = SourceRecord.objects.filter(source=source).values("page")
            pairs = pairs.filter(Q(one__in=brought) | Q(other__in=brought))
        related = ("institution", "region")
        return pairs.select_related(
            "decided_by", *(f"{side}__{name}" for side in ("one", "other") for name in related)
        ).prefetch_related("one__source_records", "other__source_records")


class ChooseForm(forms.Form):
    """Two records by their registry numbers, as people write them: "INO-000123" or "123"."""

    first = forms.CharField(label=gettext_lazy("Nomor registrasi"), max_length=24)
    second = forms.CharField(label=gettext_lazy("Nomor registrasi yang lain"), max_length=24)

    def clean_first(self) -> int:
        return self._number("first")

    def clean_second(self) -> int:
        number = self._number("second")
        if number == self.cleaned_data.get("first"):
            raise forms.ValidationError(_("Tulis nomor catatan yang lain."))
        return number

    def _number(self, name: str) -> int:
        text: Any = self.cleaned_data[name].strip().lower().removeprefix(PREFIX)
        number = int(text) if text.isascii() and text.isdecimal() else 0
        if not all_records().filter(registry_number=min(number, LARGEST)).exists():
            raise forms.ValidationError(_("Tidak ada catatan bernomor ini. Contoh: INO-000123."))
        return number
