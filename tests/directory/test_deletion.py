"""Deleting in the admin: a record with a history stays, one without goes."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from directory.models import Confirmation, InnovationPage
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
