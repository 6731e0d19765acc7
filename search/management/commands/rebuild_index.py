from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.engines.elasticsearch.connection import Connection
from search.types import EngineUnavailableError
from search.upkeep.rebuild import RebuildFailedError, rebuild, total


class Command(BaseCommand):
    help = (
        "Fills a new Elasticsearch index from the stored search documents and changes over to it. Readers go "
        "on searching the old one; what is published meanwhile is in the new one too. May be interrupted."
    )

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        connection = Connection.from_settings()
        if connection is None:
            raise CommandError("There is no Elasticsearch to build an index in: set ELASTICSEARCH_URL.")
        try:
            with tqdm(total=total(), unit=" documents", disable=verbosity == 0) as bar:
                rebuilt = rebuild(connection, bar.update)
        except KeyboardInterrupt:
            raise CommandError(
                "Interrupted; readers go on with the index they had.", returncode=130
            ) from None
        except (EngineUnavailableError, RebuildFailedError) as error:
            raise CommandError(f"No new index: {error}. Readers go on with what they had.") from error
        self.stdout.write(f"{rebuilt.written} documents are in the new index.")
        if rebuilt.refused:
            self.stdout.write(
                f"{rebuilt.refused} were refused: the log says which and why. The worker tries them again."
            )
