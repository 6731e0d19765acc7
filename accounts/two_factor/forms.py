"""Codes of either kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "text",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        )
        super().__init__(max_length=40, widget=widget, **kwargs)


class CodeForm(forms.Form):
    code = CodeField(label=_("Kode"))


class MoveForm(forms.Form):
    """To another app: an open window on somebody's desk must not be enough."""

    present = CodeField(label=_("Kode dari telepon yang lama, atau kode cadangan"))
    code = CodeField(label=_("Kode dari telepon yang baru"))
