from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from search import index, textindex
from search.engines import search
from search.models import DocumentFacets, OutboxEntry, SearchDocument, Word
from search.types import Document, Query
from tests.factories.search import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """Documents of a registered type `test`."""
    documents: list[Document] = []
    monkeypatch.setattr(index, "_sources", {})
    index.register("test", lambda: [documents])
    return documents


def found(text: str) -> set[str]:
    return {hit.key for hit in search(Query(text)).hits}


def words() -> dict[str, int]:
    return dict(Word.objects.filter(documents__gt=0).values_list("text", "documents"))


def test_store__the_same_again_changes_nothing() -> None:
    one = document("Kopi", facets={"sector": ["a"]})
    assert index.store(one) is True
    entry = OutboxEntry.objects.get()
    assert index.store(one) is False
    assert OutboxEntry.objects.get() == entry


def test_store__replaces_text_facets_and_data() -> None:
    index.store(document("Kopi", key="x:1", facets={"sector": ["a", "b"]}, data={"n": 1}))
    index.store(document("Teh", key="x:1", facets={"sector": ["b"]}, data={"n": 2}))
    assert found("kopi") == set()
    (hit,) = search(Query("teh")).hits
    assert hit.data == {"n": 2}
    counts = search(Query(facets=("sector",))).facets["sector"]
    assert [(one.value, one.count) for one in counts] == [("b", 1)]


def test_store__hides_a_document() -> None:
    index.store(document("Kopi", key="x:1"))
    index.store(document("Kopi", key="x:1", visible=False))
    assert found("") == found("kopi") == set()
    assert DocumentFacets.objects.count() == 0
    assert SearchDocument.objects.count() == 1


def test_store__belongs_to_the_callers_transaction() -> None:
    with transaction.atomic():
        index.store(document("Kopi"))
        assert found("kopi")
        transaction.set_rollback(True)
    assert SearchDocument.objects.count() == OutboxEntry.objects.count() == 0
    assert found("kopi") == set()


def test_store_many__all_or_nothing() -> None:
    broken = document("Teh", facets={"sector": ["a"]}, date=None)
    with pytest.raises(TypeError):
        index.store_many([document("Kopi"), broken])
    assert SearchDocument.objects.count() == 0


def test_store__outbox_keeps_one_entry_a_document_in_order() -> None:
    for title in ("Kopi", "Teh"):
        index.store(document(title, key="x:1"))
        index.store(document(title, key="x:2"))
    index.remove("x:1")
    assert list(OutboxEntry.objects.values_list("key", "action")) == [("x:2", "store"), ("x:1", "remove")]


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800", "'", "x" * 100_000, "kata " * 30_000, "\\"])
def test_store__hostile_text(text: str) -> None:
    index.store(
        document("Kopi " + text, body=text, keywords=text, data={"x": text}, facets={"y": [text[:200]]})
    )
    assert len(found("kopi")) == 1


def test_store__more_text_than_is_searched() -> None:
    index.store(document("Kopi", key="x:1", body=f"teh {'isi ' * textindex.MAX_STEMS['body']} susu"))
    assert found("teh") == {"x:1"}
    assert found("susu") == set()


def test_words__counted_after_the_commit(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        index.store_many([document("Kopi susu", key="x:1"), document("Kopi", key="x:2", summary="kopi kopi")])
    assert words() == {"kopi": 2, "susu": 1}
    with django_capture_on_commit_callbacks(execute=True):
        index.store(document("Kopi teh", key="x:1"))
    assert words() == {"kopi": 2, "teh": 1}
    with django_capture_on_commit_callbacks(execute=True):
        index.remove("x:2")
        index.store(document("Kopi teh", key="x:1", visible=False))
    assert words() == {}


def test_words__recount_repairs(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        index.store(document("Kopi"))
    Word.objects.update(documents=99)
    index.recount_words()
    assert words() == {"kopi": 1}


def test_remove__leaves_nothing_behind() -> None:
    index.store(document("Kopi", key="x:1", facets={"sector": ["a"]}))
    number = SearchDocument.objects.get().pk
    assert textindex.read([number])[number][0] == "kopi"
    assert index.remove("x:1") is True
    assert textindex.read([number]) == {}
    assert DocumentFacets.objects.count() == SearchDocument.objects.count() == 0


def test_store__hidden_document_leaves_the_text_table() -> None:
    index.store(document("Kopi", key="x:1"))
    number = SearchDocument.objects.get().pk
    index.store(document("Kopi", key="x:1", visible=False))
    assert textindex.read([number]) == {}


def test_remove__unknown_key() -> None:
    assert index.remove("x:1") is False
    assert OutboxEntry.objects.count() == 0


def test_rebuild__writes_new_drops_gone_and_leaves_other_types(source: list[Document]) -> None:
    index.store(document("Berita", key="news:1", type="news"))
    index.store(document("Hilang", key="test:0", type="test"))
    source += [document("Kopi", key="test:1", type="test"), document("Teh", key="test:2", type="test")]
    assert index.rebuild() == {"test": 2}
    assert found("") == {"news:1", "test:1", "test:2"}
    assert words() == {"berita": 1, "kopi": 1, "teh": 1}


def test_rebuild__leaves_what_is_published_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    index.store(document("Lama", key="test:1", type="test"))

    def batches() -> Iterator[list[Document]]:
        yield []  # not public when its turn came
        index.store(document("Terbit lagi", key="test:1", type="test"))
        yield []

    monkeypatch.setattr(index, "_sources", {"test": batches})
    index.rebuild()
    assert found("") == {"test:1"}


def test_copy_in_memory__sees_a_change_with_a_lower_number_committed_later() -> None:
    index.store(document("Kopi", key="x:1"))
    OutboxEntry.objects.filter(key="x:1").update(id=100)
    assert found("") == {"x:1"}
    index.store(document("Teh", key="x:2"))
    OutboxEntry.objects.filter(key="x:2").update(id=50)
    assert found("") == {"x:1", "x:2"}


def test_rebuild__repairs_a_damaged_text_table(source: list[Document]) -> None:
    source.append(document("Kopi", key="test:1", type="test"))
    index.rebuild()
    textindex.clear()
    assert found("kopi") == set()
    index.rebuild()
    assert found("kopi") == {"test:1"}


def test_rebuild__unknown_type(source: list[Document]) -> None:
    with pytest.raises(LookupError, match="nope"):
        index.rebuild(["nope"])
    with pytest.raises(CommandError, match="Known: test"):
        call_command("rebuild_search_index", types=["nope"])


def test_rebuild_command__counts_documents(source: list[Document]) -> None:
    source.append(document("Kopi", key="test:1", type="test"))
    out = StringIO()
    call_command("rebuild_search_index", types=["test"], verbosity=0, stdout=out)
    assert out.getvalue() == "test: 1 documents\n"
