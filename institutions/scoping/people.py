"""Names of people: filters offer, and mails reach, those who have to do with the pages one has rights on."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import override
from wagtail.admin.mail import send_notification
from wagtail.admin.views.pages import edit
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import policy_registry

from cms.models.pages import EXPLORING
from cms.readers import PROFILE
from institutions.scoping.pages import own_of

if TYPE_CHECKING:
    from accounts.models import User


def narrow() -> None:
    """Called once, from the app's `ready`: Wagtail has no hook for these."""
    # Every list of pages has these two filters, all from one set.
    PageFilterSet.base_filters["owner"].queryset = _owners
    PageFilterSet.base_filters["edited_by"].queryset = _editors
    edit.send_notification = _notify


def pages_of(request: HttpRequest) -> QuerySet[Page]:
    """The pages the person has rights on."""
    return own_of(request.user, Page.objects.all())


def people(ids: QuerySet[Any]) -> "QuerySet[User]":
    model = get_user_model()
    return model.objects.filter(pk__in=ids).order_by(model.USERNAME_FIELD)


def with_rights(persons: "Iterable[User]", page: Page) -> "list[User]":
    """Of these people those who have rights on a page still: somebody may have left the institution."""
    policy = policy_registry.get_by_type(Page)
    return [one for one in persons if policy.user_has_any_permission_for_instance(one, EXPLORING, page)]


def _owners(request: HttpRequest) -> "QuerySet[User]":
    return people(pages_of(request).order_by().values("owner"))


def _editors(request: HttpRequest) -> "QuerySet[User]":
    edits = PageLogEntry.objects.filter(action="wagtail.edit", page__in=pages_of(request).order_by())
    return people(edits.order_by().values("user"))


def _notify(recipients: "Iterable[User]", notification: str, context: dict[str, Any]) -> Any:
    """Of comments: to whoever subscribed, unless he has left. Wagtail writes to who has chosen no language in
    that of whoever is at work."""
    people = with_rights(recipients, context["page"])
    prefetch_related_objects(people, PROFILE)
    with override(settings.LANGUAGE_CODE):
        return send_notification(people, notification, context)
