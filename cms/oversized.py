"""Addresses with numbers no table has."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _


def absent(request: HttpRequest) -> HttpResponse:
    """Raises `Http404`: Wagtail's view of documents would stumble over more digits than Python reads."""
    raise Http404(_("Tidak ada dokumen dengan nomor ini."))
