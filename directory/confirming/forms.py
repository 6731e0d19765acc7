from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.choices import OperationalStatus
from directory.confirming.answers import ANSWERS
from directory.models import Confirmation


class ConfirmationForm(forms.ModelForm):
    class Meta:
        model = Confirmation
        fields = ("status", "reason", "note", "evidence_url")
        widgets = {"reason": forms.Textarea({"rows": 3}), "note": forms.Textarea({"rows": 3})}
        help_texts = {
            "reason": _("Wajib bila sudah berhenti: apa sebabnya, sejak kapan, dan apa pelajarannya."),
            "note": _("Apa yang berubah sejak konfirmasi terakhir. Boleh dikosongkan."),
        }

    status = forms.ChoiceField(
        label=_("Masih berjalan?"),
        choices=[(status.value, label) for status, label in ANSWERS],
        widget=forms.RadioSelect,
    )

    evidence_url = forms.URLField(
        label=_("Bukti (alamat web)"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Alamat berita, laporan, atau layanan yang menunjukkannya. Boleh dikosongkan."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        stopped = cleaned.get("status") == OperationalStatus.STOPPED
        if stopped and not cleaned.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", _("Tuliskan mengapa inovasi ini berhenti."))
        return cleaned
