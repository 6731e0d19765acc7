import uuid

from django.db import models


def registry_code(number: int) -> str:
    """A registry number as people write it: INO-000123."""
    return f"INO-{number:06d}"


class RegistryEntry(models.Model):
    """Hands out registry numbers: one for an innovation in all its languages, never given again."""

    number = models.BigAutoField(primary_key=True)
    translation_key = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def number_for(cls, translation_key: uuid.UUID) -> int:
        entry, _created = cls.objects.get_or_create(translation_key=translation_key)
        return entry.number
