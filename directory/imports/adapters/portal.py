"""`portal`: what the portal exports (docs/export.md), as CSV, XLSX or JSON, read back.

Rows with a registry number are records of ours, see `directory.imports.exported`; rows without one are new.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from directory.choices import Source
from directory.export import contract
from directory.imports.adapter import Adapter, Column, Rows
from directory.imports.readers.columns import OLE, ZIP, open_sample
from directory.imports.readers.csv_rows import CsvRows
from directory.imports.readers.json_rows import JsonRows
from directory.imports.readers.xlsx_rows import XlsxRows


def read(path: Path, columns: Sequence[Column]) -> Rows:
    """The file by what it is, not by what it is called."""
    _size, sample = open_sample(path)
    if sample.startswith((ZIP, OLE)):
        return XlsxRows(path, columns)
    if sample.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"[", b"{")):
        # What is empty is left out of an object: the number of a new record.
        return JsonRows(path, [replace(column, required=False) for column in columns], joined=False)
    return CsvRows(path, columns)


PORTAL = Adapter(
    name="portal",
    source=Source.OTHER,
    columns=tuple(Column(name, "", required=name == contract.NUMBER) for name in contract.NAMES),
    read=read,
    publish=False,
    own=True,
)
