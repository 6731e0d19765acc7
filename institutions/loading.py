"""Loads institutions: ministries, agencies and the like from CSV, regional governments from the regions."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import models, transaction

from institutions.models import Institution, InstitutionChange, InstitutionKind, InstitutionName
from taxonomy.loading import BATCH_SIZE, Loaded, Row, collect, load_reference_tables, read_rows, upsert
from taxonomy.models import Region

DATA = Path(__file__).resolve().parent / "data"
FILES = ("ministries.csv", "institutions.csv", "predecessors.csv")
COLUMNS = ("code", "name", "name_en", "abbreviation", "kind", "region_code", "active")


class NameKind(models.TextChoices):
    """What `regional_names.csv` may say: the official name, or another one."""

    OFFICIAL = "official"
    FORMER = InstitutionName.Kind.FORMER.value
    ALIAS = InstitutionName.Kind.ALIAS.value
    ABBREVIATION = InstitutionName.Kind.ABBREVIATION.value


# Per kind of region: the kind of its government, and that government's short form.
GOVERNMENTS = {
    Region.Kind.PROVINCE: (InstitutionKind.PROVINCE, "Pemprov"),
    Region.Kind.REGENCY: (InstitutionKind.REGENCY, "Pemkab"),
    Region.Kind.CITY: (InstitutionKind.CITY, "Pemkot"),
}

Names = list[tuple[str, str, str]]


@transaction.atomic
def load_all() -> list[Loaded]:
    """Load reference tables and institutions, all or nothing. Raises `taxonomy.loading.DataError`."""
    return [*load_reference_tables(), *load_institutions()]


def load_institutions(data: Path = DATA) -> list[Loaded]:
    """Load the institutions, their other names and who followed whom. Needs the regions loaded."""
    regions = {region.code: region for region in Region.objects.all()}
    wanted, names = _regional_governments(regions, data / "regional_names.csv")
    for filename in FILES:
        rows = read_rows(data / filename, COLUMNS)
        for code, values in collect(rows, Institution, lambda row, _: _institution(row, regions)).items():
            wanted[code] = values
    _leave_decisions(wanted)
    institutions, known = upsert(Institution, wanted)
    for row in read_rows(data / "names.csv", ("institution_code", "name", "kind")):
        institution = row.reference("institution_code", known)
        names.append((institution.code, row.text("name"), row.choice("kind", InstitutionName.Kind)))
    return [
        institutions,
        _load_names(names, known),
        _load_successions(data / "successions.csv", known),
    ]


def _leave_decisions(wanted: Mapping[str, dict[str, Any]]) -> None:
    """A name a person has given, and whether he has ended or reinstated it, no file takes back."""
    for code, kind in InstitutionChange.objects.values_list("institution__code", "kind"):
        if kind == InstitutionChange.Kind.RENAMED:
            decided = ["name", "name_en", "abbreviation"]
        elif kind == InstitutionChange.Kind.ABSORBED:
            decided = []
        else:
            decided = ["is_active"]
        for name in decided:
            wanted.get(code, {}).pop(name, None)


def government_code(region: Region) -> str:
    """The code of a region's government: `pemkab-11-02`."""
    return f"{GOVERNMENTS[Region.Kind(region.kind)][1].lower()}-{region.code.replace('.', '-')}"


def _institution(row: Row, regions: Mapping[str, Region]) -> dict[str, Any]:
    values = {
        "name": row.text("name"),
        "name_en": row.optional("name_en"),
        "abbreviation": row.optional("abbreviation"),
        "kind": row.choice("kind", InstitutionKind),
        "region": row.reference("region_code", regions, optional=True),
    }
    # The file closes a body; one that a programme owner has closed it never opens again.
    return values if row.whole("active") else {**values, "is_active": False}


def _regional_governments(
    regions: Mapping[str, Region], path: Path
) -> tuple[dict[str, dict[str, Any]], Names]:
    official: dict[str, str] = {}
    names: Names = []
    for row in read_rows(path, ("region_code", "name", "kind")):
        region = row.reference("region_code", regions)
        kind = row.choice("kind", NameKind)
        if kind == NameKind.OFFICIAL:
            official[region.code] = row.text("name")
        else:
            names.append((government_code(region), row.text("name"), kind))
    wanted = {}
    for region in regions.values():
        kind, short = GOVERNMENTS[Region.Kind(region.kind)]
        # "Kota Administrasi Jakarta Barat" keeps its kind; "Kabupaten Bantul" has it already.
        full = region.name_id if region.province_id else f"Provinsi {region.name_id}"
        wanted[government_code(region)] = {
            "name": official.get(region.code, f"Pemerintah {full}"),
            "name_en": f"Government of {region.name_en}",
            "abbreviation": f"{short} {region.short_name}",
            "kind": kind.value,
            "region": region,
        }
        names.extend(
            (government_code(region), f"{short} {other}", InstitutionName.Kind.ABBREVIATION.value)
            for other in region.abbreviations
        )
    return wanted, names


def _load_names(names: Names, known: Mapping[str, Institution]) -> Loaded:
    existing = {(name.institution_id, name.name): name for name in InstitutionName.objects.all()}
    created, changed, seen = [], [], set()
    for code, text, kind in names:
        key = (known[code].pk, text)
        if key in seen:
            continue
        seen.add(key)
        stored = existing.get(key)
        if stored is None:
            created.append(InstitutionName(institution=known[code], name=text, kind=kind))
        elif stored.kind != kind:
            stored.kind = kind
            changed.append(stored)
    InstitutionName.objects.bulk_create(created, batch_size=BATCH_SIZE)
    InstitutionName.objects.bulk_update(changed, ["kind"], batch_size=BATCH_SIZE)
    return Loaded(
        str(InstitutionName._meta.verbose_name),
        len(created),
        len(changed),
        len(seen) - len(created) - len(changed),
    )


def _load_successions(path: Path, known: Mapping[str, Institution]) -> Loaded:
    link = Institution.predecessors.through
    existing = set(link.objects.values_list("from_institution_id", "to_institution_id"))
    wanted = {
        (row.reference("successor_code", known).pk, row.reference("predecessor_code", known).pk)
        for row in read_rows(path, ("successor_code", "predecessor_code"))
    }
    missing = sorted(wanted - existing)
    link.objects.bulk_create(
        link(from_institution_id=successor, to_institution_id=predecessor)
        for successor, predecessor in missing
    )
    return Loaded("pendahulu instansi", len(missing), 0, len(wanted) - len(missing))
