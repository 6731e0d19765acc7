from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.permissions import policy_registry


@require_safe
def names(request: HttpRequest) -> JsonResponse:
    """The names of all collections the person may add files to or choose files from, as a JSON list."""
    allowed = Collection.objects.none()
    for model in (get_image_model(), get_document_model()):
        policy = policy_registry.get_by_type(model)
        allowed |= policy.collections_user_has_any_permission_for(request.user, ["add", "choose"])
    return JsonResponse(list(allowed.order_by("name").values_list("name", flat=True)), safe=False)
