"""What every search address has: words and a page number, read from what anybody may have typed there."""

import re

from django.http import Http404
from django.utils.translation import gettext as _

LONGEST_TEXT = 200
LAST_PAGE = 10**6


def search_words(raw: str, notices: list[str]) -> str:
    """The words to search for, on one line and cut to `LONGEST_TEXT`; `notices` says so."""
    text = " ".join(printable(raw).split())
    if len(text) <= LONGEST_TEXT:
        return text
    notices.append(
        _("Kata pencarian terlalu panjang; yang dipakai %(n)d huruf pertama.") % {"n": LONGEST_TEXT}
    )
    return text[:LONGEST_TEXT].rsplit(" ", 1)[0]


def page_number(raw: str, notices: list[str]) -> int:
    """The page asked for, 1 where it cannot be read. Raises Http404 for a number that cannot be a page's."""
    raw = raw.strip()
    if not raw:
        return 1
    if not re.fullmatch(r"[+-]?[0-9]{1,200}", raw, re.ASCII):
        notices.append(_("Nomor halaman tidak dikenal; ditampilkan halaman pertama."))
        return 1
    if not 1 <= int(raw) < LAST_PAGE:
        raise Http404(_("Halaman itu tidak ada."))
    return int(raw)


def printable(raw: str) -> str:
    return "".join(c if c.isprintable() else " " for c in raw)


def shorten(raw: str) -> str:
    """A value from an address, fit to be named in a notice."""
    text = printable(raw)
    return text if len(text) <= 30 else f"{text[:29]}…"
