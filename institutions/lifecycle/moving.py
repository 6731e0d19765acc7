"""The pages of one institution become another's: their owner, their drafts, their place, their addresses."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision, TaskState
from wagtail_localize.models import TranslationSource

from cms.slugs import free_slug
from institutions.lifecycle.belongings import owned_pages, owner_fields, pages_below, sections_of
from institutions.models import Institution, SectionPage
from institutions.sections import provide

if TYPE_CHECKING:
    from accounts.models import User

PART = 200

Together = Callable[[], AbstractContextManager[None]]
_together: list[Together] = []


def do_together(context: Together) -> None:
    """Have all moves of a merge made inside this context: what follows each of them can then be done once, at
    the end. Called in `AppConfig.ready`."""
    if context not in _together:
        _together.append(context)


def hand_over(old: Institution, new: Institution, by: "User") -> list[int]:
    """Make all pages of `old` those of `new`, below its sections. Returns their ids.

    `new` has a section wherever `old` has one. Old addresses lead on.
    """
    sections = sections_of(old)
    ids = sorted({*pages_below(sections).values_list("pk", flat=True)} | {*_ids(owned_pages(old))})
    # Who saves one of them at this moment is waited for.
    for part in _parts(ids):
        list(Page.objects.select_for_update().filter(pk__in=part).order_by("pk").values_list("pk"))
    # Before they move: the search reads the owner with the new place.
    for field in owner_fields():
        field.model._default_manager.filter(**{field.name: old}).update(**{field.name: new})
    for part in _parts(ids):
        _rewrite_drafts(part, old, new)
    with ExitStack() as stack:
        for context in _together:
            stack.enter_context(context())
        for section in sections:
            _empty(section, _section_for(section, new), by)
    return ids


def slug_clashes(old: Institution, new: Institution) -> list[str]:
    """Titles of pages of `old` whose address is taken at `new`: they get a number."""
    clashing = []
    for section in sections_of(old):
        there = _find_section(section, new)
        if there is not None:
            taken = there.get_children().values("slug")
            clashing += section.get_children().filter(slug__in=taken).values_list("title", flat=True)
    return clashing


def provide_sections(old: Institution, new: Institution) -> None:
    """For an institution without a workspace: the sections into which the other's pages go."""
    for kind in {section.section_kind for section in sections_of(old)}:
        provide(new, kind)


def _ids(pages: Iterable[Page]) -> Iterator[int]:
    return (page.pk for page in pages)


def _parts(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), PART):
        yield ids[start : start + PART]


def _rewrite_drafts(ids: list[int], old: Institution, new: Institution) -> None:
    """Whatever version is read again gets the new owner: publishing a draft would bring the old one back."""
    pages = Page.objects.filter(pk__in=ids)
    read = Q(pk__in=pages.values("latest_revision")) | Q(pk__in=pages.values("live_revision"))
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision")
    own = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id__in=[str(pk) for pk in ids]
    )
    names = {field.name for field in owner_fields()}
    versions = own.filter(read | Q(approved_go_live_at__isnull=False) | Q(pk__in=waiting))
    changed = [one for one in versions if _name_new_owner(one.content, names, old, new)]
    Revision.objects.bulk_update(changed, ["content"], batch_size=50)
    # Translations are made from a copy of their source.
    copies = []
    for source in TranslationSource.objects.filter(object__in=pages.values("translation_key")):
        content = json.loads(source.content_json)
        if _name_new_owner(content, names, old, new):
            source.content_json = json.dumps(content)
            copies.append(source)
    TranslationSource.objects.bulk_update(copies, ["content_json"], batch_size=50)


def _name_new_owner(content: dict, names: set[str], old: Institution, new: Institution) -> bool:
    wrong = [name for name in names if content.get(name) == old.pk]
    content.update(dict.fromkeys(wrong, new.pk))
    return bool(wrong)


def _find_section(section: SectionPage, new: Institution) -> SectionPage | None:
    siblings = type(section)._default_manager.sibling_of(section, inclusive=False)
    return siblings.filter(institution=new).order_by("pk").first()


def _section_for(section: SectionPage, new: Institution) -> SectionPage:
    there = _find_section(section, new)
    if there is None:
        raise LookupError(f"{new.code} has no section beside {section.url_path}")
    return there


def _empty(section: SectionPage, there: SectionPage, by: "User") -> None:
    """Move what is below one section below another; the empty one is closed and its address leads on."""
    if section.live and not there.live:
        (there.get_latest_revision() or there.save_revision(user=by)).publish(
            user=by, skip_permission_checks=True
        )
    taken = set(there.get_children().values_list("slug", flat=True))
    for pk in list(section.get_children().order_by("path").values_list("pk", flat=True)):
        page = Page.objects.get(pk=pk)
        slug = free_slug(page.slug, taken.__contains__)
        if slug != page.slug:
            _rename(page, slug)
        # Read anew: treebeard counts children in memory.
        page.move(type(there)._default_manager.get(pk=there.pk), pos="last-child", user=by)
        taken.add(slug)
    _lead_on(section, there)
    closed = type(section)._default_manager.get(pk=section.pk)
    if closed.live:
        closed.unpublish(user=by)


def _rename(page: Page, slug: str) -> None:
    """Moving reads the slug from the table, and publishing a draft takes the draft's."""
    Page.objects.filter(pk=page.pk).update(slug=slug)
    page.slug = slug
    versions = {
        page.latest_revision_id,
        page.live_revision_id,
        page.scheduled_revision and page.scheduled_revision.pk,
    }
    for revision in Revision.objects.filter(pk__in=versions - {None}):
        if "slug" in revision.content:
            revision.content["slug"] = slug
            revision.save(update_fields=["content"])


def _lead_on(section: SectionPage, there: SectionPage) -> None:
    """The addresses of a section that was to be read lead to another. Not as Wagtail does on moving: it would
    send everything below the other from the old address too, over those who have moved."""
    parts = section.get_url_parts() if section.live or section.first_published_at else None
    if parts is None or not parts[2]:
        return
    for route in section.get_route_paths():
        normal = Redirect.normalise_page_route_path(route)
        Redirect.objects.update_or_create(
            old_path=Redirect.normalise_path(parts[2].rstrip("/") + (normal or "/")),
            site_id=parts[0],
            defaults={
                "redirect_page": there.page_ptr, "redirect_page_route_path": normal,
                "redirect_link": "", "automatically_created": True,
            },
        )  # fmt: skip
