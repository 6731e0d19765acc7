"""Writing the index: documents go into the database in the caller's transaction.

Apps that have something to be found hand their documents to `store` when it changes, and register
with `register` how to make all of them, for a rebuild.
"""

import hashlib
import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from search import textindex, words
from search.analysis import analysed, fold, line
from search.models import DocumentFacets, DocumentTitles, FacetValue, OutboxEntry, SearchDocument
from search.types import Document

# All documents of a type, some at a time; each batch is made when it is asked for, inside a transaction.
Batches = Callable[[], Iterable[Sequence[Document]]]

_sources: dict[str, Batches] = {}
_facets: set[str] = set()
CHUNK = 200
LONGEST_VALUE = 120
# A document's type is counted like a facet, under a name that is free.
TYPE_FACET = "_type"


def register(type: str, documents: Batches, facets: Iterable[str] = ()) -> None:
    """Say how all documents of a type are made, and which facets they have; called in `AppConfig.ready`."""
    _sources[type] = documents
    _facets.update(facets)


def facet_names() -> tuple[str, ...]:
    """The facets of all registered types; an outside engine makes room for these."""
    return tuple(sorted(_facets))


def registered_types() -> tuple[str, ...]:
    """The types that can be rebuilt, in the order of their registration."""
    return tuple(_sources)


def store(document: Document) -> bool:
    """Write or replace a document, all or nothing. False when nothing about it has changed."""
    return store_many([document]) == 1


def store_many(documents: Iterable[Document]) -> int:
    """Write or replace documents in one transaction; how many of them were new or changed."""
    changes: Counter[str] = Counter()
    with transaction.atomic():
        changed = sum(_store(document, changes) for document in documents)
        _count_words(changes)
    return changed


def remove(key: str) -> bool:
    """Take a document out of the index. False when there was none."""
    changes: Counter[str] = Counter()
    with transaction.atomic():
        row = SearchDocument.objects.filter(key=key).first()
        if row is None:
            return False
        if row.visible:
            changes.subtract(analysed(row.texts).words)
        textindex.delete([row.pk])
        row.delete()
        put_in_outbox(key, OutboxEntry.Action.REMOVE)
        _count_words(changes)
    return True


def rebuild(
    types: Sequence[str] | None = None, advance: Callable[[int], object] = lambda number: None
) -> dict[str, int]:
    """Make all documents of `types` (all registered ones by default) anew and drop those that are gone.

    Returns the number of documents by type. Raises `LookupError` for a type nobody registered. Readers see
    the old index until each batch is written; `advance` hears of every batch how many were.
    """
    chosen = tuple(types) if types is not None else registered_types()
    if unknown := [name for name in chosen if name not in _sources]:
        raise LookupError(f"No such document type: {', '.join(unknown)}. Known: {', '.join(_sources)}")
    counts = {}
    found: Counter[str] = Counter()
    for name in chosen:
        began, written = timezone.now(), 0
        batches = iter(_sources[name]())
        while (batch := _write_next(batches, found)) is not None:
            written += len(batch)
            advance(len(batch))
        # What somebody publishes meanwhile is newer, and stays.
        gone = SearchDocument.objects.filter(type=name, updated_at__lt=began)
        for key in list(gone.values_list("key", flat=True)):
            remove(key)
        counts[name] = written
    recount_words(found, chosen)
    return counts


def _write_next(batches: Iterator[Sequence[Document]], found: Counter[str]) -> Sequence[Document] | None:
    """Build and write a batch in one transaction: what is published in between would be overwritten."""
    with transaction.atomic():
        batch = next(batches, None)
        for document in batch or ():
            # Unchanged documents too: the analysis may have changed since they were written.
            _store(document, found, fresh=True)
    return batch


def recount_words(counts: Counter[str] | None = None, types: Sequence[str] = ()) -> None:
    """Write the vocabulary anew from the stored documents; those of `types` are counted already."""
    counts = counts if counts is not None else Counter()
    others = SearchDocument.objects.filter(visible=True).exclude(type__in=types)
    for texts in others.values_list("texts", flat=True).iterator(CHUNK):
        counts.update(analysed(texts).words)
    words.replace(counts)


def fingerprint(document: Document) -> str:
    content = json.dumps(asdict(document), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _store(document: Document, changes: Counter[str], fresh: bool = False) -> bool:
    """Write one document; notes in `changes` which words come and go.

    `fresh`: also when nothing has changed, and `changes` counts the new words only.
    """
    print_ = fingerprint(document)
    row = SearchDocument.objects.filter(key=document.key).first()
    if row is not None and row.fingerprint == print_ and not fresh:
        return False
    if row is not None and row.visible and not fresh:
        changes.subtract(analysed(row.texts).words)
    row = row or SearchDocument(key=document.key)
    row.type, row.object_id, row.visible = document.type, document.object_id, document.visible
    row.texts, row.data, row.facets = _clean(document.texts), _clean(document.data), _clean(document.facets)
    row.sort_title = fold(_any_text(row.texts.get("title", {})))[:200]
    row.date, row.evidence, row.replications = document.date[:10], document.evidence, document.replications
    row.fingerprint = print_
    row.save()
    _write_facets(row)
    _write_titles(row)
    if row.visible:
        found = analysed(row.texts)
        textindex.put(row.pk, found.stems)
        changes.update(found.words)
    else:
        textindex.delete([row.pk])
    put_in_outbox(row.key, OutboxEntry.Action.STORE)
    return True


def _write_facets(row: SearchDocument) -> None:
    if not row.visible:
        DocumentFacets.objects.filter(document=row).delete()
        return
    pairs = {
        (name[:40], str(value)[:LONGEST_VALUE]) for name, values in row.facets.items() for value in values
    }
    pairs.add((TYPE_FACET, row.type))
    known = _facet_values(pairs)
    if new := pairs - known.keys():
        FacetValue.objects.bulk_create(
            [FacetValue(facet=facet, value=value) for facet, value in sorted(new)], ignore_conflicts=True
        )
        known = _facet_values(pairs)
    numbers = array("I", sorted(known.values()))
    DocumentFacets.objects.update_or_create(document=row, defaults={"values": numbers.tobytes()})


def _write_titles(row: SearchDocument) -> None:
    if not row.visible:
        DocumentTitles.objects.filter(document=row).delete()
        return
    words = "\n".join(line(title) for title in row.texts.get("title", {}).values())
    DocumentTitles.objects.update_or_create(document=row, defaults={"type": row.type, "words": words})


def _facet_values(pairs: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The numbers of those facet values that have one."""
    rows = FacetValue.objects.filter(
        facet__in={facet for facet, _ in pairs}, value__in={value for _, value in pairs}
    ).values_list("facet", "value", "id")
    return {(facet, value): number for facet, value, number in rows if (facet, value) in pairs}


def put_in_outbox(key: str, action: OutboxEntry.Action) -> None:
    OutboxEntry.objects.filter(key=key).delete()
    OutboxEntry.objects.create(key=key, action=action)


def _count_words(changes: Counter[str]) -> None:
    # After the commit and on its own: the rows of common words would hold up everyone who writes.
    if counted := {word: change for word, change in changes.items() if change}:
        transaction.on_commit(partial(words.add, counted), robust=True)


def _any_text(by_language: dict[str, str]) -> str:
    return by_language.get("id") or next(iter(by_language.values()), "")


def _clean(value: Any) -> Any:
    """The same without NUL bytes and lone surrogates, which no database takes."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "ignore").decode()
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value
