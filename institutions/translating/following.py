"""What becomes of translations when their source changes.

wagtail-localize leaves them as they are. Here a publication of the source is read anew, so that translators
see what has changed; a source that is withdrawn or deleted takes its translations out of readers' sight,
and ends their review (their texts stay); one that moves takes them along.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models.signals import pre_delete
from django_tasks import task
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move
from wagtail_localize.models import TranslationSource

from cms.holding import hold
from cms.models import BasePage
from cms.person import person_at_work
from institutions.translating.parents import provided


def connect() -> None:
    """Called once, from the app's `ready`."""
    page_published.connect(_published, dispatch_uid="translations_published")
    page_unpublished.connect(_unpublished, dispatch_uid="translations_unpublished")
    post_page_move.connect(_moved, dispatch_uid="translations_moved")
    pre_delete.connect(_deleted, sender=Page, dispatch_uid="translations_deleted")


@task()
def read_anew(translation_key: str) -> None:
    """Take the texts of a source as it is published now; those that changed then wait for translators."""
    source = TranslationSource.objects.filter(
        object_id=UUID(translation_key), locale__language_code=settings.LANGUAGE_CODE
    ).first()
    instance = source and source.specific_content_type.model_class().objects.filter(
        translation_key=source.object_id, locale_id=source.locale_id, live=True
    ).first()  # fmt: skip
    if source and instance:
        source.update_from_db()


def _published(sender: type, instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, BasePage) and instance.is_source:
        known = TranslationSource.objects.filter(object_id=instance.translation_key).exists()
        if known:
            read_anew.enqueue(str(instance.translation_key))


def _unpublished(sender: type, instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, BasePage) and instance.is_source:
        _withdraw(instance)


def _deleted(sender: type, instance: Page, **kwargs: Any) -> None:
    if instance.locale.language_code == settings.LANGUAGE_CODE:
        _withdraw(instance)


@transaction.atomic
def _withdraw(source: Page) -> None:
    for page in _held(source):
        # Or it would go live by its approval. What is written stays, and can be submitted again.
        if page.current_workflow_state is not None:
            page.current_workflow_state.cancel(user=person_at_work())
        if page.live:
            page.unpublish(user=person_at_work())


@transaction.atomic
def _moved(
    sender: type, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    page = instance.specific
    if parent_page_before.pk == parent_page_after.pk or not (isinstance(page, BasePage) and page.is_source):
        return
    for translation in _held(page):
        parent = provided(parent_page_after, translation.locale)
        if translation.get_parent().pk != parent.pk:
            _move(translation, parent)


def _held(source: Page) -> list[Page]:
    """Its translations, as they are once nobody else changes them."""
    numbers = list(source.get_translations().filter(alias_of=None).values_list("pk", flat=True))
    if not numbers:
        return []
    hold(numbers)
    return list(Page.objects.filter(pk__in=numbers).select_related("locale").specific())


def _move(page: Page, parent: Page) -> None:
    """Below another parent, under another address where a page there has its own already."""
    slug = find_available_slug(parent, page.slug)
    is_taken = slug != page.slug
    if is_taken:
        # Past the page's own checks: it may be taken here, where it will not be any more.
        Page.objects.filter(pk=page.pk).update(slug=slug)
        page.slug = slug
    page.move(parent, pos="last-child", user=person_at_work())
    if is_taken and page.latest_revision_id:
        # The draft, published, would take the old one again.
        draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
        draft.slug = slug
        draft.save_revision(user=person_at_work(), changed=False)
