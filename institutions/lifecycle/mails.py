"""How a merge ended that ran behind the scenes, told to who asked for it, in his language."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.readers import in_language_of
from institutions.models import Institution

if TYPE_CHECKING:
    from accounts.models import User


def merged(person: "User", old: Institution, new: Institution) -> None:
    with in_language_of(person):
        _send(person, _("[JIPPNas] Selesai digabung: %s"), old, new, done=True)


def not_merged(person: "User", old: Institution, new: Institution, why: str) -> None:
    """`why` is empty where it is a fault of the portal."""
    with in_language_of(person):
        _send(person, _("[JIPPNas] Tidak jadi digabung: %s"), old, new, done=False, why=why)


def _send(person: "User", subject: str, old: Institution, new: Institution, **said: Any) -> None:
    link = settings.WAGTAILADMIN_BASE_URL + reverse("lifecycle:index", args=[old.pk])
    body = render_to_string(
        "institutions/mails/merged.txt", {"person": person, "old": old, "new": new, "link": link, **said}
    )
    if person.email:
        EmailMessage(subject=subject % old.name, body=body.strip() + "\n", to=[person.email]).send()
