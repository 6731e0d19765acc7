"""The admin's page API, held to what the forms demand: it publishes, copies and moves past them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from wagtail.admin.api.actions.copy import CopyPageAPIAction
from wagtail.admin.api.actions.copy_for_translation import CopyForTranslationAPIAction
from wagtail.admin.api.actions.create_alias import CreatePageAliasAPIAction
from wagtail.admin.api.actions.move import MovePageAPIAction
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.admin.api.actions.revert_to_page_revision import RevertToPageRevisionAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page

from cms.refusals import RefusedError
from cms.translation.sources import demand_published_source
from directory.editing.publication import demand_complete
from directory.models import InnovationPage
from institutions.lifecycle.closed import why_closed
from institutions.translating.aliases import NO_ALIAS, why_no_alias

BESIDE = ("left", "right", "first-sibling", "last-sibling")


class PublishAction(PublishPageAPIAction):
    def execute(self, instance: Page, data: dict[str, Any]) -> Response:
        # First the right: what a page lacks is told to those who may publish it.
        may = instance.permissions_for_user(self.request.user).can_publish()
        if may:
            try:
                if isinstance(instance, InnovationPage):
                    demand_complete(instance.get_latest_revision_as_object())
                if instance.locale.language_code != settings.LANGUAGE_CODE:
                    demand_published_source(instance)
            except RefusedError as error:
                raise ValidationError(error.message_dict) from error
        return super().execute(instance, data)


class OpenSectionsOnly:
    """Put before an action that brings a page somewhere: not to an institution that is gone."""

    def execute(self, instance: Page, data: dict[str, Any]) -> Response:
        parent, before = self._parent(instance, data), instance.get_parent()
        if not (isinstance(self, MovePageAPIAction) and parent == before) and (why := why_closed(parent)):
            raise ValidationError({"destination_page_id": [why]})
        return super().execute(instance, data)  # type: ignore[misc]

    def _parent(self, instance: Page, data: dict[str, Any]) -> Page:
        """Where it will stand. A page is moved below another, or beside it."""
        if not data.get("destination_page_id"):
            return instance.get_parent()
        target = get_object_or_404(Page, pk=data["destination_page_id"])
        return target.get_parent() if data.get("position") in BESIDE else target


class MoveAction(OpenSectionsOnly, MovePageAPIAction):
    pass


class AliasAction(OpenSectionsOnly, CreatePageAliasAPIAction):
    def execute(self, instance: Page, data: dict[str, Any]) -> Response:
        if why := why_no_alias(instance, self._parent(instance, data)):
            raise ValidationError({"destination_page_id": [why]})
        return super().execute(instance, data)


class TranslationAction(CopyForTranslationAPIAction):
    def execute(self, instance: Page, data: dict[str, Any]) -> Response:
        if data["alias"]:
            raise ValidationError({"alias": [NO_ALIAS]})
        return super().execute(instance, data)


class CopyAction(OpenSectionsOnly, CopyPageAPIAction):
    def execute(self, instance: Page, data: dict[str, Any]) -> Response:
        if data["keep_live"]:
            try:
                _demand_complete_copies(instance, data["recursive"])
            except RefusedError as error:
                raise ValidationError(error.message_dict) from error
        return super().execute(instance, data)


class RevertAction(RevertToPageRevisionAPIAction):
    def execute(self, instance: Page, data: dict[str, Any]) -> Response:
        # Wagtail asks only for the right to edit: a page would change while somebody decides about it.
        if instance.permissions_for_user(self.request.user).page_locked():
            raise ValidationError({"revision_id": [_("Halaman ini terkunci; isinya tidak diubah.")]})
        return super().execute(instance, data)


OWN_ACTIONS = {
    "publish": PublishAction, "copy": CopyAction, "move": MoveAction, "create_alias": AliasAction,
    "revert_to_page_revision": RevertAction, "copy_for_translation": TranslationAction,
}  # fmt: skip


class PagesViewSet(PagesAdminAPIViewSet):
    actions = {**PagesAdminAPIViewSet.actions, **OWN_ACTIONS}


def refuse_live_copies(request: HttpRequest, page: Page) -> None:
    """Before the copying form is carried out. Raises `RefusedError`."""
    if request.method == "POST" and "publish_copies" in request.POST and "alias" not in request.POST:
        _demand_complete_copies(page, "copy_subpages" in request.POST)


def _demand_complete_copies(page: Page, recursive: bool) -> None:
    copied = InnovationPage.objects.live()
    copied = copied.descendant_of(page, inclusive=True) if recursive else copied.filter(pk=page.pk)
    for found in copied.iterator():
        demand_complete(found)
