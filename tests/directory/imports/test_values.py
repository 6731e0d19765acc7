import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.imports import values
from directory.imports.types import NotRecognisedError


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-01-12", "2020-01-12"),
        ("2020-01-12 00:00:00", "2020-01-12"),
        ("12/1/2020", "2020-01-12"),
        ("12-01-2020", "2020-01-12"),
        ("12 Januari 2020", "2020-01-12"),
        ("12 jan. 2020", "2020-01-12"),
        ("Pebruari 2019", "2019-02-01"),
        ("1  NOPEMBER  2018", "2018-11-01"),
        ("43842", "2020-01-12"),
        ("", ""),
        (" - ", ""),
        ("Tidak ada", ""),
    ],
)
def test_date__as_people_write_it(text: str, day: str) -> None:
    assert values.date(text) == day


@pytest.mark.parametrize(
    "text", ["2020", "31/02/2020", "0020-01-01", "2999-01-01", "kemarin", "13/13/2020", "²/1/2020"]
)
def test_date__what_is_none_is_not_guessed(text: str) -> None:
    with pytest.raises(NotRecognisedError):
        values.date(text)


@given(st.text())
def test_date__any_text_is_a_date_nothing_or_not_recognised(text: str) -> None:
    try:
        found = values.date(text)
    except NotRecognisedError:
        return
    assert found == "" or datetime.date.fromisoformat(found)


@pytest.mark.parametrize("text", ["Non-Digital", "non  digital", "NONDIGITAL", "Inovasi Non Digital"])
def test_choice__in_any_spelling(text: str) -> None:
    assert values.KIND(text) == "non-digital"


def test_choice__unknown_wording_is_not_guessed() -> None:
    with pytest.raises(NotRecognisedError, match="digital sekali"):
        values.KIND("digital sekali")
