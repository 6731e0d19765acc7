from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who signs in. What they may do comes from memberships, never from this model."""

    email = models.EmailField(_("surel"), unique=True)
    job_title = models.CharField(_("jabatan"), max_length=150, blank=True)
    # Goes into the hash that Django compares in every session: another number ends them all.
    session_generation = models.PositiveIntegerField(default=0, editable=False)

    class Meta(AbstractUser.Meta):
        # The stubs know only names that are translated at once.
        verbose_name = _("pengguna")  # type: ignore[assignment]
        verbose_name_plural = _("pengguna")  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}.{self.session_generation}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for value in super().get_session_auth_fallback_hash():
            yield f"{value}.{self.session_generation}"


class SecondStep(models.Model):
    """A person's second step of signing in. Whoever has one is asked for a code after the password."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_step")
    # Base32, readable: the server computes codes from it. A copy of the database alone opens no door, as
    # passwords are hashed; decision 0013.
    secret = models.CharField(max_length=64)
    set_up_at = models.DateTimeField(_("dipasang pada"), auto_now_add=True)
    # Codes that are still valid but have been used, and hashes of recovery codes that have not.
    used = models.JSONField(default=list)
    recovery = models.JSONField(default=list)
    wrong = models.PositiveSmallIntegerField(default=0)
    wrong_since = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.user)
