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
# Deeper than any source's objects; and as much in one as in a line of CSV.
DEEPEST = 20
OBJECT_LIMIT = 4_000_000
# What a value takes beside its letters.
VALUE_SIZE = 50


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
        self.headings: dict[str, str] = {}
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
            items = _items(self._binary)
            number = 0
            while True:
                number += 1
                try:
                    item, reason = next(items)
                except StopIteration:
                    return
                except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
                    message = _("berkas terputus atau rusak di sini (%(error)s); sesudahnya tidak terbaca.")
                    found = str(error).splitlines()[0][:80] if str(error) else type(error).__name__
                    yield RawRow(number, {}, [Problem(number, "", message % {"error": found})])
                    return
                if reason:
                    yield RawRow(number, {}, [Problem(number, "", reason)])
                else:
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
            if name not in self.headings and len(self.headings) < MOST_COLUMNS:
                self.headings[name] = column_name(key)
                if name not in known:
                    self.unknown.append(name)
        for name in required:
            if name not in row.values:
                row.problems.append(Problem(number, name, _("kolom yang wajib ada tidak ditemukan.")))
        check_cells(row)
        return row


class _Watched:
    """A file for the parser, which would hold a single text of any length until it ends."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.pending = 0

    def read(self, size: int) -> bytes:
        self.pending += size
        if self.pending > 2 * OBJECT_LIMIT:
            raise ValueError(_("teks lebih dari %(limit)d karakter") % {"limit": OBJECT_LIMIT})
        return self._file.read(size)


def _items(file: IO[bytes]) -> Iterator[tuple[Any, str]]:
    """Each element of the list, or why it is too deep or too large to be read."""
    watched = _Watched(file)
    events = ijson.basic_parse(watched, use_float=True)
    next(events)  # the list itself
    depth = size = 0
    reason = ""
    builder = ijson.ObjectBuilder()
    for event, value in events:
        watched.pending = 0
        if depth == 0:
            size, reason, builder = 0, "", ijson.ObjectBuilder()
            if event == "end_array":
                continue
        depth += event.startswith("start_") - event.startswith("end_")
        size += VALUE_SIZE + (len(value) if isinstance(value, str) else 0)
        if not reason and (reason := _why_not_built(depth, size)):
            builder = ijson.ObjectBuilder()
        if not reason:
            builder.event(event, value)
        if depth == 0:
            yield (None if reason else builder.value), reason


def _why_not_built(depth: int, size: int) -> str:
    if depth > DEEPEST:
        return _("isinya bersarang lebih dari %(limit)d tingkat.") % {"limit": DEEPEST}
    if size > OBJECT_LIMIT:
        return _("objek ini lebih besar dari %(limit)d karakter.") % {"limit": OBJECT_LIMIT}
    return ""


def _text(value: Any, joined: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if joined and isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return "; ".join(str(one) for one in value)
    return json.dumps(value, ensure_ascii=False)


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
