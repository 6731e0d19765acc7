"""Where readers search. The app of a place says what it is called and what its filters mean."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

StrOrPromise = str | Promise


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """`code` is kept with every count. `address` gives the address of the search page, "" where there is none
    yet. `words` gives what people call a filter, and how its values are called: "" for what they do not know.
    """

    code: str
    label: StrOrPromise
    address: Callable[[], str]
    words: Callable[[str], tuple[str, Callable[[str], str]]]


_places: dict[str, Place] = {}


def register(place: Place) -> None:
    """Called in `AppConfig.ready`."""
    _places[place.code] = place


def places() -> tuple[Place, ...]:
    return tuple(_places.values())
