"""For who has written nothing yet: where to begin."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from home.desk.contents import contents, written_by
from institutions.models import RoleGroup
from institutions.roles import Role, SectionKind
from institutions.sections import section_types

WORDS: dict[SectionKind, Any] = {
    SectionKind.DIRECTORY: _("Tulis inovasi pertama Anda"),
    SectionKind.NEWS: _("Tulis berita pertama Anda"),
    SectionKind.GUIDES: _("Tulis panduan pertama Anda"),
}
WRITING = (Role.CONTRIBUTOR, Role.EDITOR)


class FirstStepsPanel(Component):
    """Gone with the first draft."""

    name = "first_steps"
    template_name = "home/desk/first_steps.html"
    # After what awaits the person: who has written nothing may have much to approve.
    order = 165

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        groups = RoleGroup.objects.filter(
            role__in=WRITING, group__user=user.pk, workspace__retired_at=None, workspace__isnull=False
        )
        held = list(groups.values_list("role", "kind", "workspace__institution"))
        if not held or contents(user).filter(written_by(user)).exists():
            return {"begin": []}
        return {
            "begin": _begin({(kind, institution) for _role, kind, institution in held}),
            "invites": any(role == Role.EDITOR for role, _kind, _institution in held),
        }


def _begin(sections: set[tuple[str, int]]) -> list[tuple[Any, str]]:
    """Words and the address of the form, for one section of each kind; innovations first."""
    found = []
    for kind, words in WORDS.items():
        own = [institution for held, institution in sections if held == kind]
        for section_type in section_types() if own else ():
            if section_type.section_kind != kind:
                continue
            items: list[type[Page]] = section_type.allowed_subpage_models()
            section = section_type._default_manager.filter(
                institution__in=own, locale__language_code=settings.LANGUAGE_CODE
            ).first()
            if section and items:
                names = items[0]._meta.app_label, items[0]._meta.model_name
                found.append((words, reverse("wagtailadmin_pages:add", args=[*names, section.pk])))
    return found
