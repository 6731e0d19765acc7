from directory.blocks.narrative import NARRATIVE_SECTIONS, NarrativeBlock
from directory.blocks.profile import (
    CompetitionCategoryBlock,
    CostItemBlock,
    EvidenceBlock,
    InstitutionalisationBlock,
    KitItemBlock,
    PlanPriorityBlock,
    PrerequisiteBlock,
)
from directory.blocks.related import RelatedInnovationsBlock

__all__ = [
    "NARRATIVE_SECTIONS",
    "CompetitionCategoryBlock",
    "CostItemBlock",
    "EvidenceBlock",
    "InstitutionalisationBlock",
    "KitItemBlock",
    "NarrativeBlock",
    "PlanPriorityBlock",
    "PrerequisiteBlock",
    "RelatedInnovationsBlock",
]
