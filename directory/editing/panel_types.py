"""The kinds of panels the editing form is made of, and the side list of what is missing."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from directory.choices import EvidenceLevel
from directory.derived.completeness import ITEMS, Item, Tab, completeness
from directory.derived.confirmation import confirmation_state
from directory.derived.evidence import evidence_rows
from directory.editing.widgets import CheckboxSelectMultiple

# Where validators comment. Elsewhere the buttons would only make the form longer.
COMMENTED = ("problem", "result", "summary", "narrative", "costs", "prerequisites", "evidence")


def field(name: str, help_text: Any = "", **kwargs: Any) -> FieldPanel:
    """A field that a draft may leave open, whatever its type."""
    kwargs.setdefault("disable_comments", name not in COMMENTED)
    kwargs.setdefault("attrs", {"data-profile-field": name})
    return FieldPanel(name, help_text=help_text, required_on_save=False, **kwargs)


def row(*names: str) -> FieldRowPanel:
    """Fields of a repeated row; no targets of the side list, which knows the page's own fields."""
    return FieldRowPanel([field(name, attrs={}) for name in names])


def choices(name: str, help_text: Any = "") -> FieldPanel:
    return field(name, help_text, widget=CheckboxSelectMultiple)


class Group(MultiFieldPanel):
    """Fields under one heading, with a short name in HTML ids: each is said a dozen times."""

    def __init__(self, name: str, children: Any = (), *args: Any, **kwargs: Any) -> None:
        super().__init__(children, *args, **kwargs)
        self.name = name

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "name": self.name}

    @property
    def clean_name(self) -> str:
        return self.name


class ProfileTab(ObjectList):
    """A tab with a fixed name in addresses, whatever language its heading is in."""

    def __init__(self, children: Any = (), *args: Any, tab: Tab = Tab.OUTCOME, **kwargs: Any) -> None:
        kwargs.setdefault("heading", tab.label)
        super().__init__(children, *args, **kwargs)
        self.tab = tab

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "tab": self.tab}

    @property
    def clean_name(self) -> str:
        return self.tab.value


def _as_dict(item: Item) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ("field", "label", "weight", "required")} | {
        "tab": item.tab.value
    }


def standing(page: Any) -> list[tuple[Any, Any]]:
    """What is known about the record but never typed in: term and description, for the side of the form."""
    state = confirmation_state(page)
    badge = (
        f"{state.badge.label}, {date_format(state.confirmed_on)}" if state.confirmed_on else state.badge.label
    )
    sources = [str(row) for row in page.source_page.source_records.all()]
    return [
        (_("Tingkat bukti"), EvidenceLevel(page.evidence_level).label),
        (_("Konfirmasi"), badge),
        (_("Sumber"), ", ".join(sources) or _("Tidak dari sumber nasional")),
    ]


class ProfileInterface(TabbedInterface):
    """Wagtail's tabs with the list of what is missing beside them."""

    class BoundPanel(TabbedInterface.BoundPanel):
        template_name = "directory/admin/profile_form.html"

        @cached_property
        def children(self) -> list[Any]:
            """The tabs, all with one short prefix: the names of fields and groups are unique across them."""
            return [
                child.get_bound_panel(
                    instance=self.instance, request=self.request, form=self.form, prefix="p"
                )
                for child in self.panel.children
            ]

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            state = completeness(self.instance)
            missing = {entry.field for entry in state.missing}
            items = [{**_as_dict(item), "missing": item.field in missing} for item in ITEMS]
            return {
                **context,
                "completeness": state,
                "page_code": self.instance.registry_code if self.instance.pk else "",
                "required_heading": _("Wajib sebelum diajukan"),
                "required_items": [item for item in items if item["required"]],
                "optional_items": [item for item in items if not item["required"]],
                "standing": standing(self.instance) if self.instance.pk else [],
            }

        def js_opts(self) -> dict[str, Any]:
            # A description of all fields for scripts; none of ours or Wagtail's reads it, and it is 26 KB.
            return {**super().js_opts(), "children": []}

        @property
        def media(self) -> forms.Media:
            own = forms.Media(js=["js/admin-profile-form.js"], css={"all": ["css/admin-profile-form.css"]})
            return super().media + own


class EvidenceStatePanel(Panel):
    """Read only: which rows are verified, and the level that follows from them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/evidence_state.html"

        @cached_property
        def rows(self) -> list[Any]:
            return evidence_rows(self.instance) if self.instance.pk else []

        def is_shown(self) -> bool:
            return bool(self.rows)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, "rows": self.rows, "level": EvidenceLevel(self.instance.evidence_level)}
