from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminPageChooser
from wagtail.models import Page

from search.insight import calls
from search.insight.admin.rights import owners
from search.insight.figures import PERIODS, Period
from search.insight.places import places
from search.models import UNFINISHED, CallStatus, ModelCall

ALL, MINE = "all", "mine"


class PeriodForm(forms.Form):
    """Which days, and which place."""

    hari = forms.TypedChoiceField(label=gettext_lazy("Masa"), coerce=int, required=False)
    tempat = forms.ChoiceField(label=gettext_lazy("Tempat"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {7: _("7 hari"), 30: _("30 hari"), 90: _("90 hari"), 365: _("setahun")}
        fields: Any = self.fields
        fields["hari"].choices = [(days, names[days]) for days in PERIODS]
        fields["tempat"].choices = [("", _("Semua")), *((place.code, place.label) for place in places())]


def period_asked(data: Any) -> Period:
    """The period an address or a form means; what it cannot mean is left out."""
    form = PeriodForm(data)
    form.is_valid()
    usual = Period()
    return Period(form.cleaned_data.get("hari") or usual.days, form.cleaned_data.get("tempat") or usual.place)


class CallsForm(forms.Form):
    """Narrows the list of calls down."""

    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[("", gettext_lazy("Belum selesai")), (ALL, gettext_lazy("Semua")), *CallStatus.choices],
    )
    owner = forms.ChoiceField(label=gettext_lazy("Penanggung jawab"), required=False)

    def __init__(self, data: Any, user: Any) -> None:
        super().__init__(data)
        self.user = user
        field: Any = self.fields["owner"]
        people = [(str(owner.pk), str(owner)) for owner in owners()]
        field.choices = [("", _("Semua")), (MINE, _("Saya")), *people]

    def calls(self) -> Any:
        self.is_valid()
        status, owner = self.cleaned_data.get("status"), self.cleaned_data.get("owner")
        found = ModelCall.objects.select_related("owner").prefetch_related("topics")
        if status != ALL:
            found = found.filter(status__in=[status] if status else UNFINISHED)
        if owner:
            found = found.filter(owner=self.user.pk if owner == MINE else int(owner))
        return found


class NewCallForm(forms.ModelForm):
    """A call that is to be made. `topics`: what readers searched for."""

    class Meta:
        model = ModelCall
        fields = ["title", "owner", "due", "note"]
        widgets = {
            # The browser's own calendar: Wagtail's opens late and lies over the button below.
            "due": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "note": AdminAutoHeightTextInput,
        }

    def __init__(self, *args: Any, topics: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = topics or []
        field: Any = self.fields["owner"]
        field.queryset = owners()
        field.required = True
        field.help_text = _("Yang dapat membuka halaman ini.")

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due != self.instance.due and due < timezone.localdate():
            raise forms.ValidationError(_("Pilih hari ini atau sesudahnya."))
        return due

    def clean(self) -> Any:
        taken = calls.by_topic(self.topics)
        for topic, call in taken.items():
            if call.is_unfinished:
                words = {"text": topic, "title": call.title}
                message = _("“%(text)s” sudah ada di panggilan “%(title)s”; buka panggilan itu.")
                self.add_error(None, message % words)
        return super().clean()


class CallForm(NewCallForm):
    """A call that is there: its owner and date, and how far it has come."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta(NewCallForm.Meta):
        fields = ["title", "status", "dropped_because", "answer", "owner", "due", "note"]
        widgets = {
            **NewCallForm.Meta.widgets,
            "dropped_because": AdminAutoHeightTextInput,
            "answer": AdminPageChooser,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        # Nobody learns of a draft here; a page withdrawn since is no answer any more.
        public = Page.objects.live().public().filter(depth__gt=1)
        fields["answer"].queryset = public
        fields["answer"].help_text = _("Panduan yang menjawabnya, bila sudah terbit. Boleh kosong.")
        fields["dropped_because"].help_text = _("Wajib bila dibatalkan.")
        if self.instance.answer_id and not public.filter(pk=self.instance.answer_id).exists():
            self.initial["answer"] = None

    def clean(self) -> Any:
        data = super().clean()
        dropped = self.cleaned_data.get("status") == CallStatus.DROPPED
        if dropped and not self.cleaned_data.get("dropped_because", "").strip():
            self.add_error("dropped_because", _("Tulis mengapa panggilan ini dibatalkan."))
        if not dropped:
            self.cleaned_data["dropped_because"] = ""
        return data
