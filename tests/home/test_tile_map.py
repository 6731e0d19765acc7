"""The tile map: every province once, in its place, in a shade that follows its count."""

import csv
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.tile_map import COLUMNS, PLACES, ROWS, SHADES, shades, tiles

PROVINCES = Path(__file__).parents[2] / "taxonomy" / "data" / "provinces.csv"


def test_places__are_the_38_provinces_each_on_a_tile_of_its_own() -> None:
    with PROVINCES.open(encoding="utf-8") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    assert set(PLACES) == codes
    spots = {place[:2] for place in PLACES.values()}
    assert len(spots) == len(PLACES) == 38
    assert all(1 <= column <= COLUMNS and 1 <= row <= ROWS for column, row in spots)


def test_places__labels_are_short_enough_and_unique() -> None:
    assert all(len(place[3]) == 2 and len(place[2]) <= 7 for place in PLACES.values())
    assert len({place[3] for place in PLACES.values()}) == 38


@pytest.mark.parametrize(
    ("west", "east"),
    [
        ("11", "12"),
        ("36", "31"),
        ("32", "33"),
        ("33", "35"),
        ("35", "51"),
        ("52", "53"),
        ("61", "64"),
        ("96", "91"),
    ],
)
def test_places__keep_west_and_east(west: str, east: str) -> None:
    assert PLACES[west][0] < PLACES[east][0]


@pytest.mark.parametrize(
    ("north", "south"),
    [("11", "18"), ("65", "63"), ("71", "73"), ("31", "34"), ("82", "81"), ("91", "93"), ("12", "36")],
)
def test_places__keep_north_and_south(north: str, south: str) -> None:
    assert PLACES[north][1] < PLACES[south][1]


@given(st.dictionaries(st.sampled_from(sorted(PLACES)), st.integers(0, 5000)))
def test_shades__never_darker_for_fewer(counts: dict[str, int]) -> None:
    found = tiles(counts, {})
    assert len(found) == 38
    assert all((tile.shade == 0) == (tile.count == 0) for tile in found)
    assert all(tile.shade <= SHADES for tile in found)
    by_count = sorted(found, key=lambda tile: tile.count)
    assert [tile.shade for tile in by_count] == sorted(tile.shade for tile in by_count)


@given(st.lists(st.integers(0, 5000)))
def test_legend__ranges_follow_each_other(counts: list[int]) -> None:
    legend = shades(counts)
    for before, after in itertools.pairwise(legend):
        assert before.most + 1 == after.least
    assert all(each.least <= each.most for each in legend)
    if any(counts):
        assert legend[0].least == 1
        assert legend[-1].most == max(counts)


def test_tiles__use_the_full_name() -> None:
    aceh = tiles({"11": 3}, {"11": "Aceh Raya"})[0]
    assert (aceh.name, aceh.count, aceh.label, aceh.short) == ("Aceh Raya", 3, "Aceh", "AC")
