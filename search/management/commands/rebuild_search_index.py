from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search import index
from search.types import Document


class Command(BaseCommand):
    help = "Makes the search documents anew, of all types or of some, and drops those that are gone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--type", action="append", dest="types", help="only this type; may be repeated")

    def handle(self, *args: Any, types: list[str] | None = None, verbosity: int = 1, **options: Any) -> None:
        def progress(documents: Iterable[Document]) -> Iterable[Document]:
            return tqdm(documents, unit=" documents", delay=2, disable=verbosity == 0)

        try:
            counts = index.rebuild(types, progress)
        except LookupError as error:
            raise CommandError(str(error)) from error
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count} documents")
