from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who signs in. What they may do comes from memberships, never from this model."""

    email = models.EmailField(_("surel"), unique=True)
    job_title = models.CharField(_("jabatan"), max_length=150, blank=True)

    class Meta(AbstractUser.Meta):
        # The stubs know only names that are translated at once.
        verbose_name = _("pengguna")  # type: ignore[assignment]
        verbose_name_plural = _("pengguna")  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.username
