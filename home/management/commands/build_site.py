from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.starter.build import build_site
from home.starter.content import StarterError


class Command(BaseCommand):
    help = "Membangun situs awal sekali saja; dijalankan lagi, tidak mengubah apa pun."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = build_site(self._tell)
        except StarterError as error:
            raise CommandError(str(error)) from error
        if not made:
            self._tell("Situs awal sudah ada; tidak ada yang diubah.")

    def _tell(self, message: str) -> None:
        self.stdout.write(message)
        self.stdout.flush()
