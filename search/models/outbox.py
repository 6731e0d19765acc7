from django.db import models


class OutboxEntry(models.Model):
    """The last change of a document, to be passed on to an outside engine. One entry a document.

    Written in the transaction of the change. Ids are given before the commit: a lower one may appear later.
    `sent_at` is empty until the change is passed on; `error` says why an engine did not take it, `attempts`
    how often that was tried, and not before `retry_at` it is tried again. Where the engine takes nothing at
    all, `error` of the oldest says so, without an attempt counted. What has been passed on stays: the copies
    in memory see by these rows that something has changed.
    """

    class Action(models.TextChoices):
        STORE = "store"
        REMOVE = "remove"

    key = models.CharField(max_length=120, db_index=True)
    action = models.CharField(max_length=10, choices=Action)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["id"], name="search_outbox_waiting", condition=models.Q(sent_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.key}"

    @classmethod
    def state(cls) -> tuple[object, ...]:
        """What differs after every change of a document, for copies in memory; empty while nothing is noted.

        Not the newest id: ids are given before the commit, so a lower one may appear later; and not ids
        alone, which may come again after a rollback.
        """
        noted = cls.objects.aggregate(models.Count("id"), models.Sum("id"), models.Max("created_at"))
        return tuple(noted.values()) if noted["id__count"] else ()
