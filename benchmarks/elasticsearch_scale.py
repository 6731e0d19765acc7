"""How Elasticsearch's engine grows: time of the directory's query and of a rebuild, by number of documents.

    python benchmarks/elasticsearch_scale.py [--documents 10000 1000000] [--words 60] [--rounds 40]
        [--keep FOLDER]

For every size: a full rebuild beside the same lines sent by a bare client; then queries of one mix, each
with other words of the same frequency every time, and the same request sent by a bare client. What
the server keeps of earlier requests is cleared before each, except for the page without words, which all
readers share.

Uses the server of TEST_ELASTICSEARCH_URL or ELASTICSEARCH_URL, or one of its own with 2 GB; a throw-away
database: SQLite, or PostgreSQL where DATABASE_URL names one. Documents and queries are the same on every run.
"""

import argparse
import os
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.db import connection
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases

from benchmarks import _elasticsearch, _many_documents, _scale_queries
from benchmarks._scale_rebuild import rebuild_rates
from search import synonyms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--words", type=int, default=60, help="length of a document's body")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--shards", type=int, default=1)
    parser.add_argument(
        "--keep", type=Path, help="folder that keeps filled SQLite databases for the next run"
    )
    options = parser.parse_args()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        synonyms.load()
        with _elasticsearch.server("2g") as url, override_settings(ELASTICSEARCH_SHARDS=options.shards):
            largest = [measure(url, documents, options) for documents in options.documents]
        if len(largest) > 1:
            print(f"\np95 of all: {largest[-1] / largest[0]:.2f} times that of the first size")
    finally:
        teardown_databases(old, verbosity=0)


def measure(url: str, documents: int, options: argparse.Namespace) -> float:
    """Prints what one size takes; returns the p95 of the engine's calls."""
    began = time.perf_counter()
    store(documents, options)
    took = time.perf_counter() - began
    print(f"\n{connection.vendor}: {documents} documents of {options.words} words stored in {took:.0f} s")
    with _elasticsearch.portal_on(url) as server:
        rebuild_rates(server)
        return _scale_queries.measure(server, options.rounds)


def store(documents: int, options: argparse.Namespace) -> None:
    """Fill the database, or put the one in its place that an earlier run has filled alike."""
    kept = options.keep and options.keep / f"{documents}-documents-of-{options.words}-words.sqlite3"
    if not kept or connection.vendor != "sqlite":
        _many_documents.fill(documents, options.words)
        return
    database = Path(connection.settings_dict["NAME"])
    if not kept.exists():
        _many_documents.fill(documents, options.words)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(kept)])
        return
    connection.close()
    for old in database.parent.glob(f"{database.name}*"):
        old.unlink()
    shutil.copyfile(kept, database)


if __name__ == "__main__":
    main()
