"""One type of findable page: which there are, what their documents are, and writing these."""

import builtins
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial, reduce
from itertools import islice
from operator import or_

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from wagtail.models import Page

from search import index
from search.types import Document

CHUNK = 200

StrOrPromise = str | Promise


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Pages of one type as documents, one for a page in all the languages it is public in.

    `label` names many of them. `build` makes the documents of those of these translation keys that are
    public, in a constant number of queries. `pointers` names what else the documents repeat words of: a
    model, and the lookups by which a page points at a row of it. `address_of` gives the address of the one
    page that is meant where the words searched for are its number, else "". `facets` names what the
    documents can be narrowed by.
    """

    type: str
    label: StrOrPromise
    model: builtins.type[Page]
    build: Callable[[Sequence[uuid.UUID]], list[Document]]
    pointers: Mapping[builtins.type[Model], tuple[str, ...]] = field(default_factory=dict)
    address_of: Callable[[str], str] | None = None
    facets: tuple[str, ...] = ()

    def key_of(self, translation_key: uuid.UUID) -> str:
        """The document's key, the same for every language of the page."""
        return f"{self.type}:{translation_key}"

    def pages(self) -> QuerySet[Page]:
        return self.model._default_manager.order_by("pk")

    def using(self, row: builtins.type[Model], pk: object) -> QuerySet[Page]:
        """Pages whose document repeats words of this row."""
        return self.pages().filter(reduce(or_, (Q(**{pointer: pk}) for pointer in self.pointers[row])))


_sources: dict[str, Source] = {}
_pending: ContextVar[dict[str, set[uuid.UUID]] | None] = ContextVar("documents_to_refresh", default=None)


def add(source: Source) -> None:
    _sources[source.type] = source
    index.register(source.type, partial(batches, source), source.facets)


def labels() -> dict[str, StrOrPromise]:
    """The label of every registered type, the pages of the lower apps first: what the portal is for."""
    return {source.type: source.label for source in reversed(_sources.values())}


def address_meant(words: str, type: str = "") -> str:
    """The address of the one page (of `type`, where given) these words are the number of, else ""."""
    asked = (
        source.address_of for source in _sources.values() if source.address_of and type in ("", source.type)
    )
    return next(filter(None, (address_of(words) for address_of in asked)), "")


def source_of(type: str) -> Source:
    """The registered source of a document type. Raises `KeyError`."""
    return _sources[type]


def batches(source: Source, size: int = CHUNK) -> Iterator[list[Document]]:
    """Every public page's document, `size` at a time, for a rebuild; ask for each inside a transaction."""
    keys = source.pages().filter(live=True).values_list("translation_key", flat=True)
    for part in _parts(keys, size):
        _lock(part)
        yield source.build(part)


def refresh(source: Source, keys: Iterable[uuid.UUID]) -> None:
    """Bring the index in line with the database for these pages, in the caller's transaction.

    What the public may not read any more is removed. Inside `batched` the work waits for its end.
    """
    pending = _pending.get()
    if pending is not None:
        pending.setdefault(source.type, set()).update(keys)
        return
    for part in _parts(keys):
        with transaction.atomic():
            _refresh_part(source, part)


@contextmanager
def batched() -> Iterator[None]:
    """Collect the refreshes of a block and write them together at its end, unless it fails.

    Put the transaction outside: the documents belong to the same one as the changes.
    """
    if _pending.get() is not None:
        yield
        return
    pending: dict[str, set[uuid.UUID]] = {}
    token = _pending.set(pending)
    try:
        yield
    finally:
        _pending.reset(token)
    for type_, keys in pending.items():
        refresh(source_of(type_), keys)


def _refresh_part(source: Source, part: list[uuid.UUID]) -> None:
    _lock(part)
    documents = source.build(part)
    index.store_many(documents)
    found = {document.key for document in documents}
    for key in part:
        if source.key_of(key) not in found:
            index.remove(source.key_of(key))


def _lock(part: list[uuid.UUID]) -> None:
    """Wait for who changes one of these pages at this moment: what has been withdrawn is not put back."""
    pages = Page.objects.select_for_update().filter(translation_key__in=part)
    list(pages.order_by("pk").values_list("pk"))


def _parts(keys: Iterable[uuid.UUID], size: int = CHUNK) -> Iterator[list[uuid.UUID]]:
    remaining = iter(dict.fromkeys(keys))
    while part := list(islice(remaining, size)):
        yield part
