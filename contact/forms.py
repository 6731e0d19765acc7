from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contact.models import Enquiry, EnquiryKind


class EnquiryForm(forms.ModelForm):
    """A question or a report. `is_trap_sprung` tells that a machine filled what people do not see."""

    website = forms.CharField(label=_("Jangan diisi"), required=False)

    class Meta:
        model = Enquiry
        fields = ["section", "message", "name", "email"]
        labels = {
            "section": _("Bagian mana?"),
            "message": _("Pertanyaan Anda"),
            "name": _("Nama Anda (boleh kosong)"),
            "email": _("Surel Anda"),
        }
        error_messages = {
            "message": {"required": _("Tulis pesan Anda.")},
            "email": {
                "required": _("Tulis alamat surel untuk jawabannya."),
                "invalid": _("Tulis alamat surel yang lengkap. Contoh: nama@kantor.go.id"),
            },
        }
        help_texts = {
            "section": _("Boleh kosong. Contoh: Biaya"),
            "message": _(
                "Paling banyak 4.000 huruf. Contoh: “Berapa bidan yang diperlukan untuk tiap desa?”"
            ),
            "email": _("Jawaban dikirim ke alamat ini. Alamat ini tidak ditampilkan di portal."),
        }

    def __init__(self, kind: EnquiryKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["message"].widget.attrs["rows"] = 7
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["email"].required = kind == EnquiryKind.QUESTION
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}
        if kind == EnquiryKind.ERROR:
            self.fields["message"].label = _("Apa yang keliru, dan apa yang benar?")
            self.fields["message"].help_text = _(
                "Paling banyak 4.000 huruf. Sebutkan sumbernya bila ada. "
                "Contoh: “Inovasi ini berhenti tahun 2022, lihat situs dinas.”"
            )
            self.fields["email"].label = _("Surel Anda (boleh kosong)")
            self.fields["email"].help_text = _(
                "Agar kami dapat bertanya kembali. Tidak ditampilkan di portal."
            )
        for name, field in self.fields.items():
            described = [f"hint-{name}"] if field.help_text else []
            described += [f"error-{name}"] if self.is_bound and name in self.errors else []
            if described:
                field.widget.attrs["aria-describedby"] = " ".join(described)

    @property
    def is_trap_sprung(self) -> bool:
        return bool(self.data.get("website"))
