"""Server time of the suggestions below a search box, at 10,000 records with their owners and places.

    python benchmarks/completion.py [--records 10000] [--rounds 20] [--elasticsearch]

Words are typed letter by letter; every request goes through Django's test client: address, engine, JSON, all
middleware, no network. Works in a database of its own: a temporary SQLite file, or the empty one DATABASE_URL
names (PostgreSQL), filled by `_population.py`. With `--elasticsearch` the titles come from the server of
TEST_ELASTICSEARCH_URL or ELASTICSEARCH_URL, or from one started for this.
"""

import argparse
import gc
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")

TYPED = (
    "kesehatan ibu",
    "stunting",
    "kabupaten sleman",
    "layanan terpadu",
    "jatim",
    "zzqq",
    "a b",
    "pemerintah kota",
)


def starts(words: str) -> list[str]:
    """What is asked while these words are typed: from two letters on, each letter a question."""
    return [words[:end] for end in range(2, len(words) + 1)]


def measure(options: argparse.Namespace) -> None:
    from benchmarks._population import populate

    populate(options.records, search=True, light=True)

    from benchmarks._elasticsearch import portal_on, server
    from search.upkeep.rebuild import rebuild

    with ExitStack() as stack:
        if options.elasticsearch:
            rebuild(stack.enter_context(portal_on(stack.enter_context(server("1g")))))
        ask_all(options)


def ask_all(options: argparse.Namespace) -> None:
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from benchmarks.search_latency import summary
    from search import engines, names, synonyms
    from search.engines.guarded import GuardedEngine

    settings.ALLOWED_HOSTS = ["testserver"]
    synonyms.load()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    # As cms.wsgi does when a process has started.
    gc.collect()
    gc.freeze()
    client = Client()

    def ask(text: str) -> tuple[float, int]:
        began = time.perf_counter()
        response = client.get("/id/cari/saran/", {"q": text, "jenis": "innovation"})
        took = (time.perf_counter() - began) * 1000
        assert response.status_code == 200
        return took, len(response.json()["suggestions"])

    engine = engines.engine()
    print(f"{connection.vendor}, {engine.name}: {options.records} records")
    ask("ke")
    everything: list[float] = []
    for words in TYPED:
        asked = [ask(text) for _ in range(options.rounds) for text in starts(words)]
        times = [took for took, _found in asked]
        everything += times
        print(f"{words:<24} {asked[-1][1]} found at last  {summary(times)}")
    print(f"{'all':<40}  {summary(everything)}")
    renewals = []
    for _ in range(options.rounds):
        names.forget()
        renewals.append(ask("ke")[0])
    print(f"{'the one request that reads all names anew':<40}  {summary(renewals)}")
    if isinstance(engine, GuardedEngine) and engine.breaker.is_open:
        raise SystemExit("Elasticsearch has failed: some of these answers are the database's")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--elasticsearch", action="store_true", help="titles from the server")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/completion.sqlite3")
        measure(options)


if __name__ == "__main__":
    main()
