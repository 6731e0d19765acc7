"""A translation is no more public than its source: who may read the one may read the other.

Wagtail keeps a restriction at the page it was set for; here the page's translations have the same ones, and
people set them at the source alone. So everything that asks Wagtail what is public is answered rightly.
"""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import copy_for_translation_done

SAME = ("restriction_type", "password")


def connect() -> None:
    """Called once, from the app's `ready`."""
    post_save.connect(_restricted, sender=PageViewRestriction, dispatch_uid="translations_restricted")
    post_delete.connect(_freed, sender=PageViewRestriction, dispatch_uid="translations_free")
    m2m_changed.connect(
        _restricted, sender=PageViewRestriction.groups.through, dispatch_uid="translations_of_groups"
    )
    copy_for_translation_done.connect(_copied, dispatch_uid="translation_restricted")


@transaction.atomic
def follow(source: Page) -> None:
    """Give the translations of a page its own restrictions, and no others; nothing where they are so."""
    wanted = _of(source)
    for translation in source.get_translations():
        if _of(translation) == wanted:
            continue
        # One by one, so that whoever listens learns of it: the search.
        for old in translation.view_restrictions.all():
            old.delete()
        for (kind, password), groups in wanted:
            made = PageViewRestriction.objects.create(
                page=translation, restriction_type=kind, password=password
            )
            made.groups.set(groups)


def _of(page: Page) -> list[tuple[tuple[str, ...], list[int]]]:
    found = page.view_restrictions.prefetch_related("groups")
    return sorted(
        (tuple(getattr(one, name) for name in SAME), sorted(group.pk for group in one.groups.all()))
        for one in found
    )


def _restricted(sender: type, instance: Any, **kwargs: Any) -> None:
    # `groups` may be changed from a group's side, too.
    if isinstance(instance, PageViewRestriction):
        source = Page.objects.filter(pk=instance.page_id, locale__language_code=settings.LANGUAGE_CODE)
        for page in source:
            follow(page)


def _freed(sender: type, instance: PageViewRestriction, origin: Any = None, **kwargs: Any) -> None:
    # Not where the source itself is deleted: its translations stay as they are.
    if PageViewRestriction in (type(origin), getattr(origin, "model", None)):
        _restricted(sender, instance)


def _copied(sender: type, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    if isinstance(source_obj, Page) and source_obj.locale.language_code == settings.LANGUAGE_CODE:
        follow(source_obj)
