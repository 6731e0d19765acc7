"""Middleware of our own."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import ProtectedError
from django.http import (
    HttpRequest,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
)
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse, translate_url
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

from cms.audit.unnoted import noting
from cms.holding import hold, pages_of
from cms.refusals import RefusedError
from cms.waiting import waits

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
View = Callable[..., HttpResponseBase]


class OnlyUtf8:
    """Answers 400 to a request in any other character set, as Django does for simple forms.

    A form in several parts may come in UTF-7 or the like: its letters then hold halves of characters, which
    no page can show and no database take.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.strip().lower() not in ("utf-8", "utf8", "us-ascii"):
            raise BadRequest("not UTF-8")
        return self.get_response(request)


class LocaleOfAddresses(LocaleMiddleware):
    """Django's, which leads from an address without a language to the same with it: /berita/ to /id/berita/.

    It tries that for everything not found. Where addresses never have a language, not found is not found: an
    editor is told so at once, not after a redirect to a page that cannot be. And it leads from an address in
    the words of another language (/en/inovasi/7/) to the same in its own (/en/innovations/7/).
    """

    WITHOUT_LANGUAGE = ("/admin/", "/documents/", "/media/", "/static/")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404 and request.path_info.startswith(self.WITHOUT_LANGUAGE):
            return response
        if response.status_code == 404 and request.method in SAFE and (address := in_own_words(request)):
            return HttpResponsePermanentRedirect(address)
        return super().process_response(request, response)


def in_own_words(request: HttpRequest) -> str:
    """The address asked for, with the words of its own language where they are another's; else ""."""
    language, path = get_language_from_path(request.path_info), request.get_full_path()
    if language is None:
        return ""
    for other in (code for code, _name in settings.LANGUAGES if code != language):
        with override(other):
            there = path.replace(f"/{language}/", f"/{other}/", 1)
            address = translate_url(there, language)
        if address not in (there, path):
            return address
    return ""


class AtomicAdminPosts:
    """Makes every change made in the admin one transaction.

    Wagtail's edit view publishes outside a transaction and signals after saving; the search document
    is written by that signal. Without this, a crash between the two would leave a published page that
    nobody can find. A change that is refused midway is undone and its reason shown.
    What no view writes into the log is written there (`cms.audit.unnoted`).
    The pages an address names are held until then (`cms.holding`).
    What waits for a server outside sees to all that itself (`cms.waiting`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        # Not only forms: a translation's texts come by PUT.
        if request.method in SAFE or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if waits(request):
            return None
        try:
            with transaction.atomic(), noting(request):
                hold(pages_of(request, kwargs))
                response = view(request, *args, **kwargs)
                # A page's template is rendered here too: what fails there must not leave half a change.
                if hasattr(response, "render") and callable(response.render):
                    response.render()
        except RefusedError as refused:
            return _told(request, refused.messages, refused.back)
        except ProtectedError as protected:
            return _told(request, [_held(protected)])
        except MultiValueDictKeyError as missing:
            # A form that arrived in part; Wagtail reads some of its fields without asking.
            raise BadRequest("incomplete form") from missing
        return response


def _held(protected: ProtectedError) -> str:
    kinds = Counter(str(held._meta.verbose_name) for held in protected.protected_objects)
    named = ", ".join(f"{kind} ({number})" for kind, number in sorted(kinds.items()))
    return _("Tidak dapat dihapus: masih disebut dalam %s. Nonaktifkan saja, agar riwayatnya utuh.") % named


def _told(request: HttpRequest, reasons: Iterable[str], back: str = "") -> HttpResponseBase:
    for message in reasons:
        messages.error(request, message)
    back = back or request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(back, request.get_host(), require_https=request.is_secure()):
        back = reverse("wagtailadmin_home")
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        # The words of Wagtail's dialogues for “go there”.
        return JsonResponse({"step": "success", "redirect": back})
    return HttpResponseRedirect(back)
