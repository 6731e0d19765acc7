"""How much one sender, and everybody together, may send within an hour."""

import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms import client
from contact.models import Enquiry

HOUR = datetime.timedelta(hours=1)
PER_SENDER = 5
PER_PAGE = 30


def sender_of(request: HttpRequest) -> str:
    """A mark that is the same for a sender's address all day and says nothing about it afterwards."""
    marked = f"{timezone.localdate()} {client.address(request)}"
    return salted_hmac("contact.sender", marked, algorithm="sha256").hexdigest()


def may_send(sender: str, page_id: int) -> bool:
    """False when this sender or this page has had its share of the last hour."""
    recent = Enquiry.objects.filter(created__gte=timezone.now() - HOUR)
    return (
        recent.filter(sender=sender).count() < PER_SENDER
        and recent.filter(page_id=page_id).count() < PER_PAGE
    )
