"""Which fields of a profile are translated, and which follow the source language."""

from typing import TYPE_CHECKING

from cms.translation.decisions import decide

if TYPE_CHECKING:
    from directory.models.innovation import InnovationPage

TRANSLATED = [
    *("summary", "problem", "result"),
    *("service_unit", "partners", "contact_post", "operational_status_reason", "staff_needed"),
    *("narrative", "evidence", "costs", "prerequisites", "replication_kit", "institutionalisation"),
    *("plan_priorities", "competition_categories", "gallery", "documents"),
]
SYNCHRONISED_MANY = ["sectors", "sdgs", "reform_themes", "beneficiary_groups"]
SYNCHRONISED = [
    *SYNCHRONISED_MANY,
    *("institution", "region", "initiator", "contact_email", "web_address", "video_url", "lead_image"),
    *("kind", "form", "tags", "year", "trial_date", "implementation_date", "stage", "development_phase"),
    *("operational_status", "months_to_ready", "former_names", "awards"),
]

TRANSLATION_FIELDS = decide(TRANSLATED, SYNCHRONISED)


def follow_source(page: "InnovationPage") -> None:
    """Gives a translation the classification of its source; does nothing to a source.

    wagtail-localize copies many-to-many fields too, but never an emptied one.
    """
    source = page.source_page
    if source.pk != page.pk:
        for name in SYNCHRONISED_MANY:
            setattr(page, name, list(getattr(source, name).all()))
