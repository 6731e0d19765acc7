from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.imports.adapter import Adapter
from directory.imports.readers.columns import FILE_LIMIT

LABELS = {
    "kipp": gettext_lazy("KIPP, Kementerian PANRB (Excel .xlsx)"),
    "iga": gettext_lazy("IGA, Kemendagri (CSV)"),
    "labinov": gettext_lazy("LABINOV, LAN (JSON)"),
    "portal": gettext_lazy("Ekspor portal ini, disunting (CSV, Excel, atau JSON)"),
    "general": gettext_lazy("Umum, langsung terbit tanpa validasi (CSV)"),
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Berkas"),
        max_length=255,
        help_text=gettext_lazy("Belum ada yang ditulis: rencananya ditunjukkan dulu, baris demi baris."),
    )

    def __init__(self, *args: Any, adapters: list[Adapter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"] = forms.ChoiceField(
            label=gettext_lazy("Sumber"),
            widget=forms.RadioSelect,
            choices=[(adapter.name, LABELS.get(adapter.name, adapter.name)) for adapter in adapters],
            initial=adapters[0].name if len(adapters) == 1 else None,
        )
        self.order_fields(["source", "file"])

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_LIMIT:
            message = _("Berkas lebih besar dari %(limit)d MB; bagi menjadi beberapa berkas.")
            raise forms.ValidationError(message % {"limit": FILE_LIMIT // 1024**2})
        return file
