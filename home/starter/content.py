"""Reading the data files, and turning what they hold into the values of StreamFields."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.fields import StreamField
from wagtail.models import Page

from home.starter.richtext import to_html

FOLDER = Path(__file__).resolve().parent

Block = dict[str, Any]


class StarterError(Exception):
    """The starter site cannot be built; the message says what is missing and what to do."""


class OtherTextError(StarterError):
    """A page says something else than what was translated."""


def files(kind: str) -> list[Path]:
    """The data files of one kind (`pages`, `news`, `guides`, `innovations`), in the order they are built."""
    return sorted((FOLDER / kind).glob("*.json"))


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def stream(blocks: Iterable[Block]) -> str:
    """A StreamField's value, as the JSON Wagtail stores."""
    return json.dumps(list(blocks), ensure_ascii=False)


def rows(block_type: str, values: Iterable[Any]) -> str:
    """A StreamField's value that repeats one kind of block."""
    return stream({"type": block_type, "value": value} for value in values)


def body(parts: Iterable[Mapping[str, Any]], innovations: Mapping[str, int]) -> str:
    """The body of a news article or an ordinary page. Every part is one block: {"heading": "..."},
    {"text": [lines]}, {"call_out": {"title", "text"}}, {"table": {"caption", "columns", "rows"}},
    {"innovations": [titles]}. `innovations` maps titles to page ids; titles not there are left out.
    """
    converters: dict[str, Callable[[Any], Block | None]] = {
        "heading": lambda text: {"type": "heading", "value": {"text": text, "level": "h2"}},
        "text": lambda lines: {"type": "paragraph", "value": to_html(lines)},
        "call_out": lambda part: {
            "type": "call_out",
            "value": {"title": part.get("title", ""), "text": to_html(part["text"])},
        },
        "table": _table,
        "innovations": lambda titles: _related(titles, innovations),
    }
    converted = (converters[kind](value) for part in parts for kind, value in part.items())
    return stream(block for block in converted if block)


def _table(part: Mapping[str, Any]) -> Block:
    return {
        "type": "table",
        "value": {
            "caption": part["caption"],
            "columns": [{"type": "text", "heading": heading} for heading in part["columns"]],
            "rows": [{"values": cells} for cells in part["rows"]],
        },
    }


def _related(titles: Iterable[str], innovations: Mapping[str, int]) -> Block | None:
    found = [innovations[title] for title in titles if title in innovations]
    return {"type": "related_innovations", "value": found} if found else None


def check(page: Page) -> None:
    """Validates the blocks of a page's StreamFields, which saving a page does not, and leaves them as the
    editing form would. `ValidationError` if one does not fit."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            try:
                setattr(page, field.name, field.stream_block.clean(getattr(page, field.name)))
            except ValidationError as error:
                raise ValidationError(f"{page.title}, {field.name}: {error!r}") from error


def publish(page: Page, parent: Page) -> Page:
    """Adds a new page below `parent` and publishes it, with one revision."""
    page.locale = parent.locale if parent.depth > 1 else page.locale
    check(page)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
