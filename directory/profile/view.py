"""What a profile page shows, in its order; the template only sets it out.

A gap is content: every section says "Belum dilaporkan" where nothing is known, with the way to ask.
"""

import datetime
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html, get_text_for_indexing

from cms.navigation import frame
from cms.untranslated import only_in
from directory import cards
from directory.blocks import NARRATIVE_SECTIONS
from directory.choices import OperationalStatus, Source
from directory.derived.completeness import has_text
from directory.derived.costs import CostTotals, cost_totals
from directory.models import InnovationPage
from directory.profile import data, parts, registration
from directory.profile.similar import SimilarInnovation, similar_innovations

# Which of the narrative's sections stand in which part of the page.
HOW = ("how_it_works", "background", "novelty", "significance", "adaptability", "sustainability")
COST = ("resources",)
PREREQUISITES = ("conditions",)
LESSONS = ("challenges", "lessons")


class Profile:
    """The view of one innovation; every part is worked out once, when the template asks."""

    def __init__(self, page: InnovationPage, request: HttpRequest) -> None:
        self.page = page
        self.request = request
        self.source = page.source_page
        self.is_draft = bool(getattr(request, "is_preview", False))
        self.filed, self.history = data.surroundings(page, self.is_draft)
        self.files = data.files(page)

    # Languages

    @cached_property
    def language(self) -> str:
        """The language of the owner's words where it is not the reader's, else ""."""
        own = self.page.locale.language_code
        return own if own != get_language() else ""

    @property
    def lang(self) -> SafeString:
        """The same as an attribute of the elements that hold these words."""
        return format_html(' lang="{}"', self.language) if self.language else mark_safe("")

    @property
    def only_in(self) -> str:
        """That there is no other text than this, for a reader of another language."""
        return only_in(self.language) if self.language and not self.is_draft else ""

    # First screen

    @cached_property
    def institution(self) -> str:
        owner = self.page.institution
        if owner is None:
            return self.page.institution_text
        return owner.shown_name

    @cached_property
    def place(self) -> str:
        """Where it runs, as far as the owner's name does not say it already."""
        region = self.page.place
        names = [] if region is None else [region.name]
        if region and region.province:
            names.append(region.province.name)
        return ", ".join(name for name in names if name not in self.institution)

    @cached_property
    def since(self) -> str:
        start = self.page.implementation_date
        if start:
            return _("berjalan sejak %(year)s") % {"year": start.year}
        return _("dikenal sejak %(year)s") % {"year": self.page.year} if self.page.year else ""

    @cached_property
    def standing(self) -> parts.Standing:
        """Whether it still runs, since when nobody said so, and why not."""
        return parts.standing(self.page, self.history.get("confirmation", ()))

    @cached_property
    def is_validated(self) -> bool:
        return bool(self.history.get("validation"))

    @cached_property
    def facts(self) -> list[dict[str, Any]]:
        """Cost, evidence, time to get ready, replicated: always these four, always in this place."""
        total, running = registration.replication_counts([self.source.pk]).get(self.source.pk, (0, 0))
        months = self.page.months_to_ready
        ready = ngettext("%(n)d bulan", "%(n)d bulan", months or 0) % {"n": months or 0}
        return [
            cards.cost_fact(self.page.cost_band),
            cards.evidence_fact(self.page.evidence_level),
            {"label": _("Waktu siap"), "value": "" if months is None else ready},
            cards.replication_fact(total, running),
        ]

    @property
    def evidence_explanation(self) -> str:
        return parts.explain_evidence(self.page.evidence_level)

    # Sections

    @cached_property
    def evidence(self) -> list[parts.Evidence]:
        return parts.evidence(self.page, self.files)

    @cached_property
    def _narrative(self) -> dict[str, str]:
        rows = {row["type"]: str(row["value"]) for row in self.page.narrative.raw_data}
        return {name: html for name, html in rows.items() if has_text(html)}

    def _told(self, names: Sequence[str]) -> list[tuple[str, str]]:
        return [
            # Under the part's own heading it would say "Cara kerja" twice.
            (
                "" if name == "how_it_works" else str(NARRATIVE_SECTIONS[name]),
                expand_db_html(self._narrative[name]),
            )
            for name in names
            if name in self._narrative
        ]

    @cached_property
    def how(self) -> list[tuple[str, str]]:
        return self._told(HOW)

    @cached_property
    def how_in_short(self) -> str:
        """How it works as plain text, for the printed sheet."""
        told = self._narrative.get("how_it_works") or next(iter(self._narrative.values()), "")
        return " ".join(get_text_for_indexing(told).split())

    @cached_property
    def resources(self) -> list[tuple[str, str]]:
        return self._told(COST)

    @cached_property
    def conditions(self) -> list[tuple[str, str]]:
        return self._told(PREREQUISITES)

    @cached_property
    def lessons(self) -> list[tuple[str, str]]:
        return self._told(LESSONS)

    @cached_property
    def costs(self) -> list[Mapping[str, Any]]:
        return [child.value for child in self.page.costs]

    @cached_property
    def totals(self) -> CostTotals | None:
        return cost_totals(self.costs)

    @cached_property
    def prerequisites(self) -> list[parts.Entry]:
        return parts.entries(self.page.prerequisites, self.files, "statement", "essential")

    @cached_property
    def kit(self) -> list[parts.Entry]:
        return parts.entries(self.page.replication_kit, self.files, "title", "core")

    @cached_property
    def institutionalisation(self) -> list[parts.Entry]:
        return parts.entries(self.page.institutionalisation, self.files, "title", "")

    @cached_property
    def panels(self) -> list[str]:
        return registration.panels(self.page, self.request)

    @cached_property
    def sources(self) -> list[tuple[str, data.Event]]:
        """Each source by its name; one that is none of the three by the site it stands on."""
        known = dict(Source.choices)
        return [
            ((event.code == Source.OTHER and _site(event.detail)) or str(known[event.code]), event)
            for event in self.history.get("source", ())
        ]

    @cached_property
    def validations(self) -> list[tuple[str, data.Event]]:
        known = dict(Source.choices)
        return [(str(known.get(e.code, e.code)), e) for e in self.history.get("validation", ())]

    @cached_property
    def confirmations(self) -> list[tuple[str, data.Event]]:
        known = dict(OperationalStatus.choices)
        return [(str(known.get(e.code, e.code)), e) for e in self.history.get("confirmation", ())]

    @cached_property
    def gallery(self) -> list[dict[str, Any]]:
        return [
            {**row["value"], "image": image}
            for row in self.page.gallery.raw_data
            if (image := self.files.images.get(row["value"].get("image")))
        ]

    @cached_property
    def documents(self) -> list[dict[str, Any]]:
        return [
            {"document": found, "title": row["value"].get("title") or found.title}
            for row in self.page.documents.raw_data
            if (found := self.files.documents.get(row["value"].get("document")))
        ]

    @cached_property
    def sections(self) -> list[parts.Section]:
        """The page's parts in their order, for the contents list and the headings."""
        missing = [str(NARRATIVE_SECTIONS[name]) for name in HOW if name not in self._narrative]
        staff = self.page.staff_needed
        shown = self.gallery or self.page.web_address or self.page.video_url
        found = (
            ("evidence", "bukti", _("Bukti"), not self.evidence, ()),
            ("how", "cara-kerja", _("Cara kerja"), not (self.how or shown), missing if self.how else ()),
            ("cost", "biaya", _("Biaya dan tenaga"), not (self.costs or self.resources or staff), ()),
            (
                "prerequisites",
                "prasyarat",
                _("Yang harus ada lebih dulu"),
                not (self.prerequisites or self.conditions),
                (),
            ),
            ("kit", "perangkat", _("Perangkat replikasi"), not (self.kit or self.documents), ()),
            ("lessons", "pelajaran", _("Tantangan dan pelajaran"), not self.lessons, ()),
            ("copied", "ditiru", _("Sudah ditiru di"), False, ()),
            ("history", "sumber", _("Sumber dan riwayat"), False, ()),
        )
        return [
            parts.Section(name, anchor, title, self.ask_url(title), gap, absent)
            for name, anchor, title, gap, absent in found
        ]

    @property
    def reported(self) -> list[parts.Section]:
        """The parts with something in them; evidence always stands, its level says a lot without a row."""
        return [section for section in self.sections if not section.gap or section.name == "evidence"]

    @property
    def unreported(self) -> list[parts.Section]:
        """The parts that are gaps: told in one list, seven empty headings in a row tell nothing."""
        return [section for section in self.sections if section not in self.reported]

    @cached_property
    def classification(self) -> list[dict[str, Any]]:
        """Sectors, goals and the like, each with the directory's address that lists its innovations."""
        groups = (
            ("sector", "sector", _("Sektor")),
            ("sdg", "sdg", _("TPB/SDGs")),
            ("theme", "theme", _("Tema RB")),
            ("beneficiary", "", _("Penerima manfaat")),
            ("tag", "", _("Kata kunci")),
        )
        return [
            {
                "label": label,
                "values": [
                    {
                        "label": str(value),
                        "url": f"{self.directory_url}?{facet}={value.code}" if facet else "",
                    }
                    for value in self.filed[group]
                ],
            }
            for group, facet, label in groups
            if self.filed[group]
        ]

    @cached_property
    def similar(self) -> list[SimilarInnovation]:
        """Others like it; a draft has none, it is not compared with anything."""
        return [] if self.is_draft else similar_innovations(self.page)

    @property
    def today(self) -> datetime.date:
        return timezone.localdate()

    # Ways on

    @cached_property
    def directory_url(self) -> str:
        """The directory of the reader's language; its only one where that has none."""
        own = self.page.get_url(self.request) or ""
        around = frame(self.request, self.page)
        return around.addresses.get("directoryindexpage") or own.rstrip("/").rsplit("/", 2)[0] + "/"

    def ask_url(self, section: str = "") -> str:
        """Where to ask the owner, about one section if wished; "" where nobody can be asked."""
        return self._contact("contact:ask", section)

    @property
    def ask(self) -> str:
        return self.ask_url()

    @property
    def report_url(self) -> str:
        return self._contact("contact:report")

    def _contact(self, view: str, section: str = "") -> str:
        if self.page.pk is None:
            return ""
        try:
            url = reverse(view, args=[self.page.pk])
        except NoReverseMatch:
            return ""
        return f"{url}?{urlencode({'bagian': section})}" if section else url

    @cached_property
    def permanent_url(self) -> str:
        if self.page.registry_number is None:
            return ""
        path = reverse("directory:permanent-address", args=[self.page.registry_number])
        return self.request.build_absolute_uri(path)


def _site(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
