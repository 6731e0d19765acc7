"""What one record takes over from another: nothing of its own is overwritten, nothing is written here."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks

from directory.blocks.narrative import NARRATIVE_SECTIONS, has_text
from directory.choices import OperationalStatus
from directory.imports.field_kinds import Date, Reference, Scalar
from directory.imports.fields import FIELDS, same
from directory.imports.text import as_text
from directory.imports.types import Change
from directory.models import Award, FormerName, InnovationPage

# Filled where empty: what imports know, and what only editors write. Of a group all or nothing, or a post
# of one office would stand beside the mailbox of another.
TOGETHER = (("contact_post", "contact_email"), ("operational_status", "operational_status_reason"))
SINGLY = [name for name, one in FIELDS.items() if isinstance(one, Scalar | Reference | Date)]
FILLED = (
    *TOGETHER,
    *((name,) for name in SINGLY if name not in {name for group in TOGETHER for name in group}),
    *(("lead_image",), ("seo_title",), ("search_description",)),
)
UNITED = ("sectors", "sdgs", "reform_themes", "beneficiary_groups")
APPENDED = (
    *("competition_categories", "plan_priorities", "evidence", "prerequisites", "replication_kit"),
    *("institutionalisation", "documents", "gallery"),
)
# Lists that belong to all sources once two have brought something: added to, replaced by none.
SHARED = ("awards", "sectors", "sdgs", "competition_categories")


@dataclass(slots=True)
class Combination:
    """What was taken over, for people; and what each side's sources rule no longer, for the next import.

    `evidence`: a row's block id in the other record → the id it has now.
    """

    changes: list[Change] = field(default_factory=list)
    kept_yields: set[str] = field(default_factory=set)
    other_yields: set[str] = field(default_factory=set)
    evidence: dict[str, str] = field(default_factory=dict)


def combine(content: InnovationPage, other: InnovationPage) -> Combination:
    """Puts into `content` what `other` says beyond it. Saves nothing."""
    before = {name: known.get(content) for name, known in FIELDS.items()}
    theirs = {name: known.get(other) for name, known in FIELDS.items()}
    found = Combination()
    for group in FILLED:
        _fill(content, other, group, found)
    for name in UNITED:
        _unite(content, other, name, found)
    _add_awards(content, other, found)
    _add_names(content, other, found)
    _add_tags(content, other, found)
    _tell(content, other, found)
    for name in APPENDED:
        ids = _append(content, other, name, found)
        if name == "evidence":
            found.evidence = ids
    if not content.costs.raw_data and other.costs.raw_data:
        _append(content, other, "costs", found)
    _rule(before, theirs, {name: known.get(content) for name, known in FIELDS.items()}, found)
    return found


def label(name: str) -> str:
    """A field of a change in words."""
    if name in FIELDS:
        return str(FIELDS[name].label)
    if name == "former_names":
        return _("Nama lain")
    return capfirst(str(InnovationPage._meta.get_field(name).verbose_name))


def _is_empty(page: InnovationPage, name: str) -> bool:
    value = getattr(page, name)
    return value in (None, "") or (name == "operational_status" and value == OperationalStatus.UNKNOWN)


def _fill(content: InnovationPage, other: InnovationPage, group: Sequence[str], found: Combination) -> None:
    if not all(_is_empty(content, name) for name in group):
        return
    for name in group:
        if not _is_empty(other, name):
            found.changes.append(Change(name, "", _said(other, name)))
            setattr(content, name, getattr(other, name))


def _said(page: InnovationPage, name: str) -> str:
    choice = getattr(page, f"get_{name}_display", None)
    return str(choice()) if choice else str(getattr(page, name))


def _unite(content: InnovationPage, other: InnovationPage, name: str, found: Combination) -> None:
    own = list(getattr(content, name).all())
    new = [row for row in getattr(other, name).all() if row not in own]
    if new:
        setattr(content, name, [*own, *new])
        found.changes.append(Change(name, _listed(own), _listed(new)))


def _listed(rows: Iterable[Any]) -> str:
    return "; ".join(str(row) for row in rows)


def _add_awards(content: InnovationPage, other: InnovationPage, found: Combination) -> None:
    own = list(content.awards.all())
    known = {_award_key(award) for award in own}
    new = [
        Award(programme=award.programme, year=award.year, rank=award.rank)
        for award in other.awards.all()
        if _award_key(award) not in known
    ]
    if new:
        content.awards = _numbered([*own, *new])
        found.changes.append(Change("awards", _listed(own), _listed(new)))


def _award_key(award: Award) -> tuple[Any, ...]:
    return award.programme_id, award.year, " ".join(award.rank.casefold().split())


def _numbered(rows: list[Any]) -> list[Any]:
    for position, row in enumerate(rows):
        row.sort_order = position
    return rows


def _add_names(content: InnovationPage, other: InnovationPage, found: Combination) -> None:
    own = list(content.former_names.all())
    known = {content.title.casefold(), *(former.name.casefold() for former in own)}
    new = []
    for former in (FormerName(name=other.title), *other.former_names.all()):
        if former.name.casefold() not in known:
            known.add(former.name.casefold())
            new.append(FormerName(name=former.name, kind=former.kind))
    if new:
        content.former_names = _numbered([*own, *new])
        names = [former.name for former in own], [former.name for former in new]
        found.changes.append(Change("former_names", *map(_listed, names)))


def _add_tags(content: InnovationPage, other: InnovationPage, found: Combination) -> None:
    own = sorted(tag.name for tag in content.tags.all())
    if new := sorted({tag.name for tag in other.tags.all()} - set(own)):
        content.tags.add(*new)
        found.changes.append(Change("tags", _listed(own), _listed(new)))


def _tell(content: InnovationPage, other: InnovationPage, found: Combination) -> None:
    """Sections of the narrative that are empty here, with their markup."""
    own = {row["type"]: row for row in content.narrative.raw_data if has_text(row["value"])}
    ids = {row.get("id") for row in own.values()}
    new = [row for row in other.narrative.raw_data if row["type"] not in own and has_text(row["value"])]
    if not new:
        return
    for row in new:
        own[row["type"]] = {**row, "id": _free(row.get("id"), ids)}
        name = f"narrative.{row['type']}"
        found.changes.append(Change(name, "", FIELDS[name].get(other)))
    content.narrative = [own[name] for name in NARRATIVE_SECTIONS if name in own]


def _append(content: InnovationPage, other: InnovationPage, name: str, found: Combination) -> dict[str, str]:
    """Rows that say something else than those here. Every row's id there → its id here."""
    rows = [{**row, "id": row.get("id") or str(uuid.uuid4())} for row in getattr(content, name).raw_data]
    own = {_words(row): row["id"] for row in rows}
    taken = {row["id"] for row in rows}
    ids, new = {}, []
    for row, child in zip(getattr(other, name).raw_data, getattr(other, name), strict=True):
        words = _words(row)
        if words not in own:
            own[words] = _free(row.get("id"), taken)
            new.append({**row, "id": own[words]})
            found.changes.append(Change(name, "", _in_words(child.value)))
        if row.get("id"):
            ids[row["id"]] = own[words]
    if new:
        setattr(content, name, [*rows, *new])
    return ids


def _words(row: dict[str, Any]) -> str:
    value = row["value"]
    if isinstance(value, dict):
        value = {name: part for name, part in value.items() if part not in (None, "", [])}
    return json.dumps([row["type"], value], sort_keys=True)


def _free(wanted: str | None, taken: set[Any]) -> str:
    """The id a row came with, unless another row has it here."""
    free = wanted if wanted and wanted not in taken else str(uuid.uuid4())
    taken.add(free)
    return free


def _in_words(value: blocks.StructValue) -> str:
    parts = (_part(value.block.child_blocks[name], part) for name, part in value.items())
    return " · ".join(part for part in parts if part)


def _part(block: Any, part: Any) -> str:
    choices = dict(block.field.choices) if isinstance(block, blocks.ChoiceBlock) else {}
    return str(choices.get(part) or as_text(part))


def _rule(before: dict[str, Any], theirs: dict[str, Any], after: dict[str, Any], found: Combination) -> None:
    """Each side's sources rule on what they alone brought; of what both say, those of the kept record."""
    for name, known in FIELDS.items():
        if name in SHARED and not any(same(said[name], known.empty) for said in (before, theirs)):
            found.kept_yields.add(name)
            found.other_yields.add(name)
        elif same(after[name], before[name]):
            found.other_yields.add(name)
        else:
            found.kept_yields.add(name)
