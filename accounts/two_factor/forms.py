"""One field for either kind of code."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Kode"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )  # fmt: skip
