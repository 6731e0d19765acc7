"""Rules: who gets in, derived from `institutions.roles` and from nothing the portal computes itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from institutions.roles import (
    OVERSEER,
    PORTAL_RIGHTS,
    PORTAL_ROLES,
    SECTION_RIGHTS,
    SECTION_ROLES,
    Role,
    SectionKind,
    portal_rights,
)
from tests.permissions.answers import Answer, File
from tests.permissions.world import PLACES, Person, Place

Rule = Callable[[Person, Place], bool]


@dataclass(frozen=True)
class Row:
    """Who gets in by GET, and by POST; with pages in which state; what is sent.

    `put` and `delete` where an address takes them. `unfit`: who gets in, but has nothing to send by POST that
    can be done there.
    """

    get: Rule
    post: Rule
    put: Rule | None = None
    delete: Rule | None = None
    unfit: Rule | None = None
    state: str = "draft"
    data: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, File] = field(default_factory=dict)
    query: str = ""

    def methods(self) -> dict[str, Rule]:
        taken = {"GET": self.get, "POST": self.post, "PUT": self.put, "DELETE": self.delete}
        return {method: rule for method, rule in taken.items() if rule is not None}

    def expected(self, method: str, person: Person, place: Place) -> Answer:
        if self.methods()[method](person, place):
            return Answer.LET_IN
        if method == "POST" and self.unfit is not None and self.unfit(person, place):
            return Answer.UNFIT
        return Answer.REFUSED


def everybody(person: Person, place: Place) -> bool:
    return True


def nobody(person: Person, place: Place) -> bool:
    return False


def signed_in(person: Person, place: Place) -> bool:
    return person.role is not None


def with_password(person: Person, place: Place) -> bool:
    """Who has signed in, even where there is nothing left for him."""
    return person.signs_in


def administrator(person: Person, place: Place) -> bool:
    return person.role is Role.ADMINISTRATOR


def overseers(person: Person, place: Place) -> bool:
    return person.role in (Role.ADMINISTRATOR, Role.PROGRAMME_OWNER)


def of_portal(*rights: str) -> Rule:
    """Who has one of these rights over the whole portal, as "app.codename"."""

    def rule(person: Person, place: Place) -> bool:
        held = portal_rights(person.role) if person.role in PORTAL_ROLES else frozenset()
        return administrator(person, place) or bool(held & set(rights))

    return rule


def with_sections(person: Person, place: Place) -> bool:
    """Who has rights on any page at all."""
    return overseers(person, place) or person.role in (*SECTION_ROLES, Role.PORTAL_TRANSLATOR)


def _at_home(person: Person, place: Place) -> bool:
    return person.institution == place.institution and place.kind in person.kinds


def pages(*rights: str) -> Rule:
    """Who has one of these rights on the pages of the place. Whoever may add has "change" on what is his, and
    in the world of these tests all pages are their contributor's."""

    def rule(person: Person, place: Place) -> bool:
        if administrator(person, place):
            return True
        if person.role is Role.PROGRAMME_OWNER:
            return bool(OVERSEER.pages & set(rights))
        if person.role not in SECTION_ROLES or not _at_home(person, place):
            return False
        held = set(SECTION_RIGHTS[person.role, place.kind].pages)
        if person.role is Role.CONTRIBUTOR and "add_page" in held:
            held.add("change_page")
        return bool(held & set(rights))

    return rule


def translations(*rights: str) -> Rule:
    """The same for the pages of the place in other languages."""

    def rule(person: Person, place: Place) -> bool:
        if overseers(person, place):
            return True
        if person.role is Role.PORTAL_TRANSLATOR:
            return bool(PORTAL_RIGHTS[person.role].translations & set(rights))
        if person.role not in SECTION_ROLES or not _at_home(person, place):
            return False
        return bool(SECTION_RIGHTS[person.role, place.kind].translations & set(rights))

    return rule


def translators(person: Person, place: Place) -> bool:
    """Who translates in any section."""
    return any(translations("change_page")(person, here) for here in PLACES)


def files(*rights: str) -> Rule:
    """Who has one of these rights on the images and documents of the place's institution."""

    def rule(person: Person, place: Place) -> bool:
        if overseers(person, place):
            return True
        if person.institution != place.institution:
            return False
        return files_somewhere(*rights)(person, place)

    return rule


def files_somewhere(*rights: str) -> Rule:
    def rule(person: Person, place: Place) -> bool:
        if overseers(person, place):
            return True
        if person.role not in SECTION_ROLES:
            return False
        held: set[str] = set()
        for kind in person.kinds:
            held |= SECTION_RIGHTS[person.role, kind].files
        return bool(held & set(rights))

    return rule


def editors(person: Person, place: Place) -> bool:
    """Who edits some section of the institution, and who oversees."""
    return overseers(person, place) or (
        person.role is Role.EDITOR and person.institution == place.institution
    )


def pages_somewhere(*rights: str) -> Rule:
    """Who has one of these rights in any section."""
    return lambda person, place: any(pages(*rights)(person, here) for here in PLACES)


def approvers(person: Person, place: Place) -> bool:
    """Who approves first what is submitted in the place."""
    return overseers(person, place) or (person.role is Role.EDITOR and _at_home(person, place))


def validators(person: Person, place: Place) -> bool:
    return overseers(person, place) or person.role is Role.VALIDATOR


def validators_of(source: str) -> Rule:
    """Who validates records of a source; an overseer may stand in."""
    return lambda person, place: (
        overseers(person, place) or (person.role is Role.VALIDATOR and person.source == source)
    )


def only(kind: SectionKind, rule: Rule) -> Rule:
    """For what there is in sections of one kind only."""
    return lambda person, place: place.kind is kind and rule(person, place)


def reads(rule: Rule, **more: object) -> Row:
    return Row(rule, nobody, **more)


def form(rule: Rule, **more: object) -> Row:
    return Row(rule, rule, **more)


def action(rule: Rule, **more: object) -> Row:
    return Row(nobody, rule, **more)


def stored(rule: Rule, data: Mapping[str, str]) -> Row:
    """A value that is put there and taken away again, without a form."""
    return Row(nobody, nobody, put=rule, delete=rule, data=data)


CHANGE = pages("change_page")
ADD = pages("add_page")
PUBLISH = pages("publish_page")
EXPLORE = pages("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
CHANGE_FILES = files("change_image")
CHOOSE_FILES = files("choose_image")
UPLOAD = files_somewhere("add_image")
LIST_FILES = files_somewhere("add_image", "change_image")
TRANSLATE = translations("change_page")
VALIDATE = only(SectionKind.DIRECTORY, validators_of("kipp"))
