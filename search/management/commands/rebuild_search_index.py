from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search import index


class Command(BaseCommand):
    help = "Makes the search documents anew, of all types or of some, and drops those that are gone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--type", action="append", dest="types", help="only this type; may be repeated")

    def handle(self, *args: Any, types: list[str] | None = None, verbosity: int = 1, **options: Any) -> None:
        try:
            with tqdm(unit=" documents", delay=2, disable=verbosity == 0) as bar:
                counts = index.rebuild(types, bar.update)
        except LookupError as error:
            raise CommandError(str(error)) from error
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count} documents")
