from typing import Any

from django.core.management.base import BaseCommand

from institutions.permissions_table import markdown


class Command(BaseCommand):
    help = "Menuliskan tabel hak setiap peran, seperti docs/permissions.md."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(markdown(), ending="")
