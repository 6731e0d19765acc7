"""Two editors with one page open, without scripts: the second is told before he replaces a newer version."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from accounts.models import User
from home.models import StandardPage
from institutions.models import Review
from institutions.roles import Role
from news.models import NewsPage
from tests.factories.home import make_home
from tests.factories.offices import NEWS, Office, client_of, office, person, portal

pytestmark = pytest.mark.django_db

TOLD = "menyimpan versi lain"


class Window:
    """A form that a person has open, and sends as a browser without scripts does."""

    def __init__(self, user: User, page: Page) -> None:
        self.client: Client = client_of(user)
        self.address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        self._read(self.client.get(self.address))

    def _read(self, answer: HttpResponse) -> None:
        loaded, form = answer.context, answer.context["form"]
        self.loaded = {
            "loaded_revision_id": str(loaded["page"].latest_revision_id),
            "loaded_revision_created_at": loaded["loaded_revision_created_at"],
        }
        for name, value in self.loaded.items():
            assert f'name="{name}" value="{value}"' in answer.content.decode()
        self.fields = {field.html_name: field.value() or "" for field in form}
        self.fields |= {"body": streamfield([("paragraph", rich_text("<p>Isi</p>"))])}
        self.fields |= {name: inline_formset([]) for name in form.formsets}

    def send(self, **fields: str) -> HttpResponse:
        answer = self.client.post(self.address, nested_form_data(self.fields | self.loaded | fields))
        if answer.status_code == 200:
            self._read(answer)
        return answer


@pytest.fixture
def sleman() -> Office:
    portal()
    return office("sleman", NEWS)


@pytest.fixture
def second(sleman: Office) -> User:
    return person("kedua", "sleman", Role.EDITOR, NEWS)


def titles(page: Page) -> list[str]:
    return [one.content["title"] for one in page.revisions.order_by("created_at", "pk")]


@pytest.mark.parametrize("button", [{}, {"action-publish": "1"}])
def test_second__is_told_and_saves_by_sending_once_more(
    sleman: Office, second: User, button: dict[str, str]
) -> None:
    page = sleman.draft("Awal")
    mine, theirs = Window(sleman.editor, page), Window(second, page)
    assert mine.send(title="Dari editor pertama", **button).status_code == 302
    answer = theirs.send(title="Dari editor kedua", **button)
    text = answer.content.decode()
    assert f"{sleman.editor} {TOLD}" in text
    assert "Dari editor kedua" in text
    assert titles(page)[-1] == "Dari editor pertama"
    assert theirs.send(title="Dari editor kedua", **button).status_code == 302
    assert titles(page) == ["Awal", "Dari editor pertama", "Dari editor kedua"]


def test_second__is_told_again_of_what_was_saved_in_between(sleman: Office, second: User) -> None:
    page = sleman.draft("Awal")
    mine, theirs = Window(sleman.editor, page), Window(second, page)
    mine.send(title="Satu")
    assert TOLD in theirs.send(title="Kedua").content.decode()
    Window(sleman.editor, page).send(title="Dua")
    assert TOLD in theirs.send(title="Kedua").content.decode()
    assert titles(page)[-1] == "Dua"


def test_first__goes_on_saving_without_a_word(sleman: Office, second: User) -> None:
    page = sleman.draft("Awal")
    mine = Window(sleman.editor, page)
    Window(second, page)
    # What is saved by itself while he types leaves the form as it was loaded.
    for title in ("Satu", "Dua", "Tiga"):
        assert mine.send(title=title).status_code == 302


@pytest.mark.parametrize("left_out", ["loaded_revision_id", "loaded_revision_created_at"])
def test_form__that_tells_of_its_version_in_part_is_compared_all_the_same(
    sleman: Office, second: User, left_out: str
) -> None:
    page = sleman.draft("Awal")
    theirs = Window(second, page)
    Window(sleman.editor, page).send(title="Satu")
    assert TOLD in theirs.send(title="Kedua", **{left_out: ""}).content.decode()


@pytest.mark.parametrize("hostile", ["x", "9" * 40, "0001-01-01T00:00:00+14:00", "2026-05-03"])
def test_form__with_nonsense_for_its_version_is_answered(sleman: Office, second: User, hostile: str) -> None:
    theirs = Window(second, sleman.draft("Awal"))
    answer = theirs.send(loaded_revision_id=hostile, loaded_revision_created_at=hostile)
    assert answer.status_code in (200, 302)


def test_approving__with_an_older_form_is_asked_about(sleman: Office, second: User) -> None:
    page = sleman.draft("Awal")
    page.get_workflow().start(page, sleman.contributor)
    approving = Window(sleman.editor, page)
    Window(second, page).send(title="Sesudah dibuka")
    button = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    assert TOLD in approving.send(**button).content.decode()
    assert not NewsPage.objects.get(pk=page.pk).live
    # Sent once more it is what he was shown that readers get, and what the review names.
    assert approving.send(**button).status_code == 302
    published = NewsPage.objects.get(pk=page.pk)
    assert (published.live, published.title) == (True, "Awal")
    assert Review.objects.get().revision == published.live_revision
    assert titles(page) == ["Awal", "Sesudah dibuka", "Awal"]


def test_ordinary__pages_are_asked_about_too() -> None:
    home = make_home()
    page = home.add_child(instance=StandardPage(title="Tentang", introduction="x"))
    page.save_revision()
    one, two = (User.objects.create_superuser(name, f"{name}@contoh.go.id", "x") for name in ("satu", "dua"))
    mine, theirs = Window(one, page), Window(two, page)
    mine.send(title="Tentang kami")
    assert TOLD in theirs.send(title="Tentang mereka").content.decode()
