"""How soon what is published is found in Elasticsearch, and what publishing feels of a server that is gone.

    python benchmarks/publishing.py [--publishes 100] [--outage 200]

A real worker (`manage.py run_worker`) beside this process, which publishes through Wagtail as the admin does,
one transaction each, into the 121 real innovations: new records, new words, another theme, award, tag; and
some transactions that are rolled back. Timed from the commit until the engine finds it. Then the server is
killed, and started again, while publishing goes on.
Starts an Elasticsearch of its own. A throw-away database: SQLite, or PostgreSQL where DATABASE_URL names one.
"""

import argparse
import contextlib
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.db import connection, transaction
from django.test.utils import setup_databases, teardown_databases

from benchmarks._elasticsearch import portal_on
from benchmarks.relevance import load
from benchmarks.search_latency import SYLLABLES
from directory.models import Award, DirectorySectionPage, InnovationPage
from directory.search_document import SOURCE
from scripts.elasticsearch_server import Server
from search import index
from search.analysis import stem
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.connection import Connection, patient
from search.engines.elasticsearch.mapping import HEAD, live_alias
from search.types import Query
from search.upkeep import outbox
from search.upkeep.check import compare
from search.upkeep.rebuild import rebuild
from taxonomy.models import AwardProgramme, ReformTheme
from tests.factories.directory import SUBMITTABLE

CHANGES = ("new record", "new words", "theme", "award", "tag")
ROLLED_BACK = 20
# Between two looks whether a change is found, and how long that is tried.
LOOK_SECONDS, LONGEST_SECONDS = 0.02, 60.0
CATCH_UP_SECONDS = 300.0


class Editor:
    """Publishes one change after the other, other ones at every run of the same number."""

    def __init__(self) -> None:
        self.chance = random.Random(40)
        self.sections = list(DirectorySectionPage.objects.exclude(institution=None))
        self.themes = list(ReformTheme.objects.order_by("code"))
        self.programmes = list(AwardProgramme.objects.order_by("code"))
        self.own: list[tuple[int, str]] = []

    def word(self) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=6))

    def publish(self, change: str) -> tuple[InnovationPage, Query]:
        """Make a change and publish it; returns the page and a query that now finds it."""
        if change == "new record" or not self.own:
            return self._new()
        number, own_word = self.chance.choice(self.own)
        page = InnovationPage.objects.get(pk=number).get_latest_revision_as_object()
        query = Query(own_word)
        if change == "new words":
            query = Query(self.word())
            page.title = f"{page.title[:80]} {query.text}"
        elif change == "tag":
            query = Query(self.word())
            page.tags.add(query.text)
        elif change == "theme":
            had = {theme.pk for theme in page.reform_themes.all()}
            theme = self.chance.choice([one for one in self.themes if one.pk not in had])
            page.reform_themes = [theme]
            query = Query(own_word, filters={"theme": (theme.code,)})
        else:
            held = {award.programme_id for award in page.awards.all()}
            programme = self.chance.choice([one for one in self.programmes if one.pk not in held])
            page.awards = [Award(programme=programme, year=2024)]
            query = Query(own_word, filters={"award": (programme.code,)})
        page.save_revision().publish()
        return page, query

    def _new(self) -> tuple[InnovationPage, Query]:
        section, word = self.chance.choice(self.sections), self.word()
        page = InnovationPage(
            title=f"Inovasi {word}", slug=word, institution=section.institution, live=False, **SUBMITTABLE
        )
        section.add_child(instance=page)
        page.save_revision().publish()
        self.own.append((page.pk, word))
        return page, Query(word)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--publishes", type=int, default=100)
    parser.add_argument("--outage", type=int, default=200, help="publishes around the time without a server")
    options = parser.parse_args()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        load()
        with Server() as server, portal_on(server.url) as portal:
            rebuild(portal)
            with worker(portal):
                editor = Editor()
                print(connection.vendor)
                publish_and_find(editor, options.publishes)
                roll_back(editor, portal)
                publish_without_server(editor, server, portal, options.outage)
    finally:
        teardown_databases(old, verbosity=0)


@contextlib.contextmanager
def worker(portal: Connection) -> Iterator[None]:
    """The worker of a portal with this database and this server."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        "DATABASE_URL": database_url(),
        "ELASTICSEARCH_URL": portal.url,
        "ELASTICSEARCH_INDEX": portal.index,
    }
    # Its log would tell of tasks for awards that a later change took away again.
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_worker"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
        if process.poll() is not None:
            raise RuntimeError("the worker has ended before its time")
    finally:
        process.terminate()
        process.wait()


def database_url() -> str:
    """The address of the throw-away database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def publish_and_find(editor: Editor, count: int) -> None:
    saved: list[float] = []
    found: dict[str, list[float]] = {change: [] for change in CHANGES}
    # The first change warms up both processes.
    for number in range(-1, count):
        change = CHANGES[number % len(CHANGES)]
        began = time.perf_counter()
        with transaction.atomic():
            page, query = editor.publish(change)
        committed = time.perf_counter()
        wait_until(lambda page=page, query=query: is_found(page, query), LONGEST_SECONDS)
        if number >= 0:
            saved.append(committed - began)
            found[change].append(time.perf_counter() - committed)
    print(f"{count} publishes took                {summary(saved)}")
    for change, times in found.items():
        print(f"found after the commit, {change:<10} {summary(times)}")
    print(f"found after the commit, all        {summary([one for times in found.values() for one in times])}")


def is_found(page: InnovationPage, query: Query) -> bool:
    key = SOURCE.key_of(page.translation_key)
    return any(hit.key == key and not hit.near for hit in ElasticsearchEngine().search(query).hits)


def roll_back(editor: Editor, portal: Connection) -> None:
    """Changes whose transaction fails, then one that holds: when that is found, these would have been."""
    words = []
    for number in range(ROLLED_BACK):
        own = list(editor.own)
        with transaction.atomic():
            _page, query = editor.publish(("new record", "new words", "tag")[number % 3])
            words.append(stem(query.text))
            transaction.set_rollback(True)
        editor.own = own
    with transaction.atomic():
        page, query = editor.publish("new record")
    wait_until(lambda: is_found(page, query), LONGEST_SECONDS)
    server, alias = patient(portal), live_alias(portal, index.facet_names())
    found = server.count(index=alias, query={"terms": {HEAD: words}})["count"]
    print(f"{ROLLED_BACK} publishes rolled back: {found} found")


def publish_without_server(editor: Editor, server: Server, portal: Connection, count: int) -> None:
    """A quarter with the server, half without it, and a quarter while it starts again."""
    took: list[float] = []
    start = threading.Thread(target=server.start)
    for number in range(count):
        if number == count // 4:
            server.kill()
        if number == count * 3 // 4:
            start.start()
        began = time.perf_counter()
        with transaction.atomic():
            editor.publish(CHANGES[number % len(CHANGES)])
        took.append(time.perf_counter() - began)
    start.join()
    began = time.perf_counter()
    wait_until(lambda: not outbox.waiting().exists(), CATCH_UP_SECONDS)
    caught_up = time.perf_counter() - began
    differences = compare(portal)
    print(f"{count} publishes around an outage took {summary(took)}")
    print(
        f"caught up {caught_up:.1f} s after the server answered; {differences.documents} documents, "
        f"{len(differences.keys)} differ, {differences.waiting} wait"
    )


def wait_until(condition: Callable[[], bool], seconds: float) -> None:
    """Raises `TimeoutError` when it does not come true."""
    deadline = time.perf_counter() + seconds
    while not condition():
        if time.perf_counter() > deadline:
            raise TimeoutError(f"not in {seconds:.0f} s")
        time.sleep(LOOK_SECONDS)


def summary(times: list[float]) -> str:
    p95 = statistics.quantiles(times, n=20)[18]
    return f"p50 {statistics.median(times):.2f} s  p95 {p95:.2f} s  max {max(times):.2f} s"


if __name__ == "__main__":
    main()
