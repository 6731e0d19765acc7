"""A newcomer's way in a real browser: a first draft, the list of what is missing, submission."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from directory.blocks import NARRATIVE_SECTIONS
from directory.derived.completeness import ITEMS
from directory.models import DirectorySectionPage, InnovationPage
from taxonomy.models import Sector
from tests.factories.directory import (
    SUBMITTABLE,
    directory_index,
    directory_section,
    full_innovation,
    innovation,
    institution,
    narrative,
    reference,
    region,
)

PASSWORD = "sandi-untuk-uji"
DRAFT = {
    "title": "Kemitraan Bidan dan Dukun",
    "problem": SUBMITTABLE["problem"],
    "result": SUBMITTABLE["result"],
}


@pytest.fixture
def section(live_server: Any) -> DirectorySectionPage:
    reference(Sector, "kesehatan", name_id="Kesehatan")
    section = directory_section(institution(name="Pemerintah Kota Contoh", region=region()))
    workflow = Workflow.objects.create(name="Alur")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Periksa"))
    WorkflowPage.objects.create(workflow=workflow, page=directory_index())
    get_user_model().objects.create_superuser("penulis", "penulis@contoh.go.id", PASSWORD)
    return section


@pytest.fixture
def editor(section: DirectorySectionPage, live_server: Any, page: Page) -> Page:
    """A window signed in."""
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("[name=username]", "penulis")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def item(page: Page, field: str) -> Any:
    return page.locator(f'[data-profile-item="{field}"]')


def write_in_focus(page: Page, words: str) -> None:
    page.keyboard.type(words)


def test_editing_form__newcomer_reaches_submission(
    editor: Page, section: DirectorySectionPage, live_server: Any
) -> None:
    page = editor
    page.goto(f"{live_server.url}/admin/pages/{section.pk}/")
    page.locator("a[href*='/add_subpage/'], a[href*='/add/directory/innovationpage/']").first.click()
    page.wait_for_url("**/add/directory/innovationpage/**")
    touched = 0
    for name, words in DRAFT.items():
        page.fill(f"[name={name}]", words)
        touched += 1
    # The owner is there already, and so is a list of just what is missing.
    expect(page.locator("#id_institution-title")).to_have_text("Pemerintah Kota Contoh")
    expect(item(page, "problem")).to_be_hidden()
    required = page.locator('[data-profile-group="required"] li:visible')
    expect(required).to_have_count(4)

    page.locator("footer button.action-save").first.click()
    page.wait_for_url("**/edit/")
    record = InnovationPage.objects.get()
    assert (record.title, record.live) == (DRAFT["title"], False)

    # Each link leads to its field, whatever tab that is on, ready to type.
    while required.count():
        link = required.first.locator("a")
        field = required.first.get_attribute("data-profile-item")
        link.click()
        page.wait_for_function(
            "name => document.activeElement.closest(name) !== null",
            arg=f'[data-profile-field="{field.split("-")[0]}"]',
        )
        if field == "sectors":
            page.keyboard.press("Space")
        elif field == "narrative-how_it_works":
            expect(page.locator("#tab-cara-kerja")).to_be_visible()
            write_in_focus(page, "Bidan dan dukun berkunjung bersama.")
        else:
            write_in_focus(page, SUBMITTABLE[field])
        touched += 1
        page.keyboard.press("Tab")
        expect(item(page, field)).to_be_hidden()
    expect(page.locator("[data-profile-ready]")).to_be_visible()
    assert touched == 7  # of the eight, the owner came by itself

    page.locator("footer [data-w-dropdown-target=toggle]").click()
    with page.expect_navigation():
        page.locator("[name=action-submit]").click()
    record.refresh_from_db()
    assert record.current_workflow_state is not None


def test_editing_form__autosaves_a_draft(
    editor: Page, section: DirectorySectionPage, live_server: Any
) -> None:
    record = innovation(section, live=False)
    editor.goto(f"{live_server.url}/admin/pages/{record.pk}/edit/")
    with editor.expect_response(
        lambda answer: answer.request.method == "POST" and "/edit/" in answer.url
    ) as saved:
        editor.locator("[name=problem]").press_sequentially("Antrean panjang.", delay=200)
    assert saved.value.json()["success"] is True
    record.refresh_from_db()
    written = record.get_latest_revision_as_object().problem
    assert written
    assert "Antrean panjang.".startswith(written)


def test_editing_form__narrative_stands_still(
    editor: Page, section: DirectorySectionPage, live_server: Any
) -> None:
    record = innovation(section, live=False, narrative=narrative("lessons", "novelty"))
    editor.goto(f"{live_server.url}/admin/pages/{record.pk}/edit/#tab-cara-kerja")
    stream = editor.locator('[data-contentpath="narrative"]')
    sections = stream.locator("[data-narrative-section]")
    expect(sections).to_have_count(10)
    found = sections.evaluate_all("nodes => nodes.map(node => node.dataset.narrativeSection)")
    assert found == list(NARRATIVE_SECTIONS)
    expect(stream.locator(".c-sf-add-button, [data-streamfield-action]")).to_have_count(0)
    # The keyboard meets no such button either.
    editable = sections.first.locator("[contenteditable=true]")
    editable.click()
    editor.keyboard.type("Dulu begini.")
    expect(sections.first.locator("[name$='-value']")).to_have_value(re.compile("Dulu begini"))
    with editor.expect_navigation():
        editor.locator("footer button.action-save").first.click()
    record.refresh_from_db()
    stored = record.get_latest_revision_as_object().narrative
    assert [child.block_type for child in stored] == ["background", "novelty", "lessons"]


def test_editing_form__counts_the_letters_left(
    editor: Page, section: DirectorySectionPage, live_server: Any
) -> None:
    record = innovation(section, live=False)
    editor.goto(f"{live_server.url}/admin/pages/{record.pk}/edit/")
    counter = editor.locator("#id_problem-left")
    expect(counter).to_have_text("sisa 700 huruf")
    editor.fill("[name=problem]", "a" * 580)
    expect(counter).to_have_text("sisa 120 huruf")
    editor.fill("[name=problem]", "a" * 710)
    expect(counter).to_have_text("lebih 10 huruf; pendekkan")


def test_editing_form__every_link_leads_to_its_field(
    editor: Page, section: DirectorySectionPage, live_server: Any
) -> None:
    record = innovation(section, live=False, title="Tanpa isi")
    editor.goto(f"{live_server.url}/admin/pages/{record.pk}/edit/")
    editor.locator(".profile-form__side summary").click()
    for entry in ITEMS:
        link = item(editor, entry.field).locator("a")
        if not link.is_visible():
            continue
        link.click()
        expect(editor.locator(f"#tab-{entry.tab.value}")).to_be_visible()
        name = entry.field.removeprefix("narrative-")
        target = f'[data-profile-field="{entry.field}"], [data-narrative-section="{name}"]'
        editor.wait_for_function("target => document.activeElement.closest(target) !== null", arg=target)


def test_editing_form__is_accessible(
    editor: Page, section: DirectorySectionPage, live_server: Any, axe: Callable[..., None]
) -> None:
    record = full_innovation(section, live=False)
    editor.goto(f"{live_server.url}/admin/pages/{record.pk}/edit/")
    expect(editor.locator("#id_problem-left")).to_be_visible()
    axe(editor, ".profile-form__side")
    axe(editor, '[data-profile-field="problem"]')
