"""The supplied tables of synonyms: `search/data/*.csv`, one file a kind, loaded into the database."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from search.models import SearchState, SynonymGroup

FOLDER = Path(__file__).parent / "data"
FILES = {
    "acronyms": SynonymGroup.Kind.ACRONYM,
    "spelling": SynonymGroup.Kind.SPELLING,
    "synonyms": SynonymGroup.Kind.SYNONYM,
    "colloquial": SynonymGroup.Kind.COLLOQUIAL,
    "places": SynonymGroup.Kind.PLACE,
    "glossary": SynonymGroup.Kind.GLOSSARY,
    "narrower": SynonymGroup.Kind.NARROWER,
    "related": SynonymGroup.Kind.RELATED,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a load wrote, left as they were, left because of a person's change, and dropped."""

    written: int
    unchanged: int
    edited: int
    dropped: int


def rows() -> Iterator[SynonymGroup]:
    """The supplied groups, not yet saved. Raises `ValueError` naming file and line when a row is no row."""
    for name, kind in FILES.items():
        path = FOLDER / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), start=2):
                terms, members = (row.get("terms") or "").strip(), (row.get("members") or "").strip()
                if not terms or not members:
                    raise ValueError(f"{path.name}, line {line}: both terms and members must be given.")
                yield SynonymGroup(kind=kind, terms=terms, members=members, is_edited=False)


def load() -> Loaded:
    """Write the supplied groups and drop those no longer supplied; what a person has written stays."""
    known = {(row.kind, row.terms): row for row in SynonymGroup.objects.all()}
    new, changed, unchanged, edited = [], [], 0, 0
    for row in rows():
        old = known.pop((row.kind, row.terms), None)
        if old is None:
            new.append(row)
        elif old.is_edited:
            edited += 1
        elif old.members == row.members:
            unchanged += 1
        else:
            old.members = row.members
            changed.append(old)
    gone = [row.pk for row in known.values() if not row.is_edited]
    if new or changed or gone:
        with transaction.atomic():
            SynonymGroup.objects.filter(pk__in=gone).delete()
            SynonymGroup.objects.bulk_create(new, batch_size=500)
            SynonymGroup.objects.bulk_update(changed, ["members"], batch_size=200)
            SearchState.touch("synonyms")
    return Loaded(len(new) + len(changed), unchanged, edited, len(gone))
