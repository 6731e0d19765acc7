"""Institutions that write, with their people: `portal()` first, then `office("sleman")`."""

from dataclasses import dataclass

from django.test import Client
from wagtail.models import WorkflowState

from accounts.models import User
from directory.models import DirectorySectionPage
from institutions import memberships
from institutions.approval.workflows import provide_workflows
from institutions.models import Institution
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind
from news.models import NewsPage, NewsSectionPage
from tests.factories.directory import directory_index
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory
from tests.factories.news import news_index

NEWS, DIRECTORY = SectionKind.NEWS, SectionKind.DIRECTORY


@dataclass
class Office:
    institution: Institution
    contributor: User
    editor: User

    @property
    def news(self) -> NewsSectionPage:
        return NewsSectionPage.objects.get(institution=self.institution, locale__language_code="id")

    @property
    def directory(self) -> DirectorySectionPage:
        return DirectorySectionPage.objects.get(institution=self.institution, locale__language_code="id")

    def draft(self, title: str = "Mal pelayanan dibuka") -> NewsPage:
        page = NewsPage(title=title, introduction="Ringkas.", live=False, owner=self.contributor)
        self.news.add_child(instance=page)
        page.save_revision(user=self.contributor)
        return page

    def published(self, title: str = "Mal pelayanan dibuka") -> NewsPage:
        page = self.draft(title)
        page.get_latest_revision().publish()
        return NewsPage.objects.get(pk=page.pk)

    def submitted(self, title: str = "Menunggu") -> WorkflowState:
        page = self.draft(title)
        return page.get_workflow().start(page, self.contributor)


def portal() -> User:
    """The indices, the groups of the whole portal, the workflows; returns a programme owner."""
    make_home()
    news_index(), directory_index()
    provision_portal()
    provide_workflows()
    return person("pemilik", "pusat", Role.PROGRAMME_OWNER)


def person(name: str, code: str, role: Role, *kinds: SectionKind, source: str = "") -> User:
    user = User.objects.filter(username=name).first() or User.objects.create_user(
        name, f"{name}@contoh.go.id", "rahasia"
    )
    memberships.begin(user, InstitutionFactory(code=code), role, kinds, source)
    return user


def office(code: str, *kinds: SectionKind) -> Office:
    institution = InstitutionFactory(code=code)
    kinds = kinds or (NEWS, DIRECTORY)
    provision(institution, kinds)
    institution = Institution.objects.get(code=code)
    return Office(
        institution,
        person(f"penulis-{code}", code, Role.CONTRIBUTOR, *kinds),
        person(f"editor-{code}", code, Role.EDITOR, *kinds),
    )


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, "accounts.backends.PortalBackend")
    return client
