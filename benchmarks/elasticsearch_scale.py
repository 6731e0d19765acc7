"""How Elasticsearch's engine grows: time of the directory's query and of a rebuild, by number of documents.

    python benchmarks/elasticsearch_scale.py [--documents 10000 1000000] [--words 60] [--rounds 40]
        [--keep FOLDER | --reuse FOLDER]

For every size, in a process of its own: a full rebuild beside the same lines sent by a bare client; then
queries of one mix, each with other words of the same frequency every time, and the same request sent by a
bare client. The sizes take turns, five rounds each: a machine that is slow for a minute is slow for
all of them. What the server keeps of earlier requests is cleared before each, except for the page without
words, which all readers share.

`--keep` leaves databases and indices for later runs: the databases in FOLDER, the indices there too, or on
the server that was there. `--reuse` asks the queries of what a run with the same numbers has left so, and
builds nothing.

Uses the server of TEST_ELASTICSEARCH_URL or ELASTICSEARCH_URL, or one of its own with 2 GB; throw-away
databases: SQLite, or PostgreSQL where DATABASE_URL names one. Documents and queries are the same on every
run.
"""

import argparse
import math
import multiprocessing
import os
import shutil
import sys
import time
from contextlib import ExitStack
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.db import connection
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases

from benchmarks import _elasticsearch, _many_documents
from benchmarks._scale_queries import ALL, OUTSIDE, UNMEASURED_ROUNDS, Mix
from benchmarks._scale_rebuild import rebuild_rates
from search import index, synonyms
from search.engines.elasticsearch.connection import Connection as Portal
from search.engines.elasticsearch.connection import patient
from search.engines.elasticsearch.faults import reported
from search.engines.elasticsearch.mapping import live_alias
from search.engines.elasticsearch.walk import number
from search.types import EngineUnavailableError

TURN, END = "turn", "end"
# More than one, so that each finds its own things in the processor's caches, as a portal in use does.
ROUNDS_IN_TURN = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--words", type=int, default=60, help="length of a document's body")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--shards", type=int, help="parts of each index; unset, as the portal would choose")
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--keep", type=Path, metavar="FOLDER", help="leave databases and indices there")
    kept.add_argument("--reuse", type=Path, metavar="FOLDER", help="ask what --keep has left there")
    options = parser.parse_args()
    folder = options.keep or options.reuse
    if folder and connection.vendor != "sqlite":
        parser.error("only SQLite databases can be kept: unset DATABASE_URL")
    for documents in options.documents if options.reuse else ():
        if not kept_database(options, documents).exists():
            parser.error(f"{kept_database(options, documents)} is not there: run with --keep {folder} first")
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    with (
        _elasticsearch.server("2g", folder and folder / "elasticsearch") as url,
        ExitStack() as sizes,
    ):
        running = [sizes.enter_context(Size(url, documents, options)) for documents in options.documents]
        for _ in range(math.ceil((UNMEASURED_ROUNDS + options.rounds) / ROUNDS_IN_TURN)):
            for size in running:
                size.ask(TURN)
        p95s = [size.ask(END) for size in running]
    if len(p95s) > 1:
        print("\np95 of the last size against the first:")
        for kind, first in p95s[0].items():
            note = f" (outside “{ALL}”)" if kind in OUTSIDE else ""
            print(f"{kind:<31} {p95s[-1][kind] / first:6.2f}{note}")


class Size:
    """A process with a database of so many documents and its index, which asks its rounds when told to."""

    def __init__(self, url: str, documents: int, options: argparse.Namespace) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, self._theirs = context.Pipe()
        self._process = context.Process(target=work, args=(self._theirs, url, documents, options))

    def __enter__(self) -> "Size":
        self._process.start()
        self._theirs.close()
        self._hear()
        return self

    def __exit__(self, *failure: object) -> None:
        self._pipe.close()
        self._process.join()

    def ask(self, what: str) -> dict[str, float]:
        """Wait until it has asked its rounds (nothing), or shown all its times (their p95, by kind)."""
        self._pipe.send(what)
        return self._hear()

    def _hear(self) -> dict[str, float]:
        """What it says next. Ends everything where it has failed, which it has told."""
        try:
            answer: dict[str, float] = self._pipe.recv()
        except EOFError:
            raise SystemExit(1) from None
        return answer


def work(pipe: Pipe, url: str, documents: int, options: argparse.Namespace) -> None:
    """One size: fill and rebuild, then as told. Ends, tidied up, when the other end of the pipe is closed."""
    # The processes share neither a database nor its name.
    own = connection.creation.get_test_db_clone_settings(str(documents))["NAME"]
    connection.settings_dict["TEST"]["NAME"] = str(own)
    old = setup_databases(verbosity=0, interactive=False)
    try:
        synonyms.load()
        began = time.perf_counter()
        store(documents, options)
        took = time.perf_counter() - began
        stored = f"{connection.vendor}: {documents} documents of {options.words} words stored in {took:.0f} s"
        with (
            override_settings(ELASTICSEARCH_SHARDS=options.shards),
            _elasticsearch.portal_on(url, kept=kept_index(options, documents)) as server,
        ):
            print(f"\n{stored}", flush=True)
            if options.reuse:
                check_index(server, documents)
            else:
                rebuild_rates(server)
            serve(pipe, Mix(server), stored)
    finally:
        teardown_databases(old, verbosity=0)


def serve(pipe: Pipe, mix: Mix, title: str) -> None:
    pipe.send({})
    while True:
        try:
            told = pipe.recv()
        except EOFError:
            return
        if told == TURN:
            for _ in range(ROUNDS_IN_TURN):
                mix.ask_round()
            pipe.send({})
        else:
            print(f"\n{title}")
            pipe.send(mix.show())
            sys.stdout.flush()


def kept_database(options: argparse.Namespace, documents: int) -> Path:
    """The file that keeps the filled database."""
    folder: Path = options.keep or options.reuse
    return folder / f"{documents}-documents-of-{options.words}-words.sqlite3"


def kept_index(options: argparse.Namespace, documents: int) -> str:
    """What the names of a kept index begin with; nothing where none is kept."""
    if not options.keep and not options.reuse:
        return ""
    return f"benchmark-{documents}-{options.words}-{options.shards or 'auto'}"


def check_index(server: Portal, documents: int) -> None:
    """Ends the process where there is no index of so many documents."""
    try:
        with reported():
            found = number(patient(server), live_alias(server, index.facet_names()))
    except EngineUnavailableError as error:
        raise SystemExit(f"no kept index ({error}): run with --keep first") from None
    if found != documents:
        raise SystemExit(f"the kept index has {found} documents, not {documents}: run with --keep first")


def store(documents: int, options: argparse.Namespace) -> None:
    """Fill the database, or put the one in its place that an earlier run has filled alike."""
    if not options.keep and not options.reuse:
        _many_documents.fill(documents, options.words)
        return
    kept, database = kept_database(options, documents), Path(connection.settings_dict["NAME"])
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
