"""Between upload and plan: the file's columns are read, and a person says which one is which."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from directory.imports import mapping as mappings
from directory.imports.adapters import ADAPTERS
from directory.imports.batches import local, storable
from directory.imports.log import COLUMNS
from directory.imports.types import UnreadableFileError
from directory.models import ImportBatch

ROWS_LOOKED_AT = 50
VALUES_SHOWN = 3
VALUE_LENGTH = 80
State = ImportBatch.State


def check(batch: ImportBatch) -> None:
    """Reads the file's columns and their first values; that required ones are missing is said later.

    A file that cannot be read at all fails the batch and says why.
    """
    adapter = ADAPTERS[batch.source]
    columns = tuple(replace(column, required=False) for column in adapter.columns)
    values: dict[str, list[str]] = {}
    try:
        with local(batch) as path:
            rows = adapter.read(path, columns)
            with closing(iter(rows)) as some:  # type: ignore[type-var]
                for row in islice(some, ROWS_LOOKED_AT):
                    for name, cell in row.values.items():
                        shown = values.setdefault(name, [])
                        if cell.strip() and len(shown) < VALUES_SHOWN:
                            shown.append(storable(cell.strip()[:VALUE_LENGTH]))
    except UnreadableFileError as error:
        found: dict[str, Any] = {"state": State.FAILED, "error": str(error)}
    else:
        heading = [[own, values.get(name, [])] for name, own in rows.headings.items()]
        found = {"state": State.CHECKED, "heading": heading}
    # Somebody may have given it up meanwhile.
    ImportBatch.objects.filter(pk=batch.pk, state=State.CHECKING).update(**found)
    batch.refresh_from_db()


def accept(batch: ImportBatch, mapping: Mapping[str, str]) -> bool:
    """Keeps what a person said of the columns; from now on the batch is planned. False where it is too late,
    where required columns stay empty, or where the mapping does not suit the file."""
    if mappings.possible(batch, mapping) != mapping or mappings.missing(batch, mapping):
        return False
    if len(set(mapping.values())) < len(mapping):
        return False
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=State.CHECKED)
    with transaction.atomic():
        accepted = waiting.update(mapping=dict(mapping), state=State.PLANNING)
        if accepted:
            log(instance=batch, action=COLUMNS)
    return bool(accepted)
