"""What every reader shares: the file looked at before it is opened, its columns named, its cells checked."""

import re
import stat
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from directory.imports.adapter import Column
from directory.imports.text import one_line
from directory.imports.types import Problem, RawRow, UnreadableFileError

CELL_LIMIT = 100_000
# Fifty rows are planned together.
ROW_LIMIT = 500_000
KEPT_OF_CELL = 1000
MOST_COLUMNS = 200
# Longer is no heading but a text in its place.
HEADING_LENGTH = 200
# A national source's yearly file has some ten megabytes.
FILE_LIMIT = 200 * 1024 * 1024
SAMPLE = 64 * 1024
SURROGATE = re.compile("[\ud800-\udfff]")
# The columns a report adds: read back, they say nothing of the record.
REASON = "alasan"
REPORTED = frozenset({"baris", "tindakan", REASON, "perubahan"})
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def open_sample(path: Path) -> tuple[int, bytes]:
    """The file's size and its first bytes. `UnreadableFileError` where there is no file to read."""
    try:
        found = path.stat()
        # A pipe would be waited for without end.
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            raise OSError(0, _("bukan berkas biasa"))
        with path.open("rb") as file:
            sample = file.read(SAMPLE)
    except FileNotFoundError:
        reason = _("berkas tidak ditemukan.")
    except IsADirectoryError:
        reason = _("ini folder, bukan berkas. Sebutkan berkas di dalamnya.")
    except OSError as error:
        reason = _("berkas tidak dapat dibuka (%(error)s).") % {"error": error.strerror}
    else:
        reason = ""
        if not sample.strip(b"\xef\xbb\xbf \r\n\t"):
            reason = _("berkas kosong.")
        elif found.st_size > FILE_LIMIT:
            limit = FILE_LIMIT // 1024**2
            reason = _("berkas lebih besar dari %(limit)d MB; bagi menjadi beberapa berkas.") % {
                "limit": limit
            }
    if reason:
        raise refusal(path, reason)
    return found.st_size, sample


def refusal(path: Path, reason: str) -> UnreadableFileError:
    return UnreadableFileError(f"{path.name or path}: {reason}")


def column_name(cell: str) -> str:
    """A heading as the contracts write them: lower case, blanks and hyphens as `_`."""
    # Named in messages: nothing in it may move a terminal's cursor. Kept: what no database takes is replaced.
    text = SURROGATE.sub("\ufffd", one_line(cell[:CELL_LIMIT]).replace("\x00", "\ufffd"))
    return re.sub(r"[\s\-]+", "_", text.casefold())[:HEADING_LENGTH]


def name_columns(path: Path, header: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """The contract's names of a header's cells, "" for an empty one; unknown ones keep their own.

    `UnreadableFileError` names the columns that are missing or there twice.
    """
    if len(header) > MOST_COLUMNS:
        message = _("ada %(found)d kolom di baris pertama; paling banyak %(limit)d.")
        raise refusal(path, message % {"found": len(header), "limit": MOST_COLUMNS})
    known = aliases(columns)
    names = [known.get(column_name(cell), column_name(cell)) for cell in header]
    names = ["" if name in REPORTED else name for name in names]
    missing = [column.name for column in columns if column.required and column.name not in names]
    if missing:
        message = _("kolom yang wajib ada tidak ditemukan di baris pertama: %(columns)s.")
        raise refusal(path, message % {"columns": ", ".join(missing)})
    twice = sorted(name for name, number in Counter(names).items() if name and number > 1)
    if twice:
        message = _("kolom ini ada dua kali di baris pertama: %(columns)s.")
        raise refusal(path, message % {"columns": ", ".join(twice)})
    return names


def headings(names: Sequence[str], header: Sequence[str]) -> dict[str, str]:
    """The columns under the names their cells are kept by → as the file calls them."""
    return {name: column_name(cell) for name, cell in zip(names, header, strict=True) if name}


def aliases(columns: Sequence[Column]) -> dict[str, str]:
    """Every way to write a column's name → its name in the contract."""
    return {alias: column.name for column in columns for alias in (column.name, *column.aliases)}


def unknown_names(names: Sequence[str], columns: Sequence[Column]) -> list[str]:
    known = {column.name for column in columns}
    return [name for name in names if name and name not in known]


def check_cells(row: RawRow) -> None:
    """Adds a problem for every cell that cannot be used, and for a row whose cells are too much together."""
    total = sum(map(len, row.values.values()))
    if total > ROW_LIMIT:
        message = _("baris berisi %(found)d karakter; paling banyak %(limit)d.")
        row.problems.append(Problem(row.number, "", message % {"found": total, "limit": ROW_LIMIT}))
        row.values = {name: cell[:KEPT_OF_CELL] for name, cell in row.values.items()}
    for name, cell in row.values.items():
        if message := _why_unusable(cell):
            row.problems.append(Problem(row.number, name, message))
            row.values[name] = cell[:CELL_LIMIT]


def _why_unusable(cell: str) -> str:
    if len(cell) > CELL_LIMIT:
        return _("sel berisi %(found)d karakter; paling banyak %(limit)d.") % {
            "found": len(cell),
            "limit": CELL_LIMIT,
        }
    if "\x00" in cell:
        return _("sel berisi karakter NUL; hapus lalu ulangi.")
    if odd := SURROGATE.search(cell):
        if not 0xDC80 <= ord(odd[0]) <= 0xDCFF:
            return _("ada huruf yang rusak; ketik ulang isi sel ini.")
        return _(
            "ada huruf yang bukan UTF-8 (byte %(byte)s; mungkin Windows-1252). Simpan sebagai “CSV UTF-8”."
        ) % {"byte": f"0x{ord(odd[0]) - 0xDC00:02X}"}
    return ""
