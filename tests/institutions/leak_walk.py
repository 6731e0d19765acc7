"""Every address of the portal, found by walking the URL configuration and filled with the rows' real numbers.

An address with a parameter of which nobody has said what stands there fails the test:
say it in `leak_numbers`.
"""

import itertools
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.http import urlencode
from django.utils.translation import override
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page, Revision

from accounts.models import User
from cms.models import CustomDocument
from directory.models import ImportBatch
from tests.institutions.leak_numbers import Numbers, UnknownParameterError
from tests.institutions.leak_records import Leaks
from tests.institutions.leak_words import COMMON

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
LANGUAGE = "<lang>/"
# Addresses that are not asked, and why nothing of a record can stand there.
SKIPPED = {
    "admin/logout/": "ends the session of the walk",
    "admin/sprite/": "icons",
    "admin/jsi18n/": "words of the admin's scripts",
    "admin/localize/jsi18n/": "words of the admin's scripts",
    "admin/test404/": "fails on purpose",
    "admin/failwhale/": "fails on purpose",
    "admin/^.*/$": "catches what is no address",
    r"^documents/\d{19,}/": "refuses numbers no database holds",
    "metrics": "counters without names",
    "admin/password_reset/confirm/<uidb64>/<token>/": "needs a token that only a mail has",
    "admin/konfirmasi/surat/<str:token>/": "needs a token that only a mail has",
    "<lang>/undangan/<str:token>/": "needs a token that only a mail has",
}
# Of a listing: everything that holds the common word, what begins so, and files where it offers them.
SEARCHES = (
    urlencode(dict.fromkeys(("q", "search", "query", "title"), COMMON) | {"term": "qx", "tampil": "semua"}),
    urlencode(dict.fromkeys(("q", "search", "query", "term"), COMMON[:-3]) | {"ordering": "-pk", "p": "1"}),
)
FILES = ("export=csv", "export=xlsx&ordering=title")


def addresses(leaks: Leaks) -> Iterator[str]:
    """All addresses with all they can be filled with. Raises `UnknownParameterError`."""
    numbers = Numbers(leaks)
    for route in routes():
        yield from (SPECIAL[route](leaks) if route in SPECIAL else _filled(route, numbers))


def routes() -> Iterator[str]:
    """All addresses as they are written in the configuration."""

    def below(patterns: Any, before: str) -> Iterator[str]:
        for one in patterns:
            prefix = LANGUAGE if isinstance(one.pattern, LocalePrefixPattern) else str(one.pattern)
            if isinstance(one, URLResolver):
                yield from below(one.url_patterns, before + prefix)
            else:
                yield before + prefix

    # In the words of one language, whichever was asked for last; those of the other lead to the same.
    with override("id"):
        found = list(dict.fromkeys(below(get_resolver().url_patterns, "")))
    return (route for route in found if route not in SKIPPED)


def narrowed(leaks: Leaks) -> Iterator[str]:
    """Query strings that ask a listing for what is A's, or of its people."""
    secret = leaks.secret
    page, author = secret.pages["berita"].pk, secret.people["kontributor"].pk
    place = {"collection_id": secret.collection.pk, "institution": secret.institution.pk, "child_of": page}
    yield urlencode(place | {"id": page, "fields": "*", "tag": "qxtaggambarzk"})
    yield urlencode(dict.fromkeys(("owner", "edited_by", "user", "locked_by", "requested_by"), author))


def _filled(route: str, numbers: Numbers) -> Iterator[str]:
    written = "/" + route.replace("/^", "/")
    if re.search(r"[\^$()\\]", written):
        raise UnknownParameterError(f"{route}: say in SPECIAL what it is filled with")
    names = PARAMETER.findall(written)
    if "revision_id" in names:
        choices: Any = Revision.objects.values_list("object_id", "pk")
    else:
        choices = itertools.product(*(numbers.of(route, name) for name in names))
    for values in choices:
        left = iter(values)
        yield PARAMETER.sub(lambda _match, left=left: quote(str(next(left)), safe="/"), written)


def _bulk(leaks: Leaks) -> Iterator[str]:
    """To do something with many things of A's, or with all there are, at once."""
    secret = leaks.secret
    ids = {
        "page": [page.pk for page in secret.pages.values()],
        "customimage": [secret.image.pk],
        "customdocument": [secret.document.pk],
        "user": list(User.objects.values_list("pk", flat=True)),
    }
    bulk_action_registry._scan_for_bulk_actions()
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            for action in actions:
                yield f"/admin/bulk/{app}/{model}/{action}/?{urlencode({'id': ids[model]}, doseq=True)}"
                yield f"/admin/bulk/{app}/{model}/{action}/?id=all"


def _compare(leaks: Leaks) -> Iterator[str]:
    for page in leaks.secret.pages.values():
        yield f"/admin/pages/{page.pk}/revisions/compare/earliest...latest/"
        yield f"/admin/pages/{page.pk}/revisions/compare/live...latest/"


def _documents(leaks: Leaks) -> Iterator[str]:
    for document in CustomDocument.objects.all():
        yield f"/documents/{document.pk}/{document.filename}"


def _media(leaks: Leaks) -> Iterator[str]:
    """Folders of files that have no address of their own. Images have: see `tests/cms/test_media.py`."""
    for file in (
        *(one.file for one in CustomDocument.objects.all()),
        *(b.file for b in ImportBatch.objects.all()),
    ):
        yield f"/media/{file.name}"
        yield f"/media/images/../{file.name}"


def _tree(leaks: Leaks) -> Iterator[str]:
    """All pages where readers look for them, and their feeds."""
    for page in Page.objects.filter(depth__gt=1).select_related("locale"):
        address = f"/{page.locale.language_code}/{page.url_path.split('/', 2)[2]}"
        yield address
        if page.specific_class.__name__.startswith("News"):
            yield f"{address}rss/"


def _new_pages(leaks: Leaks) -> Iterator[str]:
    parents = [leaks.secret.pages["berita"].get_parent().pk, leaks.other.pages["berita"].get_parent().pk]
    for content_type in ContentType.objects.filter(
        model__in=("newspage", "innovationpage", "newssectionpage")
    ):
        for parent in parents:
            yield f"/admin/pages/add/{content_type.app_label}/{content_type.model}/{parent}/"


SPECIAL = {
    "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/": _bulk,
    "admin/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/"
    "<int:parent_page_id>/": _new_pages,
    r"admin/pages/^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\."
    r"(?P<revision_id_b>live|latest|\d+)/$": _compare,
    r"documents/^(\d+)/(.*)$": _documents,
    "media/<path:path>": _media,
    r"<lang>/^((?:[\w\-]+/)*)$": _tree,
}
