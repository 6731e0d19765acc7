"""Two records side by side: what each says, which is kept, and what that one would take over."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from directory.imports.fields import FIELDS, same
from directory.imports.pages import editable_content
from directory.imports.text import as_text
from directory.merging.content import APPENDED, combine, label
from directory.merging.finding import pair_key
from directory.merging.merge import why_not
from directory.models import DuplicatePair, InnovationPage, Merge

LONGEST = 400
# Beyond the fields an import knows.
FILES = [name for name in APPENDED if name not in FIELDS]
HISTORY: dict[str, Callable[[], str]] = {
    "source_records": lambda: _("Sumber"),
    "validations": lambda: _("Validasi"),
    "verifications": lambda: _("Verifikasi"),
    "confirmations": lambda: _("Konfirmasi"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both: `differs` where both say something, and not the same."""

    label: str
    left: str
    right: str
    differs: bool


class Pair:
    """The record that is kept and the other, as the address has them."""

    def __init__(self, kept: InnovationPage, other: InnovationPage) -> None:
        self.kept, self.other = kept, other

    @cached_property
    def found(self) -> DuplicatePair | None:
        """The pair as the search or a person has written it down, if either has."""
        one, other = pair_key(self.kept.pk, self.other.pk)
        return DuplicatePair.objects.filter(one=one, other=other).select_related("decided_by").first()

    @cached_property
    def reason(self) -> str:
        """Why they cannot be merged this way round, "" if they can."""
        return why_not(self.kept, self.other)

    @cached_property
    def lines(self) -> list[Line]:
        both = zip(_said(editable_content(self.kept)), _said(editable_content(self.other)), strict=True)
        lines = [_line(name, left, right) for (name, left), (_same, right) in both]
        lines += [
            _line(word(), _history(self.kept, name), _history(self.other, name))
            for name, word in HISTORY.items()
        ]
        return [line for line in lines if line.left != "–" or line.right != "–"]

    @cached_property
    def added(self) -> list[tuple[str, str]]:
        """What the kept one would take over."""
        changes = combine(editable_content(self.kept), editable_content(self.other)).changes
        return [(label(change.field), _short(change.new)) for change in changes]


def last_content(merge: Merge) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the record that is gone said, by language."""
    return [(language, _kept(content)) for language, content in merge.content.items()]


def _kept(content: dict[str, Any]) -> list[tuple[str, str]]:
    page = InnovationPage.from_serializable_data(content)
    # What it pointed at may be gone, too: then as it is stored.
    said = _said(page) if page else list(content.items())
    return [(name, as_text(value)) for name, value in said if as_text(value)]


def default_order(one: InnovationPage, other: InnovationPage) -> tuple[InnovationPage, InnovationPage]:
    """Who is kept unless a person says otherwise: the live one, the more complete one, the older one."""
    ranked = sorted((one, other), key=lambda page: (not page.live, -page.completeness, page.registry_number))
    return ranked[0], ranked[1]


def _said(page: InnovationPage) -> list[tuple[str, str]]:
    """Every field with what it says, in words."""
    return [
        *((str(known.label), _field(page, name)) for name, known in FIELDS.items()),
        *((label(name), _files(page, name)) for name in FILES),
    ]


def _line(name: str, left: Any, right: Any) -> Line:
    shown = _short(left), _short(right)
    return Line(name, *shown, differs="–" not in shown and not same(left, right))


def _short(value: Any) -> str:
    text = as_text(value)
    return f"{text[:LONGEST]}…" if len(text) > LONGEST else text or "–"


def _field(page: InnovationPage, name: str) -> str:
    if name.startswith("narrative.") or hasattr(getattr(page, name), "raw_data"):
        return as_text(FIELDS[name].get(page))
    return _many(page, name) if hasattr(getattr(page, name), "all") else _value(page, name)


def _value(page: InnovationPage, name: str) -> str:
    choice = getattr(page, f"get_{name}_display", None)
    return str(choice()) if choice else as_text(getattr(page, name))


def _many(page: InnovationPage, name: str) -> str:
    rows = getattr(page, name).all()
    return "; ".join(sorted(getattr(row, "name", "") or str(row) for row in rows))


def _files(page: InnovationPage, name: str) -> str:
    values = [child.value for child in getattr(page, name)]
    return "; ".join(as_text(next(iter(value.values()), "")) if value else "" for value in values)


def _history(page: InnovationPage, name: str) -> str:
    if name == "source_records":
        return "; ".join(str(row) for row in page.source_records.all())
    count = getattr(page, name).count()
    return str(count) if count else ""
