"""Who answers for a page: a post and an office mailbox, never a person."""

from collections.abc import Callable
from dataclasses import dataclass

from wagtail.models import Page

from directory.models import InnovationPage
from institutions.models import Institution

_portal_mailbox: list[Callable[[], str]] = []


@dataclass(frozen=True, slots=True)
class Addressee:
    """`post` and `institution` as a reader is told them; `email` "" where no mailbox is known.

    `is_owner` is False when the portal's own office answers instead.
    """

    post: str
    institution: str
    email: str
    is_owner: bool

    def __str__(self) -> str:
        return ", ".join(part for part in (self.post, self.institution) if part)


def register_portal_mailbox(mailbox: Callable[[], str]) -> None:
    """Say where to find the portal's own address; called in `AppConfig.ready`, the last one counts."""
    _portal_mailbox[:] = [mailbox]


def addressee_of(page: Page) -> Addressee:
    """Who answers for `page` (a specific page): its owner's office, else the portal's."""
    institution: Institution | None = getattr(page, "institution", None)
    post = email = ""
    if isinstance(page, InnovationPage):
        post, email = page.contact_post, page.contact_email
    name = institution.shown_name if institution else getattr(page, "institution_text", "")
    if email and (institution is None or institution.is_active):
        return Addressee(post, name, email, is_owner=True)
    return Addressee(post, name, _portal_mailbox[0]() if _portal_mailbox else "", is_owner=False)
