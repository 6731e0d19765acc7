"""Cells as text: what is cleaned on the way in, and how values read for people."""

import hashlib
import re
import unicodedata
from typing import Any

from directory.models import SourceRecord

_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\n]+")
_NOT_WORD = re.compile(r"[\W_]+")
KEY_LENGTH = SourceRecord._meta.get_field("record_id").max_length or 200


def clean(cell: str) -> str:
    """A cell without control characters, invisible ones and doubled blanks; line breaks stay, as `\\n`."""
    text = _CONTROL.sub(" ", unicodedata.normalize("NFC", cell).replace("\r\n", "\n").replace("\r", "\n"))
    # Zero-width letters, marks that turn the direction of writing: what looks alike must be alike.
    text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    lines = [line.strip() for line in _SPACES.sub(" ", text).split("\n")]
    return "\n".join(lines).strip()


def one_line(cell: str) -> str:
    """As `clean`, line breaks become blanks."""
    return " ".join(clean(cell).split())


def identity(*parts: str) -> str:
    """A record's key where its source gives it no id: the parts without case, accents of layout and signs."""
    normal = [_NOT_WORD.sub(" ", unicodedata.normalize("NFKC", p).casefold()).strip() or p for p in parts]
    key = "|".join(normal)
    if len(key) <= KEY_LENGTH:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    return f"{key[: KEY_LENGTH - 17]}#{digest}"


def as_text(value: Any) -> str:
    """A field value for people: lists joined, nothing as an empty string."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(_row_as_text, value))
    return str(value)


def _row_as_text(row: Any) -> str:
    if isinstance(row, dict):
        row = [value for key, value in row.items() if key != "id"]
    return " ".join(filter(None, map(as_text, row))) if isinstance(row, list | tuple) else as_text(row)
