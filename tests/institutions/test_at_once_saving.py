"""A page is saved while its institution is merged into another: who saves waits, and finds it moved."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from accounts.models import User
from cms.scheduling import publish_scheduled
from institutions.lifecycle import moving
from institutions.lifecycle.merging import merge
from institutions.models import Review
from news.models import NewsPage
from tests.at_once import PATIENCE, AtOnce
from tests.factories.offices import Office, client_of, office, portal

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

TODAY = timezone.localdate()


class Approving(AtOnce):
    def __init__(self, review: Review, by: User) -> None:
        super().__init__()
        self.review, self.by = review, by

    def act(self) -> None:
        self.review.task.specific.on_action(self.review, self.by, "approve")


class Saving(AtOnce):
    """Publishes what stands in a form that a person has open."""

    def __init__(self, address: str, by: User) -> None:
        super().__init__()
        self.client, self.address, self.answer = client_of(by), address, None
        shown = self.client.get(self.address).context["form"]
        form = {field.html_name: field.value() or "" for field in shown}
        form |= {"title": "Judul yang baru", "slug": "judul-baru", "introduction": "x", "action-publish": "1"}
        form |= {"body": streamfield([("paragraph", rich_text("<p>Isi</p>"))])}
        sets = {name: inline_formset([]) for name in shown.formsets}
        self.form = nested_form_data(form | sets)

    def act(self) -> None:
        self.answer = self.client.post(self.address, self.form)


class Scheduled(AtOnce):
    """The worker, at what is due."""

    changed = 0

    def act(self) -> None:
        self.changed = publish_scheduled()


@pytest.fixture
def offices() -> tuple[Office, Office, User]:
    owner = portal()
    return office("lama"), office("baru"), owner


@pytest.fixture
def send_meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[AtOnce], None]:
    """Have a form sent when a merge has begun and no page has moved yet; the merge goes on once it waits."""

    def arrange(saving: AtOnce) -> None:
        @contextmanager
        def sent() -> Iterator[None]:
            saving.start()
            saving.wait_until_held_up()
            yield

        monkeypatch.setattr(moving, "_together", [*moving._together, sent])

    return arrange


def test_saving__while_the_page_moves_does_not_bring_it_back(
    offices: tuple[Office, Office, User], send_meanwhile: Callable[[AtOnce], None]
) -> None:
    old, new, owner = offices
    page = old.published("Judul")
    saving = Saving(reverse("wagtailadmin_pages:edit", args=[page.pk]), owner)
    send_meanwhile(saving)
    merge(old.institution, new.institution, owner, "Perpres", TODAY)
    saving.join(PATIENCE)
    assert saving.answer.status_code == 302
    saved = NewsPage.objects.get(pk=page.pk)
    assert saved.title == "Judul yang baru"
    assert saved.get_parent().pk == new.news.pk
    assert saved.url_path.startswith(new.news.url_path)
    assert NewsPage.find_problems() == ([], [], [], [], [])


def test_approving__while_the_page_moves_does_not_bring_it_back(
    offices: tuple[Office, Office, User], send_meanwhile: Callable[[AtOnce], None]
) -> None:
    old, new, owner = offices
    state = old.submitted("Judul")
    review = Review.objects.get(workflow_state=state)
    approving = Approving(review, owner)
    send_meanwhile(approving)
    merge(old.institution, new.institution, owner, "Perpres", TODAY)
    approving.join(PATIENCE)
    page = NewsPage.objects.get(pk=state.object_id)
    assert page.live
    assert page.get_parent().pk == new.news.pk
    assert NewsPage.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("due", ["expires", "goes live"])
def test_worker__while_the_page_moves_does_not_bring_it_back(
    offices: tuple[Office, Office, User], send_meanwhile: Callable[[AtOnce], None], due: str
) -> None:
    old, new, owner = offices
    past = timezone.now() - timedelta(minutes=1)
    if due == "expires":
        page = old.published("Judul")
        NewsPage.objects.filter(pk=page.pk).update(expire_at=past)
    else:
        page = old.draft("Judul")
        page.revisions.update(approved_go_live_at=past)
    worker = Scheduled()
    send_meanwhile(worker)
    merge(old.institution, new.institution, owner, "Perpres", TODAY)
    worker.join(PATIENCE)
    assert worker.changed == 1
    changed = NewsPage.objects.get(pk=page.pk)
    assert changed.live is (due == "goes live")
    assert changed.get_parent().pk == new.news.pk
    assert NewsPage.find_problems() == ([], [], [], [], [])


def test_beginning__while_the_institution_is_merged_leaves_nothing_behind(
    offices: tuple[Office, Office, User], send_meanwhile: Callable[[AtOnce], None]
) -> None:
    old, new, owner = offices
    page = old.published("Judul")
    saving = Saving(
        reverse("wagtailadmin_pages:add", args=["news", "newspage", old.news.pk]), old.contributor
    )
    send_meanwhile(saving)
    merge(old.institution, new.institution, owner, "Perpres", TODAY)
    saving.join(PATIENCE)
    shown = saving.answer.content.decode()
    assert "sudah digabung ke Instansi baru" in shown
    assert "Judul yang baru" in shown
    assert not old.news.get_children().exists()
    assert [one.pk for one in new.news.get_children()] == [page.pk]
