"""Wagtail's own reports, as far as the portal mends them."""

from typing import Any

from django.contrib.auth import get_user_model
from playwright.sync_api import expect
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from tests.browser.conftest import OpenWindow
from tests.factories.home import make_home


def test_workflows__no_heading_without_words(live_server: Any, open_window: OpenWindow) -> None:
    home = make_home()
    overseer = get_user_model().objects.create_superuser("adi", "adi@contoh.go.id", "sandi-untuk-uji")
    workflow = Workflow.objects.create(name="Berita")
    task = GroupApprovalTask.objects.create(name="Periksa")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    home.save_revision()
    workflow.start(home, overseer)
    page = open_window(1280)
    page.goto(f"{live_server.url}/admin/login/?next=/admin/reports/workflow/")
    page.fill("[name=username]", "adi")
    page.fill("[name=password]", "sandi-untuk-uji")
    page.click("button[type=submit]")
    expect(page.locator(".listing tbody tr")).to_have_count(1)
    # Once Wagtail writes no empty heading any more, `static/css/admin.css` can go.
    expect(page.locator(".listing td > h2")).to_have_count(1)
    headings = page.get_by_role("heading").all_inner_texts()
    assert headings
    assert all(text.strip() for text in headings)
