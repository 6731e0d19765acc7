"""In which language somebody reads what the portal writes to him: mails are written in it.

For an account that is the language chosen in it, else the portal's first; never that of whoever is at work
when the mail is written.
"""

from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import override
from wagtail.users.models import UserProfile

# For `select_related` or `prefetch_related_objects`, where there are several people.
PROFILE = "wagtail_userprofile"


def profile_of(person: Any) -> UserProfile:
    """What the person has set in his account, or what holds where he has set nothing: not saved, then."""
    return getattr(person, PROFILE, None) or UserProfile(user=person)


def language_of(person: Any) -> str:
    """The code of the language an account reads."""
    chosen = profile_of(person).preferred_language
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def language_at(email: str, otherwise: str = settings.LANGUAGE_CODE) -> str:
    """The same by address; `otherwise` where no account has it. One query."""
    accounts = get_user_model().objects.filter(email__iexact=email, is_active=True)
    person = accounts.select_related(PROFILE).order_by("pk").first()
    return language_of(person) if person else otherwise


def in_language_of(person: Any) -> AbstractContextManager[None]:
    """`with in_language_of(person):` around the writing of a mail, its addresses included."""
    return override(language_of(person))
