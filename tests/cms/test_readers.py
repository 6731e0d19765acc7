"""Which language somebody reads is his own choice, whatever language is spoken around him."""

import pytest
from django.utils.translation import get_language, override
from wagtail.users.models import UserProfile

from accounts.models import User
from cms.readers import in_language_of, language_at, language_of

pytestmark = pytest.mark.django_db


def reader(chosen: str | None) -> User:
    user = User.objects.create_user("ani", "ani@contoh.go.id", "rahasia")
    if chosen is not None:
        UserProfile.objects.create(user=user, preferred_language=chosen)
    return user


@pytest.mark.parametrize(
    ("chosen", "language"), [("en", "en"), ("id", "id"), ("", "id"), ("fr", "id"), (None, "id")]
)
@pytest.mark.parametrize("around", ["id", "en"])
def test_language__is_the_accounts_else_the_portals(chosen: str | None, language: str, around: str) -> None:
    user = reader(chosen)
    with override(around):
        assert language_of(user) == language
        with in_language_of(user):
            assert get_language() == language
        assert get_language() == around


def test_language_at__knows_accounts_by_address() -> None:
    user = reader("en")
    assert language_at("ANI@contoh.go.id") == "en"
    assert language_at("lain@contoh.go.id") == "id"
    assert language_at("lain@contoh.go.id", "en") == "en"
    user.is_active = False
    user.save()
    assert language_at(user.email) == "id"


def test_language__of_who_never_opened_the_account_writes_nothing() -> None:
    assert language_of(reader(None)) == "id"
    assert not UserProfile.objects.exists()
