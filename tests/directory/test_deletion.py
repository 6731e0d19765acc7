"""Deleting in the admin: a record with a history stays, one without goes."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from accounts.models import User
from directory.editing.deletion import HISTORY, holds_history, with_history
from directory.models import Confirmation, InnovationPage, Merge, SourceRecord, Validation, Verification
from tests.factories import directory as factory
from tests.factories.home import make_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    make_home()
    client.force_login(User.objects.create_superuser("admin", "admin@example.org", "x"))
    return client


@pytest.mark.parametrize("level", ["page", "section"])
@pytest.mark.parametrize("bulk", [False, True])
def test_delete__history_stays(admin: Client, level: str, bulk: bool) -> None:
    page = factory.innovation()
    Confirmation.objects.create(page=page, status="running")
    target = page if level == "page" else page.get_parent()
    if bulk:
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={target.pk}"
    else:
        url = reverse("wagtailadmin_pages:delete", args=[target.pk])
    response = admin.post(url, follow=True)
    assert InnovationPage.objects.filter(pk=page.pk).exists()
    assert "1 profil punya riwayat" in response.content.decode()


def test_delete__a_record_nobody_has_checked_goes(admin: Client) -> None:
    page = factory.innovation()
    admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not InnovationPage.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("level", ["page", "section", "index", "home"])
def test_delete__history_stays_when_asked_by_api(admin: Client, level: str) -> None:
    page = factory.innovation()
    Confirmation.objects.create(page=page, status="running")
    section = page.get_parent()
    target = {
        "page": page,
        "section": section,
        "index": section.get_parent(),
        "home": section.get_parent().get_parent(),
    }[level]
    response = admin.post(reverse("wagtailadmin_api:pages:action", args=[target.pk, "delete"]))
    assert response.status_code == 403
    assert InnovationPage.objects.filter(pk=page.pk).exists()
    assert Confirmation.objects.exists()


def test_delete__a_draft_goes_by_api_too(admin: Client) -> None:
    page = factory.innovation(live=False)
    response = admin.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "delete"]))
    assert response.status_code == 204
    assert not InnovationPage.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("history", HISTORY)
def test_delete__no_code_deletes_history_with_its_page(admin: Client, history: type) -> None:
    page = factory.innovation()
    fields = {
        SourceRecord: {"source": "kipp", "record_id": "1"},
        Validation: {"source": "kipp"},
        Verification: {"block_id": "a", "content_hash": "b"},
        Confirmation: {"status": "running"},
        Merge: {"number": 9, "title": "Yang lain", "address": "/id/x/", "content": {}},
    }
    history.objects.create(page=page, **fields[history])
    with pytest.raises(ProtectedError):
        page.get_parent().delete()


def test_move__a_record_with_history_may(admin: Client) -> None:
    page = factory.innovation()
    Confirmation.objects.create(page=page, status="running")
    target = factory.directory_section(factory.institution("lain"))
    url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk])
    admin.post(url)
    page.refresh_from_db()
    assert page.is_child_of(target)


def test_delete__who_may_not_is_not_told_of_history(client: Client) -> None:
    make_home()
    page = factory.innovation()
    Confirmation.objects.create(page=page, status="running")
    user = User.objects.create_user("tamu", "tamu@example.org", "x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    response = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
    assert "punya riwayat" not in response.content.decode()


def test_explorer__queries_for_history_do_not_grow(admin: Client) -> None:
    section = factory.innovation().get_parent()
    url = reverse("wagtailadmin_explore", args=[section.pk])

    def queries_with(records: int) -> int:
        while section.get_children().count() < records:
            Confirmation.objects.create(page=factory.innovation(), status="running")
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(url).content.decode().count("data-object-id") == records
        # wagtail-localize asks queries of its own for every row.
        return sum(Confirmation._meta.db_table in query["sql"] for query in captured)

    assert 0 < queries_with(3) == queries_with(10)


@pytest.mark.parametrize("query", ["", "?q=inovasi", "?q=inovasi&search_all=1", "?ordering=title"])
def test_explorer__offers_to_delete_only_what_has_no_history(admin: Client, query: str) -> None:
    kept, free = factory.innovation(), factory.innovation()
    Confirmation.objects.create(page=kept, status="running")
    call_command("update_index", verbosity=0)
    html = admin.get(reverse("wagtailadmin_explore", args=[kept.get_parent().pk]) + query).content.decode()
    assert reverse("wagtailadmin_pages:delete", args=[free.pk]) in html
    assert reverse("wagtailadmin_pages:edit", args=[kept.pk]) in html
    assert reverse("wagtailadmin_pages:delete", args=[kept.pk]) not in html


def test_explorer__of_sections_asks_no_more_for_many(admin: Client) -> None:
    index = factory.directory_index()
    url = reverse("wagtailadmin_explore", args=[index.pk])

    def queries(count: int) -> int:
        for number in range(count):
            owner = factory.institution(f"instansi-{count}-{number}")
            page = factory.innovation(factory.directory_section(owner), institution=owner)
            Confirmation.objects.create(page=page, status="running")
        admin.get(url)
        with CaptureQueriesContext(connection) as found:
            assert admin.get(url).status_code == 200
        # wagtail-localize asks queries of its own for every row, for administrators.
        return sum(Confirmation._meta.db_table in query["sql"] for query in found)

    assert 0 < queries(2) == queries(9)


def test_explorer__a_section_found_among_records_keeps_its_history(admin: Client) -> None:
    page = factory.innovation(title="Anjungan")
    Confirmation.objects.create(page=page, status="running")
    section = page.get_parent()
    found = with_history(Page.objects.filter(pk=section.pk)).specific().get()
    assert holds_history(found)


def test_explorer__its_api_answers(admin: Client) -> None:
    page = factory.innovation()
    url = reverse("wagtailadmin_api:pages:listing")
    response = admin.get(url, {"child_of": page.get_parent().pk, "for_explorer": 1})
    assert [item["id"] for item in response.json()["items"]] == [page.pk]
