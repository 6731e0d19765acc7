"""The file that says which institutions write on the portal, and in which kinds of sections.

CSV with a header: `kode` (the institution's), `bagian` (kinds divided by blanks or semicolons: berita,
panduan, direktori, or their codes). Without a `bagian`: news and the directory, and for ministries and
agencies guides.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from institutions.models import Institution, InstitutionKind
from institutions.roles import SectionKind

LIMIT = 5 * 1024 * 1024
GUIDE_WRITERS = (InstitutionKind.MINISTRY, InstitutionKind.AGENCY)
_WORDS = {
    "berita": SectionKind.NEWS,
    "panduan": SectionKind.GUIDES,
    "direktori": SectionKind.DIRECTORY,
    **{kind.value: kind for kind in SectionKind},
}


class IntakeError(Exception):
    """The file cannot be used as a whole; `problems` names every wrong row."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class Intake:
    """One row: an institution, and the kinds of sections it is to have."""

    institution: Institution
    kinds: tuple[SectionKind, ...]


def default_kinds(institution: Institution) -> tuple[SectionKind, ...]:
    """The kinds an institution gets where nobody says otherwise."""
    guides = (SectionKind.GUIDES,) if institution.kind in GUIDE_WRITERS else ()
    return (SectionKind.NEWS, SectionKind.DIRECTORY, *guides)


def read(path: Path) -> list[Intake]:
    """The rows of a file, all or none. Raises `IntakeError`."""
    rows = list(_rows(path))
    known = Institution.objects.in_bulk([row.get("kode", "") for _line, row in rows], field_name="code")
    problems: list[str] = []
    found: dict[str, Intake] = {}
    for line, row in rows:
        code = row.get("kode", "")
        words = row.get("bagian", "").replace(";", " ").lower().split()
        if reason := _reason(code, words, known.get(code), code in found):
            problems.append(_("Baris %(line)d, %(reason)s") % {"line": line, "reason": reason})
            continue
        kinds = tuple(dict.fromkeys(_WORDS[word] for word in words))
        found[code] = Intake(known[code], kinds or default_kinds(known[code]))
    if problems:
        raise IntakeError(problems)
    return list(found.values())


def _reason(code: str, words: Sequence[str], institution: Institution | None, again: bool) -> str:
    """What is wrong with a row, and where; nothing where it can be used."""
    shown = {"code": code[:80]}
    if institution is None:
        return _("kolom kode: tidak ada instansi “%(code)s”.") % shown
    if not institution.is_active:
        return _("kolom kode: instansi “%(code)s” sudah tidak ada.") % shown
    if again:
        return _("kolom kode: “%(code)s” sudah disebut di atas.") % shown
    if unknown := [word for word in words if word not in _WORDS]:
        return _("kolom bagian: “%(word)s” tidak dikenal; yang ada: berita, panduan, direktori.") % {
            "word": unknown[0][:40]
        }
    return ""


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Line and cells of every row that is not empty."""
    try:
        if path.stat().st_size > LIMIT:
            raise IntakeError([_("Berkas lebih besar dari 5 MB.")])
        text = path.read_text(encoding="utf-8-sig")
        # Excel in Indonesian divides by semicolons.
        divider = ";" if ";" in text.partition("\n")[0] and "," not in text.partition("\n")[0] else ","
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
        header = [(name or "").strip().lower() for name in reader.fieldnames or []]
        if "kode" not in header:
            raise IntakeError([_("Baris 1: kolom “kode” tidak ada.")])
        reader.fieldnames = header
        return [
            (reader.line_num, {name: (value or "").strip() for name, value in row.items() if name in header})
            for row in reader
            if any(isinstance(value, str) and value.strip() for value in row.values())
        ]
    except OSError as error:
        raise IntakeError([_("Berkas tidak dapat dibaca: %s.") % error.strerror]) from error
    except UnicodeDecodeError as error:
        raise IntakeError([_("Berkas bukan teks UTF-8.")]) from error
    except csv.Error as error:
        raise IntakeError([_("Berkas bukan CSV yang utuh: %s.") % error]) from error
