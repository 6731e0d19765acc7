"""Words of the wrong language in what people read, found by the catalogues.

`INDONESIAN` are our own texts whose English differs, `ENGLISH` the texts of Wagtail and the other libraries
whose Indonesian differs, and our own English. Each is looked for with anything in the place of a parameter.
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from html.parser import HTMLParser

import polib
from django.utils.translation import gettext, override, pgettext

from scripts import library_messages, messages
from scripts.environment import ROOT

PARAMETER = re.compile(r"%\(\w+\)[a-z]|%%|%[sd]|\{\w*\}")
TAG = re.compile(r"<[^>]+>|\n\s*\n")
# Parameters that are numbers, by their form or their name.
NUMBERED = re.compile(
    r"%\(\w+\)d|%d|\{\}|%\((?:n|num|count|counter|number|total|line|row|value|version|year)\)s"
)
NUMBER = "[0-9.,]+"
LETTERS = re.compile(r"[^\W\d_]{2,}")
# The name of a language in itself.
OF_ALL_LANGUAGES = ["English"]


def plain(text: str) -> str:
    """In one line, as a reader sees it."""
    return " ".join(html.unescape(text).split())


def parts(text: str) -> list[str]:
    """What stands between the tags of a text, with words in it."""
    return [part for part in map(plain, TAG.split(text)) if LETTERS.search(PARAMETER.sub(" ", part))]


class Words:
    """Texts of one language."""

    def __init__(self, pairs: Iterable[tuple[str, str]], allowed: Iterable[str] = ()) -> None:
        """`pairs`: what would be wrong, with what should be there. `allowed`: what is right all the same."""
        fine = {plain(text).casefold() for text in allowed}
        self.texts = {
            part
            for wrong, right in pairs
            for part in set(parts(wrong)) - set(parts(right))
            if part.casefold() not in fine
        }

    def in_node(self, text: str) -> str:
        """The text which a whole piece of a page is, or begins with; "" if there is none."""
        text = plain(text)
        if text in self.texts:
            return text
        for pattern, wrong in self._patterns:
            if pattern.fullmatch(text):
                return wrong
        return next((wrong for wrong in self._long_by_start[text[:6]] if text.startswith(wrong)), "")

    def within(self, text: str) -> list[str]:
        """Texts of three words and more that stand anywhere in a longer one, line by line."""
        lines = [plain(line) for line in text.splitlines()]
        return [wrong for line in lines for wrong in self._of_some_length(line)]

    def _of_some_length(self, line: str) -> Iterator[str]:
        for pattern, wrong in self._anywhere:
            if pattern.search(line):
                yield wrong

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        return [(_pattern(text), text) for text in self.texts if PARAMETER.search(text)]

    @cached_property
    def _long_by_start(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for text in self.texts:
            beginning = PARAMETER.split(text)[0].strip()
            if len(LETTERS.findall(beginning)) >= 3:
                found[text[:6]].append(beginning)
        return found

    @cached_property
    def _anywhere(self) -> list[tuple[re.Pattern[str], str]]:
        long = [text for text in self.texts if len(LETTERS.findall(PARAMETER.sub(" ", text))) >= 2]
        return [(re.compile(rf"(?<!\w){_pattern(text).pattern}(?!\w)"), text) for text in long]


def _pattern(text: str) -> re.Pattern[str]:
    """What a text is with its parameters filled in: numbers, or words of some length."""
    pieces = PARAMETER.split(text)
    holes = [_filled(hole) for hole in PARAMETER.findall(text)]
    filled = "".join(re.escape(piece) + hole for piece, hole in zip(pieces, [*holes, ""], strict=True))
    return re.compile(filled)


def _filled(parameter: str) -> str:
    if parameter == "%%":
        return "%"
    return NUMBER if NUMBERED.fullmatch(parameter) else ".{1,80}?"


def _ours() -> Iterator[tuple[str, str]]:
    for entry in polib.pofile(str(ROOT / messages.CATALOGUE)):
        if entry.msgctxt == "address":
            continue
        yield entry.msgid, entry.msgstr or entry.msgstr_plural[0]
        if entry.msgid_plural:
            yield entry.msgid_plural, entry.msgstr_plural[1]


def _libraries() -> Iterator[tuple[str, str]]:
    # Not "djangojs": those texts never stand in what the server writes.
    texts, _missing = library_messages.said("django")
    with override("id"):
        for (context, text), entry in texts.items():
            right = pgettext(context, text) if context else gettext(text)
            yield text, right
            if entry.msgid_plural:
                yield entry.msgid_plural, right


INDONESIAN = Words(
    _ours(), [*(english for _text, english in _ours()), *(text for text, _right in _libraries())]
)
ENGLISH = Words(
    [*_libraries(), *((english, text) for text, english in _ours())],
    [*(text for text, _english in _ours()), *(right for _text, right in _libraries()), *OF_ALL_LANGUAGES],
)
FOREIGN = {"id": ENGLISH, "en": INDONESIAN}


class Reading(HTMLParser):
    """What a page says: its words, with the language each is marked to be in."""

    SPOKEN = frozenset({"alt", "title", "aria-label", "aria-description", "placeholder"})
    SILENT = frozenset({"script", "style", "template", "code"})
    EMPTY = frozenset(
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
         "track", "wbr", "path", "rect", "circle", "use"]
    )  # fmt: skip

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[tuple[str, str]] = []
        # Tag, language, whether silent.
        self.open: list[tuple[str, str, bool]] = [("", "", False)]
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        _tag, language, silent = self.open[-1]
        language = given.get("lang", language)
        silent = silent or tag in self.SILENT or "hidden" in given
        for name, value in given.items():
            button = name == "value" and tag == "input" and given.get("type") in ("submit", "button")
            description = tag == "meta" and name == "content" and given.get("name") == "description"
            if (name in self.SPOKEN or button or description) and not silent:
                self.said.append((plain(value), language))
        if tag not in self.EMPTY:
            self.open.append((tag, language, silent))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == one for one, _language, _silent in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        _tag, language, silent = self.open[-1]
        if data.strip() and not silent:
            self.said.append((plain(data), language))


def foreign(markup: str, language: str, data: str = "") -> set[str]:
    """What a page in that language says in words of the other without marking them so. `data`: what people
    wrote, and may."""
    words = FOREIGN[language]
    return {
        text
        for text, marked in Reading(markup).said
        if marked in ("", language) and words.in_node(text) and text not in data
    }
