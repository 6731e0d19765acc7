"""An innovation in a list, from the data of its search document."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cms.untranslated import only_in
from directory.choices import CostBand, EvidenceLevel, OperationalStatus
from directory.derived.confirmation import CONFIRMED_MONTHS, Badge, add_months, badge_for
from directory.search_document import SOURCE
from search.models import SearchDocument
from search.types import Hit

SUMMARY_LENGTH = 220


@dataclass(frozen=True, slots=True)
class Mark:
    """A status: `tone` is the badge's colour and shape, `label` its words."""

    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of an innovation. `language` is set where it differs from the reader's."""

    title: str
    url: str
    meta: str
    text: SafeString
    marks: tuple[Mark, ...]
    facts: tuple[dict[str, Any], ...]
    language: str


def card(data: Mapping[str, Any], hit: Hit | None = None, language: str | None = None) -> Card:
    """The card of a search document's `data`; with `hit`, its snippet shows the match."""
    language = language or get_language() or "id"
    titles: Mapping[str, str] = data.get("title", {})
    own = hit.language if hit and hit.language in titles else _first(titles, language)
    text = mark_safe(hit.snippet) if hit and hit.snippet else _text(data, own)  # noqa: S308
    return Card(
        title=titles.get(own, ""),
        url=data.get("url", {}).get(language, ""),
        meta=_meta(data, language),
        text=text,
        marks=(*marks(data), *([Mark("none", only_in(own))] if own != language else [])),
        facts=(
            cost_fact(data.get("cost_band", "")),
            evidence_fact(data.get("evidence", 0)),
            replication_fact(data.get("replications", 0), data.get("replications_running", 0)),
        ),
        language=own if own != language else "",
    )


def cost_fact(band: str) -> dict[str, Any]:
    words = _("%(band)s di tahun pertama") % {"band": CostBand(band).label} if band else ""
    return {"label": _("Biaya"), "value": words}


def evidence_fact(level: int) -> dict[str, Any]:
    return {"label": _("Bukti"), "value": str(EvidenceLevel(level).label), "level": level}


def replication_fact(total: int, running: int) -> dict[str, Any]:
    if not total:
        return {"label": _("Direplikasi"), "value": _("Belum tercatat")}
    times = ngettext("%(n)d kali", "%(n)d kali", total) % {"n": total}
    words = _("%(times)s, %(running)d berjalan") % {"times": times, "running": running}
    return {"label": _("Direplikasi"), "value": words}


def marks(data: Mapping[str, Any]) -> tuple[Mark, ...]:
    """Does it still run, and has anybody checked the record?"""
    confirmed_on = parse_date(data.get("confirmed_at") or "")
    status = data.get("status", OperationalStatus.UNKNOWN)
    badge = badge_for(status, data.get("confirmed_status") or None, confirmed_on)
    found = [status_mark(status, badge, confirmed_on)]
    if not data.get("validated"):
        found.append(Mark("none", _("Belum divalidasi")))
    return tuple(found)


def status_mark(status: str, badge: str, confirmed_on: datetime.date | None) -> Mark:
    """Whether the innovation still runs, in the words of a clerk."""
    if badge == Badge.STOPPED:
        return Mark("bad", _("Sudah berhenti"))
    known = status != OperationalStatus.UNKNOWN
    words = str(OperationalStatus(status).label) if known else _("Masih berjalan")
    if badge == Badge.CONFIRMED and confirmed_on:
        month = date_format(confirmed_on, "F Y")
        return Mark("good", _("%(status)s, dikonfirmasi %(month)s") % {"status": words, "month": month})
    if badge == Badge.DUE and confirmed_on:
        month = date_format(add_months(confirmed_on, CONFIRMED_MONTHS), "F Y")
        return Mark("warn", _("Perlu konfirmasi sejak %(month)s") % {"month": month})
    if known:
        return Mark("none", _("%(status)s menurut catatan, belum dikonfirmasi") % {"status": words})
    return Mark("none", _("Belum diketahui apakah masih berjalan"))


def _first(texts: Mapping[str, str], language: str) -> str:
    return next((name for name in (language, "id", *texts) if name in texts), language)


def _text(data: Mapping[str, Any], language: str) -> SafeString:
    for field in ("summary", "problem", "result"):
        if text := data.get(field, {}).get(language):
            return escape(Truncator(text).chars(SUMMARY_LENGTH))
    return mark_safe("")


def _meta(data: Mapping[str, Any], language: str) -> str:
    institution, place = (_in(data.get(name, {}), language) for name in ("institution", "where"))
    awards = data.get("awards") or []
    parts = [institution or _("Pemilik belum dikenali"), place, str(data.get("year") or "")]
    if awards:
        more = len(awards) - 1
        rest = ngettext(" dan %(n)d penghargaan lain", " dan %(n)d penghargaan lain", more) % {"n": more}
        parts.append(awards[0] + (rest if more else ""))
    return " · ".join(part for part in parts if part)


def _in(names: Mapping[str, str], language: str) -> str:
    return names.get(language) or names.get("id", "")


def cards_of(keys: Iterable[uuid.UUID]) -> list[Card]:
    """The cards of these records (translation keys) in this order, those not public left out; one query."""
    wanted = [SOURCE.key_of(key) for key in keys]
    documents = SearchDocument.objects.filter(key__in=wanted, visible=True)
    found = dict(documents.values_list("key", "data"))
    return [card(found[key]) for key in wanted if key in found]
