"""Tags are everybody's words once something published bears them; before that they are their owner's."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, Tag, TaggedItem
from wagtail.admin import filters
from wagtail.admin.views.tags import TAGS_AUTOCOMPLETE_LIMIT
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.views import chooser
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.person import person_at_work
from institutions.scoping import SEEING
from institutions.scoping.pages import known_to


def narrow() -> None:
    """Called once, from the app's `ready`: Wagtail has no hook for the tags it offers beside images."""
    filters.popular_tags_for_model = popular
    chooser.popular_tags_for_model = popular


def popular(model: type, count: int = 10) -> QuerySet[Tag]:
    """The tags most used on the images or documents that the person at work may see."""
    borne = Q(taggit_taggeditem_items__in=_on_files(model, person_at_work() or AnonymousUser()))
    numbered = Tag.objects.filter(borne).annotate(item_count=Count("taggit_taggeditem_items"))
    return numbered.order_by("-item_count")[:count]


def complete(request: HttpRequest, app_name: str = "", model_name: str = "") -> JsonResponse:
    """Tags that begin with `term`, as Wagtail's. The portal has one kind of tags."""
    if (app_name, model_name) not in (("", ""), ("taggit", "tag")):
        raise Http404
    term = request.GET.get("term", "").replace("\0", "")
    if not term:
        return JsonResponse([], safe=False)
    found = known(request.user).filter(name__istartswith=term).order_by("name")
    return JsonResponse(list(found.values_list("name", flat=True)[:TAGS_AUTOCOMPLETE_LIMIT]), safe=False)


def known(user: Any) -> QuerySet[Tag]:
    """Tags of pages the person may learn of, and of files he may choose."""
    borne: Any = Q()
    pages = known_to(user, Page.objects.all()).order_by().values("pk")
    for relation in Tag._meta.related_objects:
        through: Any = relation.related_model
        field = through._meta.get_field("content_object") if issubclass(through, ItemBase) else None
        if isinstance(field, ParentalKey) and issubclass(field.related_model, Page):
            borne |= Exists(through.objects.filter(tag=OuterRef("pk"), content_object__in=pages))
    for model in (get_image_model(), get_document_model()):
        borne |= Exists(_on_files(model, user).filter(tag=OuterRef("pk")))
    return Tag.objects.filter(borne)


def _on_files(model: type, user: Any) -> QuerySet[TaggedItem]:
    files = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, SEEING)
    content_type = ContentType.objects.get_for_model(model)
    return TaggedItem.objects.filter(content_type=content_type, object_id__in=files.order_by().values("pk"))
