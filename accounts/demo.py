"""The demo account: an administrator with a known password, for a portal on one's own machine.

It is made, and can be used, only while `DEMO` is on, which production settings never allow.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from accounts.models import User

DEMO_USERNAME = "demo"
DEMO_PASSWORD = "coba-jippnas"  # noqa: S105 — published on purpose, see above


def create_demo_account() -> User:
    """The demo account, made or reset. Raises `ImproperlyConfigured` outside demo mode."""
    if not settings.DEMO:
        raise ImproperlyConfigured(
            "The demo account has a published password. It is made only in demo mode (DEMO=1), "
            "which belongs on one's own machine."
        )
    account, _ = User.objects.update_or_create(
        username=DEMO_USERNAME,
        defaults={
            "email": "demo@jippnas.localhost",
            "first_name": "Akun",
            "last_name": "Coba",
            "is_active": True,
            "is_staff": True,
            "is_superuser": True,
        },
    )
    if not account.check_password(DEMO_PASSWORD):
        account.set_password(DEMO_PASSWORD)
        account.save(update_fields=["password"])
    return account
