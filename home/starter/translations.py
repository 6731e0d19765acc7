"""The English of the starter site: texts from data files, put where translators go on with them.

A file of `translations/` is about one page: `kind` and `page` (its Indonesian title) say which, `slug` is its
own in English, and `texts` has the English for every Indonesian segment that wagtail-localize finds in it.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from directory.models import DirectoryIndexPage, InnovationPage
from guides.models import GuideIndexPage, GuidePage
from home.models import HomePage, StandardPage
from home.starter.content import OtherTextError, check, files, read
from institutions.models import SectionPage
from news.models import NewsIndexPage, NewsPage

TREE: dict[str, type[Page]] = {
    "home": HomePage,
    "directory": DirectoryIndexPage,
    "guides": GuideIndexPage,
    "news": NewsIndexPage,
}
KINDS: dict[str, type[Page]] = {
    **TREE,
    "page": StandardPage,
    "article": NewsPage,
    "guide": GuidePage,
    "innovation": InnovationPage,
}


def make_tree() -> None:
    """The English front page and index pages alone, unless they are there."""
    for path in files("translations"):
        if read(path)["kind"] in TREE:
            make(path)


def make(path: Path) -> str | None:
    """Translates and publishes the page a data file is about; returns its English title.

    None, and nothing is done, if the page is gone or a person has worked on it, if there is an English
    version already, or none of the page above it. Raises `OtherTextError` where the file has no English for
    what the page says, or English for what it does not say.
    """
    data = read(path)
    found = KINDS[data["kind"]]._default_manager.filter(title=data["page"], locale__language_code="id")
    page, english = found.filter(live=True).first(), Locale.objects.get(language_code="en")
    if page is None or page.has_translation(english) or page.revisions.exclude(user=None).exists():
        return None
    parent = page.get_parent().specific
    if isinstance(parent, SectionPage):
        _make_section(parent, english)
    if not parent.is_root() and not parent.has_translation(english):
        return None
    return _translate(page, english, data["texts"], data.get("slug", page.slug)).title


def _make_section(section: SectionPage, english: Locale) -> None:
    """The English section of an institution, unless it is there; it is named as the institution is."""
    if not section.has_translation(english) and section.get_parent().has_translation(english):
        name = section.institution.name_en if section.institution else ""
        _translate(section, english, {section.title: name or section.title}, section.slug)


def _translate(page: Page, english: Locale, texts: Mapping[str, str], slug: str) -> Page:
    """Publishes the translation, in this transaction: wagtail-localize by itself would wait for the commit,
    and begin with a draft in Indonesian."""
    # An older portal has blocks without their empty texts, which wagtail-localize takes for an error.
    check(page)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=english, defaults={"enabled": True}
    )
    segments = source.stringsegment_set.select_related("string", "context").order_by("order")
    StringTranslation.objects.bulk_create(
        (
            StringTranslation(
                translation_of=segment.string,
                context=segment.context,
                locale=english,
                data=text,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
            for segment, text in _matched(page, segments, texts, slug)
        ),
        # What a translator wrote before the English page was deleted is still there.
        ignore_conflicts=True,
    )
    translation.save_target(publish=False)
    target: Page = translation.get_target_instance()
    check(target)
    target.get_latest_revision().publish()
    target.refresh_from_db()
    return target


def _matched(
    page: Page, segments: Iterable[StringSegment], texts: Mapping[str, str], slug: str
) -> list[tuple[StringSegment, str]]:
    """Every segment with its English. Raises `OtherTextError` for a segment or a text that is left over."""
    matched = []
    for segment in segments:
        path, text = segment.context.path, segment.string.data
        if path != "slug" and text not in texts:
            raise OtherTextError(f"{page.title}: belum ada bahasa Inggrisnya untuk “{text}” ({path}).")
        matched.append((segment, slug if path == "slug" else texts[text]))
    if unused := set(texts) - {segment.string.data for segment, _text in matched}:
        raise OtherTextError(
            f"{page.title}: ada bahasa Inggris untuk “{min(unused)}”, tetapi tidak ada teksnya."
        )
    return matched
