"""Documents of ordinary pages: title, words, address; what a type adds is said in a `PageTexts`."""

import builtins
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from cms.privacy import restricted_paths
from search.types import Document


def _nothing(page: Any) -> Mapping[str, Any]:
    return {}


def _no_date(page: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class PageTexts:
    """Builds the documents of one page type; call it with translation keys.

    `texts` gives summary, keywords and body of one language's page as plain text; `data` what a result
    card shows besides title, address and summary; `date` an ISO date. `related` are select_related names.
    """

    type: str
    model: builtins.type[Page]
    texts: Callable[[Any], Mapping[str, str]]
    data: Callable[[Any], Mapping[str, Any]] = _nothing
    date: Callable[[Any], str] = _no_date
    related: tuple[str, ...] = ()

    def __call__(self, keys: Sequence[uuid.UUID]) -> list[Document]:
        """Documents of the pages with these keys, of their live and unrestricted languages only."""
        restricted = restricted_paths()
        pages: QuerySet[Page] = (
            self.model._default_manager.live()
            .filter(translation_key__in=list(keys))
            .select_related("locale", *self.related)
            .order_by("pk")
        )
        by_key: dict[uuid.UUID, dict[str, Page]] = {}
        for page in pages:
            if page.path.startswith(restricted):
                continue
            by_key.setdefault(page.translation_key, {})[page.locale.language_code] = page
        return [self._document(key, languages) for key, languages in by_key.items()]

    def _document(self, key: uuid.UUID, languages: Mapping[str, Page]) -> Document:
        first = languages.get("id") or next(iter(languages.values()))
        texts: dict[str, dict[str, str]] = {"title": {code: page.title for code, page in languages.items()}}
        for code, page in languages.items():
            for name, text in self.texts(page).items():
                texts.setdefault(name, {})[code] = text
        return Document(
            key=f"{self.type}:{key}",
            type=self.type,
            object_id=first.pk,
            texts=texts,
            data={
                "title": texts["title"],
                "url": {code: path_of(page) for code, page in languages.items()},
                "summary": texts.get("summary", {}),
                **self.data(first),
            },
            date=self.date(first),
        )


def plain_text(stream_value: Any) -> str:
    """The words of a StreamField, without markup."""
    return "\n".join(stream_value.stream_block.get_searchable_content(stream_value)) if stream_value else ""


def path_of(page: Page) -> str:
    """The page's address on its site, "" where it has none."""
    parts = page.get_url_parts()
    return (parts and parts[2]) or ""
