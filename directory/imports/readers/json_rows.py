"""JSON: a list of objects, read one object at a time. Rows are numbered from 1, there is no header."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import ijson
from django.utils.translation import gettext as _

from directory.imports.adapter import Column
from directory.imports.readers.columns import (
    MOST_COLUMNS,
    OLE,
    REPORTED,
    ZIP,
    aliases,
    check_cells,
    column_name,
    open_sample,
    refusal,
)
from directory.imports.types import Problem, RawRow

BOM = b"\xef\xbb\xbf"


class JsonRows:
    """The objects of a list, under the names of the adapter's columns.

    Raises `UnreadableFileError` where the file as a whole is not one of ours. A file that breaks off yields
    the objects before the break, then a row that says so. `joined`: a list of words becomes one text with
    semicolons, as the other sources write it; otherwise it stays JSON.
    """

    def __init__(self, path: Path, columns: Sequence[Column], joined: bool = True) -> None:
        self.path = path
        self.joined = joined
        self.columns = columns
        self.unknown: list[str] = []
        self.size, sample = open_sample(path)
        if reason := _why_not_list(sample):
            raise refusal(path, reason)
        self._binary: IO[bytes] | None = None

    @property
    def position(self) -> int:
        """Bytes read so far, for a progress bar."""
        return self._binary.tell() if self._binary and not self._binary.closed else 0

    def __iter__(self) -> Iterator[RawRow]:
        known = aliases(self.columns)
        required = [column.name for column in self.columns if column.required]
        with self.path.open("rb") as self._binary:
            if self._binary.read(len(BOM)) != BOM:
                self._binary.seek(0)
            items = ijson.items(self._binary, "item", use_float=True)
            number = 0
            while True:
                number += 1
                try:
                    item = next(items)
                except StopIteration:
                    return
                except (ijson.JSONError, UnicodeDecodeError, ValueError, RecursionError) as error:
                    message = _("berkas terputus atau rusak di sini (%(error)s); sesudahnya tidak terbaca.")
                    reason = str(error).splitlines()[0][:80] if str(error) else type(error).__name__
                    yield RawRow(number, {}, [Problem(number, "", message % {"error": reason})])
                    return
                yield self._row(number, item, known, required)

    def _row(self, number: int, item: Any, known: Mapping[str, str], required: Sequence[str]) -> RawRow:
        row = RawRow(number, {})
        if not isinstance(item, dict):
            row.problems.append(Problem(number, "", _("bukan objek dengan nama dan isi.")))
            return row
        if len(item) > MOST_COLUMNS:
            message = _("ada %(found)d kolom; paling banyak %(limit)d.")
            row.problems.append(Problem(number, "", message % {"found": len(item), "limit": MOST_COLUMNS}))
            return row
        for key, value in item.items():
            name = known.get(column_name(key), column_name(key))
            if name in REPORTED:
                continue
            if name in row.values:
                row.problems.append(Problem(number, name, _("kolom ini ada dua kali.")))
            row.values[name] = _text(value, self.joined)
            if name not in known and name not in self.unknown:
                self.unknown.append(name)
        for name in required:
            if name not in row.values:
                row.problems.append(Problem(number, name, _("kolom yang wajib ada tidak ditemukan.")))
        check_cells(row)
        return row


def _text(value: Any, joined: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if joined and isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return "; ".join(str(one) for one in value)
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "\x00"  # refused by name, as no cell can hold it


def _why_not_list(start: bytes) -> str:
    text = start.removeprefix(BOM).lstrip()
    if start.startswith((ZIP, OLE)):
        return _("ini buku kerja Excel, bukan JSON.")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in start[:200]:
        return _("penyandian berkas bukan UTF-8. Simpan sebagai UTF-8 lalu ulangi.")
    if text.startswith(b"{"):
        return _("isinya satu objek { }, padahal yang dibaca daftar objek [ ].")
    if not text.startswith(b"["):
        return _("ini bukan berkas JSON.")
    return ""
