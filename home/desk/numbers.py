"""Numbers for each role its own, each with the list of what it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from cms.failed_mail import given_up
from directory.models import Validation
from directory.validating import queue
from home.desk.contents import State, below_sections_of, content_types, contents, in_state, kinds_of
from home.desk.listing import address
from institutions.memberships import holds, oversees
from institutions.models import Institution, Workspace
from institutions.roles import Role, SectionKind

# Of so many institutions of one person; who writes for more finds the others in the list.
SHOWN = 3

COUNTED: Mapping[SectionKind, Mapping[State, Any]] = {
    SectionKind.DIRECTORY: {
        State.PUBLISHED: _("inovasi terbit"),
        State.DRAFT: _("draf inovasi"),
        State.WAITING: _("inovasi menunggu tinjauan"),
        State.RETURNED: _("inovasi dikembalikan"),
        State.UNCONFIRMED: _("inovasi perlu konfirmasi"),
    },
    SectionKind.NEWS: {
        State.THIS_YEAR: _("berita tahun ini"),
        State.DRAFT: _("draf berita"),
        State.WAITING: _("berita menunggu tinjauan"),
    },
    SectionKind.GUIDES: {
        State.PUBLISHED: _("panduan terbit"),
        State.DRAFT: _("draf panduan"),
        State.WAITING: _("panduan menunggu tinjauan"),
        State.REVIEW: _("panduan perlu ditinjau ulang"),
    },
}
# That there are none of these is worth knowing, too.
ALSO_NONE = (State.PUBLISHED, State.THIS_YEAR)


@dataclass(frozen=True, slots=True)
class Number:
    """`url` is empty where there is no list."""

    count: int
    label: Any
    url: str = ""


class InstitutionNumbersPanel(Component):
    """Of the institutions a person writes for, by kind of section. Nothing there for who writes for none."""

    name = "institution_numbers"
    template_name = "home/desk/numbers.html"
    order = 190

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        kinds = {} if oversees(user) else kinds_of(user)
        institutions = Institution.objects.filter(pk__in=kinds).order_by("name")[:SHOWN]
        groups = [(one.shown_name, _of_contents(user, kinds[one.pk], one)) for one in institutions]
        return {
            "id": "institution-numbers", "heading": _("Angka instansi saya"),
            "groups": [(name, numbers, any(one.count for one in numbers)) for name, numbers in groups],
        }  # fmt: skip


class ValidatorNumbersPanel(Component):
    """Of those who validate records of a source."""

    name = "validator_numbers"
    template_name = "home/desk/numbers.html"
    order = 191

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        groups = [("", _of_validator(user), True)] if holds(user, Role.VALIDATOR) else []
        return {"id": "validator-numbers", "heading": _("Angka validasi saya"), "groups": groups}


class PortalNumbersPanel(Component):
    """Of the whole portal, for who oversees it."""

    name = "portal_numbers"
    template_name = "home/desk/numbers.html"
    order = 192

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        groups = [("", _of_portal(user), True)] if oversees(user) else []
        return {"id": "portal-numbers", "heading": _("Angka portal"), "groups": groups}


def _of_contents(
    user: Any, kinds: Iterable[SectionKind], institution: Institution | None = None
) -> list[Number]:
    """What stands in sections of these kinds, of one institution or of all: every record once, in
    the portal's first language."""
    held = set(kinds)
    wanted = [(kind, state) for kind, states in COUNTED.items() if kind in held for state in states]
    pages = contents(user).filter(locale__language_code=settings.LANGUAGE_CODE)
    chosen: dict[str, Any] = {"language": settings.LANGUAGE_CODE}
    if institution is not None:
        pages = pages.filter(below_sections_of([institution]))
        chosen["institution"] = institution.pk
    conditions = [Q(content_type__in=content_types([kind])) & in_state(state) for kind, state in wanted]
    found = pages.order_by().aggregate(
        **{f"n{place}": Count("pk", filter=condition) for place, condition in enumerate(conditions)}
    )
    return [
        Number(count, COUNTED[kind][state], address(kind=kind.value, state=state.value, **chosen))
        for place, (kind, state) in enumerate(wanted)
        if (count := found[f"n{place}"]) or state in ALSO_NONE
    ]


def _of_validator(user: Any) -> list[Number]:
    reviews = queue.reviews_for(user)
    late = timezone.now() - timedelta(days=settings.REVIEW_DAYS)
    index = reverse("validating:index")
    found = reviews.order_by().aggregate(
        all=Count("pk"),
        late=Count("pk", filter=Q(started_at__lte=late)),
        mine=Count("pk", filter=Q(assigned_to=user.pk)),
    )
    year = timezone.localdate().year
    done = Validation.objects.filter(validator=user.pk, validated_at__year=year).count()
    return [
        Number(found["all"], _("inovasi menunggu validasi"), index),
        Number(found["mine"], _("diserahkan kepada saya"), f"{index}?saya=1"),
        Number(found["late"], _("di antaranya terlambat")),
        Number(done, _("saya validasi tahun ini")),
    ]


def _of_portal(user: Any) -> list[Number]:
    writing = Workspace.objects.filter(retired_at=None).count()
    numbers = [
        *_of_contents(user, (SectionKind.DIRECTORY, SectionKind.NEWS, SectionKind.GUIDES)),
        Number(writing, _("instansi menulis di portal"), reverse("members:index")),
    ]
    if user.is_superuser:
        people = get_user_model().objects.filter(is_active=True).count()
        numbers.append(
            Number(people, _("akun aktif"), f"{reverse('wagtailusers_users:index')}?is_active=true")
        )
        if failed := given_up().count():
            numbers.append(Number(failed, _("surel gagal dikirim"), reverse("failed_mail")))
    return numbers
