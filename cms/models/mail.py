from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMail(models.Model):
    """A mail that waits for the worker to send it: written with the change it tells of, or not at all."""

    subject = models.CharField(max_length=998)
    body = models.TextField()
    html = models.TextField(blank=True)
    sender = models.CharField(max_length=320)
    # Addresses.
    to = models.JSONField(default=list)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    # Why the last try failed.
    error = models.TextField(blank=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["given_up_at", "next_try_at"], name="mail_due")]
        verbose_name = _("surel keluar")
        verbose_name_plural = _("surel keluar")

    def __str__(self) -> str:
        return f"{self.pk}: {self.subject}"
