"""Two records become one: all or nothing, and nothing of either is lost."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from cms.slugs import free_slug
from directory.derived.columns import judge
from directory.imports.pages import editable_content, pages_for_planning, why_not_writable
from directory.imports.publishing import move_page, write_page
from directory.merging import addresses, references, rows
from directory.merging.content import combine
from directory.merging.log import ACTION
from directory.models import DirectorySectionPage, InnovationPage, Merge, SourceRecord
from directory.search_document import SOURCE
from search.sources import batched, refresh


class MergeError(Exception):
    """The two cannot be merged as they are; the message says why and what to do."""


def merge(kept_id: int, other_id: int, user: Any = None) -> Merge:
    """Makes the record `other_id` part of `kept_id`, which keeps what it says. Raises `MergeError`."""
    with transaction.atomic(), batched():
        kept, other = _locked(kept_id, other_id)
        if reason := why_not(kept, other):
            raise MergeError(reason)
        content, said = editable_content(kept), editable_content(other)
        versions = _versions(kept)
        own_section = other.get_parent().specific
        found = combine(content, said)
        done = Merge(
            page=kept,
            number=other.registry_number,
            title=said.title,
            address=addresses.address_of(other),
            content={
                language: editable_content(page).serializable_data()
                for language, page in _versions(other).items()
            },
            changes=[[change.field, change.old, change.new] for change in found.changes],
            user=user,
        )
        rows.move_history(kept, other, found)
        rows.move_pairs(kept, other)
        rows.move_proposals(kept, other)
        for language, page in reversed(_versions(other).items()):
            rows.move_references(versions[language], page)
            references.point_to(versions[language], page)
            addresses.redirect_to(versions[language], page)
            page.delete()
        if any(change.field == "institution" for change in found.changes):
            _move_to_owner(content, own_section)
        if found.changes:
            write_page(content)
        done.save()
        judge(InnovationPage.objects.filter(translation_key=kept.translation_key))
        refresh(SOURCE, [kept.translation_key])
        log(
            instance=kept,
            action=ACTION,
            user=user,
            data={"merge": done.pk, "number": done.registry_code, "title": done.title},
        )
    return done


def why_not(kept: InnovationPage, other: InnovationPage) -> str:
    """Why these two cannot be merged this way round, "" if they can."""
    if kept.pk == other.pk:
        return _("Ini catatan yang sama; pilih dua catatan.")
    for page in (kept, other):
        if reason := _why_not_now(page):
            return f"{page.registry_code}: {reason}"
    if other.live and not kept.live:
        return _("Yang terbit harus dipertahankan, agar pembaca tetap menemukannya.")
    if other.get_view_restrictions().exists() != kept.get_view_restrictions().exists():
        return _("Salah satunya hanya untuk pembaca tertentu; samakan dulu hak bacanya.")
    theirs = _versions(other)
    if theirs.keys() - _versions(kept).keys():
        return _(
            "%(code)s punya terjemahan, yang lain tidak: pertahankan %(code)s, atau terjemahkan dulu."
        ) % {"code": other.registry_code}
    for page in theirs.values():
        if page.pk != other.pk and (reason := _why_not_now(page, translated=True)):
            return _("Terjemahan %(code)s: %(reason)s") % {"code": other.registry_code, "reason": reason}
    return ""


def _why_not_now(page: InnovationPage, translated: bool = False) -> str:
    is_source = page.locale.language_code == settings.LANGUAGE_CODE and page.source_page.pk == page.pk
    if page.alias_of_id or not (is_source or translated):
        return _("ini salinan atau terjemahan; pilih catatan aslinya.")
    if page.aliases.exists():
        return _("catatan ini punya salinan (alias); hapus salinannya lalu ulangi.")
    return why_not_writable(page)


def _locked(kept_id: int, other_id: int) -> tuple[InnovationPage, InnovationPage]:
    ids = (kept_id, other_id)
    # In the order of the import, which holds its source's row before it asks for the page.
    list(SourceRecord.objects.select_for_update().filter(page__in=ids).order_by("pk").values_list("pk"))
    keys = Page.objects.filter(pk__in=ids).values("translation_key")
    list(Page.objects.select_for_update().filter(translation_key__in=keys).order_by("pk").values_list("pk"))
    pages = {page.pk: page for page in pages_for_planning(ids)}
    if len(pages) < len(set(ids)):
        raise MergeError(_("Salah satu catatan sudah tidak ada; mungkin baru saja digabungkan."))
    return pages[kept_id], pages[other_id]


def _versions(page: InnovationPage) -> dict[str, InnovationPage]:
    """The record's pages by language, the source first."""
    pages = InnovationPage.objects.filter(translation_key=page.translation_key).select_related("locale")
    return {version.locale.language_code: version for version in pages.order_by("pk")}


def _move_to_owner(content: InnovationPage, section: DirectorySectionPage) -> None:
    """Its owner has become known from the other record: from now on it stands in the owner's section."""
    if section.pk == content.get_parent().pk or section.institution_id != content.institution_id:
        return
    section.refresh_from_db()  # it has lost a child
    taken = set(section.get_children().values_list("slug", flat=True))
    slug = free_slug(content.slug, taken.__contains__)
    page = InnovationPage.objects.get(pk=content.pk)
    page.slug = slug
    Page.objects.filter(pk=page.pk).update(slug=slug)
    move_page(page, section)
    for name in ("slug", "path", "depth", "url_path"):
        setattr(content, name, getattr(page, name))
