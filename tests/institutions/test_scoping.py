"""What is narrowed to one's own still shows one's own; documents are read by whom they are for."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from accounts.models import User
from cms.models import CustomDocument
from institutions import memberships
from institutions.roles import Role, Source
from tests.factories.cms import DocumentFactory
from tests.factories.offices import client_of, office, portal
from tests.institutions.leak_records import Leaks, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaks() -> Leaks:
    return build()


def of(user: User) -> Client:
    client = Client()
    client.force_login(user, "accounts.backends.PortalBackend")
    return client


def status(document: CustomDocument, client: Client) -> int:
    return client.get(document.url, follow=True).status_code


def test_document__of_drafts_is_for_its_institution_and_who_reviews(leaks: Leaks) -> None:
    document, own, others = leaks.secret.document, leaks.secret.people, leaks.other.people
    assert {status(document, of(user)) for user in own.values()} == {200}
    assert {status(document, of(user)) for user in others.values()} == {404}
    assert status(document, Client()) == 404
    # The draft awaits the validators of its source, KIPP.
    validator = User.objects.create_user("kipp", "kipp@contoh.go.id", "x")
    memberships.begin(validator, leaks.other.institution, Role.VALIDATOR, source=Source.KIPP)
    assert status(document, of(validator)) == 200


def test_document__of_a_page_for_the_public_is_everybodys(leaks: Leaks) -> None:
    document = leaks.secret.document
    PageViewRestriction.objects.filter(page=leaks.secret.pages["terbatas"]).delete()
    assert status(document, Client()) == 200
    leaks.secret.pages["terbatas"].unpublish()
    assert status(document, Client()) == 404


def test_document__of_no_institution_is_everybodys(leaks: Leaks) -> None:
    assert status(DocumentFactory(), Client()) == 200


def test_tags__are_offered_from_what_one_knows(leaks: Leaks) -> None:
    leaks.secret.pages["perubahan"].tags.add("qxterbit")
    leaks.secret.pages["perubahan"].save()
    address = reverse("wagtailadmin_tag_autocomplete")

    def offered(user: User, term: str = "QX") -> set[str]:
        return set(json.loads(of(user).get(address, {"term": term}).content))

    own = leaks.secret.people["kontributor"]
    assert offered(own, "qxt") >= {"qxterbit", "qxtaggambarzk", "qxtagdokumenzk"}
    assert offered(own, "qxb") == {"qxberitatagzk"}
    assert offered(leaks.other.people["editor"]) == {"qxterbit"}


def test_lists__offer_the_people_of_ones_own_pages(leaks: Leaks) -> None:
    colleague = "qxnamakontributorzk"
    places = (
        reverse("wagtailadmin_pages:type_use", args=["news", "newspage"]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:workflow"),
    )
    for place in places:
        assert colleague in of(leaks.secret.people["editor"]).get(place).content.decode()
        assert colleague not in of(leaks.other.people["editor"]).get(place).content.decode()


def test_translations__are_listed_to_whom_they_are(leaks: Leaks) -> None:
    address = reverse("wagtail_localize:translations_report")
    overseer = User.objects.create_user("pemilik", "pemilik@contoh.go.id", "x")
    memberships.begin(overseer, leaks.other.institution, Role.PROGRAMME_OWNER)
    for user in (leaks.secret.people["editor"], leaks.secret.people["penerjemah"], overseer):
        assert "qxberitajudulzk" in of(user).get(address).content.decode()
    assert "qxberitajudulzk" not in of(leaks.other.people["penerjemah"]).get(address).content.decode()


def test_front_page__still_shows_ones_own_work(leaks: Leaks) -> None:
    front = of(leaks.secret.people["kontributor"]).get(reverse("wagtailadmin_home")).content.decode()
    assert "qxpanduanjudulzk" in front
    # Submitted by somebody who has gone to B.
    left = of(leaks.other.people["pindahan"]).get(reverse("wagtailadmin_home")).content.decode()
    assert "qxlamajudulzk" not in left


def test_bulk_action__names_what_is_ones_own(leaks: Leaks) -> None:
    page = leaks.secret.pages["berita"]
    address = f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}"
    assert "qxberitajudulzk" in of(leaks.secret.people["kontributor"]).get(address).content.decode()
    assert of(leaks.secret.people["editor"]).get("/admin/bulk/no/such/thing/", follow=True).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_pages__with_a_number_no_database_holds_are_not_found(method: str) -> None:
    portal()
    client = client_of(office("sleman").editor)
    assert getattr(client, method)(f"/admin/pages/{10**30}/edit/").status_code == 404
