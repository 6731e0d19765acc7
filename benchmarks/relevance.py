"""nDCG@10 of the directory search over exactly the 121 real innovations, by engine and kind of query.

    python benchmarks/relevance.py [--engine database|elasticsearch|baseline ...] [--judgements FILE ...]

Without names: the database engine and, where TEST_ELASTICSEARCH_URL or ELASTICSEARCH_URL names a server,
Elasticsearch and its own analyzer for Indonesian as a baseline. Without files: the development set and the
held-out set of the tests. Runs in a throw-away database: SQLite, or PostgreSQL where DATABASE_URL names one.
"""

import argparse
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from benchmarks._baseline import Baseline
from benchmarks._elasticsearch import address, portal_on
from search import engines, evaluation
from search.engines.elasticsearch.connection import patient
from search.engines.elasticsearch.mapping import new_index
from search.evaluation import Evaluation
from search.types import SearchEngine
from search.upkeep.rebuild import rebuild
from tests.factories.directory import directory_index

SETS = [ROOT / "search" / "data" / "relevance.json", ROOT / "tests" / "search" / "heldout.json"]
ENGINES = ("database", "elasticsearch", "baseline")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, nargs="*", default=ENGINES if address() else ENGINES[:1])
    parser.add_argument("--judgements", type=Path, nargs="*", default=SETS)
    options = parser.parse_args()
    if set(options.engine) != {"database"} and not address():
        parser.error("there is no Elasticsearch: set ELASTICSEARCH_URL")
    old = setup_databases(verbosity=0, interactive=False)
    try:
        load()
        with ExitStack() as stack:
            asked = dict(made(options.engine, stack))
            for judgements in options.judgements:
                judged = evaluation.read(judgements)
                print(f"\n{connection.vendor}, {judgements.name}, {len(judged)} queries")
                show({name: evaluation.evaluate(engine, judged) for name, engine in asked.items()})
    finally:
        teardown_databases(old, verbosity=0)


def load() -> None:
    """The 121 records as an import brings them."""
    for command in ("load_taxonomy", "load_synonyms"):
        call_command(command, stdout=io.StringIO())
    directory_index()
    rows = str(ROOT / "directory" / "data" / "innovations.csv")
    call_command("import_innovations", "general", rows, commit=True, stdout=io.StringIO())


def made(names: Sequence[str], stack: ExitStack) -> Iterator[tuple[str, SearchEngine | Baseline]]:
    """The engines of these names, filled."""
    server = stack.enter_context(portal_on(address())) if set(names) != {"database"} else None
    for name in names:
        if name == "baseline" and server:
            baseline = Baseline(patient(server), new_index(server.index))
            baseline.fill()
            yield name, baseline
            continue
        if name == "elasticsearch" and server:
            rebuild(server)
        yield name, engines.engine(name)


def show(results: dict[str, Evaluation]) -> None:
    """A row for each kind of query, a column for each engine."""
    print(f"{'':<24}" + "".join(f"{name:>15}" for name in results))
    kinds = next(iter(results.values())).by_kind()
    for kind, (_score, count) in kinds.items():
        scores = [result.by_kind()[kind][0] for result in results.values()]
        print(f"{kind:<16} ({count:>2})    " + "".join(f"{score:>15.3f}" for score in scores))
    print(f"{'overall':<24}" + "".join(f"{result.overall:>15.3f}" for result in results.values()))
    without = [result.without_results for result in results.values()]
    print(f"{'without results':<24}" + "".join(f"{len(queries):>15}" for queries in without))
    for name, queries in zip(results, without, strict=True):
        for query in queries:
            print(f"  {name}: {query}")


if __name__ == "__main__":
    main()
