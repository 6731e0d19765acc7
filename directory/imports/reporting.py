"""What an import tells people: the report file and the lines of the command."""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cms.cells import neutralise
from directory.imports.fields import FIELDS
from directory.imports.readers.columns import SURROGATE
from directory.imports.run import Observer
from directory.imports.text import as_text
from directory.imports.types import ACTION_LABELS, PlannedRow, Problem, UnreadableFileError

OWN_COLUMNS = ("baris", "tindakan", "alasan", "perubahan")


@contextmanager
def write_report(path: Path, columns: tuple[str, ...]) -> Iterator[Observer]:
    """Yields a function that adds a row to the report.

    The report appears under its name at the end. Where the run breaks off it is kept as far as it came, and
    its last line says so. Its last columns are the file's own, so that refused rows can be corrected in it
    and read again. No cell can act as a formula.
    """
    if path.exists() and not path.is_file():
        raise UnreadableFileError(
            _("%(file)s: bukan berkas biasa; pilih nama lain untuk laporan.") % {"file": path}
        )
    partial = path.with_name(f".{path.name}.part")
    try:
        file = partial.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise UnreadableFileError(
            _("%(file)s: laporan tidak dapat ditulis (%(error)s).") % {"file": path, "error": error.strerror}
        ) from error
    written = 0

    def add(row: PlannedRow) -> None:
        nonlocal written
        writer.writerow([neutralise(_printable(cell)) for cell in _cells(row, columns)])
        written += 1

    try:
        with file:
            writer = csv.writer(file)
            writer.writerow((*OWN_COLUMNS, *columns))
            try:
                yield add
            except BaseException:
                writer.writerow(["", _("terputus"), _("Laporan berhenti di sini: impor tidak selesai.")])
                raise
            written += 1
    finally:
        # A run that never came to a row has nothing to report.
        if written:
            os.replace(partial, path)
        partial.unlink(missing_ok=True)


def problem_line(file: str, problem: Problem) -> str:
    """“innovations.csv, baris 12, kolom year: ...”"""
    place = [file, _("baris %(row)d") % {"row": problem.row}]
    if problem.column:
        place.append(_("kolom %(column)s") % {"column": problem.column})
    return f"{', '.join(place)}: {problem.message}"


def _cells(row: PlannedRow, columns: tuple[str, ...]) -> list[str]:
    record = row.record
    reasons = (f"{p.column}: {p.message}" if p.column else p.message for p in record.problems)
    alike = [_("mirip “%(title)s” (%(why)s)") % {"title": d.title, "why": d.why} for d in row.duplicates]
    changes = (f"{FIELDS[c.field].label}: {_short(c.old)} → {_short(c.new)}" for c in row.changes)
    own = [str(record.row.number), str(ACTION_LABELS[row.action]), " | ".join([*reasons, *alike])]
    return [*own, " | ".join(changes), *(record.row.values.get(name, "") for name in columns)]


def _short(value: Any) -> str:
    text = as_text(value)
    return f"{text[:80]}…" if len(text) > 80 else text or "–"


def _printable(cell: str) -> str:
    """A cell as UTF-8 can hold it; what was no UTF-8 is read as Windows-1252, which it mostly is."""
    text = SURROGATE.sub(lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1252", "replace"), cell)
    return text.replace("\x00", "")
