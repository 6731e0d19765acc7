"""The small markup of the data files, turned into the HTML of Wagtail's rich text.

A text is a list of lines. A line that begins with "- " or "1. " belongs to a list, any other is a paragraph.
Within a line: **bold**, *italic*, [words](https://address). All else is plain text, and is escaped.
"""

import re
from collections.abc import Iterable
from itertools import groupby

from django.utils.html import escape

LISTS = {"- ": "ul", "1. ": "ol"}
INLINE = re.compile(
    r"\[(?P<words>[^\]]+)\]\((?P<url>https?://[^\s()]+)\)|\*\*(?P<bold>[^*]+)\*\*|\*(?P<italic>[^*]+)\*"
)


def to_html(lines: Iterable[str]) -> str:
    """The HTML of a text of the data files."""
    return "".join(
        _paragraphs(group) if tag == "p" else _list(tag, group) for tag, group in groupby(lines, key=_tag)
    )


def _tag(line: str) -> str:
    return next((tag for mark, tag in LISTS.items() if line.startswith(mark)), "p")


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{_inline(line)}</p>" for line in lines)


def _list(tag: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{_inline(line.split(' ', 1)[1])}</li>" for line in lines)
    return f"<{tag}>{items}</{tag}>"


def _inline(line: str) -> str:
    html, position = "", 0
    for match in INLINE.finditer(line):
        html += escape(line[position : match.start()]) + _marked(match)
        position = match.end()
    return html + escape(line[position:])


def _marked(match: re.Match[str]) -> str:
    if match["url"]:
        return f'<a href="{escape(match["url"])}">{escape(match["words"])}</a>'
    if match["bold"]:
        return f"<b>{escape(match['bold'])}</b>"
    return f"<i>{escape(match['italic'])}</i>"
