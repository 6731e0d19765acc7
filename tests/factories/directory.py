"""Records for tests: the directory's part of the tree, and innovations from empty to full.

Plain functions: `innovation(title="...", **fields)` makes a live page with next to nothing,
`full_innovation()` one with every tab filled, `build_innovation()` one that is never saved.
All create what they need above them.
"""

import datetime
import itertools
from typing import Any

from wagtail.models import Page

from directory.choices import Source
from directory.editing.deletion import HISTORY
from directory.models import (
    Award,
    DirectoryIndexPage,
    DirectorySectionPage,
    FormerName,
    InnovationPage,
    SourceRecord,
)
from home.models import HomePage
from institutions.models import Institution
from taxonomy.models import SDG, AwardProgramme, BeneficiaryGroup, ReformTheme, Region, Sector

_numbers = itertools.count(1)


def home_page() -> HomePage:
    found = HomePage.objects.filter(locale__language_code="id").first()
    return found or Page.get_first_root_node().add_child(
        instance=HomePage(title="Beranda", slug="beranda-id")
    )


def directory_index() -> DirectoryIndexPage:
    found = DirectoryIndexPage.objects.filter(locale__language_code="id").first()
    return found or home_page().add_child(
        instance=DirectoryIndexPage(title="Direktori inovasi", slug="inovasi")
    )


def region(code: str = "35.78", **fields: Any) -> Region:
    """A region by its Kemendagri code; its province is made as well."""
    found = Region.objects.filter(code=code).first()
    if found:
        return found
    if "." not in code:
        fields = {
            "name_id": f"Provinsi {code}",
            "kind": Region.Kind.PROVINCE,
            "island_group": "jawa",
        } | fields
    else:
        fields = {
            "name_id": f"Kota {code}",
            "kind": Region.Kind.CITY,
            "island_group": "jawa",
            "population": 600_000,
            "province": region(code.split(".")[0]),
        } | fields
    return Region.objects.create(code=code, short_name=fields["name_id"].split(" ", 1)[1], **fields)


def institution(code: str = "pemkot-uji", **fields: Any) -> Institution:
    found = Institution.objects.filter(code=code).first()
    if found:
        return found
    defaults = {"name": f"Pemerintah Kota {code}", "kind": Institution.Kind.CITY}
    return Institution.objects.create(code=code, **(defaults | fields))


def directory_section(owner: Institution | None = None) -> DirectorySectionPage:
    """The section of one institution; of none, that of owners not recognised."""
    found = DirectorySectionPage.objects.filter(institution=owner).first()
    if found:
        return found
    title = owner.name if owner else "Pemilik belum dikenali"
    return directory_index().add_child(
        instance=DirectorySectionPage(
            title=title, slug=owner.code if owner else "pemilik-belum-dikenali", institution=owner
        )
    )


def erase(pages: Any) -> None:
    """Takes records away with their history, which nothing but a test may do."""
    for page in list(pages):
        for model in HISTORY:
            model.objects.filter(page=page).delete()
        page.delete()


def build_innovation(**fields: Any) -> InnovationPage:
    """An unsaved page; for the pure derivations."""
    return InnovationPage(**({"title": "Inovasi tanpa isi"} | fields))


def innovation(section: DirectorySectionPage | None = None, **fields: Any) -> InnovationPage:
    """A saved page, live unless `live=False`, with a title and an owner only."""
    if section is None:
        section = directory_section(fields.get("institution") or institution())
    number = next(_numbers)
    defaults = {"title": f"Inovasi {number}", "slug": f"inovasi-{number}", "institution": section.institution}
    many = {name: fields.pop(name) for name in ("sectors", "sdgs", "reform_themes") if name in fields}
    page = InnovationPage(**(defaults | fields))
    for name, rows in many.items():
        setattr(page, name, rows)
    return section.add_child(instance=page)


SUBMITTABLE: dict[str, Any] = {
    "summary": "Bidan dan dukun bayi bekerja bersama dalam satu perjanjian.",
    "problem": "Ibu hamil di desa jauh bersalin tanpa tenaga kesehatan.",
    "result": "Hampir semua persalinan kini ditolong tenaga kesehatan.",
    "contact_email": "layanan@contoh.go.id",
}


def reference(model: type, code: str, **fields: Any) -> Any:
    return model.objects.get_or_create(code=code, defaults={"name_id": f"{code} (uji)"} | fields)[0]


def evidence_row(block_id: str = "bukti-1", **value: Any) -> dict[str, Any]:
    """The raw stream child of one evidence row with baseline and source."""
    defaults = {
        "indicator": "Persalinan oleh tenaga kesehatan",
        "baseline": "62",
        "result": "97",
        "unit": "persen",
        "period": "2019–2022",
        "method": "Dihitung dari register persalinan.",
        "source": "Profil kesehatan 2022",
        "evaluator": "owner",
        "document": None,
    }
    return {"type": "evidence", "id": block_id, "value": defaults | value}


def narrative(*sections: str, text: str = "Uraian bagian ini.") -> list[dict[str, Any]]:
    return [{"type": name, "id": f"uraian-{name}", "value": f"<p>{text} ({name})</p>"} for name in sections]


def full_innovation(section: DirectorySectionPage | None = None, **fields: Any) -> InnovationPage:
    """A live page with every tab filled, a source record, an award and a former name."""
    from directory.blocks import NARRATIVE_SECTIONS

    place = fields.pop("region", None) or region()
    defaults: dict[str, Any] = {
        **SUBMITTABLE,
        "service_unit": "Dinas Kesehatan",
        "region": place,
        "initiator": "agency",
        "partners": "Puskesmas dan pemerintah desa",
        "contact_post": "Kepala Bidang Kesehatan Masyarakat",
        "web_address": "https://contoh.go.id/inovasi",
        "year": 2021,
        "kind": "non-digital",
        "form": "service",
        "trial_date": datetime.date(2019, 3, 1),
        "implementation_date": datetime.date(2020, 1, 2),
        "stage": "implemented",
        "development_phase": "institutionalisation",
        "operational_status": "running",
        "narrative": narrative(*NARRATIVE_SECTIONS),
        "evidence": [evidence_row()],
        "costs": [
            {"type": "cost", "value": {"item": "Pelatihan", "amount": 40_000_000, "frequency": "once"}},
            {"type": "cost", "value": {"item": "Insentif", "amount": 24_000_000, "frequency": "yearly"}},
        ],
        "staff_needed": "Dua bidan tiap puskesmas",
        "months_to_ready": 6,
        "prerequisites": [
            {
                "type": "prerequisite",
                "value": {
                    "kind": "regulation",
                    "statement": "Peraturan kepala daerah",
                    "necessity": "essential",
                },
            }
        ],
        "replication_kit": [
            {
                "type": "item",
                "value": {
                    "kind": "sop",
                    "title": "SOP kemitraan",
                    "address": "https://contoh.go.id/sop.pdf",
                    "licence": "CC BY 4.0",
                    "necessity": "core",
                },
            }
        ],
        "institutionalisation": [
            {
                "type": "item",
                "value": {
                    "kind": "regulation",
                    "title": "Peraturan Bupati Nomor 10 Tahun 2020",
                    "year": 2020,
                },
            }
        ],
        "sectors": [reference(Sector, "kesehatan", name_id="Kesehatan")],
        "sdgs": [reference(SDG, "3", name_id="Kehidupan sehat dan sejahtera")],
        "reform_themes": [reference(ReformTheme, "stunting", name_id="Penurunan stunting")],
    }
    page = innovation(section, **(defaults | fields))
    page.beneficiary_groups = [reference(BeneficiaryGroup, "ibu-hamil", name_id="Ibu hamil")]
    page.former_names = [FormerName(name="Nama sebelum ini")]
    page.awards = [
        Award(programme=reference(AwardProgramme, "kipp", name_id="KIPP"), year=2021, rank="Top 45")
    ]
    page.tags.add("bidan")
    page.save()
    SourceRecord.objects.create(page=page, source=Source.KIPP, record_id=f"uji-{page.pk}", year=2021)
    return page
