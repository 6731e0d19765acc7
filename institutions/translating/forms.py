from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from institutions.translating.queue import CONDITIONS, LABELS, Stage


class QueueForm(forms.Form):
    """What of the queue to show. Anything not understood shows everything."""

    stage = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[("", _("Semua")), *((one.value, LABELS[one]) for one in Stage)],
    )
    title = forms.CharField(label=_("Judul"), required=False, max_length=100)

    def __init__(self, *args: Any, locales: Sequence[Locale], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locales = locales
        self.is_valid()

    @property
    def locale(self) -> Locale:
        """The language translated into; with two languages on the portal there is one."""
        return self.locales[0]

    def narrow(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        """Those asked for, what changed longest ago last."""
        wanted = self.cleaned_data.get("stage")
        if wanted:
            pages = pages.filter(CONDITIONS[Stage(wanted)])
        if title := self.cleaned_data.get("title", "").replace("\0", ""):
            pages = pages.filter(title__icontains=title)
        return pages.order_by("-last_published_at", "pk")


class DecisionForm(forms.Form):
    """`shown`: the version the person saw, None where the form does not say."""

    action = forms.ChoiceField(
        label=_("Putusan"), choices=[("approve", _("Setujui")), ("reject", _("Kembalikan untuk diperbaiki"))]
    )
    comment = forms.CharField(label=_("Catatan"), required=False, max_length=2000)
    shown = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("action") == "reject" and not data.get("comment", "").strip():
            raise forms.ValidationError(_("Tulis apa yang perlu diperbaiki."))
        return data
