"""In the page chooser nobody meets another institution's drafts."""

import json
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from modelsearch import index
from wagtail.models import Page

from accounts.models import User
from institutions import memberships
from institutions.models import Institution
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind
from institutions.sections import provide
from news.models import NewsIndexPage, NewsPage, NewsSectionPage
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory

pytestmark = pytest.mark.django_db


@dataclass
class Portal:
    index: NewsIndexPage
    sections: dict[str, NewsSectionPage]
    pages: dict[str, NewsPage]


@pytest.fixture
def portal() -> Portal:
    """Two institutions with news: published, published with a new draft, never published."""
    home = make_home()
    news = home.add_child(instance=NewsIndexPage(title="Berita", slug="berita"))
    provision_portal()
    sections, pages = {}, {}
    for code in ("alfa", "beta"):
        institution = InstitutionFactory(code=code, name=code.title())
        provision(institution, [SectionKind.NEWS])
        (section, *_others), _made = provide(institution, SectionKind.NEWS)
        sections[code] = section
        for kind in ("terbit", "ubah", "rancangan"):
            page = NewsPage(title=f"{kind} {code}", slug=kind, introduction="x", live=kind != "rancangan")
            pages[f"{kind} {code}"] = section.add_child(instance=page)
            page.save_revision()
        changed = pages[f"ubah {code}"]
        changed.title = f"rahasia {code}"
        changed.save_revision()
        # As Wagtail's edit view leaves it.
        Page.objects.filter(pk=changed.pk).update(draft_title=changed.title)
    for page in NewsPage.objects.all():
        index.insert_or_update_object(page)  # the worker's part
    return Portal(news, sections, pages)


@pytest.fixture
def of_alfa(portal: Portal, client: Client) -> Client:
    user = User.objects.create_user("ani", "ani@contoh.go.id", "rahasia")
    memberships.begin(user, Institution.objects.get(code="alfa"), Role.EDITOR, [SectionKind.NEWS])
    client.force_login(user)
    return client


def browse(client: Client, page: Page) -> str:
    response = client.get(reverse("wagtailadmin_choose_page_child", args=[page.pk]))
    assert response.status_code == 200
    return json.loads(response.content)["html"]


def search(client: Client, text: str) -> str:
    return client.get(reverse("wagtailadmin_choose_page_search"), {"q": text}).content.decode()


def test_browse__shows_what_is_published_by_others_and_everything_of_ones_own(
    portal: Portal, of_alfa: Client
) -> None:
    assert {"Alfa", "Beta"} <= {title for title in ("Alfa", "Beta") if title in browse(of_alfa, portal.index)}
    own = browse(of_alfa, portal.sections["alfa"])
    assert all(title in own for title in ("terbit alfa", "rahasia alfa", "rancangan alfa"))
    others = browse(of_alfa, portal.sections["beta"])
    assert "terbit beta" in others
    assert "ubah beta" in others
    assert "rahasia beta" not in others
    assert "rancangan beta" not in others


def test_browse__opens_no_draft_of_others(portal: Portal, of_alfa: Client) -> None:
    for page, status in (("terbit beta", 200), ("rancangan beta", 404), ("rancangan alfa", 200)):
        address = reverse("wagtailadmin_choose_page_child", args=[portal.pages[page].pk])
        assert of_alfa.get(address, follow=True).status_code == status, page
    assert of_alfa.get(reverse("wagtailadmin_choose_page")).status_code == 200


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("terbit", ["terbit alfa", "terbit beta"]),
        ("rancangan", ["rancangan alfa"]),
        ("ubah", ["rahasia alfa", "ubah alfa", "ubah beta"]),
        ("rahasia", []),
    ],
)
def test_search__finds_no_draft_of_others(
    portal: Portal, of_alfa: Client, text: str, found: list[str]
) -> None:
    html = search(of_alfa, text)
    titles = [
        f"{kind} {code}" for kind in ("terbit", "ubah", "rahasia", "rancangan") for code in ("alfa", "beta")
    ]
    assert sorted(title for title in titles if title in html) == found


def test_chosen__tells_nothing_of_drafts_of_others(portal: Portal, of_alfa: Client) -> None:
    numbers = [page.pk for page in portal.pages.values()]
    response = of_alfa.get(reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": [*numbers, "x", ""]})
    assert response.status_code == 200
    titles = {one["adminTitle"] for one in json.loads(response.content)["result"]}
    assert titles == {"terbit alfa", "rahasia alfa", "rancangan alfa", "terbit beta", "ubah beta"}


def test_programme_owner_and_administrator__choose_among_all(portal: Portal, client: Client) -> None:
    owner = User.objects.create_user("budi", "budi@contoh.go.id", "rahasia")
    memberships.begin(owner, Institution.objects.get(code="beta"), Role.PROGRAMME_OWNER)
    for user in (owner, User.objects.create_superuser("akar", "akar@contoh.go.id", "rahasia")):
        client.force_login(user)
        assert "rancangan alfa" in browse(client, portal.sections["alfa"])
        assert "rancangan beta" in search(client, "rancangan")


def test_anonymous__is_sent_to_the_sign_in(portal: Portal, client: Client) -> None:
    for name in ("wagtailadmin_choose_page", "wagtailadmin_choose_page_chosen_multiple"):
        assert client.get(reverse(name)).status_code == 302
