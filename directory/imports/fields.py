"""The profile's fields an import may write: read from a page and put into one as JSON-ready values.

A plan compares these values, and `SourceRecord.applied` keeps them. A step that imports more fields adds
them here; planning and applying know no field by name.
"""

import datetime
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Protocol

from django.db import models
from django.utils.functional import cached_property
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext_lazy as _

from directory.blocks.narrative import NARRATIVE_SECTIONS
from directory.models import Award, InnovationPage
from institutions.models import Institution
from taxonomy.models import SDG, AwardProgramme, Region, Sector

_LINE_ENDS = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>")


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
        found = (row["value"] for row in page.narrative.raw_data if row["type"] == self.name)
        return html_to_text(str(next(found, "")))

    def put(self, page: InnovationPage, value: Any, references: References) -> None:
        rows = {row["type"]: row for row in page.narrative.raw_data}
        rows[self.name] = {"type": self.name, "id": str(uuid.uuid4()), "value": text_to_html(value)}
        page.narrative = [rows[name] for name in NARRATIVE_SECTIONS if name in rows and rows[name]["value"]]


@dataclass(frozen=True)
class CompetitionCategories:
    """The competition categories as [scheme, year, category]."""

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


FIELDS: dict[str, Field] = {
    "title": Scalar("title", _("Judul")),
    "summary": Scalar("summary", _("Ringkasan")),
    "institution": Reference("institution", _("Instansi"), Institution),
    "institution_text": Scalar("institution_text", _("Instansi menurut sumber")),
    "service_unit": Scalar("service_unit", _("Unit pelayanan")),
    "region": Reference("region", _("Wilayah"), Region),
    "year": Scalar("year", _("Tahun"), empty=None),
    "sectors": ReferenceList("sectors", _("Sektor"), Sector),
    "awards": Awards(_("Penghargaan")),
    "problem": Scalar("problem", _("Masalah")),
    "result": Scalar("result", _("Yang berubah")),
    "initiator": Scalar("initiator", _("Penggagas")),
    "kind": Scalar("kind", _("Jenis")),
    "form": Scalar("form", _("Bentuk")),
    "stage": Scalar("stage", _("Tahapan")),
    "trial_date": Date("trial_date", _("Mulai uji coba")),
    "implementation_date": Date("implementation_date", _("Mulai diterapkan")),
    "sdgs": ReferenceList("sdgs", _("TPB/SDGs"), SDG),
    "competition_categories": CompetitionCategories(_("Kategori kompetisi")),
    **{f"narrative.{name}": Section(name, label) for name, label in NARRATIVE_SECTIONS.items()},
}
# What planning a page has to read besides its own row.
SELECTED = ("institution", "region", "locale")
PREFETCHED = ("sectors", "sdgs", "awards__programme")


def paragraphs(text: str) -> str:
    """A text with one line for each paragraph and no empty ones."""
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)


def text_to_html(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line)


def html_to_text(html: str) -> str:
    """The paragraphs, list items and headings of stored rich text, a line each."""
    return paragraphs(unescape(strip_tags(_LINE_ENDS.sub("\n", html))))


def same(left: Any, right: Any) -> bool:
    """Whether two field values are equal, a list being equal to the same tuple."""
    return _plain(left) == _plain(right)


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
