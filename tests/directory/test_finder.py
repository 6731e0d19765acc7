from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.http import Http404, QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.finder import address, facets
from directory.finder.address import MOST_VALUES, parse
from directory.finder.page import Finder
from directory.models import InnovationPage
from search import engines
from search.addresses import LONGEST_TEXT
from search.types import Query, Sort
from tests.factories import directory as factory
from tests.factories.home import make_home
from tests.factories.taxonomy import ProvinceFactory, SectorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tables() -> Iterator[None]:
    cache.clear()
    SectorFactory(code="kesehatan", name_id="Kesehatan")
    SectorFactory(code="sosial", name_id="Sosial")
    ProvinceFactory(code="35", name_id="Jawa Timur")
    yield
    cache.clear()


def published(**fields: object) -> InnovationPage:
    page = factory.innovation(**fields)
    page.save_revision().publish()
    return page


def found(address: str) -> Finder:
    return Finder(parse(QueryDict(address)))


@pytest.mark.parametrize(
    ("address", "text", "notices"),
    [
        ("", "", 0),
        ("q=kematian+ibu", "kematian ibu", 0),
        ("q=%00ibu%00", "ibu", 0),
        ("q=%20ibu%0A%09hamil%20", "ibu hamil", 0),
        ("q=a&q=b", "b", 0),
        ("q=ibu&utm_source=surel&fbclid=1", "ibu", 0),
        ("q=ibu&lain=1&foo=2", "ibu", 1),
        (f"q={'x' * 10_000}", None, 1),
        (f"q={'kata+' * 2_000}", None, 1),
        ("q='", "'", 0),
        ("q=%22%27%22", '"\'"', 0),
    ],
)
def test_parse__text(address: str, text: str | None, notices: int) -> None:
    request = parse(QueryDict(address))
    assert text is None or request.text == text
    assert len(request.text) <= LONGEST_TEXT
    assert len(request.notices) == notices


@pytest.mark.parametrize(
    ("address", "filters", "notices"),
    [
        ("sector=kesehatan", {"sector": ("kesehatan",)}, 0),
        ("sector=kesehatan&sector=sosial", {"sector": ("kesehatan", "sosial")}, 0),
        ("sector=kesehatan&sector=kesehatan", {"sector": ("kesehatan",)}, 0),
        ("sector=", {}, 0),
        ("sector=zzz&province=35", {"province": ("35",)}, 1),
        ("sector=%00&year=abcd&evidence=99&cost=-1", {}, 1),
        (
            "year=2019&evidence=3&status=stopped",
            {"evidence": ("3",), "status": ("stopped",), "year": ("2019",)},
            0,
        ),
        ("&".join(f"year={1900 + n}" for n in range(150)), None, 1),
        ("Sector=kesehatan", {}, 1),
    ],
)
def test_parse__filters(address: str, filters: dict[str, tuple[str, ...]] | None, notices: int) -> None:
    request = parse(QueryDict(address))
    assert filters is None or request.filters == filters
    assert sum(map(len, request.filters.values())) <= MOST_VALUES
    assert len(request.notices) == notices


@pytest.mark.parametrize(
    ("raw", "page"),
    [
        ("", 1),
        ("1", 1),
        ("7", 7),
        ("abc", 1),
        ("1.5", 1),
        ("²", 1),
        ("1" * 500, 1),
        ("0", None),
        ("-1", None),
        ("1" + "0" * 20, None),
    ],
)
def test_parse__page(raw: str, page: int | None) -> None:
    data = QueryDict(mutable=True)
    data["page"] = raw
    if page is None:
        with pytest.raises(Http404):
            parse(data)
    else:
        assert parse(data).page == page


@pytest.mark.parametrize(
    ("raw", "sort", "notices"),
    [
        ("", Sort.RELEVANCE, 0),
        ("title", Sort.TITLE, 0),
        ("evil", Sort.RELEVANCE, 1),
        ("TITLE", Sort.RELEVANCE, 1),
    ],
)
def test_parse__sort(raw: str, sort: Sort, notices: int) -> None:
    request = parse(QueryDict(f"sort={raw}"))
    assert (request.sort, len(request.notices)) == (sort, notices)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["q", "sort", "stopped", "x", *facets.NAMES]) | st.text(max_size=20),
            st.text(max_size=50),
        ),
        max_size=8,
    )
)
def test_parse__takes_anything(pairs: list[tuple[str, str]]) -> None:
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    data.pop("page", None)
    request = parse(data)
    assert "\0" not in request.text
    # What was understood survives the way through an address.
    again = parse(QueryDict(request.url().removeprefix("?")))
    assert (again.text, again.filters, again.sort) == (request.text, request.filters, request.sort)


def test_query__leaves_out_stopped_unless_asked() -> None:
    assert parse(QueryDict("")).query().exclude == {"status": ("stopped",)}
    assert parse(QueryDict("stopped=1")).query().exclude == {}


def test_finder__stopped_are_one_click_away() -> None:
    published(title="Layanan jalan", operational_status="running")
    published(title="Layanan berhenti", operational_status="stopped")
    plain = found("q=layanan")
    assert [card.title for card in plain.exact] == ["Layanan jalan"]
    assert plain.stopped is not None
    assert plain.stopped.count == 1
    with_them = found(plain.stopped.url.removeprefix("?"))
    assert {card.title for card in with_them.exact} == {"Layanan jalan", "Layanan berhenti"}
    assert with_them.stopped is None
    chip = with_them.chips[0]
    assert chip["label"] == "Termasuk yang sudah berhenti"
    assert found(chip["url"].removeprefix("?")).results.total == 1


def test_finder__chips_take_one_filter_away() -> None:
    published(sectors=list(factory.Sector.objects.filter(code="kesehatan")))
    view = found("q=inovasi&sector=kesehatan&sector=sosial&province=35&sort=title")
    assert [(chip["label"], chip["url"]) for chip in view.chips] == [
        ("Kesehatan", "?q=inovasi&sector=sosial&province=35&sort=title"),
        ("Sosial", "?q=inovasi&sector=kesehatan&province=35&sort=title"),
        ("Jawa Timur", "?q=inovasi&sector=kesehatan&sector=sosial&sort=title"),
    ]
    assert view.chosen == 3
    assert view.clear_url == "?q=inovasi&sort=title"


def test_finder__ways_out_count_truly() -> None:
    health = list(factory.Sector.objects.filter(code="kesehatan"))
    for number in range(3):
        published(title=f"Posyandu {number}", sectors=health)
    published(title="Posyandu di pasar", sectors=list(factory.Sector.objects.filter(code="sosial")))
    view = found("q=posyandu&sector=kesehatan&province=35")
    assert view.results.total == 0
    ways = {way.label: way.count for way in view.ways_out}
    assert ways == {"Jawa Timur": 3, "": 4}
    for way in view.ways_out:
        assert found(way.url.removeprefix("?")).results.total == way.count


def test_finder__no_ways_out_where_something_was_found(django_assert_max_num_queries: object) -> None:
    published(title="Posyandu")
    assert found("q=posyandu").ways_out == []


@pytest.mark.parametrize("sort", list(Sort))
def test_finder__sorts(sort: Sort) -> None:
    published(title="B lama", year=2015)
    published(title="A baru", year=2024)
    view = found(f"sort={sort.value}")
    assert view.results.total == 2
    if sort in (Sort.TITLE, Sort.NEWEST):
        assert [card.title for card in view.exact] == ["A baru", "B lama"]
    assert [entry["on"] for entry in view.sorts].count(True) == 1


def test_finder__the_order_shown_by_itself_does_not_stick_to_words_typed_later() -> None:
    published(title="Posyandu")
    (default,) = [entry for entry in found("").sorts if entry["on"]]
    assert (default["value"], default["label"]) == ("", "Bukti terkuat")
    (fitting,) = [entry for entry in found(f"q=posyandu&sort={default['value']}").sorts if entry["on"]]
    assert (fitting["value"], fitting["label"]) == ("", "Paling sesuai")


def test_finder__without_words_the_best_evidence_comes_first() -> None:
    published(title="Baru", year=2024)
    factory.full_innovation(title="Terukur", year=2015).save_revision().publish()
    assert [card.title for card in found("").exact] == ["Terukur", "Baru"]


def test_finder__pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "PAGE_SIZE", 2)
    for number in range(5):
        published(title=f"Inovasi {number}")
    assert len(found("page=3").exact) == 1
    assert found("page=2").page_obj.paginator.num_pages == 3
    with pytest.raises(Http404):
        found("page=4")


@pytest.mark.parametrize(
    ("address", "title"),
    [("", ""), ("q=ibu", "“ibu”"), ("sector=kesehatan", ""), (f"q={'a' * 100}", f"“{'a' * 60}”")],
)
def test_finder__title(address: str, title: str) -> None:
    assert found(address).title == title


@pytest.mark.parametrize(
    ("address", "is_filtered"),
    [("", False), ("sort=title", False), ("q=a", True), ("sector=sosial", True), ("stopped=1", True)],
)
def test_finder__search_machines_get_the_plain_list(address: str, is_filtered: bool) -> None:
    assert found(address).is_filtered is is_filtered


def test_facet_counts__follow_the_other_facets_not_their_own() -> None:
    make_home()
    health, social = (list(factory.Sector.objects.filter(code=code)) for code in ("kesehatan", "sosial"))
    published(title="Satu", sectors=health, kind="digital")
    published(title="Dua", sectors=health, kind="non-digital")
    published(title="Tiga", sectors=social, kind="digital")
    view = {facet.name: facet for facet in found("sector=kesehatan").facets}
    assert {value.value: value.count for value in view["sector"].shown} == {"kesehatan": 2, "sosial": 1}
    assert {value.value: value.count for value in view["kind"].shown} == {"digital": 1, "non-digital": 1}
    results = engines.search(Query(types=("innovation",), filters={"sector": ("sosial",)}))
    assert results.total == 1
