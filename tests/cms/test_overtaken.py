"""Two people have one page open; both save."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from accounts.models import User
from home.models import HomePage, StandardPage
from news.models import NewsPage
from tests.factories.offices import Office, client_of, office, portal

pytestmark = pytest.mark.django_db

Form = dict[str, Any]
SAVED = {"action-save-draft": "1"}


@pytest.fixture
def ours() -> Office:
    portal()
    return office("sleman")


def opened(user: User, page: Page) -> tuple[Client, Form]:
    """A window with the form in it, as it would be sent if nothing were typed."""
    client = client_of(user)
    return client, form_of(client.get(edit(page)))


def form_of(response: Any) -> Form:
    shown = response.context["form"]
    form = {field.html_name: field.value() or "" for field in shown}
    form["body"] = streamfield([("paragraph", rich_text("<p>Isi</p>"))])
    form |= {name: inline_formset([]) for name in shown.formsets}
    return nested_form_data(form) | loaded(response)


def loaded(response: Any) -> Form:
    """The two hidden fields of Wagtail's by which a form says what it began with."""
    return {
        "loaded_revision_id": str(response.context["page"].latest_revision_id),
        "loaded_revision_created_at": response.context["loaded_revision_created_at"],
    }


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def titles(page: Page) -> list[str]:
    return [revision.content["title"] for revision in page.revisions.order_by("created_at", "pk")]


@pytest.mark.parametrize("action", ["action-save-draft", "action-publish", "action-submit"])
def test_second__is_told_and_loses_nothing(ours: Office, action: str) -> None:
    page = ours.draft("Awal")
    first, his = opened(ours.contributor, page)
    second, hers = opened(ours.editor, page)
    first.post(edit(page), his | {"title": "Dari penulis"} | SAVED)
    answer = second.post(edit(page), hers | {"title": "Dari editor", action: "1"})
    assert answer.status_code == 200
    assert f"{ours.contributor} menyimpan versi baru" in answer.content.decode()
    assert answer.context["form"]["title"].value() == "Dari editor"
    assert titles(page) == ["Awal", "Dari penulis"]


def test_second__who_sends_it_again_saves(ours: Office) -> None:
    page = ours.draft("Awal")
    first, his = opened(ours.contributor, page)
    second, hers = opened(ours.editor, page)
    first.post(edit(page), his | {"title": "Dari penulis"} | SAVED)
    mine = hers | {"title": "Dari editor"} | SAVED
    shown = second.post(edit(page), mine)
    assert second.post(edit(page), mine | loaded(shown)).status_code == 302
    assert titles(page) == ["Awal", "Dari penulis", "Dari editor"]


def test_second__who_sends_it_again_is_told_of_a_third_version(ours: Office) -> None:
    page = ours.draft("Awal")
    first, his = opened(ours.contributor, page)
    second, hers = opened(ours.editor, page)
    shown = first.post(edit(page), his | {"title": "Dari penulis"} | SAVED, follow=True)
    mine = hers | {"title": "Dari editor"} | SAVED
    again = mine | loaded(second.post(edit(page), mine))
    first.post(edit(page), his | loaded(shown) | {"title": "Dari penulis lagi"} | SAVED)
    assert second.post(edit(page), again).status_code == 200
    assert titles(page) == ["Awal", "Dari penulis", "Dari penulis lagi"]


def test_second__in_a_page_of_no_section(ours: Office) -> None:
    page = StandardPage(title="Tentang", live=False)
    HomePage.objects.get(locale__language_code="id").add_child(instance=page)
    page.save_revision(user=ours.contributor)
    owner = User.objects.get(username="pemilik")
    client, form = opened(owner, page)
    page.title = "Tentang kami"
    page.save_revision(user=ours.contributor)
    assert client.post(edit(page), form | {"title": "Tentang portal"} | SAVED).status_code == 200
    assert titles(page) == ["Tentang", "Tentang kami"]


def test_second__is_told_of_what_the_portal_itself_saved(ours: Office) -> None:
    page = ours.draft("Awal")
    client, form = opened(ours.editor, page)
    page.title = "Dari impor"
    page.save_revision()
    assert "Sistem menyimpan versi baru" in client.post(edit(page), form | SAVED).content.decode()


def test_preview__goes_on(ours: Office) -> None:
    page = ours.draft("Awal")
    client, form = opened(ours.editor, page)
    page.save_revision(user=ours.contributor)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(preview, form).json() == {"is_valid": True, "is_available": True}


def test_own_revisions__do_not_count(ours: Office) -> None:
    """Wagtail's autosave makes them; the form goes on naming the revision it began with."""
    page = ours.draft("Awal")
    client, form = opened(ours.editor, page)
    typed = form | {"title": "Tersimpan sendiri"}
    assert client.post(edit(page), typed, headers={"accept": "application/json"}).json()["success"]
    assert client.post(edit(page), form | {"title": "Terbit", "action-publish": "1"}).status_code == 302
    assert NewsPage.objects.get(pk=page.pk).title == "Terbit"


@pytest.mark.parametrize("moment", ["", "x", "0001-01-01T00:00:00+14:00", None])
def test_form__that_does_not_say_what_it_began_with_is_saved(ours: Office, moment: str | None) -> None:
    """Wagtail takes it so too: there is nothing to compare."""
    page = ours.draft("Awal")
    client, form = opened(ours.editor, page)
    page.save_revision(user=ours.contributor)
    del form["loaded_revision_created_at"]
    if moment is not None:
        form["loaded_revision_created_at"] = moment
    assert client.post(edit(page), form | SAVED).status_code == 302
