from django.db import models


class OutboxEntry(models.Model):
    """A change not yet passed on to an outside engine. At most one entry waits per document.

    Written in the transaction of the change. Ids are given before the commit: a lower one may appear later.
    """

    class Action(models.TextChoices):
        STORE = "store"
        REMOVE = "remove"

    key = models.CharField(max_length=120, db_index=True)
    action = models.CharField(max_length=10, choices=Action)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

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
