"""Serves images from local disk; with object storage, MEDIA_URL points elsewhere and this is unused."""

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

# Where Wagtail keeps documents, whose own view checks who may read them, and imported files, for nobody.
PRIVATE_FOLDERS = ("documents", "imports")


def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file below MEDIA_ROOT, never one of `documents/`: those have privacy and their own view."""
    # Normalised first, as `serve` does: "//documents/x" and "a/../documents/x" are the same file.
    path = posixpath.normpath(path).lstrip("/")
    if path.split("/")[0].casefold() in (*PRIVATE_FOLDERS, ".."):
        raise Http404
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except (OSError, ValueError) as error:  # a name too long for the file system, a NUL byte
        raise Http404 from error
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
