"""How the values of a profile's fields stand in the cells of a file, and how they are read back.

`write` takes a field's value (see `directory.imports.fields`) and gives a cell's text, "" for nothing; `read`
takes a cell's text and gives the value. What is unfit raises `ValidationError`, with what is wrong and where.
"""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from pydantic_core import to_json
from wagtail.blocks.stream_block import StreamBlockValidationError

from directory.blocks.narrative import SECTION_LENGTH
from directory.imports import values
from directory.imports.field_kinds import References, Rows, paragraphs
from directory.imports.text import clean, one_line
from directory.models import InnovationPage

MOST_ITEMS = 200
# In a stream's row: where its document can be read.
DOCUMENT = "document"


class Cell(Protocol):
    def write(self, value: Any) -> str: ...

    def read(self, text: str, references: References) -> Any: ...


def too_long(text: str, limit: int | None) -> ValidationError | None:
    if not limit or len(text) <= limit:
        return None
    message = _("berisi %(found)d karakter; paling banyak %(limit)d.")
    return ValidationError(message % {"found": len(text), "limit": limit})


@dataclass(frozen=True)
class Text:
    """A text or a fixed choice, checked by the model's own field: what a form refuses, a file is refused for.

    `lines`: its line breaks count. `default`: what an empty cell means.
    """

    name: str
    lines: bool = False
    default: str = ""
    model: type[models.Model] = InnovationPage

    def write(self, value: Any) -> str:
        return value or ""

    def read(self, text: str, references: References) -> Any:
        field: Any = self.model._meta.get_field(self.name)
        text = (clean(text) if self.lines else one_line(text)) or self.default
        if error := too_long(text, field.max_length):
            raise error
        return field.clean(text, None)


@dataclass(frozen=True)
class Phrase:
    """A text that must be there."""

    limit: int

    def write(self, value: Any) -> str:
        return value or ""

    def read(self, text: str, references: References) -> Any:
        text = one_line(text)
        if not text:
            raise ValidationError(_("wajib diisi."))
        if error := too_long(text, self.limit):
            raise error
        return text


@dataclass(frozen=True)
class Number:
    lowest: int
    highest: int

    def write(self, value: Any) -> str:
        return "" if value is None else str(value)

    def read(self, text: str, references: References) -> Any:
        text = one_line(text)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 6):
            raise ValidationError(_("“%(text)s” bukan bilangan bulat.") % {"text": text[:40]})
        if not self.lowest <= int(text) <= self.highest:
            message = _("%(number)s di luar %(lowest)d sampai %(highest)d.")
            raise ValidationError(message % {"number": text, "lowest": self.lowest, "highest": self.highest})
        return int(text)


@dataclass(frozen=True)
class Day:
    """A date, written 2020-01-31 and read as people write it (`values.date`)."""

    def write(self, value: Any) -> str:
        return value or ""

    def read(self, text: str, references: References) -> Any:
        try:
            return values.date(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error


@dataclass(frozen=True)
class Section:
    """A section of the narrative: its text, a paragraph a line."""

    def write(self, value: Any) -> str:
        return value or ""

    def read(self, text: str, references: References) -> Any:
        text = paragraphs(clean(text))
        if error := too_long(text, SECTION_LENGTH):
            raise error
        return text


@dataclass(frozen=True)
class Code:
    """The code of a row of a reference table."""

    model: type[models.Model]
    required: bool = False

    def write(self, value: Any) -> str:
        return value or ""

    def read(self, text: str, references: References) -> Any:
        code = one_line(text)
        if not code and self.required:
            raise ValidationError(_("wajib diisi."))
        return _known(code, self.model, references) if code else None


@dataclass(frozen=True)
class Codes:
    """Several codes, separated by semicolons; in any order, as the value is sorted."""

    model: type[models.Model]

    def write(self, value: Any) -> str:
        return "; ".join(value)

    def read(self, text: str, references: References) -> Any:
        return sorted({_known(code, self.model, references) for code in _words(text)})


@dataclass(frozen=True)
class Words:
    """Free words, separated by semicolons; as JSON where one of them holds a semicolon."""

    length: int

    def write(self, value: Any) -> str:
        joined = "; ".join(value)
        plain = joined.count(";") == len(value) - 1 and not joined.startswith("[")
        return joined if plain or not value else json.dumps(list(value), ensure_ascii=False)

    def read(self, text: str, references: References) -> Any:
        words = sorted(set(_words(text)))
        for word in words:
            if error := too_long(word, self.length):
                raise error
        return words


@dataclass(frozen=True)
class Table:
    """Rows of the same keys as a JSON list of objects; the value is a list of lists in the keys' order, or of
    objects (`objects`)."""

    columns: Mapping[str, "Cell"]
    objects: bool = False

    def write(self, value: Any) -> str:
        rows = value if self.objects else [dict(zip(self.columns, row, strict=True)) for row in value]
        return dump(rows)

    def read(self, text: str, references: References) -> Any:
        found = []
        for number, row in enumerate(_objects(text, self.columns), 1):
            item = {}
            for key, cell in self.columns.items():
                try:
                    item[key] = cell.read(as_cell(row.get(key)), references)
                except ValidationError as error:
                    raise _at(number, key, error.messages) from error
            found.append(item if self.objects else list(item.values()))
        return found


@dataclass(frozen=True)
class Stream:
    """The rows of a stream as a JSON list of objects, checked by the stream's own blocks.

    The key `DOCUMENT` is written for readers, by whoever knows the document's address; it is not read back.
    """

    field: Rows

    def write(self, value: Any) -> str:
        return dump(value)

    def read(self, text: str, references: References) -> Any:
        keys = self.field.keys
        found = _objects(text, ("id", *keys, DOCUMENT))
        rows: list[dict[str, Any]] = []
        for position, row in enumerate(found):
            told = {key: _tidy(row.get(key)) for key in keys}
            given = clean(as_cell(row.get("id")))[:36]
            # A row copied with its id is another row.
            known = {"", *(one["id"] for one in rows)}
            rows.append({"id": _own_id(position, told) if given in known else given, **told})
        block = InnovationPage._meta.get_field(self.field.name).stream_block
        try:
            checked = block.clean(block.to_python(self.field.stream(rows)))
        except StreamBlockValidationError as error:
            raise _flat(error) from error
        except (TypeError, ValueError, AttributeError) as error:
            raise ValidationError(_("isinya tidak berbentuk seperti yang dijelaskan di panduan.")) from error
        return [
            {"id": row["id"], **{key: child["value"].get(key) for key in keys}}
            for row, child in zip(rows, checked.get_prep_value(), strict=True)
        ]


def _own_id(position: int, row: Mapping[str, Any]) -> str:
    """The same id for the same row whenever the file is read: a row added twice would be two."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, json.dumps([position, row], ensure_ascii=False)))


def dump(rows: Iterable[Any]) -> str:
    """A JSON list, "" for an empty one."""
    return to_json(rows).decode() if rows else ""


def rows(text: str) -> list[Any] | None:
    """What a cell with a JSON list holds, in whatever spacing and without what is there for readers; None for
    another cell."""
    if not text.startswith("["):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return [
        {key: value for key, value in row.items() if key != DOCUMENT} if isinstance(row, dict) else row
        for row in found
    ]


def as_cell(value: Any) -> str:
    return "" if value is None else str(value)


def _known(code: str, model: type[models.Model], references: References) -> str:
    if code not in references.table(model):
        message = _("kode “%(code)s” tidak dikenal di daftar %(table)s.")
        raise ValidationError(message % {"code": code[:40], "table": model._meta.verbose_name})
    return code


def _words(text: str) -> list[str]:
    """The words of a cell: a JSON list of texts, or separated by semicolons."""
    text = clean(text)
    if text.startswith("["):
        found = _json(text)
        if not all(isinstance(word, str) for word in found):
            raise ValidationError(_("daftar hanya boleh berisi teks."))
    else:
        found = text.split(";")
    words = [one_line(word) for word in found]
    return [word for word in words if word]


def _objects(text: str, keys: Iterable[str]) -> list[dict[str, Any]]:
    """The objects of a JSON list; "" is an empty one."""
    text = clean(text)
    rows = _json(text) if text else []
    known = set(keys)
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise _at(number, "", [_("bukan objek dengan nama dan isi.")])
        if unknown := sorted(set(row) - known):
            message = _("“%(name)s” tidak dikenal; yang ada: %(known)s.")
            raise _at(number, "", [message % {"name": unknown[0][:40], "known": ", ".join(sorted(known))}])
    return rows


def _json(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("bukan JSON yang utuh; salin ulang isi sel ini dari ekspor.")) from error
    if not isinstance(found, list):
        raise ValidationError(_("bukan daftar JSON [ ]."))
    if not _is_storable(found):
        raise ValidationError(_("ada karakter NUL atau huruf yang rusak; ketik ulang isi sel ini."))
    if len(found) > MOST_ITEMS:
        message = _("berisi %(found)d baris; paling banyak %(limit)d.")
        raise ValidationError(message % {"found": len(found), "limit": MOST_ITEMS})
    return found


def _is_storable(value: Any) -> bool:
    """Whether a database takes the texts: what JSON's escapes may smuggle in, it does not."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in text


def _tidy(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def _at(number: int, key: str, messages: Iterable[str]) -> ValidationError:
    where = _("isi ke-%(number)d") % {"number": number}
    return ValidationError(f"{where}{f', {key}' if key else ''}: {' '.join(messages)}")


def _flat(error: StreamBlockValidationError) -> ValidationError:
    """The first thing wrong in a stream, with its row and its key."""
    for position, child in sorted((error.block_errors or {}).items()):
        for key, found in (getattr(child, "block_errors", None) or {}).items():
            return _at(int(position) + 1, key, found.messages)
        return _at(int(position) + 1, "", child.messages)
    return ValidationError(
        error.messages or [_("isinya tidak berbentuk seperti yang dijelaskan di panduan.")]
    )
