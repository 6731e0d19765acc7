"""Going live: whatever way a person takes, not without what submission demands; imports and schedules may."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, Page, Workflow, WorkflowPage, WorkflowTask

from accounts.models import User
from cms.refusals import RefusedError
from cms.scheduling import publish_scheduled
from directory.models import InnovationPage
from tests.factories import directory as factory
from tests.factories.home import make_home

pytestmark = pytest.mark.django_db

Way = Callable[[Client, InnovationPage], object]


@pytest.fixture
def boss() -> User:
    return User.objects.create_superuser("admin", "admin@example.org", "x")


@pytest.fixture
def admin(client: Client, boss: User) -> Client:
    make_home()
    client.force_login(boss)
    return client


def api(admin: Client, page: InnovationPage, action: str = "publish", **data: object) -> object:
    return admin.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, action]), data)


def bulk(admin: Client, page: InnovationPage) -> object:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}"
    return admin.post(url, {"next": "/admin/"})


def bulk_below(admin: Client, page: InnovationPage) -> object:
    section = page.get_parent()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={section.pk}"
    return admin.post(url, {"next": "/admin/", "include_descendants": "on"})


def workflow(admin: Client, page: InnovationPage) -> object:
    flow = Workflow.objects.create(name="Alur")
    task = GroupApprovalTask.objects.create(name="Periksa")
    WorkflowTask.objects.create(workflow=flow, task=task)
    WorkflowPage.objects.create(workflow=flow, page=factory.directory_index())
    state = flow.start(page, None)
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk]
    )
    return admin.post(url, {"comment": ""})


def workflow_dialogue(admin: Client, page: InnovationPage) -> object:
    admin.defaults["HTTP_X_REQUESTED_WITH"] = "XMLHttpRequest"
    response = workflow(admin, page)
    assert response.json()["redirect"] == "/admin/" if not page.summary else True
    return response


WAYS = [api, bulk, bulk_below, workflow, workflow_dialogue]


def draft(complete: bool) -> InnovationPage:
    page = factory.full_innovation(live=False) if complete else factory.innovation(live=False)
    page.save_revision()
    return page


@pytest.mark.parametrize("way", WAYS)
def test_publish__incomplete_is_refused_and_said_why(admin: Client, way: Way) -> None:
    page = draft(complete=False)
    response = way(admin, page)
    assert not InnovationPage.objects.get(pk=page.pk).live
    told = response.content.decode() if way is api else admin.get("/admin/").content.decode()
    assert "belum dapat diterbitkan. Isi dulu: Masalah, Yang berubah, Ringkasan" in told
    assert response.status_code in (200, 302, 400)


@pytest.mark.parametrize("way", WAYS)
def test_publish__complete_goes_live(admin: Client, way: Way) -> None:
    page = draft(complete=True)
    way(admin, page)
    assert InnovationPage.objects.get(pk=page.pk).live


def test_publish__a_refused_approval_leaves_the_workflow_where_it_was(admin: Client) -> None:
    page = draft(complete=False)
    workflow(admin, page)
    assert Page.objects.get(pk=page.pk).current_workflow_state.status == "in_progress"


def test_publish__a_person_cannot_schedule_what_is_incomplete(admin: Client, boss: User) -> None:
    page = draft(complete=False)
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    with pytest.raises(RefusedError):
        page.save_revision().publish(user=boss)
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_publish__what_was_scheduled_goes_live(admin: Client, boss: User) -> None:
    page = draft(complete=True)
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    revision = page.save_revision()
    revision.publish(user=boss)
    page.revisions.filter(pk=revision.pk).update(approved_go_live_at=timezone.now())
    content = {**revision.content, "go_live_at": None}
    page.revisions.filter(pk=revision.pk).update(content=content)
    assert publish_scheduled() == 1
    assert InnovationPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("recursive", [True, False])
def test_copy__an_incomplete_record_is_copied_as_a_draft_only(
    admin: Client, live: bool, recursive: bool
) -> None:
    page = factory.innovation()
    response = api(admin, page, "copy", keep_live=live, recursive=recursive, title="Salinan")
    assert response.status_code == (400 if live else 201)
    assert list(InnovationPage.objects.live()) == [page]


def test_copy__nor_by_the_form(admin: Client) -> None:
    page = factory.innovation()
    data = {
        "new_title": "Salinan",
        "new_slug": "salinan",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": "on",
    }
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    response = admin.post(url, data, follow=True)
    assert "belum dapat diterbitkan" in response.content.decode()
    admin.post(url, {name: value for name, value in data.items() if name != "publish_copies"})
    assert list(InnovationPage.objects.values_list("live", flat=True).order_by("pk")) == [True, False]


def test_publish__translation_of_a_live_record_is_not_asked_for_more(admin: Client) -> None:
    page = factory.innovation()
    english = Locale.objects.get_or_create(language_code="en")[0]
    copy = page.copy_for_translation(english, copy_parents=True)
    api(admin, copy)
    assert InnovationPage.objects.get(pk=copy.pk).live
