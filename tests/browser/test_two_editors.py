"""Two editors with one page open, each in a window of his own; and what an editor decides over the form."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from institutions.models import Review
from institutions.roles import Role
from news.models import NewsPage
from tests.factories.offices import DIRECTORY, NEWS, Office, office, person, portal
from tests.factories.validating import record

Check = Callable[[Page], None]


@pytest.fixture
def sleman(live_server: Any) -> Office:
    portal()
    found = office("sleman", NEWS, DIRECTORY)
    person("kedua", "sleman", Role.EDITOR, NEWS, DIRECTORY)
    return found


@pytest.fixture
def enter(live_server: Any, open_window: Callable[..., Page]) -> Callable[[str, int], Page]:
    """`enter(name, number)`: a window in which this person has opened this page's form."""

    def enter_as(name: str, number: int) -> Page:
        page = open_window()
        page.goto(f"{live_server.url}/admin/login/?next=/admin/pages/{number}/edit/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", "rahasia")
        page.click("button[type=submit]")
        page.wait_for_url("**/edit/")
        return page

    return enter_as


def save(page: Page) -> None:
    page.locator("footer").get_by_role("button", name="Simpan konsep").click()


def titles(page: NewsPage) -> list[str]:
    return [one.content["title"] for one in page.revisions.order_by("created_at", "pk")]


def test_second__editor_is_asked_by_wagtail_and_once_only(
    sleman: Office, enter: Callable[[str, int], Page], settings: Any
) -> None:
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 300
    found = sleman.draft("Awal")
    first, second = enter(sleman.editor.username, found.pk), enter("kedua", found.pk)
    first.fill("[name=title]", "Dari editor pertama")
    with first.expect_event("load"):
        save(first)
    # The script hears of it.
    expect(second.locator("[data-w-session-intercept-value=conflict]")).to_be_attached()
    second.fill("[name=title]", "Dari editor kedua")
    save(second)
    asked = second.get_by_role("dialog")
    expect(asked).to_be_visible()
    expect(asked).to_contain_text(sleman.editor.username)
    assert titles(found) == ["Awal", "Dari editor pertama"]
    with second.expect_event("load"):
        asked.locator("[data-w-dialog-target=confirm]").click()
    expect(second.get_by_text("menyimpan versi lain")).to_have_count(0)
    assert titles(found) == ["Awal", "Dari editor pertama", "Dari editor kedua"]


def test_second__editor_is_told_by_the_portal_where_the_script_is_late(
    sleman: Office, enter: Callable[[str, int], Page], settings: Any
) -> None:
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 600_000
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    found = sleman.draft("Awal")
    first, second = enter(sleman.editor.username, found.pk), enter("kedua", found.pk)
    first.fill("[name=title]", "Dari editor pertama")
    with first.expect_event("load"):
        save(first)
    second.fill("[name=title]", "Dari editor kedua")
    with second.expect_event("load"):
        save(second)
    expect(second.get_by_text("menyimpan versi lain").first).to_be_visible()
    expect(second.locator("[name=title]")).to_have_value("Dari editor kedua")
    assert titles(found) == ["Awal", "Dari editor pertama"]
    with second.expect_event("load"):
        save(second)
    assert titles(found) == ["Awal", "Dari editor pertama", "Dari editor kedua"]


def test_editor__returns_an_innovation_part_by_part_and_hands_another_on(
    sleman: Office, enter: Callable[[str, int], Page], axe: Check
) -> None:
    returned, handed = record(sleman, title="Dikembalikan"), record(sleman, title="Diserahkan")
    for one in (returned, handed):
        one.get_workflow().start(one, sleman.contributor)
    page = enter(sleman.editor.username, returned.pk)

    def opens(action: str) -> None:
        page.locator("footer [data-w-dropdown-target=toggle]").click()
        page.locator(f"footer [data-workflow-action-name={action}][data-workflow-action-modal-url]").click()

    opens("reject")
    dialogue = page.locator(".modal-dialog")
    dialogue.get_by_label("Bukti", exact=True).fill("Sebutkan sumbernya.")
    axe(page, ".modal-dialog")
    with page.expect_event("load"):
        dialogue.get_by_role("button", name="Kembalikan untuk diperbaiki").click()
    review = Review.objects.get(workflow_state__object_id=str(returned.pk))
    assert (review.status, review.remarks) == ("rejected", {"evidence": "Sebutkan sumbernya."})

    page.goto(re.sub(r"/pages/.*", f"/pages/{handed.pk}/edit/", page.url))
    opens("hand_on")
    dialogue.get_by_label("Serahkan kepada").select_option(label="kedua")
    axe(page, ".modal-dialog")
    with page.expect_event("load"):
        dialogue.get_by_role("button", name="Serahkan kepada peninjau lain").click()
    assert str(Review.objects.get(workflow_state__object_id=str(handed.pk)).assigned_to) == "kedua"
