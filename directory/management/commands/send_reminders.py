from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from directory.confirming import reminders


class Command(BaseCommand):
    """The worker does the same every day; run twice, nobody is asked twice."""

    help = "Mengirim surel pengingat konfirmasi “Masih berjalan?” yang sudah waktunya."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("%d surel dikirim.") % reminders.send())
