"""Mailing an enquiry to the office that answers it; done by the worker, so that no reader waits for it."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, override
from django_tasks import task

from cms.readers import language_at
from contact.models import Enquiry

logger = logging.getLogger(__name__)


# A mail server may be away for a while; after a week a person looks at it in the admin.
PATIENCE = timedelta(days=7)


@task()
def mail_enquiry(enquiry_id: int) -> None:
    """Send the enquiry to its recipient, if that has not been done. What fails is tried again later."""
    for enquiry in _waiting().filter(pk=enquiry_id):
        _deliver(enquiry)


def mail_waiting() -> None:
    """The worker's regular round: what could not be mailed at once, oldest first."""
    for enquiry in _waiting().filter(created__gte=timezone.now() - PATIENCE).order_by("created")[:50]:
        _deliver(enquiry)


def _waiting() -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(mailed_at=None).exclude(recipient="").select_related("page__locale")


def _deliver(enquiry: Enquiry) -> None:
    try:
        with override(language_at(enquiry.recipient)):
            message_for(enquiry).send()
    except OSError:
        # A mail server's refusals are OSErrors too. The enquiry waits for the next round.
        logger.exception("enquiry %s could not be mailed", enquiry.pk)
        return
    Enquiry.objects.filter(pk=enquiry.pk).update(mailed_at=timezone.now())


def message_for(enquiry: Enquiry) -> EmailMessage:
    """The mail, in the language in force: who asks, about which page, and how to answer."""
    language = get_language() or settings.LANGUAGE_CODE
    body = render_to_string(
        "contact/mails/enquiry.txt",
        {
            "enquiry": enquiry,
            "addressee": enquiry.addressee or enquiry.recipient,
            "link": enquiry.page.specific.full_address(language) if enquiry.page else "",
            "who": " ".join(filter(None, [enquiry.name, enquiry.email and f"<{enquiry.email}>"])),
        },
    )
    subject = f"[JIPPNas] {enquiry.get_kind_display()}: {enquiry.page_title}"
    return EmailMessage(
        subject=" ".join(subject.split())[:180],
        body=body.strip() + "\n",
        to=[enquiry.recipient],
        reply_to=[enquiry.email] if enquiry.email else None,
    )
