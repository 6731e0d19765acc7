from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from cms import reminders


class Command(BaseCommand):
    """The worker does the same every day; run twice, nobody is reminded twice."""

    help = (
        "Mengirim surel pengingat yang sudah waktunya: konfirmasi “Masih berjalan?”, tinjau ulang panduan, "
        "persetujuan yang terlalu lama menunggu."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sent = reminders.send_all()
        self.stdout.write(ngettext("%(n)d surel dikirim.", "%(n)d surel dikirim.", sent) % {"n": sent})
