import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.loading import GOVERNMENTS
from institutions.models import Institution

# Before it there was no institution of this state.
EARLIEST = datetime.date(1945, 8, 17)


class EndingForm(forms.Form):
    """What is asked of every ending: since when, why, and whether it is meant."""

    on = forms.DateField(
        label=_("Berlaku sejak"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Dasar hukumnya, misalnya nomor peraturan. Tercatat dalam riwayat."),
    )
    sure = forms.BooleanField(label=_("Ya, saya sudah membaca apa yang akan terjadi"))

    def clean_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["on"]
        if not EARLIEST <= day <= timezone.localdate():
            raise ValidationError(
                _("Tulis tanggal yang sudah lewat atau hari ini; perubahannya langsung berlaku.")
            )
        return day


class RetireForm(EndingForm):
    field_order = ("on", "reason", "cancel_scheduled", "sure")

    cancel_scheduled = forms.BooleanField(
        label=_("Batalkan juga jadwal terbit"),
        required=False,
        help_text=_("Tanpa ini, yang sudah disetujui tetap terbit pada waktunya."),
    )


class MergeForm(EndingForm):
    field_order = ("on", "reason", "take_members", "sure")

    take_members = forms.BooleanField(
        label=_("Bawa anggotanya dengan peran yang sama"),
        required=False,
        help_text=_("Tanpa ini, keanggotaan mereka berakhir dan dapat diundang lagi."),
    )


class ReinstateForm(forms.Form):
    reason = EndingForm.base_fields["reason"]
    members = forms.BooleanField(
        label=_("Kembalikan juga peran anggota yang berakhir karenanya"), required=False, initial=True
    )


class SuccessorForm(forms.Form):
    """Into which institution another is to be merged."""

    into = forms.ModelChoiceField(
        label=_("Digabung ke"), queryset=Institution.objects.none(), empty_label=_("Pilih instansi")
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = _possible(institution)


def _possible(institution: Institution) -> QuerySet[Institution]:
    """Governments into governments, other bodies into other bodies: 552 of the first bury the others."""
    governments = [kind for kind, _short in GOVERNMENTS.values()]
    is_government = Q(kind__in=governments)
    alike = is_government if institution.kind in governments else ~is_government
    return Institution.objects.filter(alike, is_active=True).exclude(pk=institution.pk).order_by("name")
