"""What readers search for, counted by the day and never by the person; and what came of unmet demand."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# A longer text is not kept: nobody looks for a topic in so many words.
LONGEST_TEXT = 80


class SearchedText(models.Model):
    """One text on one day in one place: how often, and with what result. No person, no address, no time.

    The text "" stands for all searches whose words are not kept, and those without words.
    """

    day = models.DateField(_("hari"))
    text = models.CharField(_("kata pencarian"), max_length=LONGEST_TEXT, blank=True)
    # See `search.insight.places`.
    place = models.CharField(_("tempat"), max_length=20)
    searches = models.PositiveIntegerField(_("pencarian"), default=0)
    # Without filters, and nothing matched; those of them that showed at least near misses.
    unmatched = models.PositiveIntegerField(_("tanpa hasil yang cocok"), default=0)
    near_only = models.PositiveIntegerField(_("hanya hasil mendekati"), default=0)
    # Searches that were offered other words for a typing error.
    suggested = models.PositiveIntegerField(_("dengan saran ejaan"), default=0)
    # True matches when it was last searched without filters.
    results = models.PositiveIntegerField(_("hasil terakhir"), null=True, blank=True)

    class Meta:
        verbose_name = _("kata yang dicari")
        verbose_name_plural = _("kata yang dicari")
        default_permissions = ()
        permissions = [("view_search_insight", _("Melihat wawasan pencarian dan mengelola panggilan model"))]
        constraints = [models.UniqueConstraint(fields=["day", "text", "place"], name="search_text_day_once")]
        indexes = [
            # All that the sums of a period need: they are made without touching the table.
            models.Index(fields=["day", "text", "place", "searches"], name="search_text_sums"),
            models.Index(
                fields=["day", "text", "place", "unmatched", "near_only"],
                name="search_text_unmatched",
                condition=models.Q(unmatched__gt=0),
            ),
            models.Index(fields=["text", "day"], name="search_text_last"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.text}"


class SearchedFilter(models.Model):
    """How often a value of a filter was on, on one day in one place."""

    day = models.DateField(_("hari"))
    place = models.CharField(_("tempat"), max_length=20)
    facet = models.CharField(_("saringan"), max_length=40)
    value = models.CharField(_("nilai"), max_length=120)
    uses = models.PositiveIntegerField(_("pemakaian"), default=0)

    class Meta:
        verbose_name = _("saringan yang dipakai")
        verbose_name_plural = _("saringan yang dipakai")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "place", "facet", "value"], name="search_filter_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.facet}={self.value}"


class CallStatus(models.TextChoices):
    OPEN = "open", _("Terbuka")
    IN_PROGRESS = "in_progress", _("Dikerjakan")
    ANSWERED = "answered", _("Terjawab")
    DROPPED = "dropped", pgettext_lazy("call", "Dibatalkan")


UNFINISHED = (CallStatus.OPEN, CallStatus.IN_PROGRESS)


class ModelCall(models.Model):
    """A to-do with an owner: readers look for this, and an implementation model is wanted."""

    title = models.CharField(_("topik"), max_length=200)
    # The figures as they were when the call was made, in words.
    reason = models.TextField(_("alasan"), blank=True)
    note = models.TextField(_("catatan"), max_length=4000, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=CallStatus, default=CallStatus.OPEN)
    dropped_because = models.TextField(_("alasan dibatalkan"), max_length=1000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("penanggung jawab"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    due = models.DateField(_("tenggat"))
    answer = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("halaman jawaban"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now)

    class Meta:
        ordering = ["due", "pk"]
        verbose_name = _("panggilan model")
        verbose_name_plural = _("panggilan model")
        default_permissions = ()

    def __str__(self) -> str:
        return self.title

    @property
    def is_unfinished(self) -> bool:
        return self.status in UNFINISHED

    def is_overdue(self, today: datetime.date | None = None) -> bool:
        return self.is_unfinished and self.due < (today or timezone.localdate())


class ModelCallTopic(models.Model):
    """A text readers searched for that a call is to answer."""

    call = models.ForeignKey(ModelCall, on_delete=models.CASCADE, related_name="topics")
    text = models.CharField(_("kata pencarian"), max_length=LONGEST_TEXT, db_index=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["call", "text"], name="search_call_topic_once")]

    def __str__(self) -> str:
        return self.text


class ModelCallChange(models.Model):
    """The history of a call: who changed what, when. Rows are added, never changed."""

    call = models.ForeignKey(ModelCall, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(_("waktu"), default=timezone.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # An account may go; who it was stays.
    user_name = models.CharField(_("oleh"), max_length=300)
    # [field's name, old, new], as words.
    changes = models.JSONField(_("perubahan"), default=list)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.call_id} {self.at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises `ValueError` for a row that is there already."""
        if not self._state.adding:
            raise ValueError("the history of a call is not changed")
        super().save(*args, **kwargs)
