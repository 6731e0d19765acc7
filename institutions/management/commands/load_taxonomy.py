from typing import Any

from django.core.management.base import BaseCommand, CommandError

from institutions.loading import load_all
from taxonomy.loading import DataError


class Command(BaseCommand):
    help = "Memuat tabel rujukan dan instansi; aman dijalankan berulang kali."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_all()
        except DataError as error:
            raise CommandError(f"Tabel rujukan tidak dimuat, tidak ada yang berubah. {error}") from None
        for table in loaded:
            counts = f"{table.created:>5} baru {table.changed:>5} berubah {table.unchanged:>5} tetap"
            self.stdout.write(f"{table.table:30} {counts}")
