"""How far a result is shown: the evidence level and the state of each evidence row.

The rule (docs/domain.md): "0 none · 1 outcome claimed · 2 outcome with baseline and source · 3 verified by
a validator · 4 external evaluation, document attached · 5 outcome also reported by a replicator. 3 needs 2;
4 and 5 need 3. Awards stand beside the level and never raise it." A verification is "valid only
while the hash matches: editing makes the claim unverified again, restoring a revision forges nothing, nobody
can type it".
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.choices import EvidenceLevel

if TYPE_CHECKING:
    from directory.models.history import Verification
    from directory.models.innovation import InnovationPage


class RowState(models.TextChoices):
    CLAIMED = "claimed", _("Belum diverifikasi")
    VERIFIED = "verified", _("Diverifikasi")


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row as readers see it. `verification` is the one that still holds, or None."""

    block_id: str
    value: Mapping[str, Any]
    level: EvidenceLevel
    verification: "Verification | None"

    @property
    def state(self) -> RowState:
        return RowState.VERIFIED if self.verification else RowState.CLAIMED


def content_hash(block_value: Mapping[str, Any]) -> str:
    """The SHA-256 of what an evidence row says, as 64 hexadecimal digits.

    A supporting document counts with its content, so that replacing the file behind a verified row is an edit
    too. Empty fields count as absent: a field added to the block later leaves old verifications valid.
    """
    said = {name: _hashable(value) for name, value in block_value.items() if value not in (None, "")}
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _hashable(value: Any) -> Any:
    if isinstance(value, models.Model):
        return [value.pk, _file_hash(value)]
    return value


def _file_hash(document: Any) -> str:
    try:
        return document.get_file_hash()
    except OSError:  # the file is gone from the storage
        return ""


def evidence_rows(page: "InnovationPage") -> list[EvidenceRow]:
    """The page's evidence rows in their order, each with its level and the verification that still holds.

    Verifications hang on the source-language page: a translated row is as verified as the row it translates.
    One query (none for a page not saved yet, or with `verifications` prefetched).
    """
    source = page.source_page
    verifications = list(source.verifications.all()) if source.pk else []
    rows = {child.id: child.value for child in source.evidence} if source.pk != page.pk else {}
    return [
        _row(child.id or "", child.value, rows.get(child.id, child.value), verifications)
        for child in page.evidence
    ]


def _row(
    block_id: str,
    value: Mapping[str, Any],
    source_value: Mapping[str, Any],
    verifications: "list[Verification]",
) -> EvidenceRow:
    candidates = [found for found in verifications if found.block_id == block_id]
    # Hashing may read a document's file: only for rows somebody has verified.
    said = content_hash(source_value) if candidates else ""
    verification = next((found for found in candidates if found.content_hash == said), None)
    return EvidenceRow(block_id, value, _row_level(source_value, verification is not None), verification)


def _row_level(value: Mapping[str, Any], verified: bool) -> EvidenceLevel:
    """What this row alone shows: each step needs the one before it."""
    if not all(_filled(value.get(name)) for name in ("result", "baseline", "source")):
        return EvidenceLevel.CLAIMED
    if not verified:
        return EvidenceLevel.MEASURED
    if value.get("evaluator") == "external" and value.get("document"):
        return EvidenceLevel.EVALUATED
    return EvidenceLevel.VERIFIED


def _filled(value: Any) -> bool:
    return bool(str(value or "").strip())


def evidence_level(page: "InnovationPage", replicated: bool = False) -> EvidenceLevel:
    """The record's level, from its source page's best row; translations show the same.

    `replicated`: a replicator has reported the outcome too. Level 4 asks that the external evaluation itself
    was verified: otherwise the owner could type it.
    """
    source = page.source_page
    level = max((row.level for row in evidence_rows(source)), default=EvidenceLevel.NONE)
    if level is EvidenceLevel.NONE and _filled(source.result):
        level = EvidenceLevel.CLAIMED
    if replicated and level >= EvidenceLevel.VERIFIED:
        level = EvidenceLevel.REPRODUCED
    return level


# Apps above register here whether someone else reports the same outcome (`AppConfig.ready`).
_reproduction_checks: list[Callable[["InnovationPage"], bool]] = []


def register_reproduction_check(check: Callable[["InnovationPage"], bool]) -> None:
    """`check(source_page)` says whether a replicator has reported the outcome as well."""
    if check not in _reproduction_checks:
        _reproduction_checks.append(check)


def is_reproduced(
    page: "InnovationPage", checks: Iterable[Callable[["InnovationPage"], bool]] | None = None
) -> bool:
    source = page.source_page
    if not source.pk:
        return False
    return any(check(source) for check in (_reproduction_checks if checks is None else checks))
