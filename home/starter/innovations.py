"""The 121 innovations of the project's own file, six of them filled in from what their public sources say."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

import directory
from directory.imports.run import get_adapter, run_import
from directory.imports.types import Action, Severity
from directory.models import FormerName, InnovationPage
from home.starter.content import StarterError, check, read, rows, stream
from home.starter.richtext import to_html
from taxonomy.models import SDG, BeneficiaryGroup, ReformTheme, Sector

FILE = Path(directory.__path__[0]) / "data" / "innovations.csv"
# Field of the page → table its codes are from.
CODED: dict[str, type[Model]] = {
    "sectors": Sector,
    "sdgs": SDG,
    "reform_themes": ReformTheme,
    "beneficiary_groups": BeneficiaryGroup,
}
# Field of the page → the block its rows are.
ROWS = {
    "evidence": "evidence",
    "costs": "cost",
    "prerequisites": "prerequisite",
    "replication_kit": "item",
    "institutionalisation": "item",
    "competition_categories": "category",
}


def digest() -> str:
    """Changes with the file, so that a newer file is imported and the same one is not read again."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:16]


def load() -> str:
    """Imports the file; says how many records came of it. `StarterError` if a row is refused."""
    summary = run_import(get_adapter("general"), FILE, commit=True)
    if summary.counts[Action.REFUSED]:
        errors = [problem.message for problem in summary.problems if problem.severity is Severity.ERROR]
        raise StarterError(
            f"{FILE.name}: {summary.counts[Action.REFUSED]} baris ditolak. {' '.join(errors[:3])}"
        )
    return f"{summary.counts[Action.CREATE]} inovasi baru dari {summary.total} baris"


def page_ids() -> dict[str, int]:
    """Live Indonesian innovations by title."""
    pages = InnovationPage.objects.live().filter(locale__language_code="id")
    return dict(pages.values_list("title", "pk"))


def enrich(path: Path) -> str | None:
    """Fills in one imported innovation from its data file, as one published revision.

    None, and nothing is done, if the record is not there or an editor has worked on it already.
    """
    data = read(path)
    page = InnovationPage.objects.filter(title=data["title"], locale__language_code="id", live=True).first()
    if page is None or page.has_unpublished_changes or page.revisions.count() > 1:
        return None
    fill(page, data)
    page.save_revision(changed=True).publish()
    return page.title


def fill(page: InnovationPage, data: dict[str, Any]) -> None:
    """Puts a data file's values into `page`, unsaved. `ValidationError` names what does not fit."""
    for name, value in data["fields"].items():
        setattr(page, name, value)
    for name, table in CODED.items():
        setattr(page, name, _coded(table, data[name]))
    page.narrative = stream(
        {"type": name, "value": to_html(lines)} for name, lines in data["narrative"].items()
    )
    for name, block_type in ROWS.items():
        setattr(page, name, rows(block_type, data[name]))
    page.former_names = [FormerName(name=name, kind=kind) for name, kind in data["former_names"]]
    page.tags.set(data["tags"])
    page.full_clean(exclude=["path", "depth"])
    check(page)


def _coded(table: type[Model], codes: list[str]) -> list[Model]:
    found = {row.code: row for row in table._default_manager.filter(code__in=codes)}  # type: ignore[attr-defined]
    missing = [code for code in codes if code not in found]
    if missing:
        raise ValidationError(f"{table._meta.verbose_name}: kode tidak ada: {', '.join(missing)}")
    return [found[code] for code in codes]
