from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.profile.numbers import bars, parse_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("62", "62"),
        ("41,5 %", "41.5"),
        ("41.5", "41.5"),
        ("1.250 kasus", "1250"),
        ("Rp2.500.000", "2500000"),
        ("1.234,5", "1234.5"),
        ("12 hari.", "12"),
        ("-3", "-3"),
        ("", None),
        (None, None),
        ("tidak ada", None),
        ("2 dari 10", None),
        ("2019–2022", None),
        ("1,2,3", None),
        ("9" * 50, None),
    ],
)
def test_parse_number__as_officials_write(text: str | None, number: str | None) -> None:
    assert parse_number(text) == (Decimal(number) if number else None)


@pytest.mark.parametrize(
    ("baseline", "result", "expected"),
    [
        ("62", "97", (64, 100)),
        ("9", "3", (100, 33)),
        ("0", "5", (0, 100)),
        ("0", "0", None),
        ("-1", "3", None),
        ("", "3", None),
        ("1 hari", "2 jam", None),
        ("1 hari", "2 Hari", (50, 100)),
        ("1 hari", "2", (50, 100)),
    ],
)
def test_bars__widths(baseline: str, result: str, expected: tuple[int, int] | None) -> None:
    assert bars(baseline, result) == expected


@given(st.text(max_size=60), st.text(max_size=60))
def test_bars__take_any_text(baseline: str, result: str) -> None:
    widths = bars(baseline, result)
    assert widths is None or max(widths) == 100


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,250 cases", "1250"),
        ("Rp2,500,000", "2500000"),
        ("1,234.5", "1234.5"),
        ("41.5 %", "41.5"),
        # As a translator left it.
        ("41,5 %", "41.5"),
        ("1.250 kasus", "1250"),
        ("1,2,3", None),
    ],
)
def test_parse_number__as_translators_write(text: str, number: str | None) -> None:
    assert parse_number(text, "en") == (Decimal(number) if number else None)
