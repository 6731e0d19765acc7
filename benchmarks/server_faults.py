"""How long a reader waits for the first page after Elasticsearch fails, and for those behind it.

    python benchmarks/server_faults.py [--rounds 20]

The 121 real innovations; requests go through Django's test client. Every request asks another query:
with the server well, just after it was halted (SIGSTOP: it takes connections and never answers), a moment
later, just after it was killed, and a moment later. Between the faults the portal forgets them.
Starts an Elasticsearch of its own. A throw-away database: SQLite, or PostgreSQL where DATABASE_URL names one.
"""

import argparse
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

import logging

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, setup_test_environment, teardown_databases
from wagtail.models import Site

from benchmarks._elasticsearch import portal_on
from benchmarks.relevance import load
from benchmarks.search_latency import summary
from directory.models import DirectoryIndexPage
from scripts.elasticsearch_server import Server
from search import engines
from search.models import Word
from search.upkeep.rebuild import rebuild

NOTICE = "cara cadangan"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    old = setup_databases(verbosity=0, interactive=False)
    setup_test_environment()
    logging.disable(logging.ERROR)
    try:
        load()
        patience = settings.ELASTICSEARCH_TIMEOUT
        with Server() as server, portal_on(server.url, patience) as portal:
            rebuild(portal)
            print(f"{connection.vendor}, {patience:g} s of patience")
            measure(server, options.rounds)
    finally:
        teardown_databases(old, verbosity=0)


def measure(server: Server, rounds: int) -> None:
    index = DirectoryIndexPage.objects.get()
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": index.get_parent(), "hostname": "testserver"}
    )
    address = index.url
    chance = random.Random(50)
    pool = sorted(Word.objects.values_list("text", flat=True))
    client = Client()
    times: dict[str, list[float]] = {}

    def ask(state: str, noticed: bool) -> None:
        began = time.perf_counter()
        response = client.get(address, {"q": " ".join(chance.sample(pool, 2))})
        html = response.content.decode()
        times.setdefault(state, []).append((time.perf_counter() - began) * 1000)
        if (NOTICE in html) is not noticed:
            # What comes behind would wait for it.
            server.resume()
            raise RuntimeError(f"{state}: status {response.status_code}, notice shown: {not noticed}")

    for number in range(rounds):
        well_again()
        ask("well, unmeasured", noticed=False)
        ask("well", noticed=False)
        server.pause()
        ask("halted, first page", noticed=True)
        ask("halted, second page", noticed=True)
        server.resume()
        if number < rounds // 4:
            # Starting it takes long: fewer rounds.
            well_again()
            server.kill()
            ask("killed, first page", noticed=True)
            ask("killed, second page", noticed=True)
            server.start()
    for state, taken in times.items():
        print(f"{state:<20} {len(taken):>3} pages  {summary(taken)}  max {max(taken):7.1f} ms")


def well_again() -> None:
    """As a process that has not met the fault, and is about to ask the server."""
    cache.clear()
    engines._for_readers.cache_clear()


if __name__ == "__main__":
    main()
