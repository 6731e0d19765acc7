"""Writing an innovation page with one save and one revision.

Wagtail's own way (add, save a revision, publish it) saves a page with all its rows three times over. Here the
page is saved once, as the published one, and its revision is made from that; who listens for a publication
hears of it as usual.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.utils import timezone
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published
from wagtail.tasks import update_reference_index_task

from directory.models import DirectorySectionPage, InnovationPage, RegistryEntry


def create_page(page: InnovationPage, section: DirectorySectionPage, *, live: bool) -> None:
    """Adds a new page below `section`, live or as a draft. `ValidationError` if it is not fit to be saved."""
    if page.registry_number is None:
        # A new translation key has no number yet: one query instead of looking for it first.
        page.registry_number = RegistryEntry.objects.create(translation_key=page.translation_key).number
    page.locale = section.locale
    page.live = live
    page.has_unpublished_changes = not live
    if live:
        page.first_published_at = page.last_published_at = timezone.now()
    else:
        # Wagtail validates a page that goes live, and of a draft only title and slug.
        page.draft_title = page.title
        page.full_clean(exclude=["path", "depth"])
    rows = dict(getattr(page, "_cluster_related_objects", {}))
    with _one_reference_update(page):
        section.add_child(instance=page)
    # The page still knows its rows: its revision and whoever hears of it need not read them back.
    page._cluster_related_objects = {name: rows.get(name, []) for name in _relation_names()}
    _record_revision(page)


def write_page(page: InnovationPage) -> None:
    """Saves changed content: published at once if the page is live, as its newest draft if it is not."""
    if not page.live:
        page.save_revision(log_action=True)
        return
    page.draft_title = page.title
    page.last_published_at = timezone.now()
    with _one_reference_update(page):
        page.save()
    _record_revision(page)


def move_page(page: InnovationPage, section: DirectorySectionPage) -> None:
    """Moves a page, just written, below another section, where its slug must be free."""
    # A draft's revision alone knows the new address; it is the stored one that moves.
    Page.objects.filter(pk=page.pk).update(slug=page.slug)
    page.move(section, pos="last-child")
    page.refresh_from_db()


@cache
def _relation_names() -> tuple[str, ...]:
    relations = (relation.get_accessor_name() for relation in get_all_child_relations(InnovationPage))
    return (*relations, *(field.name for field in get_all_child_m2m_relations(InnovationPage)))


@contextmanager
def _one_reference_update(page: InnovationPage) -> Iterator[None]:
    """Has the reference index brought up to date once for the page, not again for each of its rows."""
    with disable_reference_index_auto_update():
        yield
    update_reference_index_task.enqueue(page._meta.app_label, page._meta.model_name, str(page.pk))


def _record_revision(page: InnovationPage) -> None:
    """The revision of what was just saved; a live page's is its published one."""
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
        object_str=str(page),
    )
    page.latest_revision = revision
    if page.live:
        page.live_revision = revision
    Page.objects.filter(pk=page.pk).update(
        latest_revision=revision,
        latest_revision_created_at=revision.created_at,
        live_revision=revision if page.live else None,
    )
    if page.live:
        log(instance=page, action="wagtail.publish", revision=revision, content_changed=True)
        page_published.send(sender=InnovationPage, instance=page, revision=revision)
