"""Two institutions with everything a person could reach for, and one person of every kind."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, Locale, Page

from accounts.models import User
from cms.models import CustomDocument, CustomImage
from directory.choices import Source as RecordSource
from directory.models import DirectorySectionPage, SourceRecord
from guides.models import GuideSectionPage
from institutions import memberships
from institutions.approval.workflows import provide_workflows
from institutions.models import Institution, Workspace
from institutions.provisioning import provision, provision_portal
from institutions.roles import SECTION_ROLES, Role, SectionKind, Source
from news.models import NewsSectionPage
from taxonomy.models import Sector
from tests.factories.cms import DocumentFactory, ImageFactory
from tests.factories.directory import SUBMITTABLE, directory_index, innovation, narrative, reference
from tests.factories.guides import guide_index, guide_page
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory
from tests.factories.news import news_index, news_page

OWN, OTHER = "sleman", "bantul"
ALL_KINDS = frozenset(SectionKind)


@dataclass(frozen=True)
class Person:
    """Who asks: a role in sections of an institution, a role of the portal, or nobody (`None`)."""

    name: str
    role: Role | None
    institution: str = OWN
    kinds: frozenset[SectionKind] = frozenset()
    source: str = ""
    # Signed in, but without any membership any more.
    former: bool = False

    @property
    def signs_in(self) -> bool:
        return self.role is not None or self.former

    def __str__(self) -> str:
        return self.name


PEOPLE = (
    Person("anonymous", None),
    Person("former-member", None, former=True),
    *(
        Person(f"{role}-of-{kind}", role, kinds=frozenset({kind}))
        for role in SECTION_ROLES
        for kind in SectionKind
    ),
    *(Person(f"{role}-elsewhere", role, OTHER, ALL_KINDS) for role in SECTION_ROLES),
    Person("validator-kipp", Role.VALIDATOR, "kementerian", source=Source.KIPP),
    Person("validator-iga", Role.VALIDATOR, "kementerian", source=Source.IGA),
    Person("portal-translator", Role.PORTAL_TRANSLATOR, "kementerian"),
    Person("programme-owner", Role.PROGRAMME_OWNER, "kementerian"),
    Person("administrator", Role.ADMINISTRATOR, "kementerian"),
)


@dataclass(frozen=True)
class Place:
    """Where what is reached for belongs: a kind of section of an institution."""

    institution: str
    kind: SectionKind

    def __str__(self) -> str:
        return f"{self.institution}/{self.kind}"


PLACES = tuple(Place(code, kind) for code in (OWN, OTHER) for kind in SectionKind)


@dataclass
class World:
    users: dict[str, User] = field(default_factory=dict)
    pages: dict[tuple[Place, str], Page] = field(default_factory=dict)
    images: dict[str, CustomImage] = field(default_factory=dict)
    documents: dict[str, CustomDocument] = field(default_factory=dict)

    def client(self, person: Person) -> Client:
        client = Client(raise_request_exception=False)
        if person.signs_in:
            client.force_login(self.users[person.name], "accounts.backends.PortalBackend")
        return client

    def page(self, place: Place, state: str) -> Page:
        return self.pages[place, state]

    def institution(self, code: str) -> Institution:
        return Institution.objects.get(code=code)

    def collection(self, code: str) -> Collection:
        return Workspace.objects.get(institution__code=code).collection


def build() -> World:
    """In the database of the test that asks."""
    world = World()
    home = make_home()
    home.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0])
    news_index(), guide_index(), directory_index()
    provision_portal()
    for code in (OWN, OTHER):
        institution = InstitutionFactory(code=code)
        provision(institution, SectionKind)
    provide_workflows()
    for person in PEOPLE:
        if person.signs_in:
            world.users[person.name] = _user(person)
    for code in (OWN, OTHER):
        collection = world.collection(code)
        world.images[code] = ImageFactory(title=f"Gambar {code}", collection=collection)
        world.documents[code] = DocumentFactory(
            title=f"Dokumen {code}", collection=collection, file__filename=f"{code}.pdf"
        )
    for place in PLACES:
        _fill(world, place)
    return world


def _user(person: Person) -> User:
    user = User.objects.create_user(person.name, f"{person.name}@contoh.go.id", "rahasia")
    institution = InstitutionFactory(code=person.institution)
    if person.former:
        gone = memberships.begin(user, institution, Role.EDITOR, SectionKind)
        memberships.end(gone)
    elif person.role:
        memberships.begin(user, institution, person.role, person.kinds, person.source)
    return user


def _fill(world: World, place: Place) -> None:
    """A section's pages, each in a state in which something may be done with it, all their contributor's."""
    whose = f"of-{place.kind}" if place.institution == OWN else "elsewhere"
    owner = world.users[f"contributor-{whose}"]
    for state in ("draft", "live", "locked", "submitted", "approved", "scheduled"):
        page = _page(world, place, state, owner)
        revision = page.save_revision(user=owner)
        if state == "live":
            # Something is left to publish.
            page.title += " baru"
            page.save_revision(user=owner)
        elif state == "locked":
            page.locked, page.locked_by, page.locked_at = True, world.users["administrator"], timezone.now()
            page.save(update_fields=["locked", "locked_by", "locked_at"])
        elif state == "submitted":
            page.get_workflow().start(page, owner)
        elif state == "approved" and place.kind is SectionKind.DIRECTORY:
            # By its editor, who submitted it; it is with the validators now.
            page.get_workflow().start(page, world.users[f"editor-{whose}"])
        elif state == "scheduled":
            revision.approved_go_live_at = timezone.now() + timedelta(days=9)
            revision.save(update_fields=["approved_go_live_at"])
        world.pages[place, state] = type(page).objects.get(pk=page.pk)


SECTIONS = {
    SectionKind.NEWS: (NewsSectionPage, news_page),
    SectionKind.GUIDES: (GuideSectionPage, guide_page),
    SectionKind.DIRECTORY: (DirectorySectionPage, innovation),
}


def _page(world: World, place: Place, state: str, owner: User) -> Page:
    name = f"{state} {place.institution}"
    fields: dict[str, Any] = {
        "title": name.capitalize(), "slug": name.replace(" ", "-"), "owner": owner, "live": state == "live",
    }  # fmt: skip
    section_type, make = SECTIONS[place.kind]
    section = section_type.objects.get(institution__code=place.institution, locale__language_code="id")
    if place.kind is SectionKind.NEWS:
        fields |= {"lead_image": world.images[place.institution], "lead_image_alt": "Loket"}
    if place.kind is SectionKind.DIRECTORY:
        fields = SUBMITTABLE | fields | {"institution": section.institution}
        # Nothing is missing for publication.
        fields |= {"sectors": [reference(Sector, "kesehatan")], "narrative": narrative("how_it_works")}
    page = make(section, **fields)
    if place.kind is SectionKind.DIRECTORY:
        SourceRecord.objects.create(page=page, source=RecordSource.KIPP, record_id=name)
    return page
