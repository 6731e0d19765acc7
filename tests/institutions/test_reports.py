"""No report tells a section's people of other institutions' drafts."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from institutions import memberships
from institutions.models import Institution
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind
from institutions.sections import provide
from news.models import NewsIndexPage, NewsPage
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory

pytestmark = pytest.mark.django_db

REPORTS = ("locked_pages", "workflow", "workflow_tasks", "site_history", "aging_pages", "page_types_usage")


@pytest.fixture
def alfa() -> Institution:
    """An institution; another one has a draft that was just edited and locked."""
    make_home().add_child(instance=NewsIndexPage(title="Berita", slug="berita"))
    provision_portal()
    alfa, beta = InstitutionFactory(code="alfa"), InstitutionFactory(code="beta")
    for one in (alfa, beta):
        provision(one, [SectionKind.NEWS])
    section = provide(beta, SectionKind.NEWS)[0][0]
    page = section.add_child(instance=NewsPage(title="Rahasia beta", slug="r", introduction="x", live=False))
    page.save_revision(log_action=True)
    page.locked = True
    page.save()
    return alfa


def signed_in(client: Client, institution: Institution, role: Role) -> Client:
    user = User.objects.create_user("ani", "ani@contoh.go.id", "rahasia")
    kinds = [SectionKind.NEWS] if role in (Role.EDITOR, Role.CONTRIBUTOR) else []
    memberships.begin(user, institution, role, kinds)
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EDITOR])
@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("part", ["", "_results"])
def test_report__tells_nothing_of_others_drafts(
    alfa: Institution, client: Client, role: Role, report: str, part: str
) -> None:
    address = reverse(f"wagtailadmin_reports:{report}{part}")
    response = signed_in(client, alfa, role).get(address, follow=True)
    assert "Rahasia beta" not in response.content.decode()


def test_page_types_usage__is_for_who_oversees_the_portal(alfa: Institution, client: Client) -> None:
    address = reverse("wagtailadmin_reports:page_types_usage")
    assert "Rahasia beta" in signed_in(client, alfa, Role.PROGRAMME_OWNER).get(address).content.decode()
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()


def test_page_types_usage__is_not_in_the_menu_of_others(alfa: Institution, client: Client) -> None:
    signed_in(client, alfa, Role.EDITOR)
    address = reverse("wagtailadmin_reports:page_types_usage")
    assert client.get(address).status_code == 302
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()
