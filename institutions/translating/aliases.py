"""No alias of a page stands among the pages of another language: it would show its words there, unasked, and
every later publication with them."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.refusals import RefusedError

NO_ALIAS = _("Alias dalam bahasa lain tidak dibuat. Terjemahkan halaman ini lewat menu Terjemahan.")


def why_no_alias(page: Page, parent: Page) -> str:
    """Why an alias of a page cannot stand below another, "" where it can."""
    return "" if page.locale_id == parent.locale_id else str(NO_ALIAS)


def refuse_alias_there(request: HttpRequest, page: Page) -> None:
    """For the hook `before_copy_page`. Raises `RefusedError` once the form is sent."""
    number = request.POST.get("new_parent_page", "")
    if request.method != "POST" or "alias" not in request.POST or not number.isdecimal():
        return
    # No database holds a longer number.
    parent = Page.objects.filter(pk=min(int(number[:19]), 2**62)).first()
    if parent is not None and (why := why_no_alias(page, parent)):
        raise RefusedError(why)
