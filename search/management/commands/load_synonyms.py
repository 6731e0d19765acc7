from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import synonyms


class Command(BaseCommand):
    help = "Loads the supplied synonyms, acronyms, spellings and glossary; what a person has changed stays."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = synonyms.load()
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Synonyms: {loaded.written} written, {loaded.unchanged} unchanged, "
            f"{loaded.edited} edited by hand and left, {loaded.dropped} dropped."
        )
