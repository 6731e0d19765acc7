"""Registry numbers as people write them: they lead to the record."""

import re

from django.urls import reverse

from directory.merging.addresses import number_now
from directory.models import InnovationPage

# No more digits than a database takes.
WRITTEN = re.compile(r"\s*ino[-\s]?([0-9]{1,18})\s*", re.ASCII | re.IGNORECASE)


class RegistryCode:
    """The part of an address that is a number as people write it: `INO-000123`."""

    regex = "[Ii][Nn][Oo]-[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value[len("INO-") :])

    def to_url(self, value: int) -> str:
        return f"INO-{value:06d}"


def address_of(text: str) -> str:
    """The permanent address of the record `text` names, "" where it is no number or nothing to be read."""
    found = WRITTEN.fullmatch(text)
    if not found:
        return ""
    number = int(found[1])
    public = InnovationPage.objects.live().public()
    if not public.filter(registry_number__in=[number, number_now(number)]).exists():
        return ""
    return reverse("directory:permanent-address", args=[number])
