"""A passage of the original text with the words found marked, as safe HTML."""

from collections.abc import Iterable, Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import Token, index_terms, possible_terms, tokenize
from search.understanding import Understanding

LENGTH = 240
# How much of a long text is looked through.
SCANNED = 3_000


class Marker:
    """Marks one query's words."""

    def __init__(self, understanding: Understanding) -> None:
        self.stems: set[str] = set()
        for concept in understanding.concepts:
            if concept.significance:
                for variant in concept.variants:
                    if variant.is_strong:
                        self.stems.update(variant.stems)

    def snippet(self, texts: Iterable[str], language: str) -> SafeString:
        """The passage with the first match of the first text that has one, else the start of the first."""
        first = ""
        for text in texts:
            text = text[:SCANNED]
            first = first or text
            if self.stems and (spans := self.spans(text, language)):
                return _marked(text, spans, _window(text, spans))
        return _marked(first, [], _window(first, []))

    def spans(self, text: str, language: str) -> list[tuple[int, int]]:
        """Where in the text words of the query stand, as far as one passage reaches from the first."""
        found: list[tuple[int, int]] = []
        # Most texts hold none; to see that takes a fraction of the time.
        if self.stems.isdisjoint(possible_terms(text, language)):
            return found
        for token in tokenize(text):
            if found and token.start > found[0][0] + LENGTH:
                break
            if self._is_wanted(token, language):
                found.append((token.start, token.end))
        return found

    def _is_wanted(self, token: Token, language: str) -> bool:
        return not self.stems.isdisjoint(index_terms(token, language))


def best_language(texts: Mapping[str, Mapping[str, str]], language: str) -> str:
    """The reader's language where the document has it, else Indonesian, else whichever there is."""
    titles = texts.get("title", {})
    for wanted in (language, "id"):
        if titles.get(wanted):
            return wanted
    return next((name for name, title in titles.items() if title), language)


def _window(text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    if len(text) <= LENGTH:
        return 0, len(text)
    start = 0
    if spans and spans[0][1] > LENGTH:
        start = text.find(" ", max(spans[0][0] - 60, 0), spans[0][0]) + 1 or spans[0][0]
    end = start + LENGTH
    if end < len(text):
        end = text.rfind(" ", start + 1, end) if " " in text[start + 1 : end] else end
    return start, min(end, len(text))


def _marked(text: str, spans: list[tuple[int, int]], window: tuple[int, int]) -> SafeString:
    start, end = window
    parts = ["… "] if start else []
    place = start
    for left, right in spans:
        if left >= start and right <= end:
            parts += [escape(text[place:left]), "<mark>", escape(text[left:right]), "</mark>"]
            place = right
    parts += [escape(text[place:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(parts))  # noqa: S308 (every piece of text is escaped above)
