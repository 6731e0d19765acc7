"""Pieces of a profile's view: what a part of the page is made of, and the words for it."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.cards import Mark, status_mark
from directory.choices import EvidenceLevel, OperationalStatus
from directory.derived.confirmation import CONFIRMED_MONTHS, Badge, add_months, badge_for, current_status
from directory.derived.evidence import EvidenceRow, RowState, evidence_rows
from directory.models import InnovationPage
from directory.profile.data import Event, Files
from directory.profile.numbers import bars


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an innovation still runs: the mark, and the reason where it has stopped."""

    mark: Mark
    is_stopped: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page. `gap`: nothing is reported there; `ask_url`: where to ask the owner."""

    name: str
    anchor: str
    title: str
    ask_url: str
    gap: bool = False
    missing: Sequence[str] = ()

    @property
    def template(self) -> str:
        return f"directory/profile/{self.name}.html"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One indicator: its words, its bars (per cent of the longer one, None without numbers), its mark."""

    row: EvidenceRow
    bars: tuple[int, int] | None
    mark: Mark
    document: Any = None

    @property
    def value(self) -> Mapping[str, Any]:
        return self.row.value


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list: what kind, its words, how necessary, where it can be had."""

    kind: str
    title: str
    necessity: str = ""
    is_essential: bool = False
    document: Any = None
    address: str = ""
    note: str = ""


def standing(page: InnovationPage, confirmations: Sequence[Event]) -> Standing:
    """From the source's status and its confirmations, newest first; with the day and who said so.

    A translation lags behind its source, but what has stopped has stopped in every language.
    """
    source = page.source_page
    latest = confirmations[0] if confirmations else None
    date = timezone.localdate(latest.moment) if latest else None
    badge = badge_for(source.operational_status, latest.code if latest else None, date)
    reasons = [
        page.operational_status_reason,
        source.operational_status_reason,
        *(event.detail for event in confirmations),
    ]
    reason = next(filter(None, reasons), "") if badge == Badge.STOPPED else ""
    return Standing(_standing_mark(source, badge, latest, date), badge == Badge.STOPPED, reason)


def _standing_mark(
    page: InnovationPage, badge: Badge, latest: Event | None, date: datetime.date | None
) -> Mark:
    if latest is None or date is None or badge not in (Badge.CONFIRMED, Badge.DUE):
        status = current_status(page.operational_status, latest.code if latest else None)
        return status_mark(status, badge, None)
    if badge == Badge.DUE:
        due = date_format(add_months(date, CONFIRMED_MONTHS), "j F Y")
        return Mark("warn", _("Perlu konfirmasi sejak %(day)s") % {"day": due})
    words = str(OperationalStatus(latest.code).label)
    values = {"status": words, "day": date_format(date, "j F Y"), "post": latest.text or _("pemiliknya")}
    return Mark("good", _("%(status)s · dikonfirmasi %(day)s oleh %(post)s") % values)


def explain_evidence(level: int) -> str:
    """What a level of evidence means, in a sentence."""
    return {
        EvidenceLevel.NONE: _("Belum ada hasil yang dilaporkan."),
        EvidenceLevel.CLAIMED: _(
            "Pemilik menyatakan ada hasil, tetapi belum menyertakan data awal dan sumbernya."
        ),
        EvidenceLevel.MEASURED: _(
            "Ada data sebelum dan sesudah beserta sumbernya, tetapi belum diperiksa validator."
        ),
        EvidenceLevel.VERIFIED: _("Data sebelum dan sesudah sudah diperiksa validator."),
        EvidenceLevel.EVALUATED: _(
            "Hasil diukur pihak luar, dokumennya terlampir dan sudah diperiksa validator."
        ),
        EvidenceLevel.REPRODUCED: _(
            "Sudah diperiksa validator, dan hasil yang sama dilaporkan instansi yang meniru."
        ),
    }[EvidenceLevel(level)]


def evidence(page: InnovationPage, files: Files) -> list[Evidence]:
    """The page's evidence rows with bars, marks and those of their documents that are public."""
    tones = {RowState.VERIFIED: "good", RowState.CLAIMED: "none"}
    return [
        Evidence(
            row,
            bars(row.value.get("baseline"), row.value.get("result"), page.locale.language_code),
            Mark(tones[row.state], str(row.state.label)),
            files.documents.get(getattr(row.value.get("document"), "pk", 0)),
        )
        for row in evidence_rows(page)
    ]


def entries(stream: Any, files: Files, title: str, essential: str) -> list[Entry]:
    """The rows of a stream of one kind of struct block; `essential` is the value of "must be"."""
    fields = next(iter(stream.stream_block.child_blocks.values())).child_blocks
    choices = {name: dict(fields[name].field.choices) for name in ("kind", "necessity") if name in fields}
    return [
        Entry(
            kind=str(choices["kind"].get(value.get("kind"), "")),
            title=value.get(title) or "",
            necessity=str(choices.get("necessity", {}).get(value.get("necessity"), "")),
            is_essential=value.get("necessity") == essential,
            document=files.documents.get(value.get("document")),
            address=_web_address(value.get("address") or ""),
            note=value.get("licence") or str(value.get("year") or ""),
        )
        for value in (row["value"] for row in stream.raw_data)
    ]


def _web_address(address: str) -> str:
    """Only what leads to a web page becomes a link, however it got into the record."""
    return address if address.startswith(("https://", "http://")) else ""
