"""How one field of a profile is read from a page and put into one, as a JSON-ready value.

A page here may be a page, a draft taken from its revision, or what an export reads of one
(`directory.export.records`): anything that answers to the same names.
"""

import datetime
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Protocol

from django.db import models
from django.utils.functional import cached_property
from django.utils.html import escape

from directory.blocks.narrative import NARRATIVE_SECTIONS
from directory.models import Award, FormerName, InnovationPage
from taxonomy.models import SDG, AwardProgramme, Sector

_LINE_ENDS = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>")
# Stored rich text is well-formed: a parser, ten times as slow, would find the same.
_TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")


class References:
    """Reference rows by code, read once for a whole run: they are few, the rows that name them many."""

    def __init__(self) -> None:
        self._tables: dict[type[models.Model], dict[str, Any]] = {}

    def get(self, model: type[models.Model], code: str) -> Any:
        """The row with this code. `KeyError` if there is none."""
        return self.table(model)[code]

    def table(self, model: type[models.Model]) -> dict[str, Any]:
        if model not in self._tables:
            rows: Iterable[Any] = model._default_manager.all()
            self._tables[model] = {row.code: row for row in rows}
        return self._tables[model]

    @cached_property
    def sdgs_by_name(self) -> dict[str, SDG]:
        goals = self.table(SDG).values()
        return {name.casefold(): goal for goal in goals for name in (goal.name_id, goal.name_en) if name}

    @cached_property
    def sectors_by_name(self) -> dict[str, Sector]:
        return {sector.name_id.casefold(): sector for sector in self.table(Sector).values()}


class Field(Protocol):
    """How one field is read and written. `empty` is its value on a fresh page."""

    @property
    def label(self) -> Any: ...

    @property
    def empty(self) -> Any: ...

    def get(self, page: InnovationPage) -> Any: ...

    def put(self, page: InnovationPage, value: Any, references: References) -> None: ...


@dataclass(frozen=True)
class Scalar:
    name: str
    label: Any
    empty: Any = ""

    def get(self, page: InnovationPage) -> Any:
        return getattr(page, self.name)

    def put(self, page: InnovationPage, value: Any, references: References) -> None:
        setattr(page, self.name, value)


@dataclass(frozen=True)
class Reference:
    """A foreign key to a table with codes; the value is the code."""

    name: str
    label: Any
    model: type[models.Model]
    empty: Any = None

    def get(self, page: InnovationPage) -> Any:
        row = getattr(page, self.name)
        return row.code if row else None

    def put(self, page: InnovationPage, value: Any, references: References) -> None:
        setattr(page, self.name, references.get(self.model, value) if value else None)


@dataclass(frozen=True)
class ReferenceList:
    """Several rows of a table with codes; the value is the sorted list of codes."""

    name: str
    label: Any
    model: type[models.Model]
    empty: Sequence[str] = ()

    def get(self, page: InnovationPage) -> Any:
        return sorted(row.code for row in getattr(page, self.name).all())

    def put(self, page: InnovationPage, value: Any, references: References) -> None:
        setattr(page, self.name, [references.get(self.model, code) for code in value])


@dataclass(frozen=True)
class Awards:
    """The awards as [programme code, year, rank], in the order of the page."""

    label: Any
    empty: Sequence[Any] = ()

    def get(self, page: InnovationPage) -> Any:
        return [[award.programme.code, award.year, award.rank] for award in page.awards.all()]

    def put(self, page: InnovationPage, value: Any, references: References) -> None:
        page.awards = [
            Award(
                programme=references.get(AwardProgramme, programme), year=year, rank=rank, sort_order=position
            )
            for position, (programme, year, rank) in enumerate(value)
        ]


@dataclass(frozen=True)
class Date:
    """A date; the value is "2020-01-31", or "" for none."""

    name: str
    label: Any
    empty: Any = ""

    def get(self, page: InnovationPage) -> Any:
        day = getattr(page, self.name)
        return day.isoformat() if day else ""

    def put(self, page: InnovationPage, value: Any, references: References) -> None:
        setattr(page, self.name, datetime.date.fromisoformat(value) if value else None)


@dataclass(frozen=True)
class Section:
    """One section of the narrative; the value is its text, a paragraph a line: what an editor sets in bold is
    still the same text."""

    name: str
    label: Any
    empty: Any = ""

    def get(self, page: InnovationPage) -> Any:
        for row in page.narrative.raw_data:
            if row["type"] == self.name:
                return html_to_text(str(row["value"]))
        return ""

    def put(self, page: InnovationPage, value: Any, references: References) -> None:
        rows = {row["type"]: row for row in page.narrative.raw_data}
        rows[self.name] = {"type": self.name, "id": str(uuid.uuid4()), "value": text_to_html(value)}
        page.narrative = [rows[name] for name in NARRATIVE_SECTIONS if name in rows and rows[name]["value"]]


@dataclass(frozen=True)
class CompetitionCategories:
    """The competition categories as [scheme, year, category]: what a source says of them."""

    label: Any
    empty: Sequence[Any] = ()

    def get(self, page: InnovationPage) -> Any:
        rows = (row["value"] for row in page.competition_categories.raw_data)
        return [[row.get("scheme"), row.get("year"), row.get("category")] for row in rows]

    def put(self, page: InnovationPage, value: Any, references: References) -> None:
        page.competition_categories = [
            {"type": "category", "value": {"scheme": scheme, "year": year, "category": category}}
            for scheme, year, category in value
        ]


@dataclass(frozen=True)
class Rows:
    """The rows of a stream with one kind of block; the value is a list of {"id": ..., key: ...} with the
    names in `keys`. What else a row holds (a document) stays with the row of that id."""

    name: str
    label: Any
    block: str
    keys: tuple[str, ...]
    empty: Sequence[Any] = ()

    def get(self, page: InnovationPage) -> Any:
        return [
            {"id": row.get("id") or "", **{key: row["value"].get(key) for key in self.keys}}
            for row in getattr(page, self.name).raw_data
        ]

    def put(self, page: InnovationPage, value: Any, references: References) -> None:
        setattr(page, self.name, self.stream(value, getattr(page, self.name).raw_data))

    def stream(self, value: Sequence[Mapping[str, Any]], stored: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """The rows as a StreamField stores them, on top of those stored now."""
        known = {row.get("id"): row["value"] for row in stored}
        return [
            {
                "type": self.block,
                "id": row["id"] or str(uuid.uuid4()),
                "value": {**known.get(row["id"], {}), **{key: row[key] for key in self.keys}},
            }
            for row in value
        ]


@dataclass(frozen=True)
class FormerNames:
    """The other names as {"name": ..., "kind": ...}."""

    label: Any
    empty: Sequence[Any] = ()

    def get(self, page: InnovationPage) -> Any:
        return [{"name": former.name, "kind": former.kind} for former in page.former_names.all()]

    def put(self, page: InnovationPage, value: Any, references: References) -> None:
        page.former_names = [FormerName(**row, sort_order=position) for position, row in enumerate(value)]


@dataclass(frozen=True)
class Tags:
    """The tags' names, in order of the alphabet."""

    label: Any
    empty: Sequence[str] = ()

    def get(self, page: InnovationPage) -> Any:
        return sorted(item.tag.name for item in page.tagged_items.all())

    def put(self, page: InnovationPage, value: Any, references: References) -> None:
        page.tags.set(value)


def paragraphs(text: str) -> str:
    """A text with one line for each paragraph and no empty ones."""
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)


def text_to_html(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line)


def html_to_text(html: str) -> str:
    """The paragraphs, list items and headings of stored rich text, a line each."""
    text = html.replace("</p>", "\n").replace("<p>", "")
    if "<" in text:
        text = _TAG.sub("", _LINE_ENDS.sub("\n", text))
    return paragraphs(unescape(text) if "&" in text else text)
