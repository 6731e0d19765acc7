"""Very many synthetic documents in the tables of the search, written without `search.index`."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import cache

from django.db import connection, transaction
from django.utils import timezone

from benchmarks.search_latency import batched, documents
from search import textindex, words
from search.analysis import analysed
from search.models import OutboxEntry, SearchDocument, Word
from search.types import Document

TOGETHER = 2000


def fill(count: int, length: int) -> None:
    """In the place of what the tables hold: documents with a body of `length` words, their stems, the
    vocabulary, and the entries of an outbox that has been emptied. No copy in memory for the database
    engine: it has no part in this."""
    clear()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
    vocabulary: Counter[str] = Counter()
    for batch in batched(documents(count, length), TOGETHER):
        with transaction.atomic():
            _write(batch, vocabulary)
    words.replace(vocabulary)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def clear() -> None:
    textindex.clear()
    for model in (OutboxEntry, SearchDocument, Word):
        model.objects.all()._raw_delete("default")


def _write(batch: Sequence[Document], vocabulary: Counter[str]) -> None:
    now = timezone.now()
    rows = SearchDocument.objects.bulk_create([_row(one) for one in batch])
    for row in rows:
        found = {field: _analysed(languages["id"]) for field, languages in row.texts.items()}
        textindex.put(row.pk, {field: [stem for stem, _word in pairs] for field, pairs in found.items()})
        vocabulary.update({word for pairs in found.values() for _stem, word in pairs})
    OutboxEntry.objects.bulk_create(
        [OutboxEntry(key=row.key, action=OutboxEntry.Action.STORE, sent_at=now) for row in rows]
    )


def _row(one: Document) -> SearchDocument:
    return SearchDocument(
        key=one.key,
        type=one.type,
        object_id=one.object_id,
        texts=one.texts,
        data=one.data,
        facets=one.facets,
        sort_title=one.texts["title"]["id"][:200],
        date=one.date,
        evidence=one.evidence,
        replications=one.replications,
        fingerprint=hashlib.sha256(one.key.encode()).hexdigest(),
    )


def _analysed(text: str) -> list[tuple[str, str]]:
    return [pair for word in text.split() for pair in _of_one(word)]


@cache
def _of_one(word: str) -> tuple[tuple[str, str], ...]:
    """Stem and entry of the vocabulary. Word by word, each once: two words that mean one thing together
    stay two."""
    return tuple((entry.split(" ")[1], entry) for entry in analysed({"title": {"id": word}}).words)
