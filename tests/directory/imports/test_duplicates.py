"""Likely duplicates: judged on labelled pairs, found among many, alike both ways round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.duplicates import entries, judged
from directory.imports.duplicates import DuplicateFinder, Entry, likeness
from institutions.loading import load_all

TITLES = st.text(max_size=60)


@pytest.mark.django_db
def test_labelled_pairs__precision_and_recall() -> None:
    load_all()
    pairs = entries()
    assert len(pairs) >= 200
    assert sum(not pair["duplicate"] for pair, _one, _other in pairs) >= len(pairs) / 2
    precision, recall, mistakes = judged(pairs)
    assert precision >= 0.95, mistakes
    assert recall >= 0.9, mistakes


@given(TITLES, TITLES)
def test_likeness__of_any_titles_is_the_same_both_ways(one: str, other: str) -> None:
    first, second = Entry(1, one, "a", "35", 2020), Entry(2, other, "b", "35.78", 2021)
    assert likeness(first, second).score == pytest.approx(likeness(second, first).score)
    assert 0 <= likeness(first, second).score <= 100


def test_finder__names_the_likeliest_first_and_never_itself() -> None:
    own = Entry(1, "Kemitraan Bidan dan Dukun", "gov-35-10", "35.10")
    near = Entry(2, "Kemitraan Bidan & Dukun Bayi", "gov-35-10", "35.10")
    same = Entry(3, "KEMITRAAN BIDAN DAN DUKUN", "gov-35-10", "35.10")
    elsewhere = Entry(4, "Kemitraan Bidan dan Dukun", "gov-73-01", "73.01")
    found = DuplicateFinder([own, near, same, elsewhere]).likely(own)
    assert [entry.id for entry, _likeness in found] == [3, 2]
    assert "pemilik sama" in found[0][1].why


@pytest.mark.parametrize(
    ("other", "owner", "is_likely"),
    [
        ("Kemitraan Bidan dan Dukun Aceh Singkil", "gov-11-10", True),
        ("Kemitraan Bidan dan Dukun Aceh Singkil", "gov-35-10", False),
        ("Kemitraan Dukun dan Bidan 2", "gov-11-10", False),
    ],
)
def test_likeness__of_a_title_that_holds_all_words_of_another(
    other: str, owner: str, is_likely: bool
) -> None:
    one = Entry(1, "Kemitraan Dukun dan Bidan", "gov-11-10")
    assert likeness(one, Entry(2, other, owner)).is_likely is is_likely
