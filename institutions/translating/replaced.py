"""Views that stand in the places of wagtail-localize's own."""

import logging
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.views import edit_translation, submit_translations, update_translations

from cms.models import BasePage
from cms.refusals import RefusedError
from institutions.translating import po_files
from institutions.translating.rights import may_translate, target_locales
from institutions.translating.wording import HIDDEN, holds_hidden

logger = logging.getLogger(__name__)

TOLD = 5


def _is_translated_by(user: Any, page: Page) -> bool:
    return any(may_translate(user, page, locale) for locale in target_locales())


class SubmitView(submit_translations.SubmitPageTranslationView):
    """Begins a translation: of what is published, by whoever translates that section."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = Page.objects.live().filter(pk=min(kwargs["page_id"], 2**62)).specific().first()
        if not isinstance(page, BasePage) or not page.is_source or not _is_translated_by(request.user, page):
            # Others' drafts are not there for who may not see them.
            raise Http404
        self.object = page
        self.components = submit_translations.TranslationComponentManager.from_request(
            request, source_object_instance=page
        )
        return submit_translations.TemplateView.dispatch(self, request, *args, **kwargs)

    def get_object(self) -> Page:
        return self.object

    def get_form(self) -> forms.Form:
        form = super().get_form()
        may = [one.pk for one in target_locales() if may_translate(self.request.user, self.object, one)]
        form.fields["locales"].queryset = form.fields["locales"].queryset.filter(pk__in=may)
        # A whole section's drafts would be copied too.
        form.fields.pop("include_subtree", None)
        return form

    def form_valid(self, form: forms.Form) -> HttpResponse:
        form.cleaned_data["include_subtree"] = False
        response: HttpResponse = super().form_valid(form)
        return response


class UpdateForm(update_translations.UpdateTranslationsForm):
    """Without publishing at once: what is not translated yet would go live in the source's language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["publish_translations"]

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "publish_translations": False}


class UpdateView(update_translations.UpdateTranslationsView):
    """Reads the source anew, by whoever translates it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = get_object_or_404(TranslationSource, pk=min(kwargs["translation_source_id"], 2**62))
        page = self.object.get_source_instance()
        if not isinstance(page, BasePage) or not page.live or not _is_translated_by(request.user, page):
            raise Http404
        self.components = submit_translations.TranslationComponentManager.from_request(
            request, source_object_instance=self.object
        )
        return update_translations.TemplateView.dispatch(self, request, *args, **kwargs)

    def get_object(self) -> TranslationSource:
        return self.object

    def get_form(self) -> forms.Form:
        return UpdateForm(self.request.POST) if self.request.method == "POST" else UpdateForm()


def edit_string(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponseBase:
    """wagtail-localize's view, which stores any markup; what hides something is not kept."""
    with transaction.atomic():
        response: HttpResponseBase = edit_translation.edit_string_translation(
            request, translation_id, string_segment_id
        )
        if request.method == "PUT" and response.status_code < 300:
            segment = StringSegment.objects.get(pk=string_segment_id)
            told = StringTranslation.objects.get(
                translation_of=segment.string_id,
                context=segment.context_id,
                locale__translations=translation_id,
            )
            if holds_hidden(told.data):
                transaction.set_rollback(True)
                return JsonResponse({"value": [HIDDEN]}, status=400)
    return response


@require_POST
def machine_translate(request: HttpRequest, translation_id: int) -> HttpResponseBase:
    """wagtail-localize's view; a machine that does not answer is told of, and what it hides is dropped."""
    back = get_valid_next_url_from_request(request) or "wagtailadmin_home"
    try:
        with transaction.atomic():
            response: HttpResponseBase = edit_translation.machine_translate(request, translation_id)
            _drop_hidden(translation_id)
    except (Http404, PermissionDenied):
        raise
    # The provider's own library decides what it raises.
    except Exception:
        logger.exception("the machine translation failed")
        messages.error(
            request, _("Mesin penerjemah tidak menjawab. Tidak ada yang berubah; coba lagi nanti.")
        )
        return redirect(back)
    return response


def _drop_hidden(translation_id: int) -> None:
    translation = Translation.objects.select_related("source").get(pk=translation_id)
    made = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id,
        locale=translation.target_locale_id,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    for one in made:
        if holds_hidden(one.data):
            one.delete()


@require_POST
def upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Takes in a PO file as far as it fits and says what did not."""
    translation = get_object_or_404(Translation, pk=min(translation_id, 2**62))
    if not edit_translation.user_can_edit_instance(request.user, translation.get_target_instance()):
        raise PermissionDenied
    back = redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("Pilih berkas PO dulu."))
        return back
    try:
        taken = po_files.take(translation, po_files.read(file.read(po_files.LARGEST + 1)), request.user)
    except RefusedError as refused:
        for message in refused.messages:
            messages.error(request, message)
        return back
    messages.success(
        request,
        ngettext(
            "%(n)d terjemahan diambil dari berkas.", "%(n)d terjemahan diambil dari berkas.", taken.taken
        )
        % {"n": taken.taken},
    )
    if taken.left:
        more = len(taken.left) - TOLD
        rest = ngettext(" dan %(n)d entri lain", " dan %(n)d entri lain", more) % {"n": more}
        told = "; ".join(taken.left[:TOLD]) + (rest if more > 0 else "")
        messages.warning(request, _("Tidak diambil: %(told)s.") % {"told": told})
    if taken.missing:
        messages.info(
            request,
            ngettext(
                "%(n)d teks tidak ada terjemahannya di berkas; yang sudah ada di sini tetap.",
                "%(n)d teks tidak ada terjemahannya di berkas; yang sudah ada di sini tetap.",
                taken.missing,
            )
            % {"n": taken.missing},
        )
    return back
