from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import evaluation
from search.engines import UnknownEngineError, engine


class Command(BaseCommand):
    help = "Prints nDCG@10 of the search for a file of judged queries, by kind and overall."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--judgements", type=Path, required=True, help="JSON like search/data/relevance.json"
        )
        parser.add_argument("--engine", default="")
        parser.add_argument("--type", action="append", dest="types", help="only documents of this type")
        parser.add_argument("--show", action="store_true", help="print every query with its score")

    def handle(self, *args: Any, judgements: Path, show: bool, **options: Any) -> None:
        try:
            judged = evaluation.read(Path(judgements))
            chosen = engine(options["engine"])
        except (ValueError, UnknownEngineError) as error:
            raise CommandError(str(error)) from error
        result = evaluation.evaluate(chosen, judged, tuple(options["types"] or ()))
        if show:
            for outcome in sorted(result.outcomes, key=lambda one: one.score):
                self.stdout.write(f"{outcome.score:.3f}  {outcome.judged.kind:<12} {outcome.judged.query}")
        for kind, (score, count) in result.by_kind().items():
            self.stdout.write(f"{kind:<12} {score:.3f}  ({count} queries)")
        self.stdout.write(f"{'overall':<12} {result.overall:.3f}  ({len(judged)} queries)")
        self.stdout.write(f"without results: {len(result.without_results)}")
        for query in result.without_results:
            self.stdout.write(f"  {query}")
