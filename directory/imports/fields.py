"""The profile's fields an import may write.

A plan compares their values, and `SourceRecord.applied` keeps them. A step that imports more fields adds
them here; planning and applying know no field by name.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.blocks.narrative import NARRATIVE_SECTIONS
from directory.choices import OperationalStatus
from directory.imports.field_kinds import (
    Awards,
    CompetitionCategories,
    Date,
    Field,
    FormerNames,
    Reference,
    ReferenceList,
    Rows,
    Scalar,
    Section,
    Tags,
)
from institutions.models import Institution
from taxonomy.models import SDG, BeneficiaryGroup, ReformTheme, Region, Sector

FIELDS: dict[str, Field] = {
    "title": Scalar("title", _("Judul")),
    "former_names": FormerNames(_("Nama lain")),
    "summary": Scalar("summary", _("Ringkasan")),
    "problem": Scalar("problem", _("Masalah")),
    "result": Scalar("result", _("Yang berubah")),
    "web_address": Scalar("web_address", _("Alamat web")),
    "video_url": Scalar("video_url", _("Video")),
    "institution": Reference("institution", _("Instansi"), Institution),
    "institution_text": Scalar("institution_text", _("Instansi menurut sumber")),
    "service_unit": Scalar("service_unit", _("Unit pelayanan")),
    "region": Reference("region", _("Wilayah"), Region),
    "initiator": Scalar("initiator", _("Penggagas")),
    "partners": Scalar("partners", _("Mitra")),
    "contact_post": Scalar("contact_post", _("Jabatan narahubung")),
    "contact_email": Scalar("contact_email", _("Surel kantor")),
    "sectors": ReferenceList("sectors", _("Sektor"), Sector),
    "sdgs": ReferenceList("sdgs", _("TPB/SDGs"), SDG),
    "reform_themes": ReferenceList("reform_themes", _("Tema RB"), ReformTheme),
    "beneficiary_groups": ReferenceList("beneficiary_groups", _("Penerima manfaat"), BeneficiaryGroup),
    "plan_priorities": Rows(
        "plan_priorities", _("Prioritas pembangunan"), "priority", ("level", "statement")
    ),
    "competition_categories": CompetitionCategories(_("Kategori kompetisi")),
    "kind": Scalar("kind", _("Jenis")),
    "form": Scalar("form", _("Bentuk")),
    "tags": Tags(_("Tag")),
    "awards": Awards(_("Penghargaan")),
    "year": Scalar("year", _("Tahun"), empty=None),
    "trial_date": Date("trial_date", _("Mulai uji coba")),
    "implementation_date": Date("implementation_date", _("Mulai diterapkan")),
    "stage": Scalar("stage", _("Tahapan")),
    "development_phase": Scalar("development_phase", _("Fase pembinaan")),
    "operational_status": Scalar(
        "operational_status", _("Status keberlanjutan"), empty=OperationalStatus.UNKNOWN.value
    ),
    "operational_status_reason": Scalar("operational_status_reason", _("Alasan status")),
    **{f"narrative.{name}": Section(name, label) for name, label in NARRATIVE_SECTIONS.items()},
    "evidence": Rows(
        "evidence",
        _("Bukti"),
        "evidence",
        ("indicator", "baseline", "result", "unit", "period", "method", "source", "evaluator"),
    ),
    "costs": Rows("costs", _("Biaya"), "cost", ("item", "amount", "frequency")),
    "staff_needed": Scalar("staff_needed", _("Tenaga yang dibutuhkan")),
    "months_to_ready": Scalar("months_to_ready", _("Waktu siap (bulan)"), empty=None),
    "prerequisites": Rows(
        "prerequisites", _("Prasyarat"), "prerequisite", ("kind", "statement", "necessity")
    ),
    "replication_kit": Rows(
        "replication_kit",
        _("Perangkat replikasi"),
        "item",
        ("kind", "title", "address", "licence", "necessity"),
    ),
    "institutionalisation": Rows(
        "institutionalisation", _("Bukti pelembagaan"), "item", ("kind", "title", "year")
    ),
}
# What planning a page has to read besides its own row.
SELECTED = ("institution", "region", "locale")
PREFETCHED = (
    "sectors", "sdgs", "reform_themes", "beneficiary_groups", "awards__programme", "former_names",
    "tagged_items__tag",
)  # fmt: skip


def same(left: Any, right: Any) -> bool:
    """Whether two field values are equal, a list being equal to the same tuple."""
    return _plain(left) == _plain(right)


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
