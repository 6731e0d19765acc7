"""Ordinary pages as search documents: one document for a page in all the languages it is live in.

An app describes its page type once (`PageSource`) and registers it; from then on publishing,
withdrawing, moving, restricting and deleting keep the index in line, in the change's transaction.
"""

import builtins
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from search import index
from search.types import Document

CHUNK = 100


def _nothing(page: Any) -> Mapping[str, Any]:
    return {}


def _no_date(page: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class PageSource:
    """How pages of one type become documents.

    `texts` gives summary, keywords and body of one language's page as plain text; `data` what a result
    card shows besides title, address and summary; `date` an ISO date. `related` are select_related names.
    """

    type: str
    model: builtins.type[Page]
    texts: Callable[[Any], Mapping[str, str]]
    data: Callable[[Any], Mapping[str, Any]] = _nothing
    date: Callable[[Any], str] = _no_date
    related: tuple[str, ...] = ()


def register(source: PageSource) -> None:
    """Make pages of this type findable; called in `AppConfig.ready`."""
    index.register(source.type, partial(stream, source))
    on_change = partial(_on_change, source)
    for signal in (page_published, page_unpublished, post_save, post_delete):
        signal.connect(on_change, sender=source.model, weak=False)
    on_tree = partial(_on_tree_change, source)
    for signal in (page_slug_changed, post_page_move):
        signal.connect(on_tree, weak=False)
    on_restriction = partial(_on_restriction, source)
    for signal in (post_save, post_delete):
        signal.connect(on_restriction, sender=PageViewRestriction, weak=False)


def stream(source: PageSource) -> Iterator[Document]:
    """Every public page of the type as a document, for a rebuild."""
    keys = source.model._default_manager.filter(live=True).order_by("pk")
    remaining = iter(dict.fromkeys(keys.values_list("translation_key", flat=True)))
    while part := list(islice(remaining, CHUNK)):
        yield from build_many(source, part)


def refresh(source: PageSource, keys: Iterable[uuid.UUID]) -> None:
    """Write the documents of these pages, and remove those the public may not read any more."""
    remaining = iter(dict.fromkeys(keys))
    while part := list(islice(remaining, CHUNK)):
        with transaction.atomic():
            _refresh_part(source, part)


def _refresh_part(source: PageSource, part: list[uuid.UUID]) -> None:
    # Who changes one of them at this moment is waited for: what has been withdrawn is not put back.
    pages = Page.objects.select_for_update().filter(translation_key__in=part)
    list(pages.order_by("pk").values_list("pk"))
    documents = build_many(source, part)
    index.store_many(documents)
    found = {document.key for document in documents}
    for key in part:
        if key_of(source, key) not in found:
            index.remove(key_of(source, key))


def build_many(source: PageSource, keys: Iterable[uuid.UUID]) -> list[Document]:
    """Documents of the pages with these translation keys, of their live and unrestricted languages only."""
    pages: QuerySet[Page] = (
        source.model._default_manager.live()
        .public()
        .filter(translation_key__in=list(keys))
        .select_related("locale", *source.related)
        .order_by("pk")
    )
    by_key: dict[uuid.UUID, dict[str, Page]] = {}
    for page in pages:
        by_key.setdefault(page.translation_key, {})[page.locale.language_code] = page
    return [_document(source, key, languages) for key, languages in by_key.items()]


def key_of(source: PageSource, translation_key: uuid.UUID) -> str:
    return f"{source.type}:{translation_key}"


def plain_text(stream_value: Any) -> str:
    """The words of a StreamField, without markup."""
    return "\n".join(stream_value.stream_block.get_searchable_content(stream_value)) if stream_value else ""


def _document(source: PageSource, key: uuid.UUID, languages: Mapping[str, Page]) -> Document:
    first = languages.get("id") or next(iter(languages.values()))
    texts: dict[str, dict[str, str]] = {"title": {code: page.title for code, page in languages.items()}}
    for code, page in languages.items():
        for name, text in source.texts(page).items():
            texts.setdefault(name, {})[code] = text
    return Document(
        key=key_of(source, key),
        type=source.type,
        object_id=first.pk,
        texts=texts,
        data={
            "title": texts["title"],
            "url": {code: _path(page) for code, page in languages.items()},
            "summary": texts.get("summary", {}),
            **source.data(first),
        },
        date=source.date(first),
    )


def _path(page: Page) -> str:
    parts = page.get_url_parts()
    return (parts and parts[2]) or ""


def _on_change(source: PageSource, instance: Page, **kwargs: Any) -> None:
    if not kwargs.get("raw"):
        refresh(source, [instance.translation_key])


def _on_tree_change(source: PageSource, instance: Page, **kwargs: Any) -> None:
    refresh(source, _keys_below(source, instance.path))


def _on_restriction(source: PageSource, instance: PageViewRestriction, **kwargs: Any) -> None:
    path = Page.objects.filter(pk=instance.page_id).values_list("path", flat=True).first()
    if path is not None:
        refresh(source, _keys_below(source, path))


def _keys_below(source: PageSource, path: str) -> list[uuid.UUID]:
    below = source.model._default_manager.filter(path__startswith=path)
    return list(below.values_list("translation_key", flat=True))
