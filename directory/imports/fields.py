"""The profile's fields an import may write: read from a page and put into one as JSON-ready values.

A plan compares these values, and `SourceRecord.applied` keeps them. A step that imports more fields adds
them here; planning and applying know no field by name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from directory.models import Award, InnovationPage
from institutions.models import Institution
from taxonomy.models import AwardProgramme, Region, Sector


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
}
# What planning a page has to read besides its own row.
SELECTED = ("institution", "region", "locale")
PREFETCHED = ("sectors", "awards__programme")


def same(left: Any, right: Any) -> bool:
    """Whether two field values are equal, a list being equal to the same tuple."""
    return _plain(left) == _plain(right)


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
