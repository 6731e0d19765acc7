"""From the documents of one page of results to what readers see of them, alike for every engine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.utils.translation import gettext

from search.engines.snippets import Marker, best_language
from search.models import SearchDocument
from search.types import Hit, Query, Title
from search.understanding import MAX_CHARACTERS, MAX_WORDS, Understanding

LARGEST_PAGE = 100

Id = TypeVar("Id", int, str)


@dataclass(frozen=True, slots=True)
class Shown(Generic[Id]):
    """The documents of one page of results; the first `true` of them match, the rest come near."""

    ids: Sequence[Id]
    true: int
    scores: Mapping[Id, float] = field(default_factory=dict)


def hits(
    query: Query, meaning: Understanding, rows: Mapping[Id, SearchDocument], shown: Shown[Id]
) -> tuple[Hit, ...]:
    """What the page shows, in its order; a document that is gone or hidden by now is left out."""
    marker = Marker(meaning)
    return tuple(
        _hit(rows[id_], query.language, marker, shown.scores.get(id_, 0.0), place >= shown.true)
        for place, id_ in enumerate(shown.ids)
        if id_ in rows and rows[id_].visible
    )


def notice(meaning: Understanding) -> str:
    """What the reader should know about how the query was read, or nothing."""
    if not meaning.shortened:
        return ""
    return gettext(
        "Kata pencarian terlalu panjang: hanya %(words)d kata dari %(characters)d huruf pertama yang dibaca."
    ) % {"words": MAX_WORDS, "characters": MAX_CHARACTERS}


def titled(row: SearchDocument, wanted: str) -> Title:
    """A document by its title in the reader's language, where it has one."""
    language = best_language(row.texts, wanted)
    title = row.texts.get("title", {}).get(language, "")
    return Title(row.key, row.type, row.object_id, title, language, row.data)


def window(query: Query) -> tuple[int, int]:
    """From which place on, and how many, the query's page shows."""
    size = min(max(query.page_size, 1), LARGEST_PAGE)
    return (max(query.page, 1) - 1) * size, size


def reordered(ids: Iterable[Id], true: int, scores: Mapping[Id, float]) -> list[Id]:
    """The first `true` ids before the rest, each part by falling score."""
    found = list(ids)
    places = sorted(range(len(found)), key=lambda place: (place >= true, -scores.get(found[place], -1.0)))
    return [found[place] for place in places]


def _hit(row: SearchDocument, wanted: str, marker: Marker, score: float, near: bool) -> Hit:
    language = best_language(row.texts, wanted)
    texts = [row.texts.get(name, {}).get(language, "") for name in ("title", "summary", "body")]
    return Hit(
        key=row.key,
        type=row.type,
        object_id=row.object_id,
        title=texts[0],
        snippet=marker.snippet(texts[1:], language),
        language=language,
        score=score,
        near=near,
        data=row.data,
    )
