"""The address that search boxes ask while somebody types; the directory's own names are tested there."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from search import completion, names
from search.names import Named
from search.types import EngineUnavailableError
from search.upkeep import outbox
from tests.factories.search import document, store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No registered names but those of the test."""
    monkeypatch.setattr(names, "_kinds", {})
    names.forget()
    with translation.override("id"):  # a request in another language leaves its own behind
        yield
    names.forget()


def register(kind: str, *things: Named) -> None:
    names.register(kind, kind.capitalize(), lambda: things)


def thing(label: str, *others: str, found: int = 0) -> Named:
    return Named({"id": label, "en": f"{label} (en)"}, {"id": f"/{label}/"}, others, found)


def ask(client: Client, **data: object) -> dict[str, Any]:
    response = client.get(reverse("search:complete"), data)
    assert response.status_code == 200
    return json.loads(response.content)


def labels(client: Client, **data: object) -> list[str]:
    return [suggestion["label"] for suggestion in ask(client, **data)["suggestions"]]


def page(title: str, **fields: Any) -> Any:
    return document(title, **{"data": {"url": {"id": f"/id/{title}/"}}, **fields})


def test_address__as_published() -> None:
    assert reverse("search:complete") == "/id/cari/saran/"


def test_answer__of_names_and_titles(client: Client) -> None:
    store(page("Kopi", data={"url": {"id": "/id/kopi/"}, "institution": {"id": "Dinas"}}))
    register("place", thing("Kopeng", "Koppeng"))
    answer = ask(client, q="kopp kope")
    assert answer["suggestions"] == []
    assert answer["told"] == "Tidak ada saran."
    assert ask(client, q="kop") == {
        "label": "Saran pencarian",
        "told": "2 saran. Pilih dengan panah atas dan bawah.",
        "suggestions": [
            {"label": "Kopeng", "url": "/Kopeng/", "kind": "Place", "note": "", "language": ""},
            {"label": "Kopi", "url": "/id/kopi/", "kind": "Inovasi", "note": "Dinas", "language": ""},
        ],
    }
    assert ask(client, q="kopp")["suggestions"][0]["note"] == "Koppeng"


def test_answer__may_be_kept_for_a_minute(client: Client) -> None:
    response = client.get(reverse("search:complete"), {"q": "ko"})
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Content-Type"] == "application/json"
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("text", ["", "k", " k ", "-k-", "k%00"])
def test_answer__not_before_two_letters(client: Client, text: str) -> None:
    store(page("Kopi"))
    assert labels(client, q=text) == []


def test_answer__type(client: Client) -> None:
    store(page("Kopi"), page("Kopi berita", type="news"), page("Kopi lain", type="other"))
    assert labels(client, q="kopi", jenis="news") == ["Kopi berita"]
    assert len(labels(client, q="kopi")) == len(labels(client, q="kopi", jenis="nope\0")) == 3


def test_answer__without_an_address_nowhere_to_go(client: Client) -> None:
    store(document("Kopi"))
    assert labels(client, q="kopi") == []


def test_answer__other_language_is_named(client: Client) -> None:
    store(page("Kopi"))
    register("place", Named({"id": "Kopeng"}, {"id": "/k/"}))
    response = client.get("/en/search/suggestions/", {"q": "kop"})
    (only,) = response.json()["suggestions"]  # Kopeng has no English name
    assert (only["label"], only["language"], only["url"]) == ("Kopi", "id", "/id/Kopi/")


def test_answer__at_most_eight_and_every_kind_has_room(client: Client) -> None:
    store(*[page(f"Kopi {number}") for number in range(12)])
    register("topic", *[thing(f"Kopi topik {number}") for number in range(9)])
    register("place", *[thing(f"Kopi desa {number}") for number in range(9)])
    kinds = [suggestion["kind"] for suggestion in ask(client, q="kopi")["suggestions"]]
    assert kinds == ["Topic"] * 2 + ["Place"] * 2 + ["Inovasi"] * 4


def test_answer__further_names_where_titles_are_few(client: Client) -> None:
    store(page("Kopi"))
    register("topic", *[thing(f"Kopi topik {number}") for number in range(3)])
    register("place", *[thing(f"Kopi desa {number}") for number in range(9)])
    kinds = [suggestion["kind"] for suggestion in ask(client, q="kopi")["suggestions"]]
    assert kinds == ["Topic"] * 3 + ["Place"] * 4 + ["Inovasi"]


def test_names__best_first(client: Client) -> None:
    register(
        "place", thing("Kota Malang"), thing("Malang Jauh"), thing("Malang", found=1), thing("X", "Malang")
    )
    assert labels(client, q="malang") == ["Malang", "Malang Jauh", "X", "Kota Malang"]


def test_names__number_of_statements_while_nothing_changes(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    store(*[page(f"Kopi {number}") for number in range(9)])
    register("place", *[thing(f"Kopi desa {number}") for number in range(9)])
    ask(client, q="kopi")
    with django_assert_max_num_queries(2):
        assert len(labels(client, q="kopi")) == 8


def test_names__renewed_when_documents_have_changed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    things = [thing("Malang")]
    names.register("place", "Tempat", lambda: list(things))
    store(page("Kopi"))
    assert labels(client, q="mal") == ["Malang"]
    things.append(thing("Malaka"))
    monkeypatch.setattr(names, "SECONDS", -1)  # time to look: but nothing has changed
    assert labels(client, q="mal") == ["Malang"]
    store(page("Teh"))
    assert labels(client, q="mal") == ["Malaka", "Malang"]


def test_names__renewed_when_an_outside_engine_has_learnt_of_the_change(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    things: list[Named] = []
    names.register("place", "Tempat", lambda: list(things))
    monkeypatch.setattr(names, "SECONDS", -1)
    store(page("Kopi"))
    assert labels(client, q="mal") == []
    # Named where the outside engine finds something, which it does once the change is passed on.
    things.append(thing("Malang"))
    outbox.mark_sent(list(outbox.waiting().values_list("pk", flat=True)))
    assert labels(client, q="mal") == ["Malang"]


@pytest.mark.parametrize(
    "address",
    ["q=%00%00", "q='%22", "q=" + "x" * 10_240, "q=%F0%9F%8C%B1%F0%9F%8C%B1", "q=%ff%fe", "q=ko&q=zz",
     "q=[['", "q=<script>", "", "jenis=news", "q=zz&jenis=%00", "q=%25%25", "q=" + "ab+" * 5_000],
)  # fmt: skip
def test_answer__hostile_address(client: Client, address: str) -> None:
    store(page("Kopi"))
    register("place", thing("Kopeng"))
    response = client.get(f"{reverse('search:complete')}?{address}")
    assert response.status_code == 200
    assert response.json()["suggestions"] == []


def test_answer__markup_stays_text(client: Client) -> None:
    store(page("Kopi <b>tebal</b>"))
    assert labels(client, q="kopi") == ["Kopi <b>tebal</b>"]
    assert client.get(reverse("search:complete"), {"q": "kopi"})["X-Content-Type-Options"] == "nosniff"


def test_answer__only_safe_methods(client: Client) -> None:
    assert client.post(reverse("search:complete"), {"q": "kopi"}).status_code == 405


def test_answer__nothing_when_the_engine_fails(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise EngineUnavailableError("not now")

    monkeypatch.setattr(completion.engines, "complete", broken)
    response = client.get(reverse("search:complete"), {"q": "kopi"})
    assert (response.status_code, response.json()["suggestions"]) == (200, [])
    assert "max-age=0" in response["Cache-Control"]
