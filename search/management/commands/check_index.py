from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.elasticsearch.connection import Connection
from search.types import EngineUnavailableError
from search.upkeep import check, outbox

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Compares the Elasticsearch index with the stored search documents and says what differs. "
        "With --repair it is passed on anew. Ends with 1 where differences remain."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="pass on anew what differs")

    def handle(self, *args: Any, repair: bool = False, **options: Any) -> None:
        connection = Connection.from_settings()
        if connection is None:
            raise CommandError("There is no Elasticsearch to check: set ELASTICSEARCH_URL.")
        try:
            found = check.compare(connection)
            self._show(found)
            if repair and found.keys:
                check.put_back_in_outbox(found.keys)
                outbox.pass_all_on(connection)
                found = check.compare(connection)
                self.stdout.write("After the repair:")
                self._show(found)
        except EngineUnavailableError as error:
            raise CommandError(f"The index cannot be checked: {error}.") from error
        if found.keys:
            remedy = "run manage.py rebuild_index" if repair else "run it again with --repair"
            raise CommandError(f"{len(found.keys)} differences; {remedy}.")

    def _show(self, found: check.Differences) -> None:
        self.stdout.write(
            f"{found.documents} documents: {len(found.missing)} missing in the index, "
            f"{len(found.outdated)} outdated, {len(found.surplus)} too many; {found.waiting} changes waiting."
        )
        for what, keys in (
            ("missing", found.missing),
            ("outdated", found.outdated),
            ("too many", found.surplus),
        ):
            for key in keys[:SHOWN]:
                self.stdout.write(f"  {what}: {key}")
