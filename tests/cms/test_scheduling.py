from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.signals import page_published, page_unpublished

from cms.scheduling import publish_scheduled
from home.models import HomePage, StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    locale = Locale.objects.get(language_code="id")
    return Page.objects.get(depth=1).add_child(
        instance=HomePage(title="JIPPNas", slug="id-beranda", locale=locale)
    )


@pytest.fixture
def fails_for_broken() -> Iterator[None]:
    """Something that hangs on publishing fails, after the page was saved, for one page."""

    def fail(sender: type[Model], instance: Page, **kwargs: object) -> None:
        if instance.slug == "rusak":
            raise RuntimeError("the search document could not be written")

    page_published.connect(fail)
    page_unpublished.connect(fail)
    yield
    page_published.disconnect(fail)
    page_unpublished.disconnect(fail)


@contextmanager
def when_the_first_changes(act: Callable[[], object]) -> Iterator[None]:
    """Something is done while the worker is at the first page, and has listed the others."""
    waiting = [act]

    def once(**kwargs: object) -> None:
        if waiting:
            waiting.pop()()

    page_published.connect(once)
    page_unpublished.connect(once)
    yield
    page_published.disconnect(once)
    page_unpublished.disconnect(once)
    assert not waiting


def put_off(page: Page) -> None:
    """Somebody prolongs what is live, or withdraws what is scheduled."""
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() + timedelta(days=1))
    page.revisions.update(approved_go_live_at=None)


def schedule(home: HomePage, slug: str, minutes: int) -> StandardPage:
    moment = timezone.now() + timedelta(minutes=minutes)
    page = home.add_child(instance=StandardPage(title=slug, slug=slug, live=False, go_live_at=moment))
    page.save_revision(approved_go_live_at=moment)
    return page


def expire(home: HomePage, slug: str) -> StandardPage:
    past = timezone.now() - timedelta(minutes=1)
    return home.add_child(instance=StandardPage(title=slug, slug=slug, expire_at=past))


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_publish__only_what_is_due(home: HomePage) -> None:
    due, later = schedule(home, "kini", minutes=-1), schedule(home, "nanti", minutes=60)
    assert publish_scheduled() == 1
    assert is_live(due)
    assert not is_live(later)
    assert publish_scheduled() == 0


def test_publish__takes_expired_pages_down(home: HomePage) -> None:
    page = expire(home, "usai")
    assert publish_scheduled() == 1
    assert not is_live(page)
    assert Page.objects.get(pk=page.pk).expired


def test_publish__one_failure_leaves_no_half_and_holds_nobody_up(
    home: HomePage, fails_for_broken: None, caplog: pytest.LogCaptureFixture
) -> None:
    broken, good = schedule(home, "rusak", minutes=-2), schedule(home, "baik", minutes=-1)
    assert publish_scheduled() == 1
    assert is_live(good)
    assert not is_live(broken)
    assert "the search document could not be written" in caplog.text


def test_expire__failure_leaves_the_page_live(home: HomePage, fails_for_broken: None) -> None:
    page = expire(home, "rusak")
    assert publish_scheduled() == 0
    assert is_live(page)


@pytest.mark.parametrize("arrange", [expire, schedule])
def test_moved_meanwhile__the_page_stays_where_it_is(
    home: HomePage, arrange: Callable[..., StandardPage]
) -> None:
    about = home.add_child(instance=StandardPage(title="tentang", slug="tentang"))
    minutes = {"minutes": -1} if arrange is schedule else {}
    arrange(home, "satu", **minutes)
    page = arrange(home, "dua", **minutes)
    with when_the_first_changes(lambda: Page.objects.get(pk=page.pk).move(about, pos="last-child")):
        assert publish_scheduled() == 2
    moved = Page.objects.get(pk=page.pk)
    assert moved.live is (arrange is schedule)
    assert moved.get_parent().pk == about.pk
    assert moved.url_path == f"{about.url_path}dua/"
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("arrange", [expire, schedule])
def test_put_off_meanwhile__the_page_is_left(home: HomePage, arrange: Callable[..., StandardPage]) -> None:
    minutes = {"minutes": -1} if arrange is schedule else {}
    arrange(home, "satu", **minutes)
    page = arrange(home, "dua", **minutes)
    with when_the_first_changes(lambda: put_off(page)):
        assert publish_scheduled() == 1
    assert is_live(page) is (arrange is expire)
