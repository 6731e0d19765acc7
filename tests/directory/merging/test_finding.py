"""Searching all records for likely duplicates: in parts, again, and past what people have said."""

import pytest

from directory import tasks
from directory.merging import finding
from directory.merging.verdicts import call_different
from directory.models import DuplicatePair, DuplicateSearch, InnovationPage
from tests.factories import directory as factory
from tests.queue import queued, run_tasks

pytestmark = pytest.mark.django_db

TITLES = (
    "Kemitraan Bidan dan Dukun",
    "KEMITRAAN BIDAN & DUKUN",
    "Perpustakaan Perahu",
    "Kemitraan Bidan dan Dukun Bayi",
)


@pytest.fixture
def pages() -> list[InnovationPage]:
    return [factory.innovation(title=title, live=bool(number % 2)) for number, title in enumerate(TITLES)]


def search(most: int = finding.PART) -> None:
    begun = finding.begin()
    while finding.search_some(begun, most):
        begun.refresh_from_db()


def pairs(pages: list[InnovationPage]) -> set[tuple[int, int]]:
    places = {page.pk: place for place, page in enumerate(pages)}
    found = DuplicatePair.objects.filter(state="open").values_list("one", "other")
    return {(places[one], places[other]) for one, other in found}


@pytest.mark.parametrize("most", [1, 2, 3, 500])
def test_search__finds_the_same_in_parts_of_any_size(pages: list[InnovationPage], most: int) -> None:
    search(most)
    assert pairs(pages) == {(0, 1), (0, 3), (1, 3)}
    done = DuplicateSearch.objects.get()
    assert (done.compared, done.total, done.percent) == (4, 4, 100)
    best = DuplicatePair.objects.first()
    assert best.score > 90
    assert "pemilik sama" in best.why


def test_search__drops_what_no_longer_holds_and_keeps_what_does(pages: list[InnovationPage]) -> None:
    search()
    kept = DuplicatePair.objects.get(one=pages[0], other=pages[1]).pk
    InnovationPage.objects.filter(pk=pages[3].pk).update(title="Sesuatu yang lain sama sekali")
    pages[2].delete()
    search()
    assert [pair.pk for pair in DuplicatePair.objects.all()] == [kept]


def test_search__never_opens_again_what_a_person_told_apart(pages: list[InnovationPage]) -> None:
    search()
    call_different(pages[1], pages[0])
    call_different(pages[2], pages[0])
    search()
    assert pairs(pages) == {(0, 3), (1, 3)}
    assert DuplicatePair.objects.filter(state="different").count() == 2


def test_search__interrupted_goes_on_where_it_stopped(pages: list[InnovationPage]) -> None:
    begun = finding.begin()
    assert finding.search_some(begun, 1)
    # The worker died after that part: its task, taken up again, does not do it twice.
    resumed = DuplicateSearch.objects.get()
    assert (resumed.reached, resumed.compared) == (pages[0].pk, 1)
    assert not finding.search_some(resumed)
    assert DuplicateSearch.objects.get().compared == 4
    # One that comes late counts for nothing.
    assert not finding.search_some(begun, 1)
    assert DuplicateSearch.objects.get().compared == 4
    assert len(pairs(pages)) == 3


def test_search__begun_anew_while_a_part_is_compared(pages: list[InnovationPage]) -> None:
    begun = finding.begin()
    again = finding.begin()
    assert begun.pk == again.pk
    assert finding.search_some(begun)
    assert DuplicateSearch.objects.get().compared == 0
    assert not finding.search_some(again)


def test_task__queues_the_next_part_behind_everything_else(
    pages: list[InnovationPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding.search_some, "__defaults__", (1,))
    tasks.look_for_duplicates()
    first = queued("directory.tasks.").get()
    first.task.func(*first.args_kwargs["args"])
    first.delete()
    following = queued("directory.tasks.").get()
    assert following.priority < 0
    assert following.run_after > following.enqueued_at
    run_tasks("directory.tasks.")
    assert len(pairs(pages)) == 3


def test_search__of_nothing_ends(db: None) -> None:
    search()
    assert DuplicateSearch.objects.get().percent == 0
