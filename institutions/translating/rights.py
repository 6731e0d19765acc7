"""Who translates what: whoever may change the translation of a page, or of what it stands in."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from wagtail.models import Locale, Page, PageQuerySet
from wagtail.permissions import policy_registry

from cms.privacy import restricted_paths
from institutions.page_policy import SectionedPagePolicy

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

CHANGE = "change"


def target_locales() -> list[Locale]:
    """The languages that are translated into."""
    return list(Locale.objects.exclude(language_code=settings.LANGUAGE_CODE).order_by("pk"))


def may_translate(user: "User | AnonymousUser", page: Page, locale: Locale) -> bool:
    """Whether the person may have this page translated into a language, or see to its translation.

    The nearest page at or above it that is there in that language decides: the section, as a rule.
    """
    above = page.get_ancestors(inclusive=True).values_list("translation_key", flat=True)
    nearest = Page.objects.filter(translation_key__in=list(above), locale=locale).order_by("-depth").first()
    return nearest is not None and _policy().user_has_permission_for_instance(user, CHANGE, nearest)


def sources_for(user: "User | AnonymousUser", locale: Locale) -> PageQuerySet:
    """The published pages in the source language whose translation into `locale` is this person's work."""
    sources = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, live=True, alias_of=None)
    for path in restricted_paths():
        sources = sources.exclude(path__startswith=path)
    if user.is_active and user.is_superuser:
        return sources
    rights = _policy().get_cached_permissions_for_user(user)
    places = [
        right.page.translation_key
        for right in rights
        if right.permission.codename == "change_page" and right.page.locale_id == locale.pk
    ]
    below = Q(pk__in=[])
    originals = Page.objects.filter(
        translation_key__in=places, locale__language_code=settings.LANGUAGE_CODE
    ).values_list("path", flat=True)
    for path in originals if places else ():
        below |= Q(path__startswith=path)
    return sources.filter(below)


def translates(user: "User | AnonymousUser") -> bool:
    """Whether there is anything the person may translate."""
    if user.is_active and user.is_superuser:
        return True
    places = [
        right.page
        for right in _policy().get_cached_permissions_for_user(user)
        if right.permission.codename == "change_page"
    ]
    # Asked for every menu: no query for who may change nothing.
    elsewhere = {locale.pk for locale in target_locales()} if places else set()
    return any(page.locale_id in elsewhere for page in places)


def _policy() -> SectionedPagePolicy:
    return policy_registry.get_by_type(Page)
