from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.validating.parts import PARTS
from institutions.approval.forms import RemarksForm
from institutions.models.review import APPROVE, RETURN


class ReviewForm(RemarksForm):
    """What a validator says of a record and decides about it.

    Cleaned also: `action`, and `shown`: the version he was shown, None where the form does not say.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(PARTS, *args, **kwargs)
        self.fields["action"] = forms.ChoiceField(
            label=_("Keputusan"),
            choices=[
                (APPROVE, _("Setujui dan terbitkan")),
                (RETURN, _("Kembalikan untuk diperbaiki")),
            ],
            widget=forms.RadioSelect,
        )
        self.fields["shown"] = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("action") == RETURN and not (cleaned["remarks"] or cleaned.get("comment")):
            self.add_error("comment", _("Tuliskan apa yang perlu diperbaiki, di sini atau pada bagiannya."))
        return cleaned

    def ask_again(self, reasons: list[str], shown: int) -> None:
        """Show all that was typed once more, beside the version that is shown now."""
        self.data = {**dict(self.data.items()), "shown": str(shown)}
        for reason in reasons:
            self.add_error(None, reason)
