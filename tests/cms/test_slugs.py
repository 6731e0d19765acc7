import pytest

from cms.slugs import LONGEST, free_slug


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        (set(), "mal"),
        ({"mall", "mal-2"}, "mal"),
        ({"mal"}, "mal-2"),
        ({"mal", "mal-2", "mal-4"}, "mal-3"),
    ],
)
def test_slug__is_free(taken: set[str], expected: str) -> None:
    assert free_slug("mal", taken.__contains__) == expected


def test_slug__with_its_number_is_no_longer_than_a_page_may_have() -> None:
    longest = "m" * LONGEST
    assert free_slug(longest, {longest}.__contains__) == "m" * (LONGEST - 2) + "-2"
