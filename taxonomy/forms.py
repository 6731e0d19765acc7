from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm


class CommaSeparatedField(forms.CharField):
    """A list of texts, typed on one line."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        texts = (part.strip() for part in (super().to_python(value) or "").split(","))
        return list(dict.fromkeys(text for text in texts if text))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != (initial or [])


class FixedCodeForm(WagtailAdminModelForm):
    """The code is given once: files, addresses and loading know the row by it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "code" in self.fields:
            self.fields["code"].disabled = True


class RegionForm(FixedCodeForm):
    abbreviations = CommaSeparatedField(
        label=_("Singkatan dan nama lain"),
        required=False,
        max_length=500,
        help_text=_(
            "Dipisah koma. Contoh: Sulsel, Sulawesi Sel. Dipakai untuk mengenali wilayah saat impor."
        ),
    )
