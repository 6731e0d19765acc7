"""Loads the reference tables from CSV files: upsert by code, few queries, nothing deleted."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from taxonomy.models import (
    SDG,
    AwardProgramme,
    BeneficiaryGroup,
    IslandGroup,
    ReferenceEntry,
    ReformTheme,
    Region,
    Sector,
)

DATA = Path(__file__).resolve().parent / "data"
BATCH_SIZE = 200


class DataError(Exception):
    """A data file cannot be read; the message names file, row and column."""

    def __init__(self, path: Path, problem: str, row: int | None = None, column: str = "") -> None:
        place = path.name
        if row is not None:
            place += f", baris {row}"
        if column:
            place += f", kolom {column}"
        super().__init__(f"{place}: {problem}")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did to one table."""

    table: str
    created: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a data file; the accessors raise `DataError` naming where the fault is."""

    path: Path
    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        value = self.cells[column]
        if not value:
            raise self.error(column, "kosong")
        return value

    def optional(self, column: str) -> str:
        return self.cells[column]

    def listed(self, column: str) -> list[str]:
        return [part.strip() for part in self.cells[column].split("|") if part.strip()]

    def whole(self, column: str) -> int:
        value = self.cells[column]
        if not (value.isascii() and value.isdigit()):
            raise self.error(column, f"bukan bilangan bulat: “{value}”")
        return int(value)

    def choice(self, column: str, choices: type[models.TextChoices]) -> str:
        value = self.cells[column]
        if value not in choices.values:
            raise self.error(column, f"“{value}” tidak dikenal; pilihannya {', '.join(choices.values)}")
        return value

    def reference(self, column: str, known: Mapping[str, Any], optional: bool = False) -> Any:
        """The object of `known` under this cell's code; None for an empty cell where `optional`."""
        value = self.cells[column]
        if optional and not value:
            return None
        if value not in known:
            raise self.error(column, f"kode “{value}” tidak ada")
        return known[value]

    def error(self, column: str, problem: str) -> DataError:
        return DataError(self.path, problem, self.number, column)


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a UTF-8 CSV file with at least `columns`; raises `DataError`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DataError(path, "berkas tidak ada") from None
    except UnicodeDecodeError as error:
        raise DataError(path, f"bukan UTF-8 (bita ke-{error.start})") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise DataError(path, f"kolom tidak ada: {', '.join(missing)}", row=1)
    for cells in reader:
        if None in cells or None in cells.values():
            raise DataError(path, "jumlah kolom tidak sesuai dengan baris judul", row=reader.line_num)
        yield Row(path, reader.line_num, {name: value.strip() for name, value in cells.items()})


def upsert(model: type[models.Model], wanted: Mapping[str, dict[str, Any]]) -> tuple[Loaded, dict[str, Any]]:
    """Make rows of `model`, known by `code`, hold the `wanted` values.

    Returns what was done, and all the table's objects by code. Fields not named stay as they are.
    One query reads, one (a batch) creates, one (a batch) updates.
    """
    manager = model._default_manager
    stored: list[Any] = list(manager.all())
    existing: dict[str, Any] = {entry.code: entry for entry in stored}
    created: list[Any] = []
    changed: list[Any] = []
    fields: set[str] = set()
    for code, values in wanted.items():
        entry = existing.get(code)
        if entry is None:
            created.append(model(code=code, **values))
            continue
        differing = [name for name, value in values.items() if _stored(entry, name) != _plain(value)]
        for name in differing:
            setattr(entry, name, values[name])
        if differing:
            changed.append(entry)
            fields.update(differing)
    manager.bulk_create(created, batch_size=BATCH_SIZE)
    if changed:
        manager.bulk_update(changed, sorted(fields), batch_size=BATCH_SIZE)
    existing.update((entry.code, entry) for entry in created)
    counts = Loaded(
        str(model._meta.verbose_name), len(created), len(changed), len(wanted) - len(created) - len(changed)
    )
    return counts, existing


def _stored(entry: models.Model, name: str) -> Any:
    return getattr(entry, entry._meta.get_field(name).attname)  # type: ignore[union-attr]


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def collect(
    rows: Iterator[Row], model: type[models.Model], build: Callable[[Row, int], dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Values by code; raises `DataError` for a code that comes twice or a value that does not fit."""
    wanted: dict[str, dict[str, Any]] = {}
    for position, row in enumerate(rows, start=1):
        code = row.text("code")
        if code in wanted:
            raise row.error("code", f"kode “{code}” sudah ada di atas")
        values = build(row, position)
        for name, value in {"code": code, **values}.items():
            if isinstance(value, str):
                _check_fits(row, model, name, value)
        wanted[code] = values
    return wanted


def _check_fits(row: Row, model: type[models.Model], name: str, value: str) -> None:
    try:
        model._meta.get_field(name).run_validators(value)  # type: ignore[union-attr]
    except ValidationError as error:
        raise row.error(name, " ".join(error.messages)) from None


def _named(row: Row, position: int) -> dict[str, Any]:
    return {"name_id": row.text("name_id"), "name_en": row.optional("name_en"), "position": position}


NAMED = ("code", "name_id", "name_en")
REGION = (*NAMED, "short_name", "abbreviations", "population")


def load_reference_tables(data: Path = DATA) -> list[Loaded]:
    """Load every table of this app. The caller opens the transaction. Raises `DataError`."""
    return [
        *_load_regions(data),
        _load_plain(SDG, data / "sdgs.csv"),
        _load_plain(Sector, data / "sectors.csv"),
        *_load_themes(data / "reform_themes.csv"),
        _load_plain(BeneficiaryGroup, data / "beneficiary_groups.csv"),
        _load_programmes(data / "award_programmes.csv"),
    ]


def _load_plain(model: type[ReferenceEntry], path: Path) -> Loaded:
    return upsert(model, collect(read_rows(path, NAMED), model, _named))[0]


def _region(row: Row) -> dict[str, Any]:
    return {
        "name_id": row.text("name_id"),
        "name_en": row.optional("name_en"),
        "short_name": row.text("short_name"),
        "abbreviations": row.listed("abbreviations"),
        "population": row.whole("population"),
    }


def _load_regions(data: Path) -> list[Loaded]:
    def province(row: Row, _position: int) -> dict[str, Any]:
        island_group = row.choice("island_group", IslandGroup)
        return {**_region(row), "kind": Region.Kind.PROVINCE.value, "island_group": island_group}

    rows = read_rows(data / "provinces.csv", (*REGION, "island_group"))
    provinces, known = upsert(Region, collect(rows, Region, province))

    def part(row: Row, _position: int) -> dict[str, Any]:
        parent = row.reference("province_code", known)
        if not row.text("code").startswith(f"{parent.code}."):
            raise row.error("province_code", f"kode wilayah tidak berawalan {parent.code}")
        return {
            **_region(row),
            "kind": row.choice("kind", Region.Kind),
            "province": parent,
            "island_group": parent.island_group,
        }

    wanted = collect(read_rows(data / "regencies.csv", (*REGION, "kind", "province_code")), Region, part)
    parts, _all = upsert(Region, wanted)
    return [
        Loaded("provinsi", provinces.created, provinces.changed, provinces.unchanged),
        Loaded("kabupaten/kota", parts.created, parts.changed, parts.unchanged),
    ]


def _load_themes(path: Path) -> list[Loaded]:
    """Themes first, then those beneath them."""
    rows = list(read_rows(path, (*NAMED, "parent_code")))
    loaded = []
    known: dict[str, Any] = {}
    for level in (False, True):
        chosen = [row for row in rows if bool(row.optional("parent_code")) is level]

        def theme(row: Row, position: int, known: dict[str, Any] = known) -> dict[str, Any]:
            parent = row.reference("parent_code", known, optional=True)
            return {**_named(row, position), "parent": parent}

        counts, known = upsert(ReformTheme, collect(iter(chosen), ReformTheme, theme))
        loaded.append(counts)
    return loaded


def _load_programmes(path: Path) -> Loaded:
    def programme(row: Row, position: int) -> dict[str, Any]:
        return {
            **_named(row, position),
            "abbreviation": row.optional("abbreviation"),
            "organiser": row.optional("organiser"),
        }

    rows = read_rows(path, (*NAMED, "abbreviation", "organiser"))
    return upsert(AwardProgramme, collect(rows, AwardProgramme, programme))[0]
