"""What a reviewer writes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User

# Before the name of a part, in the name of its field.
REMARK = "remark_"


class RemarksForm(forms.Form):
    """A field for each of these parts of the page, and one for the whole.

    Cleaned: `comment`, and `remarks`: part → text, of those about which something was said.
    """

    def __init__(self, parts: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._parts = parts
        for name, label in parts.items():
            self.fields[f"{REMARK}{name}"] = forms.CharField(
                label=label, required=False, max_length=2_000, widget=forms.Textarea({"rows": 2})
            )
        self.fields["comment"] = forms.CharField(
            label=_("Catatan umum"), required=False, max_length=4_000, widget=forms.Textarea({"rows": 3})
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # Wagtail hands all that is cleaned to the task.
        said = {name: cleaned.pop(f"{REMARK}{name}", "") for name in self._parts}
        cleaned["remarks"] = {name: text for name, text in said.items() if text}
        return cleaned


class HandOnForm(forms.Form):
    """To one of these people. Cleaned: `to`, his key, which can be written as JSON."""

    def __init__(self, people: "QuerySet[User]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ModelChoiceField(
            label=_("Serahkan kepada"), queryset=people.order_by("first_name", "username")
        )

    def clean_to(self) -> Any:
        return self.cleaned_data["to"].pk
