from directory.models.history import (
    Confirmation,
    ConfirmationReminder,
    SourceRecord,
    Validation,
    Verification,
)
from directory.models.imports import ImportBatch, ImportRow
from directory.models.innovation import InnovationPage
from directory.models.merging import DuplicatePair, DuplicateSearch, Merge
from directory.models.registry import RegistryEntry
from directory.models.review import ValidationTask
from directory.models.rows import Award, FormerName, InnovationTag
from directory.models.tree import DirectoryIndexPage, DirectorySectionPage

__all__ = [
    "Award",
    "Confirmation",
    "ConfirmationReminder",
    "DirectoryIndexPage",
    "DirectorySectionPage",
    "DuplicatePair",
    "DuplicateSearch",
    "FormerName",
    "ImportBatch",
    "ImportRow",
    "InnovationPage",
    "InnovationTag",
    "Merge",
    "RegistryEntry",
    "SourceRecord",
    "Validation",
    "ValidationTask",
    "Verification",
]
