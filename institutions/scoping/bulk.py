"""Doing something with many things at once: Wagtail names those one may not touch, whosever they are."""

from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page
from wagtail.permissions import policy_registry

from institutions.scoping import SEEING
from institutions.scoping.pages import own_of


class KnownOnly:
    """Put before a bulk action: what it may not touch is named only to whom knows of it."""

    request: HttpRequest
    model: Any

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        objects, refused = super().get_actionable_objects()  # type: ignore[misc]
        for reason, refusals in refused.items():
            known = set(self._known().filter(pk__in=map(_number, refusals)).values_list("pk", flat=True))
            refused[reason] = [one for one in refusals if _number(one) in known]
        return objects, refused

    def _known(self) -> Any:
        if issubclass(self.model, Page):
            return own_of(self.request.user, self.model.objects.all())
        policy = policy_registry.get_by_type(self.model)
        return policy.instances_user_has_any_permission_for(self.request.user, SEEING)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _number(refusal: Any) -> int:
    """Some actions say more of what they refuse than the thing itself."""
    return (refusal["item"] if isinstance(refusal, dict) else refusal).pk


def index(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponse:
    """In the place of Wagtail's dispatcher."""
    found = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError:
        found = None
    if found is None:
        raise Http404
    asked: Any = request.GET.copy()
    asked.setlist("id", [value for value in asked.getlist("id") if value == "all" or _is_number(value)])
    request.GET = asked
    return type(found.__name__, (KnownOnly, found), {})(request, model).dispatch(request)
