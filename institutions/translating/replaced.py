"""Views that stand in the places of wagtail-localize's own."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.views import edit_translation, submit_translations, update_translations

from cms.audit.unnoted import noting
from cms.models import BasePage
from cms.privacy import restricted_paths
from cms.refusals import RefusedError
from institutions.translating import answers, machine, po_files, storing
from institutions.translating.parents import demand_parent
from institutions.translating.rights import may_translate, target_locales


def _is_translated_by(user: Any, page: Page) -> bool:
    return any(may_translate(user, page, locale) for locale in target_locales())


def _source_of(source: TranslationSource) -> Page | None:
    try:
        page: Page = source.get_source_instance()
    except ObjectDoesNotExist:
        return None
    return page


class SubmitView(submit_translations.SubmitPageTranslationView):
    """Begins a translation: of what is published, by whoever translates that section."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = Page.objects.live().filter(pk=min(kwargs["page_id"], 2**62)).specific().first()
        if not isinstance(page, BasePage) or not page.is_source or not _is_translated_by(request.user, page):
            # Others' drafts are not there for who may not see them.
            raise Http404
        if page.path.startswith(restricted_paths()):
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
        for locale in form.cleaned_data["locales"]:
            demand_parent(self.object, locale)
        form.cleaned_data["include_subtree"] = False
        response: HttpResponse = super().form_valid(form)
        return response


class UpdateForm(update_translations.UpdateTranslationsForm):
    """Without publishing at once, as what is not translated yet would go live in the source's language, and
    without the machine, whose words are judged where they come in (`machine_translate`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["publish_translations"]
        self.fields.pop("use_machine_translation", None)

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "publish_translations": False}


class UpdateView(update_translations.UpdateTranslationsView):
    """Reads the source anew, by whoever translates it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = get_object_or_404(TranslationSource, pk=min(kwargs["translation_source_id"], 2**62))
        page = _source_of(self.object)
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


@api_view(["PUT", "DELETE"])
@permission_classes([IsAuthenticated])
@authentication_classes([SessionAuthentication])
def edit_string(request: Request, translation_id: int, string_segment_id: int) -> HttpResponseBase:
    """wagtail-localize's view, which stores any text at any time; what cannot be is told, with why."""
    translation = get_object_or_404(Translation, pk=min(translation_id, 2**62))
    segment = get_object_or_404(StringSegment, pk=min(string_segment_id, 2**62), source=translation.source_id)
    typed = request.POST["value"] if request.method == "PUT" else ""
    try:
        storing.open_for(request.user, translation)
        if request.method == "DELETE":
            response: HttpResponseBase = edit_translation.edit_string_translation(
                request._request, translation.pk, segment.pk
            )
            return response
        stored, is_new = storing.store(translation, segment, typed, request.user)
    except RefusedError as error:
        return answers.refused(error, request.method, {"segment_id": segment.pk, "data": typed})
    serializer = edit_translation.StringTranslationSerializer(
        stored, context={"translation_source": translation.source}
    )
    return Response(serializer.data, status=201 if is_new else 200)


@require_POST
def machine_translate(request: HttpRequest, translation_id: int) -> HttpResponse:
    """wagtail-localize's view, with the machine's words judged as everybody's, and a machine that does not
    answer told of. No transaction is open while it is waited for (`cms.waiting`)."""
    translation = get_object_or_404(Translation, pk=min(translation_id, 2**62))
    translator = get_machine_translator()
    if translator is None or not translator.can_translate(
        translation.source.locale, translation.target_locale
    ):
        raise Http404
    try:
        with transaction.atomic():
            storing.open_for(request.user, translation)
        said = machine.ask(translator, translation)
        with transaction.atomic(), noting(request):
            storing.open_for(request.user, translation)
            drafted = machine.keep(translator, translation, said, request.user)
    except RefusedError as refused:
        return _back(request, [(messages.ERROR, message) for message in refused.messages])
    return _back(request, drafted.in_words())


@require_POST
def upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Takes in a PO file as far as it fits and says what did not."""
    translation = get_object_or_404(Translation, pk=min(translation_id, 2**62))
    try:
        storing.open_for(request.user, translation)
        taken = po_files.take(translation, po_files.read(request.FILES.get("file")), request.user)
    except RefusedError as refused:
        return _back(request, [(messages.ERROR, message) for message in refused.messages])
    return _back(request, taken.in_words())


def _back(request: HttpRequest, told: Iterable[tuple[int, str]]) -> HttpResponse:
    """To the page the person came from, with messages."""
    for level, message in told:
        messages.add_message(request, level, message)
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
