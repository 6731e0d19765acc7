from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.imports import mapping
from directory.imports.adapter import Adapter
from directory.imports.readers.columns import FILE_LIMIT
from directory.models import ImportBatch

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


class MappingForm(forms.Form):
    """For each column of the contract that the file does not fill: which other column of the file does."""

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.batch = batch
        self.suggested = mapping.suggestion(batch)
        suggested = {name: own for own, name in self.suggested.items()}
        self.spare = mapping.spare(batch)
        self.rows: list[tuple[mapping.Filled, forms.BoundField | None]] = []
        for one in mapping.contract(batch):
            if one.by or not self.spare:
                self.rows.append((one, None))
                continue
            self.fields[one.name] = forms.ChoiceField(
                label=_("Kolom berkas untuk %(name)s") % {"name": one.name},
                required=False,
                choices=[("", _("– tidak ada –")), *((own, own) for own in self.spare)],
                initial=suggested.get(one.name, ""),
            )
            self.rows.append((one, self[one.name]))

    @property
    def mapping(self) -> dict[str, str]:
        """Column of the file → column of the contract, as chosen in a valid form."""
        return {own: name for name, own in self.cleaned_data.items() if own}

    @property
    def missing(self) -> list[str]:
        """The required columns nothing fills so far; in a form sent in the errors say which."""
        return [] if self.is_bound else mapping.missing(self.batch, self.suggested)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: dict[str, str] = {}
        for name, own in cleaned.copy().items():
            if own and own in seen:
                message = _("“%(own)s” sudah dipilih untuk %(other)s.")
                self.add_error(name, message % {"own": own, "other": seen[own]})
            seen.setdefault(own, name)
        if left := mapping.missing(self.batch, {own: name for name, own in cleaned.items() if own}):
            message = _("Kolom wajib ini belum ada isinya: %(names)s.")
            raise forms.ValidationError(message % {"names": ", ".join(left)})
        return cleaned
