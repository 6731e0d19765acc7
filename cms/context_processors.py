from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, object]:
    """Facts every template may need; no queries."""
    return {"DEMO": settings.DEMO}
