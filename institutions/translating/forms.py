from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from institutions.translating.queue import CONDITIONS, LABELS, Stage


class QueueForm(forms.Form):
    """What of the queue to show. Anything not understood shows everything."""

    stage = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[("", _("Semua")), *((one.value, LABELS[one]) for one in Stage)],
    )
    institution = forms.TypedChoiceField(label=_("Instansi"), required=False, coerce=int)
    title = forms.CharField(label=_("Judul"), required=False, max_length=100)

    def __init__(self, *args: Any, owners: Mapping[str, tuple[int, str]], **kwargs: Any) -> None:
        """`owners`: path of a section → number and name of an institution one may choose."""
        super().__init__(*args, **kwargs)
        self.owners = owners
        field: Any = self.fields["institution"]
        names = sorted(set(owners.values()), key=lambda owner: owner[1])
        field.choices = [("", _("Semua")), *names]
        self.is_valid()

    def narrow(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        """Those asked for, what changed longest ago last."""
        wanted = self.cleaned_data.get("stage")
        if wanted:
            pages = pages.filter(CONDITIONS[Stage(wanted)])
        if wanted := self.cleaned_data.get("institution"):
            below = (Q(path__startswith=path) for path, owner in self.owners.items() if owner[0] == wanted)
            pages = pages.filter(reduce(or_, below))
        if title := self.cleaned_data.get("title", "").replace("\0", ""):
            pages = pages.filter(title__icontains=title)
        return pages.order_by("-last_published_at", "pk")


class DecisionForm(forms.Form):
    """`shown`: the version the person saw, None where the form does not say."""

    action = forms.ChoiceField(
        label=_("Putusan"), choices=[("approve", _("Setujui")), ("reject", _("Kembalikan untuk diperbaiki"))]
    )
    comment = forms.CharField(label=_("Catatan"), required=False, max_length=2000)
    shown = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("action") == "reject" and not data.get("comment", "").strip():
            raise forms.ValidationError(_("Tulis apa yang perlu diperbaiki."))
        return data
