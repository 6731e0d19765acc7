"""Rebuilding on a real server: readers always have an index, and it misses nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection as database
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.environment import ROOT
from search import index
from search.engines.elasticsearch import ElasticsearchEngine, mapping, writing
from search.engines.elasticsearch.connection import Connection, patient
from search.engines.elasticsearch.mapping import building_alias, indices, new_index
from search.models import OutboxEntry
from search.types import Query
from search.upkeep import outbox
from search.upkeep import rebuild as rebuilding
from search.upkeep.check import Differences, compare
from search.upkeep.outbox import Passed, pass_all_on
from search.upkeep.rebuild import RebuildFailedError, Rebuilt, rebuild
from tests.factories.search import document, store
from tests.search.server_index import alias, found, held, mend
from tests.search.server_index import refusing as refusing_index

pytestmark = pytest.mark.django_db

NUMBERS = (1, 2, 3, 4)


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """A shell that starts the tests in the background lets them ignore an interrupt."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def filled(elasticsearch: Connection, monkeypatch: pytest.MonkeyPatch) -> Connection:
    """Four documents in the index in use; a rebuild writes them one at a time."""
    monkeypatch.setattr(rebuilding, "READ_TOGETHER", 1)
    store(*[document(f"Kopi {number}", key=f"x:{number}") for number in NUMBERS])
    pass_all_on(elasticsearch)
    return elasticsearch


def names(connection: Connection) -> dict[str, list[str]]:
    """Our indices and their aliases."""
    return indices(patient(connection), connection.index)


@pytest.mark.parametrize(("wanted", "parts"), [(None, 3), (1, 1), (2, 2)])
def test_rebuild__divides_a_large_index_which_then_finds_and_counts_alike(
    elasticsearch: Connection, monkeypatch: pytest.MonkeyPatch, wanted: int | None, parts: int
) -> None:
    monkeypatch.setattr(mapping, "DOCUMENTS_PER_SHARD", 4)
    stored = [document(f"Kopi {n}", facets={"sector": [f"s{n % 3}"]}) for n in range(9)]
    store(*stored)
    divided = replace(elasticsearch, shards=wanted)
    rebuild(divided)
    (name,) = names(divided)
    setting = patient(divided).indices.get_settings(index=name)[name]["settings"]["index"]
    assert setting["number_of_shards"] == str(parts)
    results = ElasticsearchEngine().search(Query("kopi", facets=("sector",)))
    assert {hit.key for hit in results.hits} == {one.key for one in stored}
    assert [(one.value, one.count) for one in results.facets["sector"]] == [("s0", 3), ("s1", 3), ("s2", 3)]


def once(act: Callable[[], object]) -> Callable[[int], None]:
    """To be called at every step of a rebuild: acts at the first."""
    left = [act]

    def advance(number: int) -> None:
        if left:
            left.pop()()

    return advance


def test_rebuild__fills_another_index_and_changes_over(filled: Connection) -> None:
    (before,) = names(filled)
    steps: list[int] = []
    assert rebuild(filled, steps.append) == Rebuilt(4, 0)
    assert steps == [1, 1, 1, 1]
    ((after, aliases),) = names(filled).items()
    assert after != before
    assert aliases == [alias(filled)]
    assert compare(filled) == Differences(documents=4)


def test_rebuild__readers_find_everything_at_once_and_the_settings_are_those_for_use(
    filled: Connection,
) -> None:
    rebuild(replace(filled, replicas=1))
    assert found() == {"x:1", "x:2", "x:3", "x:4"}
    (answer,) = patient(filled).indices.get_settings(index=alias(filled)).values()
    of_index = answer["settings"]["index"]
    assert (of_index["number_of_replicas"], of_index["refresh_interval"]) == ("1", "1s")
    # A removal is remembered for longer than any write may be on its way.
    assert of_index["gc_deletes"] == "1h"


def test_rebuild__nothing_stored(elasticsearch: Connection) -> None:
    assert rebuild(elasticsearch) == Rebuilt(0, 0)
    assert found() == set()


def test_rebuild__what_waited_has_arrived(filled: Connection) -> None:
    store(document("Baru", key="x:9"), document("Kopi", key="x:1", visible=False))
    index.remove("x:2")
    rebuild(filled)
    assert compare(filled) == Differences(documents=3)
    assert pass_all_on(filled) == Passed()


def test_rebuild__forgotten_outbox(filled: Connection) -> None:
    OutboxEntry.objects.all().delete()
    assert rebuild(filled) == Rebuilt(4, 0)
    store(document("Teh", key="x:1"))
    pass_all_on(filled)
    assert held(filled)["x:1"] == "teh"


@pytest.mark.parametrize("passed_on", [True, False], ids=["passed on meanwhile", "passed on afterwards"])
def test_rebuild__changes_made_meanwhile_are_in_the_new_index(filled: Connection, passed_on: bool) -> None:
    def change() -> None:
        """The first document is written, others are on their way, the last has not been read."""
        store(document("Susu", key="x:1"), document("Teh", key="x:5"), document("Gula", key="x:4"))
        store(document("Kopi", key="x:2", visible=False))
        index.remove("x:3")
        if passed_on:
            pass_all_on(filled)
            # Readers of the old index see it at once.
            assert found() == {"x:1", "x:4", "x:5"}

    rebuild(filled, once(change))
    if not passed_on:
        pass_all_on(filled)
    assert compare(filled) == Differences(documents=3)
    assert held(filled) == {"x:1": "susu", "x:4": "gula", "x:5": "teh"}


def test_rebuild__what_is_removed_early_does_not_come_back(filled: Connection) -> None:
    late = writing.Change("x:1", OutboxEntry.objects.get(key="x:1").pk, {"title": "kopi"})

    def remove() -> None:
        index.remove("x:1")
        pass_all_on(filled)
        # As a sender that was held up would.
        assert writing.write(filled, [building_alias(alias(filled))], [late]) == {}

    rebuild(filled, once(remove))
    assert compare(filled) == Differences(documents=3)


def test_rebuild__ends_while_a_change_is_passed_on(
    filled: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    both: list[str] = []
    rebuild(filled, once(lambda: both.extend(writing.aliases(filled))))
    assert len(both) == 2
    store(document("Teh", key="x:1"))
    ask = writing.aliases

    def as_before(connection: Connection) -> list[str]:
        monkeypatch.setattr(writing, "aliases", ask)
        return both

    monkeypatch.setattr(writing, "aliases", as_before)
    assert pass_all_on(filled) == Passed(1, 0)
    assert compare(filled) == Differences(documents=4)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, RuntimeError, MemoryError])
def test_rebuild__broken_off_leaves_the_old_index(filled: Connection, error: type[BaseException]) -> None:
    before = names(filled)

    def stop() -> None:
        raise error

    store(document("Teh", key="x:5"))
    with pytest.raises(error):
        rebuild(filled, once(stop))
    assert names(filled) == before
    assert len(found()) == 4
    assert pass_all_on(filled) == Passed(1, 0)
    assert compare(filled) == Differences(documents=5)


def test_rebuild__broken_off_after_the_change_leaves_the_new_index(filled: Connection) -> None:
    rebuild(filled)
    (name,) = names(filled)
    assert rebuilding._abandon(filled, alias(filled), name)
    assert compare(filled) == Differences(documents=4)


KILLED = """
import os, signal, django
django.setup()
from search.engines.elasticsearch.connection import Connection
from search.upkeep import rebuild
rebuild.READ_TOGETHER = 1
rebuild.rebuild(Connection.from_settings(), lambda number: os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.mark.django_db(transaction=True)
def test_rebuild__killed_leaves_the_old_index_and_the_next_tidies_up(
    transactional_db: None, filled: Connection
) -> None:
    at = database.settings_dict
    place = f"{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT'] or 5432}/" if at["HOST"] else "/"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        "DATABASE_URL": f"{database.vendor.replace('postgresql', 'postgres')}://{place}{at['NAME']}",
        "ELASTICSEARCH_URL": filled.url,
        "ELASTICSEARCH_INDEX": filled.index,
        "ELASTICSEARCH_TIMEOUT": "20",
    }
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, env=environment, timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert len(names(filled)) == 2
    assert len(found()) == 4
    # The one it was filling is kept up to date as well, until somebody removes it.
    store(document("Teh", key="x:5"))
    assert pass_all_on(filled) == Passed(1, 0)
    assert rebuild(filled) == Rebuilt(5, 0)
    assert len(names(filled)) == 1
    assert compare(filled) == Differences(documents=5)


def test_rebuild__two_at_once_the_later_goes_on(filled: Connection) -> None:
    with pytest.raises(RebuildFailedError, match="another rebuild has begun"):
        rebuild(filled, once(lambda: rebuild(filled)))
    assert len(names(filled)) == 1
    assert compare(filled) == Differences(documents=4)


@pytest.mark.parametrize("stays", [True, False])
def test_rebuild__two_in_the_same_moment_one_goes_on(
    filled: Connection, monkeypatch: pytest.MonkeyPatch, stays: bool
) -> None:
    server, live = patient(filled), alias(filled)
    before = names(filled)
    other = f"{live}-{'1' if stays else '9'}{'0' * 13}-aaaaaa"
    create = rebuilding._create

    def create_both(*arguments: Any) -> None:
        server.indices.create(index=other, aliases={building_alias(live): {}})
        create(*arguments)

    monkeypatch.setattr(rebuilding, "_create", create_both)
    if stays:
        assert rebuild(filled) == Rebuilt(4, 0)
        assert other not in names(filled)
    else:
        with pytest.raises(RebuildFailedError, match="another rebuild has begun"):
            rebuild(filled)
        assert names(filled) == {**before, other: [building_alias(live)]}
    assert found() == {"x:1", "x:2", "x:3", "x:4"}


def test_rebuild__leaves_what_another_has_changed_over_to_meanwhile(filled: Connection) -> None:
    (name,) = names(filled)
    rebuilding._take_away(patient(filled), name, building_alias(alias(filled)))
    assert len(found()) == 4


def test_rebuild__other_installations_and_releases(filled: Connection) -> None:
    server, name = patient(filled), filled.index
    ending = new_index("").removeprefix("-")
    others = [
        f"{name}-lain-0badc0de-{ending}",
        f"{name}-0badc0de-0badc0de-{ending}",
        f"{name}2-0badc0de-{ending}",
        f"{name}-catatan",
        f"{name}-0badc0de-{ending}-cadangan",
    ]
    older = f"{name}-0badc0de-{ending}"
    for one in [*others, older]:
        server.indices.create(index=one, aliases={f"{name}-0badc0de": {}} if one == older else {})
    try:
        # A release that is still in use keeps its index until the new one is complete.
        with pytest.raises(KeyboardInterrupt):
            rebuild(filled, once(lambda: signal.raise_signal(signal.SIGINT)))
        assert older in names(filled)
        rebuild(filled)
        assert older not in names(filled)
        assert all(server.indices.exists(index=one) for one in others)
    finally:
        for one in [*others, older]:
            server.options(ignore_status=404).indices.delete(index=one)


def test_rebuild__refused_documents_are_told_and_tried_again(
    filled: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    # The last one has a batch of its own; one waits, of the other nothing is known any more.
    store(document("Tolak", key="x:8"), document("Tolak juga", key="x:9"))
    OutboxEntry.objects.filter(key="x:9").delete()
    with refusing_index(filled):
        assert rebuild(filled) == Rebuilt(4, 2)
        assert len(caplog.messages) == 2
        for key in ("x:8", "x:9"):
            entry = OutboxEntry.objects.get(key=key)
            assert (entry.sent_at, entry.attempts) == (None, 1)
            assert "no number" in entry.error
        assert compare(filled).missing == ["x:8", "x:9"]
        mend(filled)
        OutboxEntry.objects.update(retry_at=None)
        assert pass_all_on(filled) == Passed(2, 0)
    assert compare(filled) == Differences(documents=6)


def test_rebuild__every_document_refused_leaves_the_old_index(filled: Connection) -> None:
    before = names(filled)
    with refusing_index(filled):
        for number in NUMBERS:
            store(document("Tolak", key=f"x:{number}"))
        with pytest.raises(RebuildFailedError, match=r"refuses every document.*x:1.*no number"):
            rebuild(filled)
    assert names(filled) == before
    assert found() == {"x:1", "x:2", "x:3", "x:4"}


def test_command__shows_progress(filled: Connection, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("rebuild_index")
    printed = capsys.readouterr()
    assert "4 documents are in the new index." in printed.out
    assert "4/4" in printed.err
    call_command("rebuild_index", verbosity=0)
    assert capsys.readouterr().err == ""


def test_command__interrupted(filled: Connection) -> None:
    before = names(filled)

    def interrupt(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if "search_searchdocument" in sql and "LIMIT" in sql:
            signal.raise_signal(signal.SIGINT)
        return execute(sql, *arguments)

    with database.execute_wrapper(interrupt), pytest.raises(CommandError) as raised:
        call_command("rebuild_index", verbosity=0)
    assert raised.value.returncode == 130
    assert "readers go on with the index they had" in str(raised.value)
    assert names(filled) == before


KEYS = st.sampled_from(["x:1", "x:2", "x:3", "x:4", "x:5"])
TITLES = st.sampled_from(["kopi", "teh", "susu"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("store"), KEYS, TITLES),
        st.tuples(st.just("hide"), KEYS, TITLES),
        st.tuples(st.just("remove"), KEYS, st.just("")),
        st.tuples(st.sampled_from(["pass on", "rebuild", "break off"]), st.just(""), st.just("")),
    ),
    max_size=12,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=STEPS, meanwhile=STEPS)
def test_index__is_what_the_database_is_after_any_changes(
    elasticsearch: Connection, before: list[tuple[str, str, str]], meanwhile: list[tuple[str, str, str]]
) -> None:
    def take(steps: list[tuple[str, str, str]]) -> None:
        for what, key, title in steps:
            if what in ("store", "hide"):
                store(document(title, key=key, visible=what == "store"))
            elif what == "remove":
                index.remove(key)
            elif what == "pass on":
                outbox.pass_on(elasticsearch, limit=2)
            elif what == "rebuild":
                rebuild(elasticsearch)
            else:
                # Where there is nothing to write there is nothing to break off.
                with suppress(KeyboardInterrupt):
                    rebuild(elasticsearch, once(lambda: signal.raise_signal(signal.SIGINT)))

    take(before)
    try:
        rebuild(elasticsearch, once(lambda: take(meanwhile)))
    except RebuildFailedError:
        # One of the steps was a rebuild, which has gone on in this one's place.
        assert {what for what, _key, _title in meanwhile} & {"rebuild", "break off"}
    pass_all_on(elasticsearch)
    assert compare(elasticsearch).keys == []
    assert list(names(elasticsearch).values()) == [[alias(elasticsearch)]]
