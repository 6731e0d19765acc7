"""Calls for an implementation model: made from unmet topics, changed by those who may, history kept."""

import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from search.insight import calls
from search.models import ModelCall, ModelCallChange
from tests.factories.home import StandardPageFactory, make_home
from tests.search.test_insight_admin import INDEX, WEEK, call_of, client_of, in_vain, owner, person

pytestmark = pytest.mark.django_db
NEW, CALLS, ATTACH = f"{INDEX}panggilan/baru/", f"{INDEX}panggilan/", f"{INDEX}panggilan/tambah/"


@pytest.fixture(autouse=True)
def no_cache() -> None:
    cache.clear()


@pytest.fixture
def user() -> Any:
    return owner()


@pytest.fixture
def client(user: Any) -> Client:
    return client_of(user)


def day(days: int = 0) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def form(user: Any, **fields: Any) -> dict[str, Any]:
    return {"title": "Banjir", "owner": user.pk, "due": day(30).isoformat(), "note": "", "hari": 7} | fields


def seen(call: ModelCall) -> int:
    return call.changes.order_by("pk").last().pk


def change(client: Client, call: ModelCall, user: Any, **fields: Any) -> Any:
    call.refresh_from_db()
    kept = {name: getattr(call, name) for name in ("title", "status", "dropped_because", "note")}
    current = kept | {"answer": call.answer_id or "", "owner": user.pk, "due": call.due.isoformat()}
    current["seen"] = seen(call)
    return client.post(f"{CALLS}{call.pk}/", current | fields)


def history(call: ModelCall) -> list[list[list[str]]]:
    return [row.changes for row in call.changes.order_by("pk")]


def test_new__from_several_texts_with_the_figures_frozen(client: Client, user: Any) -> None:
    in_vain("banjir rob", count=3, near_only=1)
    shown = client.get(NEW, {"topic": ["Banjir  ROB", "abrasi", "banjir rob"], "hari": 7})
    assert shown.context["topics"] == ["banjir rob", "abrasi"]
    assert shown.context["form"]["title"].value() == "Banjir rob"
    assert shown.context["form"]["owner"].value() == user.pk
    client.post(NEW, form(user, topic=["banjir rob", "abrasi"], note="Segera"))
    call = ModelCall.objects.get()
    days = f"({day(-6).isoformat()} sampai {day().isoformat()})"
    assert call.reason == (
        f"“banjir rob”: 6 kali dicari tanpa hasil yang cocok, 2 di antaranya hanya mendekati {days}.\n"
        f"“abrasi”: belum cukup dicari untuk dihitung {days}."
    )
    assert [topic.text for topic in call.topics.all()] == ["banjir rob", "abrasi"]
    assert (call.status, call.owner, call.due) == ("open", user, day(30))
    (first,) = ModelCallChange.objects.all()
    assert (first.user, first.user_name) == (user, str(user))
    assert ["topics", "", "banjir rob, abrasi"] in first.changes
    in_vain("banjir rob", 2, 3, count=50)
    call.refresh_from_db()
    assert "6 kali" in call.reason


def test_new__figures_of_what_is_not_shown_are_not_told(client: Client) -> None:
    in_vain("nama orang", 0, count=7)
    html = client.get(NEW, {"topic": "nama orang", "hari": 7}).content.decode()
    assert "7 kali" not in html


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"owner": ""}, "owner"),
        ({"owner": "99999999"}, "owner"),
        ({"owner": "' OR 1=1"}, "owner"),
        ({"due": ""}, "due"),
        ({"due": "kemarin"}, "due"),
        ({"due": "2020-01-01"}, "due"),
        ({"note": "x" * 4001}, "note"),
    ],
)
def test_new__what_is_wrong_is_said_and_nothing_made(
    client: Client, user: Any, fields: dict, wrong: str
) -> None:
    response = client.post(NEW, form(user, **fields))
    assert list(response.context["form"].errors) == [wrong]
    assert not ModelCall.objects.exists()


def test_new__owner_is_an_active_person_who_may_see_it(client: Client, user: Any) -> None:
    gone, stranger, no_admin = (
        person("pergi", "access_admin", "view_search_insight", is_active=False),
        person("asing", "access_admin"),
        person("tanpa", "view_search_insight"),
    )
    for one in (gone, stranger, no_admin):
        assert "owner" in client.post(NEW, form(user, owner=one.pk)).context["form"].errors
    other = owner("lain")
    client.post(NEW, form(user, owner=other.pk))
    assert ModelCall.objects.get().owner == other


def test_new__not_twice_for_one_topic(client: Client, user: Any) -> None:
    client.post(NEW, form(user, topic=["banjir"]))
    again = client.post(NEW, form(user, title="Lagi", topic=["banjir"]))
    assert "sudah ada di panggilan" in again.content.decode()
    assert ModelCall.objects.count() == 1
    change(client, ModelCall.objects.get(), user, status="dropped", dropped_because="Salah")
    client.post(NEW, form(user, title="Lagi", topic=["banjir"]))
    assert ModelCall.objects.count() == 2


@pytest.mark.parametrize("topic", ["budi@contoh.go.id", "081234567890", "x" * 5000, "\x00", ""])
def test_topics__only_what_may_be_kept(client: Client, user: Any, topic: str) -> None:
    client.post(NEW, form(user, topic=[topic]))
    call = ModelCall.objects.get()
    client.post(ATTACH, {"call": call.pk, "topic": topic})
    assert not call.topics.exists()
    assert ModelCallChange.objects.count() == 1


def test_by_topic__an_unfinished_call_before_the_newest() -> None:
    def made(status: str) -> ModelCall:
        call = ModelCall.objects.create(title=status, status=status, due=day(7))
        call.topics.create(text="banjir")
        return call

    made("dropped")
    newer = made("answered")
    assert calls.by_topic(["banjir", "kopi"]) == {"banjir": newer}
    unfinished = made("open")
    made("dropped")
    assert calls.by_topic(["banjir"]) == {"banjir": unfinished}


def test_attach__adds_new_topics_with_their_figures(client: Client, user: Any) -> None:
    call = call_of(user, "banjir")
    in_vain("rob", count=2)
    client.post(ATTACH, {"call": call.pk, "topic": ["banjir", "Rob"], "hari": 7})
    call.refresh_from_db()
    assert [topic.text for topic in call.topics.all()] == ["banjir", "rob"]
    assert "“rob”: 4 kali" in call.reason
    assert history(call)[-1] == [["topics", "", "rob"]]
    client.post(ATTACH, {"call": call.pk, "topic": "rob"})
    assert len(history(call)) == 2
    client.post(ATTACH, {"call": call.pk, "topic": [f"kata {chr(97 + n)}" for n in range(25)]})
    assert call.topics.count() == calls.MOST_TOPICS


@pytest.mark.parametrize("pk", ["", "x", "0", "-1", "9" * 18, "9" * 5000, "²"])
def test_attach__no_such_call(client: Client, pk: str) -> None:
    assert client.post(ATTACH, {"call": pk, "topic": "kopi"}).status_code in (302, 404)


def test_attach__only_post(client: Client, user: Any) -> None:
    call = call_of(user)
    assert client.get(ATTACH, {"call": call.pk, "topic": "kopi"}).status_code == 405
    assert not call.topics.exists()


def test_change__every_step_is_written_down(client: Client, user: Any) -> None:
    call, other = call_of(user, title="Banjir"), owner("lain")
    change(client, call, user, status="in_progress", owner=other.pk)
    client_of(other).post(f"{CALLS}{call.pk}/", {})  # wrong: nothing is written
    change(client_of(other), call, other, status="dropped", dropped_because="Sudah ada panduannya")
    change(client, call, other, status="open", due=day(9).isoformat())
    assert history(call)[1:] == [
        [["status", "Terbuka", "Dikerjakan"], ["owner", "pemilik", "lain"]],
        [["status", "Dikerjakan", "Dibatalkan"], ["dropped_because", "", "Sudah ada panduannya"]],
        [
            ["status", "Dibatalkan", "Terbuka"],
            ["dropped_because", "Sudah ada panduannya", ""],
            ["due", day().isoformat(), day(9).isoformat()],
        ],
    ]
    assert [row.user_name for row in call.changes.order_by("pk")] == ["pemilik", "pemilik", "lain", "pemilik"]
    html = client.get(f"{CALLS}{call.pk}/").content.decode()
    assert "Dikerjakan → Dibatalkan" in html
    other.delete()
    assert call.changes.order_by("pk")[2].user_name == "lain"


def test_change__nothing_different_writes_nothing(client: Client, user: Any) -> None:
    call = call_of(user)
    response = change(client, call, user)
    assert response.status_code == 302
    assert len(history(call)) == 1


def test_change__dropped_needs_a_reason(client: Client, user: Any) -> None:
    call = call_of(user)
    response = change(client, call, user, status="dropped", dropped_because="  ")
    assert "dropped_because" in response.context["form"].errors
    call.refresh_from_db()
    assert call.status == "open"


@pytest.mark.parametrize("status", ["", "done", "OPEN", "\x00"])
def test_change__unknown_status(client: Client, user: Any, status: str) -> None:
    call = call_of(user)
    assert "status" in change(client, call, user, status=status).context["form"].errors


def test_change__what_somebody_else_changed_meanwhile_is_not_overwritten(client: Client, user: Any) -> None:
    call = call_of(user)
    before = seen(call)
    change(client, call, user, title="Baru")
    change(client, call, user, title="Lama", seen=before)
    call.refresh_from_db()
    assert call.title == "Baru"
    assert len(history(call)) == 2


def test_history__is_not_changed(user: Any) -> None:
    row = call_of(user).changes.get()
    row.user_name = "lain"
    with pytest.raises(ValueError, match="not changed"):
        row.save()


def test_answer__only_a_page_everybody_may_read(client: Client, user: Any) -> None:
    home = make_home()
    page, draft, closed = (
        StandardPageFactory(parent=home, title=title, slug=title.lower(), live=title != "Draf")
        for title in ("Model", "Draf", "Tertutup")
    )
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    call = call_of(user)
    for wrong in (draft.pk, closed.pk, Page.objects.get(depth=1).pk, 10**9):
        assert "answer" in change(client, call, user, answer=wrong).context["form"].errors
    change(client, call, user, status="answered", answer=page.pk)
    call.refresh_from_db()
    assert (call.status, call.answer_id) == ("answered", page.pk)
    html = client.get(f"{CALLS}{call.pk}/").content.decode()
    assert f'Dijawab oleh: <a href="{page.url}">Model</a>' in html
    page.title = "Rahasia sekarang"
    page.live = False
    page.save()
    assert "Rahasia sekarang" not in client.get(f"{CALLS}{call.pk}/").content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Lewat", "Milik lain"]),
        ({"status": "all"}, ["Lewat", "Milik lain", "Batal"]),
        ({"status": "dropped"}, ["Batal"]),
        ({"owner": "mine"}, ["Lewat"]),
        ({"owner": "mine", "status": "all"}, ["Lewat", "Batal"]),
        ({"owner": "x", "status": "y"}, ["Lewat", "Milik lain"]),
        ({"p": "9" * 5000}, ["Lewat", "Milik lain"]),
    ],
)
def test_list__narrowed_and_overdue_marked(
    client: Client, user: Any, query: dict, expected: list[str]
) -> None:
    call_of(user, "banjir", title="Lewat", due=day(-1))
    call_of(owner("lain"), title="Milik lain", due=day())
    dropped = call_of(user, title="Batal", due=day(1))
    ModelCall.objects.filter(pk=dropped.pk).update(status="dropped", due=day(-1))
    response = client.get(CALLS, query)
    found = [call.title for call, _overdue in response.context["rows"]]
    assert sorted(found) == sorted(expected)
    overdue = [call.title for call, overdue in response.context["rows"] if overdue]
    assert overdue == [title for title in found if title == "Lewat"]


def test_front_page__shows_the_owner_what_waits(client: Client, user: Any) -> None:
    front = reverse("wagtailadmin_home")
    assert "menunggu Anda" not in client.get(front).content.decode()
    call_of(user, title="Untuk saya", due=day(-1))
    call_of(owner("lain"), title="Untuk orang lain")
    html = client.get(front).content.decode()
    assert "Untuk saya" in html
    assert "lewat tenggat" in html
    assert "Untuk orang lain" not in html
    assert "1 menunggu Anda" in client.get(INDEX).content.decode()
    # Who has lost the right sees nothing any more.
    user.user_permissions.remove(*user.user_permissions.filter(codename="view_search_insight"))
    assert "Untuk saya" not in client_of(user).get(front).content.decode()


@pytest.mark.parametrize("pk", [0, 2**63, 10**30])
def test_call__no_such_one(client: Client, pk: int) -> None:
    response = client.get(f"{CALLS}{pk}/", follow=True)
    assert response.status_code == 404


def test_make__is_all_or_nothing(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "_write_down", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        calls.make(user, ["kopi"], WEEK, title="x", owner=user, due=day())
    assert not ModelCall.objects.exists()
