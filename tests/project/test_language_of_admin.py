"""The admin, in both languages, as each kind of person sees it: nothing in it is in the other language."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker
from wagtail.models import Collection, Page, Task, Workflow
from wagtail.users.models import UserProfile

from institutions.roles import SectionKind
from tests.languages import FOREIGN, foreign
from tests.permissions.addresses import Address, addresses
from tests.permissions.expected import EXPECTED, LEFT_OUT
from tests.permissions.filling import filled
from tests.permissions.world import OWN, PEOPLE, Person, Place, World, build

BOTH = pytest.mark.parametrize("language", ["id", "en"])
DIRECTORY, NEWS, GUIDES = (
    Place(OWN, kind) for kind in (SectionKind.DIRECTORY, SectionKind.NEWS, SectionKind.GUIDES)
)
BY_NAME = {person.name: person for person in PEOPLE}
# What shows the fields of a page of each kind.
OF_EACH_KIND = ("wagtailadmin_pages:edit", "wagtailadmin_pages:add", "wagtailadmin_pages:add_subpage")
# What looks different for a role.
OF_A_ROLE = (
    *("wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_explore", "wagtailadmin_pages:edit"),
    *("wagtailadmin_pages:add_subpage", "wagtailadmin_pages:history", "contents:index", "innovations:index"),
    *("confirming:index", "confirming:ask", "validating:index", "validating:review", "members:index"),
    *("members:institution", "handbook", "quality:index", "insight:index", "insight:calls", "imports:index"),
    *("wagtailadmin_reports:workflow_tasks", "wagtailadmin_reports:locked_pages", "merging:index"),
)
# What Wagtail's templates say outright: the name of a button for the ears (shared/header.html), and of a
# person who is not known (reports/aging_pages_results.html).
OUTRIGHT = {"Search", "None"}
ROLES = (
    "contributor-of-directory",
    "editor-of-directory",
    "translator-of-directory",
    "validator-kipp",
    "programme-owner",
)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Built once for this module and undone at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build()
        _rename()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> World:
    return built


def _rename() -> None:
    """What people have named would be taken for the portal's own words where it is the same."""
    for model, fields in (
        (Page, ["title", "draft_title"]),
        *((one, ["name"]) for one in (Workflow, Task, Group, Collection)),
    ):
        for row in model._default_manager.exclude(**{fields[0]: "Root"}):
            model._default_manager.filter(pk=row.pk).update(**dict.fromkeys(fields, f"Qz {row.pk}"))


def signed_in(world: World, person: Person, language: str) -> Client:
    user = world.users[person.name]
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return world.client(person)


def page_of(response: HttpResponse) -> str:
    """The page, or the part of one that a dialogue is given."""
    kind = response.headers.get("Content-Type", "")
    if "json" in kind:
        answer: Any = response.json()
        return str(answer.get("html", "")) if isinstance(answer, dict) else ""
    return response.content.decode() if "html" in kind and not response.streaming else ""


def asked(world: World, wanted: tuple[str, ...] | None = None) -> Iterator[tuple[Address, str]]:
    """Addresses with their paths."""
    for address in addresses():
        if address.key in LEFT_OUT or (wanted is not None and address.key not in wanted):
            continue
        row = EXPECTED.get(address.route) or EXPECTED[address.key]
        for place in (DIRECTORY, NEWS, GUIDES) if address.key in OF_EACH_KIND else (DIRECTORY,):
            page = world.page(place, row.state)
            there = {"page": page.pk, "section": page.get_parent().pk, "path": ""}
            query = "?" + row.query.format(**there) if row.query else ""
            yield address, filled(address, world, place, row.state) + query


def complaints(client: Client, paths: Iterator[tuple[Address, str]], language: str) -> tuple[int, str]:
    """How many pages were seen, and what is wrong with them."""
    wrong, seen, cookies = [], 0, client.cookies.copy()
    # Names of rights are contents of the database, which Django writes in English.
    rights = "\n".join(map(str, Permission.objects.select_related("content_type")))
    for address, path in paths:
        # Some addresses sign a person out.
        client.cookies = cookies.copy()
        with transaction.atomic():
            response = client.get(path, follow=True, headers={"accept-language": language})
            transaction.set_rollback(True)
        page = page_of(response)
        seen += bool(page)
        if found := foreign(page, language, rights) - OUTRIGHT:
            wrong.append(
                f"{address} ({path}): {[(text, FOREIGN[language].in_node(text)) for text in sorted(found)]}"
            )
    return seen, "\n".join(wrong)


@BOTH
def test_admin__speaks_the_language_of_the_administrators_account(world: World, language: str) -> None:
    seen, wrong = complaints(signed_in(world, BY_NAME["administrator"], language), asked(world), language)
    assert not wrong, wrong
    assert seen > 200


@BOTH
@pytest.mark.parametrize("name", ROLES)
def test_admin__speaks_the_language_of_each_roles_account(world: World, name: str, language: str) -> None:
    seen, wrong = complaints(signed_in(world, BY_NAME[name], language), asked(world, OF_A_ROLE), language)
    assert not wrong, wrong
    assert seen > 5


@BOTH
def test_way_in__speaks_the_language_of_the_browser(world: World, language: str) -> None:
    wanted = tuple(
        f"wagtailadmin_{name}"
        for name in (
            "login",
            "password_reset",
            "password_reset_done",
            "password_reset_confirm",
            "password_reset_complete",
        )
    )
    seen, wrong = complaints(Client(), asked(world, wanted), language)
    assert not wrong, wrong
    assert seen == len(wanted)
