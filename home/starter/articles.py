"""News articles and guides, in the section of the institution that answers for them."""

from pathlib import Path
from typing import Any

from guides.models import GuideIndexPage, GuidePage, GuideRelatedInnovation, GuideSectionPage
from home.starter.content import StarterError, body, publish, read, rows
from home.starter.richtext import to_html
from home.starter.tree import get_index
from institutions.models import Institution
from institutions.sections import get_or_create_section
from news.models import NewsIndexPage, NewsPage, NewsSectionPage

# The institution whose news and guides a new portal starts with.
EDITOR = "kemenpanrb"


def get_institution(code: str) -> Institution:
    institution = Institution.objects.filter(code=code).first()
    if institution is None:
        raise StarterError(
            f"Instansi “{code}” belum ada. Jalankan “manage.py load_taxonomy” dulu, lalu ulangi."
        )
    return institution


def make_news(path: Path, innovations: dict[str, int]) -> str | None:
    """An article from its data file; None if the news index is gone or the address is taken."""
    data, index = read(path), get_index(NewsIndexPage)
    institution = get_institution(data["institution"])
    if index is None:
        return None
    section = get_or_create_section(index, institution, NewsSectionPage)
    if section.get_children().filter(slug=path.stem).exists():
        return None
    page = NewsPage(
        title=data["title"],
        slug=path.stem,
        date=data["date"],
        introduction=data["introduction"],
        search_description=data["introduction"],
        body=body(data["body"], innovations),
        institution=institution,
        source_name=data["source_name"],
        source_url=data["source_url"],
    )
    page.tags.add(*data["tags"])
    return publish(page, section).title


def make_guide(path: Path, innovations: dict[str, int]) -> str | None:
    """A guide from its data file; None if the guide index is gone or the address is taken."""
    data, index = read(path), get_index(GuideIndexPage)
    institution = get_institution(data["institution"])
    if index is None:
        return None
    section = get_or_create_section(index, institution, GuideSectionPage)
    if section.get_children().filter(slug=path.stem).exists():
        return None
    page = GuidePage(
        title=data["title"],
        slug=path.stem,
        audience=data["audience"],
        purpose=data["purpose"],
        search_description=data["purpose"],
        version=data["version"],
        review_date=data["review_date"],
        institution=institution,
        steps=rows("step", map(_step, data["steps"])),
    )
    page.related_innovations = [
        GuideRelatedInnovation(innovation_id=innovations[title], sort_order=position)
        for position, title in enumerate(data["related_innovations"])
        if title in innovations
    ]
    return publish(page, section).title


def _step(step: dict[str, Any]) -> dict[str, Any]:
    return {**step, "instructions": to_html(step["instructions"])}
