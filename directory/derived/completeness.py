"""How complete a profile is, and what is still missing. Derived, never typed in (docs/domain.md).

`ITEMS` is the one list of what counts: the form's side list, the demands on submission, the percentage and
the reader's page all read it. Weights say what a reader gains, not how hard a field is to fill.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.blocks.narrative import NARRATIVE_SECTIONS, has_text
from directory.choices import OperationalStatus

if TYPE_CHECKING:
    from directory.models.innovation import InnovationPage


class Tab(models.TextChoices):
    """The tabs of the editing form; the values are used in addresses."""

    OUTCOME = "masalah-hasil", _("Masalah & hasil")
    METHOD = "cara-kerja", _("Cara kerja")
    COST = "biaya-syarat", _("Biaya & syarat")
    EVIDENCE = "bukti", _("Bukti")
    FILES = "berkas", _("Berkas")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a complete profile tells. `field` is the form field, or `narrative-<section>`."""

    field: str
    label: Any
    tab: Tab
    weight: int
    is_filled: Callable[["InnovationPage"], bool]
    required: bool = False
    draft: bool = False
    # What to do about it, as a demand: said when submission is refused.
    demand: Any = ""


@dataclass(frozen=True, slots=True)
class Missing:
    field: str
    label: str
    tab: Tab
    weight: int
    required_for_submission: bool

    @property
    def anchor(self) -> str:
        """The address of the tab in the editing form; scripts go on to the field."""
        return f"#tab-{self.tab.value}"


@dataclass(frozen=True, slots=True)
class Completeness:
    """`percent` is 0–100; `missing` is in the order of the form."""

    percent: int
    missing: list[Missing]

    @property
    def missing_for_submission(self) -> list[Missing]:
        return [entry for entry in self.missing if entry.required_for_submission]


def _text(name: str) -> Callable[["InnovationPage"], bool]:
    return lambda page: has_text(getattr(page, name))


def _status_is_known(page: "InnovationPage") -> bool:
    return page.operational_status not in ("", OperationalStatus.UNKNOWN)


def _many(name: str) -> Callable[["InnovationPage"], bool]:
    return lambda page: len(getattr(page, name).all()) > 0


def _rows(name: str) -> Callable[["InnovationPage"], bool]:
    return lambda page: len(getattr(page, name)) > 0


def _section(name: str) -> Callable[["InnovationPage"], bool]:
    return lambda page: any(block.block_type == name and has_text(block.value) for block in page.narrative)


def _narrative(name: str, weight: int, required: bool = False, demand: Any = "") -> Item:
    label = NARRATIVE_SECTIONS[name]
    return Item(
        f"narrative-{name}", label, Tab.METHOD, weight, _section(name), required=required, demand=demand
    )


# In the order of the form. Draft: what a first save needs. Required: what submission needs, eight in all.
ITEMS: tuple[Item, ...] = (
    Item(
        "title",
        _("Judul"),
        Tab.OUTCOME,
        6,
        _text("title"),
        required=True,
        draft=True,
        demand=_("Tulis nama inovasi seperti yang dikenal orang."),
    ),
    Item(
        "institution",
        _("Instansi pemilik"),
        Tab.OUTCOME,
        6,
        lambda page: page.institution_id is not None,
        required=True,
        draft=True,
        demand=_("Pilih instansi yang memiliki inovasi ini."),
    ),
    Item(
        "problem",
        _("Masalah"),
        Tab.OUTCOME,
        8,
        _text("problem"),
        required=True,
        draft=True,
        demand=_("Tulis dalam dua atau tiga kalimat masalah siapa yang dijawab, dengan angka bila ada."),
    ),
    Item(
        "result",
        _("Yang berubah"),
        Tab.OUTCOME,
        8,
        _text("result"),
        required=True,
        draft=True,
        demand=_("Tulis dalam dua atau tiga kalimat apa yang berubah bagi warga, dengan angka bila ada."),
    ),
    Item(
        "summary",
        _("Ringkasan"),
        Tab.OUTCOME,
        6,
        _text("summary"),
        required=True,
        demand=_("Tulis dalam beberapa kalimat apa yang dilakukan, untuk siapa, dan hasilnya."),
    ),
    Item("region", _("Wilayah"), Tab.OUTCOME, 3, lambda page: page.region_id is not None),
    Item(
        "sectors",
        _("Sektor"),
        Tab.OUTCOME,
        4,
        _many("sectors"),
        required=True,
        demand=_("Centang paling sedikit satu bidang pelayanan."),
    ),
    Item("sdgs", _("TPB/SDGs"), Tab.OUTCOME, 2, _many("sdgs")),
    Item("beneficiary_groups", _("Penerima manfaat"), Tab.OUTCOME, 2, _many("beneficiary_groups")),
    Item("contact_post", _("Jabatan narahubung"), Tab.OUTCOME, 1, _text("contact_post")),
    Item(
        "contact_email",
        _("Surel kantor"),
        Tab.OUTCOME,
        5,
        _text("contact_email"),
        required=True,
        demand=_("Tulis alamat surel kantor, agar peniru dapat bertanya."),
    ),
    _narrative("background", 2),
    _narrative("novelty", 2),
    _narrative(
        "how_it_works",
        6,
        required=True,
        demand=_("Ceritakan langkah demi langkah siapa melakukan apa."),
    ),
    _narrative("significance", 2),
    _narrative("adaptability", 2),
    _narrative("resources", 2),
    _narrative("sustainability", 2),
    _narrative("challenges", 3),
    _narrative("conditions", 2),
    _narrative("lessons", 3),
    Item("kind", _("Jenis"), Tab.METHOD, 1, _text("kind")),
    Item("implementation_date", _("Mulai diterapkan"), Tab.METHOD, 1, _text("implementation_date")),
    Item(
        "operational_status",
        _("Status keberlanjutan"),
        Tab.METHOD,
        3,
        _status_is_known,
    ),
    Item("costs", _("Biaya"), Tab.COST, 5, _rows("costs")),
    Item("staff_needed", _("Tenaga yang dibutuhkan"), Tab.COST, 2, _text("staff_needed")),
    Item("months_to_ready", _("Waktu siap (bulan)"), Tab.COST, 2, _text("months_to_ready")),
    Item("prerequisites", _("Prasyarat"), Tab.COST, 4, _rows("prerequisites")),
    Item("evidence", _("Bukti"), Tab.EVIDENCE, 6, _rows("evidence")),
    Item("institutionalisation", _("Bukti pelembagaan"), Tab.EVIDENCE, 2, _rows("institutionalisation")),
    Item("replication_kit", _("Perangkat replikasi"), Tab.FILES, 4, _rows("replication_kit")),
    Item("lead_image", _("Gambar utama"), Tab.FILES, 1, lambda page: page.lead_image_id is not None),
)
DRAFT_FIELDS = tuple(item.field for item in ITEMS if item.draft)
SUBMISSION_FIELDS = tuple(item.field for item in ITEMS if item.required)


def completeness(page: "InnovationPage") -> Completeness:
    """What the page tells of what it should, in per cent, and what it leaves open.

    Up to three queries for the many-to-many fields of a page read from the database; none for a page that
    comes from a form or a revision.
    """
    missing = []
    reached = 0
    for item in ITEMS:
        if item.is_filled(page):
            reached += item.weight
        else:
            missing.append(Missing(item.field, str(item.label), item.tab, item.weight, item.required))
    total = sum(item.weight for item in ITEMS)
    return Completeness(percent=reached * 100 // total, missing=missing)
