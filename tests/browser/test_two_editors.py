"""Two people write one page at the same time, each in a window of his own."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from news.models import NewsPage
from tests.factories.offices import Office, office, portal

# Both have typed before Wagtail saves by itself.
LATER = 600_000
Open = Callable[[User], Page]


@pytest.fixture
def ours(live_server: Any, settings: Any) -> Office:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = LATER
    portal()
    return office("sleman")


@pytest.fixture
def draft(ours: Office) -> NewsPage:
    page = ours.draft("Awal")
    page.body = [("paragraph", "<p>Isi</p>")]
    page.save_revision(user=ours.contributor)
    return page


@pytest.fixture
def open_form(live_server: Any, draft: NewsPage, open_window: Callable[..., Page]) -> Open:
    """`open_form(user)`: a window in which this person has the draft's form open."""

    def open_it(user: User) -> Page:
        page = open_window()
        page.goto(f"{live_server.url}/admin/login/?next=/admin/pages/{draft.pk}/edit/")
        page.fill("[name=username]", user.username)
        page.fill("[name=password]", "rahasia")
        # The form asks at once who else is there; until then it cannot tell of a version saved since.
        with page.expect_response("**/editing-sessions/**"):
            page.click("button[type=submit]")
        return page

    return open_it


def save(page: Page, title: str) -> None:
    page.fill("[name=title]", title)
    page.locator("footer button.action-save").click()


def titles(page: NewsPage) -> list[str]:
    return [revision.content["title"] for revision in page.revisions.order_by("created_at", "pk")]


def dialogue(page: Page) -> Locator:
    """Wagtail's."""
    return page.locator("#w-save-confirmation-dialog")


def test_second__is_asked_by_wagtails_dialogue_and_by_nothing_else(
    ours: Office, draft: NewsPage, open_form: Open, settings: Any
) -> None:
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 500
    first, second = open_form(ours.contributor), open_form(ours.editor)
    save(first, "Dari penulis")
    expect(first.locator("main")).to_contain_text("telah diperbarui")
    expect(second.locator(".w-editing-sessions__session--saved")).to_be_visible()
    save(second, "Dari editor")
    expect(dialogue(second)).to_be_visible()
    expect(dialogue(second)).to_contain_text(str(ours.contributor))
    assert titles(draft)[1:] == ["Awal", "Dari penulis"]
    dialogue(second).locator("[data-w-dialog-target=confirm]").click()
    expect(second.locator("main")).to_contain_text("telah diperbarui")
    assert titles(draft)[1:] == ["Awal", "Dari penulis", "Dari editor"]


def test_second__whom_wagtail_has_not_told_is_told_by_the_form(
    ours: Office, draft: NewsPage, open_form: Open, settings: Any
) -> None:
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = LATER
    first, second = open_form(ours.contributor), open_form(ours.editor)
    save(first, "Dari penulis")
    expect(first.locator("main")).to_contain_text("telah diperbarui")
    save(second, "Dari editor")
    expect(second.locator("main")).to_contain_text(f"{ours.contributor} menyimpan versi baru halaman ini")
    expect(second.locator("[name=title]")).to_have_value("Dari editor")
    assert titles(draft)[1:] == ["Awal", "Dari penulis"]
    second.locator("footer button.action-save").click()
    expect(second.locator("main")).to_contain_text("telah diperbarui")
    assert titles(draft)[1:] == ["Awal", "Dari penulis", "Dari editor"]
