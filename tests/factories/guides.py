"""The guides' part of the tree: `guide_page(...)` makes what it needs above it."""

import itertools
from typing import Any

from guides.models import GuideIndexPage, GuidePage, GuideSectionPage
from home.models import HomePage
from institutions.models import Institution
from tests.factories.home import make_home

_numbers = itertools.count(1)


def guide_index() -> GuideIndexPage:
    found = GuideIndexPage.objects.first()
    if found:
        return found
    home = HomePage.objects.first() or make_home()
    return home.add_child(instance=GuideIndexPage(title="Panduan", slug="panduan", show_in_menus=True))


def guide_section(owner: Institution | None = None) -> GuideSectionPage:
    found = GuideSectionPage.objects.filter(institution=owner).first()
    if found:
        return found
    name = owner.name if owner else "Sekretariat"
    slug = owner.code if owner else "sekretariat"
    return guide_index().add_child(instance=GuideSectionPage(title=name, slug=slug, institution=owner))


def step(**value: Any) -> dict[str, Any]:
    defaults = {
        "title": "Bentuk tim",
        "instructions": "<p>Tunjuk satu orang yang bertanggung jawab.</p>",
        "responsible": "Kepala dinas",
        "duration": "2 minggu",
        "outputs": ["Surat tugas"],
        "documents": [],
        "checklist": ["Anggota hadir"],
    }
    return {"type": "step", "value": defaults | value}


def guide_page(section: GuideSectionPage | None = None, **fields: Any) -> GuidePage:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "title": f"Panduan {number}",
        "slug": f"panduan-{number}",
        "audience": "Tim replikasi",
        "purpose": f"Inovasi {number} berjalan di daerah Anda.",
        "steps": [step(), step(title="Pilih inovasi")],
    }
    page = (section or guide_section()).add_child(instance=GuidePage(**(defaults | fields)))
    if page.live:
        page.save_revision().publish()
    return page
