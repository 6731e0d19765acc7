from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from directory.validating.parts import PARTS
from directory.validating.settling import APPROVE, RETURN

if TYPE_CHECKING:
    from accounts.models import User


class ReviewForm(forms.Form):
    """What a validator says of a record. `remarks`: part → text, of those about which something was said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in PARTS.items():
            self.fields[f"remark_{name}"] = forms.CharField(
                label=label, required=False, max_length=2_000, widget=forms.Textarea({"rows": 2})
            )
        self.fields["comment"] = forms.CharField(
            label=_("Catatan umum"), required=False, max_length=4_000, widget=forms.Textarea({"rows": 3})
        )
        self.fields["action"] = forms.ChoiceField(
            label=_("Keputusan"),
            choices=[
                (APPROVE, _("Setujui dan terbitkan")),
                (RETURN, _("Kembalikan untuk diperbaiki")),
            ],
            widget=forms.RadioSelect,
        )

    @property
    def remarks(self) -> dict[str, str]:
        said = {name: self.cleaned_data.get(f"remark_{name}", "") for name in PARTS}
        return {name: text for name, text in said.items() if text}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("action") == RETURN and not (self.remarks or cleaned.get("comment")):
            self.add_error("comment", _("Tuliskan apa yang perlu diperbaiki, di sini atau pada bagiannya."))
        return cleaned


class ReassignForm(forms.Form):
    def __init__(self, people: "QuerySet[User]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ModelChoiceField(
            label=_("Serahkan kepada"), queryset=people.order_by("first_name", "username")
        )
