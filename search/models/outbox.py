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
