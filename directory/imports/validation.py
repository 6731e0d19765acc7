"""Third stage: are the values fit for a profile? Every refusal names the row and the column."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from directory.blocks.narrative import NARRATIVE_SECTIONS, SECTION_LENGTH
from directory.imports.field_kinds import paragraphs
from directory.imports.text import KEY_LENGTH, clean, identity, one_line
from directory.imports.types import Cell, Claims, Record
from directory.imports.values import FIRST_YEAR, is_nothing
from directory.models import InnovationPage, SourceRecord

# Claims that are texts, and the fields they fill.
TEXTS = {"summary": "summary", "problem": "problem", "result": "result"}
# Claims whose value maps give the field's value.
VALUES = ("kind", "form", "initiator", "stage", "trial_date", "implementation_date")
_check_url = URLValidator(schemes=["http", "https"])


def validate(record: Record, claims: Claims) -> None:
    """Fills the record's key, year, address, texts and converted values from its claims, and its problems."""
    _text(record, claims, "title", "title", required=True)
    _text(record, claims, "owner", "institution_text", required=True)
    for claim, field in TEXTS.items():
        _text(record, claims, claim, field, keep_lines=True)
    for name in VALUES:
        if name in claims:
            record.values[name] = claims[name].text
    _validate_narrative(record, claims)
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
    elif limit and len(text) > limit and cell.shorten:
        text = _shorten(record, cell, text, limit)
    elif limit and len(text) > limit:
        message = _("berisi %(found)d karakter; paling banyak %(limit)d.")
        record.refuse(cell.column, message % {"found": len(text), "limit": limit})
    record.values[field] = text


def _shorten(record: Record, cell: Cell, text: str, limit: int) -> str:
    """The beginning of a text, cut between words, and said so."""
    message = _("berisi %(found)d karakter; dipendekkan menjadi %(limit)d. Teks utuh ada di baris asli.")
    record.notice(cell.column, message % {"found": len(text), "limit": limit})
    start = text[: limit - 1]
    return (start.rsplit(None, 1)[0] if len(start.split()) > 1 else start).rstrip(" ,;:-") + "…"


def _validate_narrative(record: Record, claims: Claims) -> None:
    for name in NARRATIVE_SECTIONS:
        cell = claims.get(f"narrative.{name}")
        if cell is None:
            continue
        text = "" if is_nothing(cell.text) else paragraphs(clean(cell.text))
        if len(text) > SECTION_LENGTH:
            text = _shorten(record, cell, text, SECTION_LENGTH)
        record.values[f"narrative.{name}"] = text


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
