"""Numbers as a reader here writes them."""

import pytest

from cms.templatetags.portal import quantity


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0, "0"),
        (2024.0, "2024"),
        (0.1, "0,1"),
        (-12000, "-12.000"),
        (2 / 3, "0,667"),
        (9.9e14, "990.000.000.000.000"),
    ],
)
def test_quantity__is_written_as_here(value: float | None, text: str) -> None:
    assert quantity(value) == text


@pytest.mark.parametrize("number", [1e15, 1e25, 1e30, -1e300, float("inf"), float("nan")])
def test_quantity__a_number_too_large_to_round_is_shown_as_it_is(number: float) -> None:
    assert quantity(number) == str(number)
