"""Images and documents of an institution's collection: in the admin's API, and the documents' own address."""

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page, ReferenceIndex, TaskState
from wagtail.permissions import policy_registry

from cms.models import CustomDocument
from cms.privacy import restricted_paths
from institutions.models import Workspace
from institutions.scoping import SEEING
from institutions.sections import section_types

if TYPE_CHECKING:
    from accounts.models import User


class OwnFiles:
    """Put before an endpoint of the admin's API: the files the person may choose."""

    request: HttpRequest
    model: Any

    def get_queryset(self) -> QuerySet:
        policy = policy_registry.get_by_type(self.model)
        own = policy.instances_user_has_any_permission_for(self.request.user, SEEING)
        return super().get_queryset().filter(pk__in=own.order_by().values("pk"))  # type: ignore[misc]


class ImagesViewSet(OwnFiles, ImagesAdminAPIViewSet):
    pass


class DocumentsViewSet(OwnFiles, DocumentsAdminAPIViewSet):
    pass


def own_files(router: WagtailAPIRouter) -> None:
    """For the hook `construct_admin_api`."""
    router.register_endpoint("images", ImagesViewSet)
    router.register_endpoint("documents", DocumentsViewSet)


def only_of_published(document: CustomDocument, request: HttpRequest) -> None:
    """For the hook `before_serve_document`: an institution's document is everybody's once a page the public
    may read leads to it, one of its own or of the portal's. Before that it is its institution's, and theirs
    who review a page of it.

    Raises `Http404`.
    """
    owners = _owners(document)
    if not owners or _is_published(document, owners):
        return
    user = request.user
    policy = policy_registry.get_by_type(CustomDocument)
    if not user.is_authenticated or not (
        policy.user_has_any_permission_for_instance(user, SEEING, document)
        or any(_reviews_for(user, institution) for institution in owners)
    ):
        raise Http404


def _is_published(document: CustomDocument, owners: set[int]) -> bool:
    references = ReferenceIndex.get_references_to(document)
    page_type = ContentType.objects.get_for_model(Page)
    numbers = references.filter(base_content_type=page_type).annotate(page=Cast("object_id", IntegerField()))
    pages = Page.objects.filter(live=True, pk__in=numbers.values("page"))
    for path in restricted_paths():
        pages = pages.exclude(path__startswith=path)
    return any(owner is None or owner in owners for owner in _owners_of_sections(pages))


def _owners(document: CustomDocument) -> set[int]:
    """Institutions whose collection the document is in; below that of who took an institution in, both."""
    collections = document.collection.get_ancestors(inclusive=True)
    return set(Workspace.objects.filter(collection__in=collections).values_list("institution", flat=True))


def _owners_of_sections(pages: Any) -> set[int | None]:
    """Whose sections these pages stand in; None for a page of the portal itself."""
    paths = list(pages.order_by().values_list("path", flat=True))
    above = {path[:end] for path in paths for end in range(Page.steplen, len(path) + 1, Page.steplen)}
    owners: dict[str, int | None] = {}
    for section_type in section_types():
        sections = section_type._default_manager.filter(path__in=above)
        owners |= dict(sections.order_by().values_list("path", "institution"))
    return {
        next((owner for section, owner in owners.items() if path.startswith(section)), None) for path in paths
    }


def _reviews_for(user: "User", institution: int) -> bool:
    """Whether a page of this institution awaits this person's review."""
    states = TaskState.objects.reviewable_by(user)
    numbers = states.annotate(page=Cast("workflow_state__object_id", IntegerField())).values("page")
    inside = Q(pk__in=[])
    for section_type in section_types():
        sections = section_type._default_manager.filter(institution=institution)
        for path in sections.values_list("path", flat=True):
            inside |= Q(path__startswith=path)
    return Page.objects.filter(inside, pk__in=numbers).exists()
