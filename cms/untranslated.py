"""“Only in Indonesian”: where the language switch leads from a page that has no translation."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page


def only_in(language: str) -> str:
    """That something is there in this language (a code) only."""
    words = {"id": _("Hanya dalam bahasa Indonesia"), "en": _("Hanya dalam bahasa Inggris")}
    return words.get(language, language)


@require_safe
def show(request: HttpRequest, page_id: int) -> HttpResponse:
    """Says that the page exists only in its own language, with the way back and the way on.

    Leads to the translation where there is one by now. Raises Http404 for what the public may not read.
    """
    public = Page.objects.live().public()
    page = get_object_or_404(public.select_related("locale"), pk=min(page_id, 2**62))
    language = get_language()
    translation = public.filter(translation_key=page.translation_key, locale__language_code=language).first()
    if translation is not None:
        return HttpResponseRedirect(translation.get_url(request) or "/")
    above = public.filter(
        translation_key__in=page.get_ancestors().values("translation_key"), locale__language_code=language
    )
    return render(
        request,
        "untranslated.html",
        {
            "title": only_in(page.locale.language_code),
            "original": page,
            "original_url": page.get_url(request),
            "nearest": above.order_by("-depth").first(),
        },
    )
