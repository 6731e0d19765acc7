import pytest
from django.core.cache import cache
from django.utils import translation

from directory.finder import facets
from search.types import FacetCount
from tests.factories.taxonomy import ProvinceFactory, SectorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_labels() -> None:
    cache.clear()


def counts(**found: int) -> list[FacetCount]:
    return [FacetCount(value.strip("_"), count) for value, count in found.items()]


def test_labels__one_query_then_none(django_assert_num_queries: object) -> None:
    SectorFactory(code="kesehatan", name_id="Kesehatan", name_en="Health")
    ProvinceFactory()
    cache.clear()
    with django_assert_num_queries(1):
        assert facets.labels()["sector"]["kesehatan"] == ("Kesehatan", "Health")
    with django_assert_num_queries(0):
        assert facets.labels()["region"]["35"][0] == "Jawa Timur"


def test_labels__follow_a_rename() -> None:
    sector = SectorFactory(code="kesehatan", name_id="Kesehatan")
    facets.labels()
    sector.name_id = "Kesehatan masyarakat"
    sector.save()
    assert facets.labels()["sector"]["kesehatan"][0] == "Kesehatan masyarakat"


@pytest.mark.parametrize(("language", "label"), [("id", "Kesehatan"), ("en", "Health")])
def test_labeller__language(language: str, label: str) -> None:
    SectorFactory(code="kesehatan", name_id="Kesehatan", name_en="Health")
    with translation.override(language):
        assert facets.labeller(facets.BY_NAME["sector"])("kesehatan") == label


@pytest.mark.parametrize("name", [*facets.NAMES])
@pytest.mark.parametrize("value", ["", "zzz", "\0", "'", "x" * 10_000, "200", "20255", "²٣٤٥"])
def test_labeller__unknown_value_is_empty(name: str, value: str) -> None:
    assert facets.labeller(facets.BY_NAME[name])(value) == ""


@pytest.mark.parametrize(
    ("found", "selected", "is_shown"),
    [
        ({}, (), False),
        ({"running": 3}, (), False),
        ({"running": 3}, ("running",), True),
        ({"running": 3, "stopped": 1}, (), True),
        ({}, ("running",), True),
    ],
)
def test_view__hidden_below_two_values_unless_chosen(
    found: dict[str, int], selected: tuple[str, ...], is_shown: bool
) -> None:
    assert (facets.view(facets.BY_NAME["status"], counts(**found), selected) is not None) is is_shown


def test_view__folds_a_long_list_and_keeps_the_chosen_in_sight() -> None:
    found = [FacetCount(str(2000 + n), n + 1) for n in range(20)]
    view = facets.view(facets.BY_NAME["year"], found, ("2001",))
    assert view is not None
    assert [value.value for value in view.shown] == ["2019", "2018", "2017", "2016", "2015", "2014", "2001"]
    assert len(view.folded) == 13
    assert view.is_open
    assert view.chosen == 1


def test_view__does_not_fold_a_single_value() -> None:
    view = facets.view(facets.BY_NAME["year"], [FacetCount(str(2000 + n), 1) for n in range(7)], ())
    assert view is not None
    assert (len(view.shown), len(view.folded)) == (7, 0)


def test_view__cuts_what_would_make_the_page_heavy() -> None:
    for n in range(100):
        SectorFactory(code=f"s{n}")
    view = facets.view(facets.BY_NAME["sector"], [FacetCount(f"s{n}", 1) for n in range(100)], ())
    assert view is not None
    assert len(view.shown) + len(view.folded) == facets.LONGEST
    assert view.left_out == 40


@pytest.mark.parametrize(
    ("name", "found", "order"),
    [
        ("evidence", {"_1": 9, "_3": 1, "_2": 5}, ["3", "2", "1"]),
        ("cost", {"_3": 9, "_1": 1}, ["1", "3"]),
        ("year", {"_2019": 9, "_2021": 1}, ["2021", "2019"]),
    ],
)
def test_view__order(name: str, found: dict[str, int], order: list[str]) -> None:
    view = facets.view(facets.BY_NAME[name], counts(**found), ())
    assert view is not None
    assert [value.value for value in view.shown] == order


def test_view__by_count_then_name() -> None:
    for code, name in (("a", "Zakat"), ("b", "Air"), ("c", "Jalan")):
        SectorFactory(code=code, name_id=name)
    view = facets.view(facets.BY_NAME["sector"], counts(a=1, b=1, c=5), ())
    assert view is not None
    assert [value.label for value in view.shown] == ["Jalan", "Air", "Zakat"]
