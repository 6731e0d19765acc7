"""The filters of the directory: their order, their names, and the words for their values."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import CharField, Value
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directory import choices
from institutions.models import InstitutionKind
from search.types import FacetCount
from taxonomy.models import SDG, AwardProgramme, IslandGroup, PopulationBand, ReformTheme, Region, Sector

# Values shown before "tampilkan semua"; and how many a list may hold at all, so that a page stays light.
FOLD_AFTER = 6
LONGEST = 60
LABELS_KEY = "directory.facet-labels"
LABELS_SECONDS = 300

_TABLES = {"region": Region, "sector": Sector, "sdg": SDG, "theme": ReformTheme, "award": AwardProgramme}
Labels = Mapping[str, Mapping[str, tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter. `table` names its reference table, `choices` a fixed vocabulary, neither: plain years.

    `by_count` puts the most frequent value first; otherwise the vocabulary's own order holds
    (`descending` turns it round).
    """

    name: str
    label: Any
    table: str = ""
    choices: Any = None
    by_count: bool = False
    descending: bool = False
    is_open: bool = False


# In the order of the page. The names are those of the documents' facets and of the addresses.
FACETS: tuple[Facet, ...] = (
    Facet("sector", _("Sektor"), table="sector", by_count=True, is_open=True),
    Facet("province", _("Provinsi"), table="region", by_count=True, is_open=True),
    Facet("region", _("Kabupaten/kota"), table="region", by_count=True),
    # A region like one's own: as many people, the same islands.
    Facet("population", _("Jumlah penduduk wilayah"), choices=PopulationBand),
    Facet("island", _("Kelompok pulau"), choices=IslandGroup),
    Facet("evidence", _("Bukti"), choices=choices.EvidenceLevel, descending=True, is_open=True),
    Facet("status", _("Status"), choices=choices.OperationalStatus),
    Facet("cost", _("Biaya tahun pertama"), choices=choices.CostBand),
    Facet("sdg", _("TPB/SDGs"), table="sdg"),
    Facet("theme", _("Tema RB"), table="theme"),
    Facet("award", _("Penghargaan"), table="award", by_count=True),
    Facet("year", _("Tahun"), descending=True),
    Facet("institution_kind", _("Jenis instansi"), choices=InstitutionKind),
    Facet("kind", _("Jenis inovasi"), choices=choices.Kind),
    Facet("phase", _("Fase pembinaan"), choices=choices.DevelopmentPhase),
    Facet("source", _("Sumber data"), choices=choices.Source),
)
BY_NAME = {facet.name: facet for facet in FACETS}
NAMES = tuple(BY_NAME)


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """A filter as the page shows it: `shown` at once, `folded` behind "tampilkan semua"; how many values
    are left out of a very long list."""

    name: str
    label: str
    shown: Sequence[FacetValue]
    folded: Sequence[FacetValue]
    left_out: int
    chosen: int
    is_open: bool


def labels() -> Labels:
    """Code → (Indonesian, English) of every reference table, by table: one query, then cached."""
    found = cache.get(LABELS_KEY)
    if found is None:
        found = {name: {} for name in _TABLES}
        parts = [
            table.objects.order_by().values_list(
                Value(name, output_field=CharField()), "position", "code", "name_id", "name_en"
            )
            for name, table in _TABLES.items()
        ]
        for name, _position, code, name_id, name_en in sorted(parts[0].union(*parts[1:], all=True)):
            found[name][code] = (name_id, name_en or name_id)
        cache.set(LABELS_KEY, found, LABELS_SECONDS)
    return found


def forget_labels() -> None:
    """Called when a reference table changes."""
    cache.delete(LABELS_KEY)


def labeller(facet: Facet) -> Callable[[str], str]:
    """Value → what people read, "" for a value the facet does not know."""
    if facet.table:
        table = labels()[facet.table]
        column = int(get_language() == "en")
        return lambda value: table[value][column] if value in table else ""
    if facet.choices:
        words = {str(value): str(label) for value, label in facet.choices.choices}
        return lambda value: words.get(value, "")
    return lambda value: value if re.fullmatch(r"(19|20)[0-9]{2}", value, re.ASCII) else ""


def view(facet: Facet, counts: Iterable[FacetCount], selected: Sequence[str]) -> FacetView | None:
    """What the page shows of a facet; None where there is nothing to choose and nothing chosen."""
    label_of = labeller(facet)
    counted = {count.value: count.count for count in counts if count.count}
    for value in selected:
        counted.setdefault(value, 0)
    values = [
        FacetValue(value, label, count, value in selected)
        for value, count in counted.items()
        if (label := label_of(value))
    ]
    if len(values) < 2 and not selected:
        return None
    values = _ordered(facet, values)
    # What is chosen stays in sight, however rare.
    shown = [value for i, value in enumerate(values) if i < FOLD_AFTER or value.selected]
    rest = [value for i, value in enumerate(values) if not (i < FOLD_AFTER or value.selected)]
    if len(rest) == 1:
        shown, rest = values, []
    folded = rest[: LONGEST - FOLD_AFTER]
    return FacetView(
        facet.name,
        str(facet.label),
        shown,
        folded,
        len(rest) - len(folded),
        len(selected),
        facet.is_open or bool(selected),
    )


def _ordered(facet: Facet, values: list[FacetValue]) -> list[FacetValue]:
    if facet.by_count:
        return sorted(values, key=lambda value: (-value.count, value.label))
    if facet.table:
        order = {code: place for place, code in enumerate(labels()[facet.table])}
        return sorted(values, key=lambda value: order[value.value])
    if facet.choices:
        order = {str(code): place for place, code in enumerate(facet.choices.values)}
        return sorted(values, key=lambda value: order[value.value], reverse=facet.descending)
    return sorted(values, key=lambda value: value.value, reverse=facet.descending)
