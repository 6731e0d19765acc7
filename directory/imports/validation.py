"""Third stage: are the values fit for a profile? Every refusal names the row and the column."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from directory.imports.text import KEY_LENGTH, clean, identity, one_line
from directory.imports.types import Cell, Claims, Record
from directory.models import InnovationPage, SourceRecord

FIRST_YEAR = 1945
_check_url = URLValidator(schemes=["http", "https"])


def validate(record: Record, claims: Claims) -> None:
    """Fills the record's key, year, address and plain texts from its claims, and its problems."""
    _text(record, claims, "title", "title", required=True)
    _text(record, claims, "owner", "institution_text", required=True)
    _text(record, claims, "summary", "summary", keep_lines=True)
    _validate_year(record, claims)
    _validate_url(record, claims)
    _validate_key(record, claims)


def _text(
    record: Record,
    claims: Claims,
    claim: str,
    field: str,
    *,
    required: bool = False,
    keep_lines: bool = False,
) -> None:
    cell = claims.get(claim)
    if cell is None:
        return
    text = clean(cell.text) if keep_lines else one_line(cell.text)
    limit = InnovationPage._meta.get_field(field).max_length
    if required and not text:
        record.refuse(cell.column, _("wajib diisi."))
    elif limit and len(text) > limit:
        message = _("berisi %(found)d karakter; paling banyak %(limit)d.")
        record.refuse(cell.column, message % {"found": len(text), "limit": limit})
    record.values[field] = text


def _validate_year(record: Record, claims: Claims) -> None:
    cell = claims.get("year")
    if cell is None:
        return
    text, last = one_line(cell.text), date.today().year + 1
    record.values["year"] = None
    if not text:
        return
    if not (text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= last):
        message = _("“%(text)s” bukan tahun antara %(first)d dan %(last)d.")
        record.refuse(cell.column, message % {"text": text[:40], "first": FIRST_YEAR, "last": last})
        return
    record.year = record.values["year"] = int(text)


def _validate_url(record: Record, claims: Claims) -> None:
    cell = claims.get("url")
    url = one_line(cell.text) if cell else ""
    if cell is None or not url:
        return
    limit = SourceRecord._meta.get_field("url").max_length or 500
    try:
        _check_url(url)
    except ValidationError:
        record.refuse(cell.column, _("“%(url)s” bukan alamat web (http atau https).") % {"url": url[:80]})
        return
    if len(url) > limit:
        record.refuse(cell.column, _("alamat lebih dari %(limit)d karakter.") % {"limit": limit})
        return
    record.url = url


def _validate_key(record: Record, claims: Claims) -> None:
    cell: Cell | None = claims.get("record_id")
    given = one_line(cell.text) if cell else ""
    if cell and len(given) > KEY_LENGTH:
        record.refuse(cell.column, _("nomor lebih dari %(limit)d karakter.") % {"limit": KEY_LENGTH})
    values: dict[str, Any] = record.values
    record.key = given or identity(values.get("title", ""), values.get("institution_text", ""))
