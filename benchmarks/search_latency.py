"""Time of the directory's query on the database engine, at 10,000 synthetic documents with 16 facets.

    python benchmarks/search_latency.py [--documents 10000] [--words 400] [--rounds 20]

Runs in a throw-away database: SQLite, or PostgreSQL where DATABASE_URL names one. The documents and
queries are the same on every run.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.test.utils import setup_databases, teardown_databases

from search import engines, index, synonyms
from search.models import SynonymGroup
from search.types import Document, Query, Sort

# Facets and how many values each has; as in the directory.
FACETS = {
    "province": 38, "region": 514, "institution_kind": 11, "sector": 32, "sdg": 17, "theme": 9, "year": 12,
    "award": 8, "source": 4, "status": 4, "phase": 3, "kind": 2, "evidence": 6, "cost": 6, "population": 6,
    "island": 7,
}  # fmt: skip
# Of these a document may have two values.
SEVERAL = ("sector", "sdg", "year")
SYLLABLES = "ba be bi bo bu da di du ga gi ka ke ki ko ku la le li lo lu ma me mi mu na ni pa pe pi po ra ri sa si su ta te ti to tu".split()  # noqa: E501, SIM905


def vocabulary(chance: random.Random) -> list[str]:
    """Real words of public services first, then made-up ones: commonest first."""
    real = sorted({
        word
        for row in SynonymGroup.objects.exclude(kind="glossary")
        for phrase in (*row.terms.split("|"), *row.members.split("|"))
        for word in phrase.split()
    })  # fmt: skip
    chance.shuffle(real)
    made = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))) for _ in range(15_000)]
    return real + made


def batched(stream: Iterator[Document], size: int = 200) -> Iterator[list[Document]]:
    while batch := list(islice(stream, size)):
        yield batch


def documents(count: int, words: int) -> Iterator[Document]:
    chance = random.Random(20)
    pool = vocabulary(chance)
    weights = list(accumulate(1 / (rank + 30) for rank in range(len(pool))))

    def text(length: int) -> str:
        return " ".join(chance.choices(pool, cum_weights=weights, k=length))

    for number in range(count):
        facets = {
            name: tuple({str(chance.randrange(size)) for _ in range(2 if name in SEVERAL else 1)})
            for name, size in FACETS.items()
        }  # fmt: skip
        yield Document(
            key=f"innovation:{number}",
            type="innovation",
            object_id=number,
            texts={
                "title": {"id": text(5)},
                "keywords": {"id": text(12)},
                "summary": {"id": text(60)},
                "body": {"id": text(words)},
            },
            facets=facets,
            data={"title": {"id": "x"}, "summary": {"id": "x" * 300}},
            date=f"{2014 + number % 12}-01-01",
            evidence=number % 6,
            replications=number % 13,
        )


def cases() -> dict[str, Query]:
    base = {"types": ("innovation",), "facets": tuple(FACETS), "exclude": {"status": ("3",)}}
    filters = {"province": ("1", "2", "3"), "year": ("4",)}
    return {
        "no words": Query(**base),
        "no words, two filters": Query(**base, filters=filters),
        "no words, by title, page 100": Query(**base, sort=Sort.TITLE, page=100),
        "one word": Query("stunting", **base),
        "three words": Query("pengolahan sampah desa", **base),
        "three words, two filters": Query("pengolahan sampah desa", **base, filters=filters),
        "common words": Query("pelayanan kesehatan ibu dan anak di desa", **base),
        "English": Query("child malnutrition prevention", language="en", **base),
        "typing errors": Query("penaganan sampha peleyanan", **base),
        "common words, newest first": Query("pelayanan kesehatan ibu dan anak", **base, sort=Sort.NEWEST),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=400, help="length of a document's body")
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        measure(options)
    finally:
        teardown_databases(old, verbosity=0)


def measure(options: argparse.Namespace) -> None:
    from django.db import connection

    synonyms.load()
    index.register("innovation", lambda: batched(documents(options.documents, options.words)))
    began = time.perf_counter()
    index.rebuild(["innovation"])
    took = time.perf_counter() - began
    size = f"{options.documents} documents of {options.words} words"
    print(f"{connection.vendor}: {size} built in {took:.0f} s")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    everything: list[float] = []
    for name, query in cases().items():
        results = engines.search(query)  # warms the copies in memory
        times = []
        for _ in range(options.rounds):
            began = time.perf_counter()
            engines.search(query)
            times.append((time.perf_counter() - began) * 1000)
        everything += times
        print(f"{name:<32} {results.total:>6} found  {summary(times)}")
    print(f"{'all':<46}  {summary(everything)}")


def summary(times: list[float]) -> str:
    return f"p50 {statistics.median(times):6.1f} ms  p95 {statistics.quantiles(times, n=20)[18]:6.1f} ms"


if __name__ == "__main__":
    main()
