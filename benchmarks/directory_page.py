"""Server time of the whole directory page at 10,000 records with every facet filled.

    python benchmarks/directory_page.py [--documents 10000] [--words 400] [--rounds 20]

Requests go through Django's test client: address, query, template, all middleware, no network. Runs in a
throw-away database: SQLite, or PostgreSQL where DATABASE_URL names one.
"""

import argparse
import gc
import itertools
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from benchmarks.search_latency import batched, documents, summary
from directory.choices import CostBand
from directory.finder import facets
from institutions.loading import load_all
from search import index, synonyms
from search.types import Document
from tests.factories.directory import directory_index
from tests.factories.home import make_home

ADDRESSES = (
    "",
    "?page=100&sort=title",
    "?province=35&province=33&year=2018",
    "?q=stunting",
    "?q=pengolahan+sampah+desa",
    "?q=pengolahan+sampah+desa&province=35&sector=kesehatan",
    "?q=pelayanan+kesehatan+ibu+dan+anak+di+desa",
    "?q=pelayanan+kesehatan&sort=newest",
    "?q=penaganan+sampha+peleyanan",
    "?q=zzzz+qqqq",
)


def real_values() -> dict[str, list[str]]:
    """The codes each facet may really have, so that labels are looked up as on the real page."""
    values = {"year": [str(year) for year in range(2014, 2026)]}
    for facet in facets.FACETS:
        if facet.choices:
            values[facet.name] = [str(value) for value in facet.choices.values]
        elif facet.table:
            codes = facets._TABLES[facet.table].objects.values_list("code", flat=True)
            dotted = facet.name == "region"
            values[facet.name] = [c for c in codes if facet.table != "region" or ("." in c) == dotted]
    return values


def with_real_values(count: int, words: int) -> Iterator[Document]:
    values = real_values()
    for number, document in zip(itertools.count(), documents(count, words), strict=False):
        chosen = {name: (found[number % len(found)],) for name, found in values.items()}
        yield replace(document, facets=chosen, data=card_data(number, document))


def card_data(number: int, document: Document) -> dict[str, object]:
    """What a result card shows, of the usual length."""
    return {
        "number": number,
        "code": f"INO-{number:06}",
        "title": document.texts["title"],
        "url": {"id": f"/id/inovasi/{number}/"},
        "summary": document.texts["summary"],
        "problem": document.texts["summary"],
        "result": document.texts["summary"],
        "institution": {"id": "Pemerintah Kabupaten Bantaeng"},
        "where": {"id": "Sulawesi Selatan"},
        "year": 2015 + number % 10,
        "awards": ["Top 45 KIPP 2021"],
        "status": "running",
        "confirmed_at": "2026-08-01",
        "confirmed_status": "running",
        "cost_band": CostBand.values[number % len(CostBand.values)],
        "evidence": number % 5,
        "replications": number % 7,
        "replications_running": number % 3,
        "validated": True,
    }


def measure(options: argparse.Namespace) -> None:
    load_all()
    synonyms.load()
    make_home()
    page = directory_index()
    index.register("innovation", lambda: batched(with_real_values(options.documents, options.words)))
    index.rebuild(["innovation"])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    # As cms.wsgi does when a process has started.
    gc.collect()
    gc.freeze()
    client = Client(SERVER_NAME="localhost")
    everything: list[float] = []
    print(f"{connection.vendor}: {options.documents} documents of {options.words} words")
    for address in ADDRESSES:
        response = client.get(page.url + address)
        assert response.status_code == 200, (address, response.status_code)
        times = []
        for _ in range(options.rounds):
            began = time.perf_counter()
            client.get(page.url + address)
            times.append((time.perf_counter() - began) * 1000)
        everything += times
        print(f"{address or 'no words':<58} {len(response.content) // 1000:>4} kB  {summary(times)}")
    print(f"{'all':<66}  {summary(everything)}  mean {statistics.mean(everything):.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=400, help="length of a document's body")
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    setup_test_environment()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        measure(options)
    finally:
        teardown_databases(old, verbosity=0)


if __name__ == "__main__":
    main()
