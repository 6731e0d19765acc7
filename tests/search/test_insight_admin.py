"""Search insight in the admin: who sees it, what its figures say, and its files."""

import csv
import datetime
import io
import re
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.finder import facets
from directory.models import DirectoryIndexPage
from search.insight import calls, figures
from search.insight.figures import Period
from search.models import ModelCall, ModelCallChange, SearchedFilter, SearchedText
from tests.factories.home import make_home
from tests.factories.taxonomy import SectorFactory

pytestmark = pytest.mark.django_db
INDEX = "/admin/wawasan-pencarian/"
TABLES = ("hari", "kata", "belum-terjawab", "saringan")
WEEK = Period(7)


@pytest.fixture(autouse=True)
def no_cache() -> None:
    cache.clear()


def person(name: str, *codes: str, **fields: object) -> User:
    user = User.objects.create_user(name, f"{name}@contoh.go.id", "x", **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    return user


def client_of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def owner(name: str = "pemilik") -> User:
    return person(name, "access_admin", "view_search_insight")


def searched(text: str, days_ago: int = 0, place: str = "directory", **counts: int | None) -> None:
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    SearchedText.objects.create(day=day, text=text, place=place, **({"searches": 1} | counts))


def in_vain(text: str, *days_ago: int, count: int = 1, **counts: int) -> None:
    for days in days_ago or (0, 1):
        searched(text, days, searches=count, unmatched=count, results=0, **counts)


def call_of(user: User, *topics: str, **fields: object) -> ModelCall:
    values = {"title": "Topik", "owner": user, "due": timezone.localdate(), "note": ""} | fields
    return calls.make(user, list(topics), WEEK, **values)


def addresses(call: ModelCall) -> list[tuple[str, str]]:
    """Method and address of everything there is."""
    files = [("get", f"{INDEX}unduh/{table}/") for table in TABLES]
    one = f"{INDEX}panggilan/{call.pk}/"
    pages = [("get", INDEX), ("get", f"{INDEX}panggilan/"), ("get", f"{INDEX}panggilan/baru/"), ("get", one)]
    return [
        *pages,
        *files,
        ("post", f"{INDEX}panggilan/baru/"),
        ("post", f"{INDEX}panggilan/tambah/"),
        ("post", one),
    ]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("anonymous", False),
        ("editor", False),
        ("other rights", False),
        ("no admin", False),
        ("programme owner", True),
        ("superuser", True),
    ],
)
def test_rights__only_with_the_permission(who: str, may: bool) -> None:
    call = call_of(owner("lain"), "kata rahasia", title="Judul rahasia")
    in_vain("kata rahasia")
    user = {
        "anonymous": lambda: None,
        "editor": lambda: person("editor", "access_admin"),
        "other rights": lambda: person("mutu", "access_admin", "view_data_quality", "change_synonymgroup"),
        "no admin": lambda: person("tanpa", "view_search_insight"),
        "programme owner": owner,
        "superuser": lambda: User.objects.create_superuser("super", "super@contoh.go.id", "x"),
    }[who]()
    client = client_of(user)
    before = list(ModelCall.objects.values()), ModelCallChange.objects.count()
    for method, address in addresses(call):
        response = getattr(client, method)(address)
        # Wagtail answers a denied page of its admin with its front page and a message.
        allowed = response.status_code == 200 or response.headers.get("Location", "").startswith(INDEX)
        assert allowed is may, (method, address)
        if not may:
            assert b"rahasia" not in response.content
    assert (list(ModelCall.objects.values()), ModelCallChange.objects.count()) == before
    front = client.get(reverse("wagtailadmin_home"))
    assert (INDEX in front.content.decode()) is may


def test_rights__can_be_ticked_where_groups_are_edited(admin_client: Client) -> None:
    html = admin_client.get(reverse("wagtailusers_groups:add")).content.decode()
    pk = Permission.objects.get(codename="view_search_insight").pk
    inputs = re.findall(r'<input[^>]*name="permissions"[^>]*>', html)
    assert any(f'value="{pk}"' in one for one in inputs)


def texts(found: list[figures.Text]) -> list[tuple[str, int, int | None]]:
    return [(one.text, one.count, one.results) for one in found]


def test_frequent__most_first_with_the_last_known_results() -> None:
    searched("kopi", 1, searches=5, results=9)
    searched("kopi", 0, searches=2, results=None)
    searched("teh", 6, searches=4, results=1)
    searched("teh", 0, searches=4, results=3)
    searched("sehari", 0, searches=99, results=1)
    searched("lama", 7, searches=50)
    searched("lama", 6, searches=50)
    searched("", 0, searches=50)
    searched("", 1, searches=50)
    assert texts(figures.frequent(WEEK)) == [("teh", 8, 3), ("kopi", 7, 9)]
    assert [one.text for one in figures.frequent(Period(30))] == ["lama", "teh", "kopi"]
    assert texts(figures.frequent(WEEK, 1)) == [("teh", 8, 3)]


def test_frequent__one_place_or_all() -> None:
    make_home().add_child(instance=DirectoryIndexPage(title="Direktori", slug="direktori"))
    for days in (0, 1):
        searched("kopi", days, "directory", results=2)
        searched("kopi", days, "site", results=7)
        searched("teh & gula", days, "directory")
    everywhere = {one.text: (one.count, one.url) for one in figures.frequent(WEEK)}
    assert everywhere == {
        "kopi": (4, "/id/cari/?q=kopi"),
        "teh & gula": (2, "/id/direktori/?q=teh+%26+gula"),
    }
    assert texts(figures.frequent(Period(7, "site"))) == [("kopi", 2, 7)]
    assert texts(figures.frequent(Period(7, "directory"))) == [("kopi", 2, 2), ("teh & gula", 2, None)]


def test_unmet__in_vain_on_two_days_most_first() -> None:
    in_vain("bencana", count=3, near_only=1)
    in_vain("banjir", count=2)
    in_vain("sehari", 0, count=99)
    searched("kopi", 0, results=4)
    searched("kopi", 1, results=4)
    searched("kini ada", 2, searches=2, unmatched=2, results=0)
    searched("kini ada", 1, searches=2, unmatched=1, results=0)
    searched("kini ada", 0, searches=9, results=5)
    found = figures.unmet(WEEK)
    assert texts(found) == [("bencana", 6, 0), ("banjir", 4, 0), ("kini ada", 3, 5)]
    assert [one.near_only for one in found] == [2, 0, 0]


def test_days__every_day_of_the_period_and_whole_weeks() -> None:
    searched("kopi", 0, searches=3, unmatched=1)
    searched("teh", 0, searches=4, near_only=1)
    searched("kopi", 29)
    searched("kopi", 30)
    days = figures.by_day(Period(30))
    assert len(days) == 30
    assert (days[-1].searches, days[-1].unmatched, days[-1].near_only) == (7, 1, 1)
    assert figures.total(days).searches == 8
    weeks = figures.together(days, 7)
    assert [week.searches for week in weeks] == [1, 0, 0, 0, 7]
    assert weeks[-1].day == timezone.localdate() - datetime.timedelta(days=6)


def test_filters__in_words_and_the_most_used_first() -> None:
    SectorFactory(code="health", name_id="Kesehatan")
    today = timezone.localdate()
    for place, facet, value, uses in [
        ("directory", "sector", "health", 2),
        ("directory", "sector", "gone", 9),
        ("directory", "stopped", "1", 1),
        ("directory", "no-such", "x", 3),
        ("site", "type", "news", 4),
        ("elsewhere", "x", "y", 1),
    ]:
        SearchedFilter.objects.create(day=today, place=place, facet=facet, value=value, uses=uses)
    assert [(one.facet, one.value, one.uses) for one in figures.filters(WEEK)] == [
        ("Sektor", "gone", 9), ("Sektor", "Kesehatan", 2), ("Jenis", "Berita", 4), ("no-such", "x", 3),
        ("Status", "Termasuk yang sudah berhenti", 1), ("x", "y", 1),
    ]  # fmt: skip
    assert {one.facet for one in figures.filters(Period(7, "site"))} == {"Jenis"}


def test_filters__names_are_looked_up_once_a_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    SectorFactory(code="health", name_id="Kesehatan")
    asked: list[object] = []
    look_up = facets.labeller

    def counted(facet: facets.Facet) -> object:
        asked.append(facet.name)
        return look_up(facet)

    monkeypatch.setattr(facets, "labeller", counted)
    for value in ("health", "gone", "1", "2", "3"):
        SearchedFilter.objects.create(
            day=timezone.localdate(), place="directory", facet="sector", value=value, uses=1
        )
    assert len(figures.filters(WEEK)) == 5
    assert asked == ["sector"]


def test_year__is_kept_for_a_while() -> None:
    in_vain("kopi")
    assert texts(figures.unmet(Period(365))) == [("kopi", 2, 0)]
    in_vain("teh")
    assert len(figures.unmet(Period(365))) == 1
    assert len(figures.unmet(Period(90))) == 2
    cache.clear()
    assert len(figures.unmet(Period(365))) == 2


def test_index__empty_says_what_to_do() -> None:
    html = client_of(owner()).get(INDEX).content.decode()
    assert html.count("Coba masa yang lebih panjang") == 4
    assert "Unduh sebagai CSV" not in html
    assert "Tidak disimpan: siapa yang mencari" in html


@pytest.mark.parametrize(
    ("query", "days", "place"),
    [
        ({}, 30, ""),
        ({"hari": "7", "tempat": "site"}, 7, "site"),
        ({"hari": "365", "tempat": "nowhere"}, 365, ""),
        ({"hari": "8"}, 30, ""),
        ({"hari": "x" * 9000, "tempat": "\x00"}, 30, ""),
        ({"hari": "-7' OR 1=1"}, 30, ""),
        ({"hari": "٧"}, 30, ""),
    ],
)
def test_index__any_address(query: dict, days: int, place: str) -> None:
    client = client_of(owner())
    response = client.get(INDEX, query)
    assert response.status_code == 200
    assert response.context["period"] == Period(days, place)
    for table in TABLES:
        assert client.get(f"{INDEX}unduh/{table}/", query).status_code == 200


def test_index__shows_texts_escaped_and_where_to_go() -> None:
    in_vain("<b>tebal</b> & co")
    html = client_of(owner()).get(INDEX, {"hari": 7}).content.decode()
    assert "<b>tebal" not in html
    assert "&lt;b&gt;tebal&lt;/b&gt; &amp; co" in html


def test_index__a_topic_with_a_call_says_so() -> None:
    user = owner()
    in_vain("bencana")
    in_vain("banjir")
    in_vain("longsor")
    opened, dropped = call_of(user, "bencana"), call_of(user, "banjir", title="Yang dulu")
    calls.change(dropped.pk, user, dropped.changes.get().pk, status="dropped", dropped_because="x")
    html = client_of(user).get(INDEX, {"hari": 7}).content.decode()
    offered = set(re.findall(r'<button[^>]*name="topic" value="([^"]*)"', html))
    assert offered == {"banjir", "longsor"}
    assert reverse("insight:call", args=[opened.pk]) in html
    assert reverse("insight:call", args=[dropped.pk]) in html
    assert "(Dibatalkan)" in html


def rows(client: Client, table: str) -> list[list[str]]:
    response = client.get(f"{INDEX}unduh/{table}/", {"hari": 7})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert f"pencarian-{table}-7-hari.csv" in response["Content-Disposition"]
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_files__hold_the_tables_and_no_formula() -> None:
    client = client_of(owner())
    in_vain("=1+1 kopi", near_only=1)
    in_vain("＝cmd kopi")
    in_vain('@sum "x", y')
    SearchedFilter.objects.create(day=timezone.localdate(), place="x", facet="+f", value="-v", uses=2)
    frequent, unmet = rows(client, "kata"), rows(client, "belum-terjawab")
    assert frequent[0] == ["kata pencarian", "pencarian", "hasil terakhir"]
    assert {row[0] for row in frequent[1:]} == {"'=1+1 kopi", "'＝cmd kopi", '\'@sum "x", y'}
    assert ["'=1+1 kopi", "2", "2", "0"] in unmet
    assert rows(client, "saringan")[1:] == [["x", "'+f", "'-v", "2"]]
    days = rows(client, "hari")
    assert len(days) == 8
    assert days[-1] == [timezone.localdate().isoformat(), "3", "3", "1"]
    assert client.get(f"{INDEX}unduh/users/").status_code in (302, 404)


def test_files__of_nothing_have_their_heading() -> None:
    client = client_of(owner())
    assert [len(rows(client, table)) for table in TABLES] == [8, 1, 1, 1]


def test_pages__queries_do_not_grow() -> None:
    user = owner()
    client = client_of(user)
    SectorFactory(code="health")
    fixed = call_of(user, "tetap")

    def fill(number: int) -> None:
        for one in range(number):
            text = f"kata {number} {one}"
            in_vain(text, near_only=1)
            searched(text, 0, "site", results=one)
            SearchedFilter.objects.create(
                day=timezone.localdate(),
                place="directory",
                facet="year",
                value=str(1950 + number + one),
                uses=1,
            )
            call = call_of(user, text, f"{text} lagi")
            calls.attach(fixed.pk, user, [text], WEEK)
            calls.change(call.pk, user, call.changes.get().pk, note=text)

    def queries() -> list[int]:
        counts = []
        for method, address in addresses(fixed):
            if method == "get":
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(address, {"hari": 7}).status_code == 200
                counts.append(len(captured))
        return counts

    fill(2)
    queries()
    few = queries()
    fill(9)
    assert queries() == few


def test_index__english(admin_client: Client) -> None:
    in_vain("bencana")
    html = unescape(admin_client.get(INDEX, {"hari": 7}, headers={"accept-language": "en"}).content.decode())
    assert "bencana" in html
