"""What a search box offers while somebody types: titles, and the names registered with `search.names`."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import get_language

from search import engines, names
from search.site import in_language, type_name

# Fewer letters begin half of all titles.
SHORTEST = 2
MOST = 8
# Of one kind of names, while there are titles enough.
MOST_NAMES = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`kind` says in words what it is; `note` tells it from others: another name it was found by, or whose
    it is; `language` is set where the label's is not the reader's."""

    label: str
    url: str
    kind: str
    note: str = ""
    language: str = ""


def suggestions(text: str, types: tuple[str, ...] = ()) -> list[Suggestion]:
    """At most `MOST`, those of a kind together, names before titles: what leads to several pages comes first.

    Titles are of these document types, of all by default. Raises `EngineUnavailableError`.
    """
    if sum(map(str.isalnum, text)) < SHORTEST:
        return []
    language = get_language() or "id"
    found = names.find(text, language, MOST)
    named = sum(min(len(matches), MOST_NAMES) for matches in found.values())
    titles = _titles(text, language, types, MOST - named)
    # What the titles leave free goes to further names.
    room = MOST - named - len(titles)
    offered: list[Suggestion] = []
    for kind, matches in found.items():
        further = min(room, max(len(matches) - MOST_NAMES, 0))
        room -= further
        offered += [
            Suggestion(match.label, match.url, names.label_of(kind), note=match.name)
            for match in matches[: MOST_NAMES + further]
        ]
    return [*offered, *titles]


def _titles(text: str, language: str, types: tuple[str, ...], limit: int) -> Sequence[Suggestion]:
    by_type: dict[str, list[Suggestion]] = {}
    for title in engines.complete(text, language, types, limit):
        if url := in_language(title.data.get("url"), title.language):
            suggestion = Suggestion(
                title.title,
                url,
                type_name(title.type),
                note=in_language(title.data.get("institution"), title.language),
                language=title.language if title.language != language else "",
            )
            by_type.setdefault(title.type, []).append(suggestion)
    return list(chain.from_iterable(by_type.values()))
