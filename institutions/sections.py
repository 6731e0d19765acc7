"""Sections: the page below an index where one institution's content lives."""

from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page

from cms.slugs import free_slug
from institutions.models import Institution, SectionPage
from institutions.roles import SectionKind

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


def types_of(kind: SectionKind) -> list[type[SectionPage]]:
    """The registered section page types of a kind."""
    return [section_type for section_type in _section_types if section_type.section_kind == kind]


def provide(institution: Institution, kind: SectionKind) -> tuple[list[SectionPage], list[SectionPage]]:
    """The institution's sections of a kind, below every index there is for them, and those of them just made.

    In the portal's first language first, then in each other language whose front page exists; the index page
    of such a language is made too, as a draft, and so is the section.
    """
    found: list[SectionPage] = []
    made: list[SectionPage] = []
    for section_type in types_of(kind):
        for index_type in section_type.allowed_parent_page_models():
            for index in index_type.objects.filter(locale__language_code=settings.LANGUAGE_CODE):
                existing = _find(index, institution, section_type)
                section = existing or get_or_create_section(index, institution, section_type)
                found.append(section)
                if existing is None:
                    made.append(section)
                for locale in Locale.objects.exclude(pk=section.locale_id).order_by("pk"):
                    if (translation := section.get_translation_or_none(locale)) is None:
                        translation = _translated(section, index, locale)
                        made += [translation] if translation else []
                    found += [translation] if translation else []
    return found, made


def _translated(section: SectionType, index: Page, locale: Locale) -> SectionType | None:
    """A draft of the section in another language; None where that language has no front page."""
    home = index.get_parent()
    if home.get_translation_or_none(locale) is None:
        return None
    if index.get_translation_or_none(locale) is None:
        index.specific.copy_for_translation(locale)
    translation = section.copy_for_translation(locale)
    if locale.language_code == "en" and section.institution and section.institution.name_en:
        translation.title = section.institution.name_en
        translation.save_revision()
        type(translation).objects.filter(pk=translation.pk).update(
            title=translation.title, draft_title=translation.title
        )
    return translation


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
        slug = slugify((institution.abbreviation or institution.name).replace("/", "-")) or "bagian"
    taken = set(index.get_children().filter(slug__startswith=slug).values_list("slug", flat=True))
    return section_type(
        title=title,
        slug=free_slug(slug, taken.__contains__),
        institution=institution,
        locale=index.locale,
        live=True,
    )
