"""The columns of the contract in words: which field each is, and how it is written."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from directory.export import cells
from directory.export.contract import ABOUT, COLUMNS, NUMBER, REVISION
from directory.imports.fields import FIELDS
from directory.models import InnovationPage


@dataclass(frozen=True, slots=True)
class Explained:
    """`form` says how a cell is written; `is_read` whether an import reads it back."""

    name: str
    label: Any
    form: str
    is_read: bool


def explained() -> list[Explained]:
    """Every column of a public download, in its order."""
    first = [
        Explained(NUMBER, _("nomor registrasi"), "INO-000123", True),
        Explained(REVISION, _("keadaan profil waktu diunduh"), _("dibaca bila berkas diimpor kembali"), True),
    ]
    read = [
        Explained(column.name, FIELDS[column.field].label, _form(column.cell), True)
        for column in COLUMNS
        if column.public
    ]
    return first + read + [Explained(name, label, "", False) for name, label in ABOUT.items()]


def _form(cell: cells.Cell) -> str:
    if isinstance(cell, cells.Text):
        return _choices(cell) or _length(cell)
    if isinstance(cell, cells.Number):
        return _("bilangan bulat")
    if isinstance(cell, cells.Day):
        return _("tanggal, 2020-01-31")
    if isinstance(cell, cells.Section):
        return _("teks; satu paragraf satu baris")
    if isinstance(cell, cells.Code):
        return _("kode di daftar %(table)s") % {"table": cell.model._meta.verbose_name}
    if isinstance(cell, cells.Codes):
        return _("kode di daftar %(table)s, dipisah titik koma") % {"table": cell.model._meta.verbose_name}
    if isinstance(cell, cells.Words):
        return _("kata, dipisah titik koma")
    keys = (
        cell.columns
        if isinstance(cell, cells.Table)
        else cell.field.keys
        if isinstance(cell, cells.Stream)
        else ()
    )
    return _("daftar JSON berisi objek dengan %(keys)s") % {"keys": ", ".join(keys)}


def _choices(cell: cells.Text) -> str:
    return ", ".join(str(value) for value, _label in InnovationPage._meta.get_field(cell.name).choices or ())


def _length(cell: cells.Text) -> str:
    limit = InnovationPage._meta.get_field(cell.name).max_length
    return _("teks, paling banyak %(limit)d huruf") % {"limit": limit} if limit else _("teks")
