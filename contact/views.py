from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from contact.addressees import addressee_of
from contact.forms import EnquiryForm
from contact.models import EnquiryKind
from contact.senders import may_send, sender_of
from contact.tasks import mail_enquiry

ADDRESSES = {EnquiryKind.QUESTION: "contact:ask", EnquiryKind.ERROR: "contact:report"}


class _CsrfCheck(CsrfViewMiddleware):
    """Says why a request is refused instead of refusing it: the typed text must not be lost."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


@never_cache
@ensure_csrf_cookie
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def enquire(request: HttpRequest, page_id: int, kind: EnquiryKind) -> HttpResponse:
    """The form about one public page: shown, or kept and mailed. 404 for any other page."""
    page = _public_page(page_id)
    addressee = addressee_of(page)
    status = 200
    if request.method == "POST":
        form = EnquiryForm(kind, request.POST)
        if form.is_trap_sprung:
            return redirect("contact:thanks", page.pk)
        problem, status = _refusal(request, page, form)
        if not problem and status == 200:
            _keep(request, form, page, kind)
            return redirect("contact:thanks", page.pk)
        if problem:
            form.add_error(None, problem)
    else:
        form = EnquiryForm(kind, initial={"section": request.GET.get("bagian", "").replace("\0", "")[:120]})
    context = {"form": form, "subject": page, "addressee": addressee, "is_report": kind == EnquiryKind.ERROR}
    return render(request, "contact/enquire.html", context, status=status)


@require_safe
def thanks(request: HttpRequest, page_id: int) -> HttpResponse:
    """What happens next with what was sent."""
    page = _public_page(page_id)
    return render(request, "contact/thanks.html", {"subject": page, "addressee": addressee_of(page)})


def _public_page(page_id: int) -> Page:
    return get_object_or_404(Page.objects.live().public().filter(depth__gt=1), pk=page_id).specific


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _refusal(request: HttpRequest, page: Page, form: EnquiryForm) -> tuple[str, int]:
    """Why the form cannot be taken, in words ("" where the fields say it), and the HTTP status."""
    if not form.is_valid():
        return "", 422
    if _CsrfCheck(_nothing).process_view(request, _nothing, (), {}):
        return _("Formulir ini terbuka terlalu lama atau kuki diblokir. Tekan Kirim sekali lagi."), 403
    if not may_send(sender_of(request), page.pk):
        return _("Terlalu banyak kiriman dalam satu jam. Salin pesan Anda dan coba lagi nanti."), 429
    return "", 200


@transaction.atomic
def _keep(request: HttpRequest, form: EnquiryForm, page: Page, kind: EnquiryKind) -> None:
    enquiry = form.save(commit=False)
    # One line each: a typed line break could pass for a line of the mail's own.
    enquiry.name, enquiry.section = (" ".join(text.split()) for text in (enquiry.name, enquiry.section))
    enquiry.page_id, enquiry.page_title, enquiry.kind = page.pk, page.title, kind
    with override(settings.LANGUAGE_CODE):
        # Offices read it, whatever language the reader asked in.
        addressee = addressee_of(page)
    enquiry.addressee, enquiry.recipient = str(addressee)[:450], addressee.email
    enquiry.sender = sender_of(request)
    enquiry.save()
    mail_enquiry.enqueue(enquiry.pk)
