"""No template says anything outside `{% translate %}` and `{% blocktranslate %}`."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, Token, TokenType

from scripts.environment import ROOT

TEMPLATES = sorted(
    path
    for folder in (ROOT / "templates", *ROOT.glob("*/templates"))
    for path in folder.rglob("*.*")
    if path.suffix in (".html", ".txt", ".xml")
)
# The same in both languages.
NAMES = ("Jaringan Inovasi Pelayanan Publik Nasional", "JIPPNas", "Elasticsearch", "CSV", "Excel", "JSON")
# They stand when nothing else does, not even a language: each says the same in English below.
BILINGUAL = ("400.html", "403.html", "403_csrf.html", "500.html")
SPOKEN = {"alt", "title", "aria-label", "aria-description", "aria-roledescription", "placeholder", "label"}
SILENT = {"script", "style", "svg", "code"}
BUTTONS = {"submit", "button", "reset"}
# Their contents are translated, no words, or stand in an attribute.
LEFT_OUT = ("blocktranslate", "blocktrans", "comment", "block body_class")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# What a filter or a tag is given to say; `{{ name|default:_("…") }}` is translated.
GIVEN = re.compile(r"""\|(?:default|default_if_none|yesno|add|join):(?P<quote>["'])(.*?)(?P=quote)""")
LITERAL = re.compile(r"""(?<![_(:\w])(?P<quote>["'])(.*?)(?P=quote)(?!\))""")
SENTENCE = re.compile(r"\w\w \w\w|^[A-Z][a-z]+$")
SAYING = ("firstof", "with", "include", "cycle", "formattedfield")
# In the place of a tag. A blank, so that `<span{{ lang }}>` is read as a tag all the same.
HOLE = " "


class Page(HTMLParser):
    """Gathers what is said in a template's own words, with the line it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[tuple[int, str]] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inside = bool(self.silent) and tag == self.silent[-1]
        if tag in SILENT or given.get("lang") in ("en", "id") or inside:
            self.silent.append(tag)
        for name, value in attrs:
            if value and _is_spoken(tag, name, given):
                self._note(value)

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag == self.silent[-1]:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._note(data)

    def _note(self, text: str) -> None:
        if _speaks(text):
            self.said.append((self.getpos()[0], " ".join(text.split())))


def _is_spoken(tag: str, name: str, given: dict[str, str | None]) -> bool:
    if name == "value":
        return tag == "input" and given.get("type") in BUTTONS
    if tag == "meta":
        return name == "content" and given.get("name") == "description"
    return name in SPOKEN


def _speaks(text: str) -> bool:
    for name in NAMES:
        text = re.sub(rf"\b{re.escape(name)}\b", "", text)
    return bool(LETTERS.search(text))


def said_in(source: str) -> list[tuple[int, str]]:
    """Line and words of what a template says by itself."""
    page = Page()
    page.feed(_without_tags(source))
    page.close()
    tokens = Lexer(source).tokenize()
    return page.said + [(token.lineno or 0, text) for token in tokens for text in _given(token)]


def _without_tags(source: str) -> str:
    """The template with a hole in the place of each tag, variable and translated text; as many lines."""
    parts, end = [], ""
    for token in Lexer(source).tokenize():
        is_tag = token.token_type == TokenType.BLOCK
        if token.token_type == TokenType.TEXT and not end:
            parts.append(token.contents)
            continue
        if is_tag and not end and f"{token.contents} ".startswith(tuple(f"{name} " for name in LEFT_OUT)):
            end = f"end{token.contents.split()[0]}"
        elif is_tag and token.contents.split()[0] == end:
            end = ""
        parts.append(HOLE + "\n" * token.contents.count("\n"))
    return "".join(parts)


def _given(token: Token) -> Iterator[str]:
    """Words that a variable's filters or a tag's arguments are given to say."""
    if token.token_type == TokenType.VAR:
        found, said = GIVEN.findall(token.contents), LETTERS
    elif token.token_type == TokenType.BLOCK and token.contents.split()[0] in SAYING:
        found, said = LITERAL.findall(token.contents.split(None, 1)[-1]), SENTENCE
    else:
        return
    # A modifier of a class is no word.
    yield from (text for _quote, text in found if said.search(text) and text != "none" and _speaks(text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template__says_nothing_untranslated(path: Path) -> None:
    if path.name in BILINGUAL:
        assert '<p lang="en">' in path.read_text()
        return
    found = said_in(path.read_text())
    assert not found, "\n".join(f"{path.relative_to(ROOT)}:{line}: {text}" for line, text in found)


@pytest.mark.parametrize(
    "source",
    [
        "<p>Halo</p>",
        "<p>{{ name }} dan kawan</p>",
        '<img alt="Peta">',
        '<a title="{% if x %}Buka{% endif %}">{{ x }}</a>',
        '<input type="submit" value="Kirim">',
        '<meta name="description" content="Portal inovasi">',
        "{% blocktranslate %}Halo{% endblocktranslate %} dunia",
        '{{ name|default:"kosong" }}',
        '{% include "components/notice.html" with text="Belum ada" %}',
    ],
)
def test_said__sees_what_is_not_translated(source: str) -> None:
    assert said_in(source)


@pytest.mark.parametrize(
    "source",
    [
        '<p>{% translate "Halo" %}, {{ name }}! 2026</p>',
        "<p>{% blocktranslate %}Halo <b>dunia</b>{% endblocktranslate %}</p>",
        '<img alt="">JIPPNas',
        '<input type="hidden" value="Kirim"><script>let halo = "dunia";</script>',
        '<button type="submit" name="do" value="again">{% translate "Coba lagi" %}</button>',
        '<p lang="en">Search engine</p>{# Catatan #}{% comment %}Catatan{% endcomment %}',
        '{{ name|default:_("kosong") }}{% include "components/figure.html" with loading="lazy" %}',
    ],
)
def test_said__leaves_what_is_translated(source: str) -> None:
    assert not said_in(source)
