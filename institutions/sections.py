"""Sections: the page below an index where one institution's content lives."""

from typing import TypeVar

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext, override
from wagtail.models import Page

from institutions.models import Institution, SectionPage

SectionType = TypeVar("SectionType", bound=SectionPage)

# The slug of the section for content whose owner is not recognised yet.
UNRECOGNISED_SLUG = "pemilik-belum-dikenali"

_section_types: list[type[SectionPage]] = []


def register_section_type(section_type: type[SectionPage]) -> None:
    """Make a section page type known here; higher apps call it in `AppConfig.ready`."""
    if section_type not in _section_types:
        _section_types.append(section_type)


def section_types() -> tuple[type[SectionPage], ...]:
    """All registered section page types, in the order of registration."""
    return tuple(_section_types)


def get_or_create_section(
    index_page: Page, institution: Institution | None, section_type: type[SectionType]
) -> SectionType:
    """The institution's live section below `index_page`, made where there is none.

    Without an institution: the section for content whose owner is not recognised yet. Two callers at
    the same time get the same section: the index's row is locked while one is made.
    """
    section = _find(index_page, institution, section_type)
    if section is not None:
        return section
    with transaction.atomic():
        # Read again under the lock: another may have made it, and treebeard counts children in memory.
        index = Page.objects.select_for_update().get(pk=index_page.pk)
        section = _find(index, institution, section_type)
        if section is None:
            section = _new(index, institution, section_type)
            index.add_child(instance=section)
    index_page.numchild = index.numchild
    return section


def _find(
    index: Page, institution: Institution | None, section_type: type[SectionType]
) -> SectionType | None:
    sections = section_type._default_manager.child_of(index)
    return sections.filter(institution=institution).order_by("pk").first()


def _new(index: Page, institution: Institution | None, section_type: type[SectionType]) -> SectionType:
    if institution is None:
        with override(index.locale.language_code):
            title = gettext("Pemilik belum dikenali")
        slug = UNRECOGNISED_SLUG
    else:
        title = (index.locale.language_code == "en" and institution.name_en) or institution.name
        slug = slugify((institution.abbreviation or institution.name).replace("/", "-"))
    return section_type(
        title=title,
        slug=_free_slug(index, slug or "bagian"),
        institution=institution,
        locale=index.locale,
        live=True,
    )


def _free_slug(index: Page, wanted: str) -> str:
    taken = set(index.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
