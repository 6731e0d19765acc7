"""The trail of what people did: who sees it, what the filters let through, what a file of it holds."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from openpyxl import load_workbook
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from accounts.models import User
from institutions import memberships
from institutions.models import Institution
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind
from institutions.sections import provide
from news.models import NewsIndexPage, NewsPage
from taxonomy.models import Sector
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alfa() -> Institution:
    """An institution with a section of news; another one, beta, too."""
    make_home().add_child(instance=NewsIndexPage(title="Berita", slug="berita"))
    provision_portal()
    for code in ("alfa", "beta"):
        provision(InstitutionFactory(code=code), [SectionKind.NEWS])
    return Institution.objects.get(code="alfa")


@pytest.fixture
def overseer(client: Client, alfa: Institution) -> User:
    """A programme owner, signed in; the log is empty."""
    return signed_in(client, "pemilik", InstitutionFactory(code="induk"), Role.PROGRAMME_OWNER)


def member(name: str, institution: Institution, role: Role = Role.EDITOR) -> User:
    user = User.objects.create_user(name, f"{name}@contoh.go.id", "rahasia", first_name=name.title())
    kinds = [SectionKind.NEWS] if role in (Role.CONTRIBUTOR, Role.EDITOR) else []
    memberships.begin(user, institution, role, kinds, "kipp" if role is Role.VALIDATOR else "")
    return user


def signed_in(client: Client, name: str, institution: Institution, role: Role) -> User:
    user = member(name, institution, role)
    client.force_login(user)
    empty_log()
    return user


def empty_log() -> None:
    PageLogEntry.objects.all().delete()
    ModelLogEntry.objects.all().delete()


def news_of(institution: Institution, title: str) -> NewsPage:
    section = provide(institution, SectionKind.NEWS)[0][0]
    return section.add_child(instance=NewsPage(title=title, slug=slugify(title), introduction="x"))


def note(instance: object, by: User | None = None, action: str = "wagtail.edit", **said: object) -> object:
    return log(instance=instance, action=action, user=by, **said)


def shown(client: Client, **filters: object) -> list[str]:
    response = client.get(reverse("audit:index"), filters)
    assert response.status_code == 200
    return [entry.label for entry in response.context["object_list"]]


def downloaded(client: Client, **filters: object) -> list[dict[str, str]]:
    response = client.get(reverse("audit:index"), {**filters, "export": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EDITOR, Role.VALIDATOR])
@pytest.mark.parametrize("name", ["audit:index", "audit:results"])
def test_trail__is_kept_from_who_does_not_oversee(
    client: Client, alfa: Institution, role: Role, name: str
) -> None:
    signed_in(client, "ani", alfa, role)
    note(alfa)
    for query in ({}, {"export": "csv"}, {"export": "xlsx"}):
        response = client.get(reverse(name), query)
        assert response.status_code == 302
    assert reverse("audit:index") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_trail__is_in_the_menu_of_who_oversees(client: Client, overseer: User) -> None:
    assert reverse("audit:index") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_trail__shows_pages_and_other_things_newest_first(
    client: Client, overseer: User, alfa: Institution
) -> None:
    page = news_of(alfa, "Kabar")
    empty_log()
    now = timezone.now()
    note(alfa, overseer, timestamp=now - timedelta(minutes=2))
    note(page, overseer, timestamp=now - timedelta(minutes=1))
    note(Sector.objects.create(code="x", name_id="Sektor X"), overseer)
    assert shown(client) == ["Sektor X", "Kabar", alfa.name]
    text = client.get(reverse("audit:index")).content.decode()
    assert "Pemilik" in text
    assert reverse("wagtailadmin_pages:history", args=[page.pk]) in text


def test_trail__shows_what_is_deleted(client: Client, overseer: User, alfa: Institution) -> None:
    page = news_of(alfa, "Dihapus")
    empty_log()
    page.delete(user=overseer)
    assert shown(client) == ["Dihapus"]
    assert [row["Nama"] for row in downloaded(client)] == ["Dihapus"]
    assert "sudah dihapus" in client.get(reverse("audit:index")).content.decode()


def test_trail__filtered_by_person(client: Client, overseer: User, alfa: Institution) -> None:
    budi = User.objects.create_user("b1", "b@contoh.go.id", "x", first_name="Budi", last_name="Santoso")
    note(alfa, budi, title="oleh Budi")
    note(alfa, overseer, title="oleh lain")
    note(alfa, title="oleh portal")
    for words in ("santoso budi", "B@contoh", "b1"):
        assert shown(client, person=words) == ["oleh Budi"]
    assert shown(client, person="tidak ada") == []


def test_trail__filtered_by_institution(client: Client, overseer: User, alfa: Institution) -> None:
    beta = Institution.objects.get(code="beta")
    ani, budi = member("ani", alfa), member("budi", beta)
    own, other = news_of(alfa, "Milik"), news_of(beta, "Lain")
    sector = Sector.objects.create(code="x", name_id="X")
    empty_log()
    note(sector, ani, title="anggotanya")
    note(own, overseer, title="halamannya")
    note(alfa, overseer, title="dirinya")
    note(ani.memberships.get(), overseer, title="keanggotaannya")
    note(sector, budi, title="orang lain")
    note(other, overseer, title="halaman lain")
    note(budi.memberships.get(), overseer, title="keanggotaan lain")
    found = {"anggotanya", "halamannya", "dirinya", "keanggotaannya"}
    assert set(shown(client, institution=alfa.pk)) == found
    assert {row["Nama"] for row in downloaded(client, institution=alfa.pk)} == found


def test_trail__by_institution_goes_by_the_time_of_the_membership(
    client: Client, overseer: User, alfa: Institution
) -> None:
    ani = member("ani", alfa)
    membership = ani.memberships.get()
    sector = Sector.objects.create(code="x", name_id="X")
    memberships.end(membership)
    membership.__class__.objects.update(started_at=timezone.now() - timedelta(days=20))
    membership.__class__.objects.update(ended_at=timezone.now() - timedelta(days=10))
    empty_log()
    note(sector, ani, title="sebelum", timestamp=timezone.now() - timedelta(days=30))
    note(sector, ani, title="selama", timestamp=timezone.now() - timedelta(days=15))
    note(sector, ani, title="sesudah", timestamp=timezone.now() - timedelta(days=5))
    assert shown(client, institution=alfa.pk) == ["selama"]


def test_trail__filtered_by_action_kind_period_and_text(
    client: Client, overseer: User, alfa: Institution
) -> None:
    page = news_of(alfa, "Kabar")
    empty_log()
    old = timezone.now() - timedelta(days=40)
    note(page, overseer, "wagtail.publish", title="Kabar terbit")
    note(page, overseer, title="Kabar lama", timestamp=old)
    note(alfa, overseer, title="Instansi diubah")
    assert shown(client, action="wagtail.publish") == ["Kabar terbit"]
    kinds = {model: ContentType.objects.get_for_model(model).pk for model in (Page, Institution)}
    assert shown(client, object_type=kinds[Page]) == ["Kabar terbit", "Kabar lama"]
    assert shown(client, object_type=kinds[Institution]) == ["Instansi diubah"]
    day = timezone.localdate(old).isoformat()
    assert shown(client, timestamp_from=day, timestamp_to=day) == ["Kabar lama"]
    assert shown(client, label="KABAR", timestamp_to=day) == ["Kabar lama"]


@pytest.mark.parametrize(
    "filters",
    [
        *({"institution": "x"}, {"institution": "99999999"}, {"action": "tidak.ada"}, {"object_type": "-1"}),
        *({"timestamp_from": "kemarin"}, {"label": "a\0b"}, {"person": "\0"}),
    ],
)
def test_trail__a_filter_that_makes_no_sense_lets_nothing_through(
    client: Client, overseer: User, alfa: Institution, filters: dict[str, str]
) -> None:
    note(alfa, overseer)
    assert shown(client, **filters) == []
    assert downloaded(client, **filters) == []


def test_trail__page_by_page_everything_once(client: Client, overseer: User, alfa: Institution) -> None:
    moment = timezone.now()
    for number in range(120):
        note(alfa, overseer, title=str(number), timestamp=moment)
    found = [label for page in (1, 2, 3) for label in shown(client, p=page)]
    assert len(found) == 120
    assert set(found) == {str(number) for number in range(120)}


def test_trail__query_count_does_not_grow(client: Client, overseer: User, alfa: Institution) -> None:
    def fill(number: int) -> None:
        for index in range(number):
            ani = member(f"ani{number}-{index}", alfa)
            note(alfa, ani)
            note(ani, ani)
            note(news_of(alfa, f"Kabar {number} {index}"), ani)

    def queries(**filters: str) -> int:
        with CaptureQueriesContext(connection) as context:
            client.get(reverse("audit:index"), filters)
        return len(context)

    def all_queries() -> tuple[int, ...]:
        return queries(), queries(institution=str(alfa.pk)), queries(person="ani")

    fill(1)
    # Kinds of things are looked up once in a process, by whichever filter needs them first.
    all_queries()
    few = all_queries()
    fill(12)
    assert all_queries() == few


HOSTILE = '=HYPERLINK("http://x","y")'


def test_file__csv_holds_what_is_filtered_and_no_formula(
    client: Client, overseer: User, alfa: Institution
) -> None:
    User.objects.filter(pk=overseer.pk).update(first_name="@SUM(1)", last_name="")
    note(alfa, overseer, title=HOSTILE, data={"kata": "-1+1\r\n=2"})
    note(alfa, overseer, "wagtail.delete", title="tidak diminta")
    (row,) = downloaded(client, action="wagtail.edit")
    assert row["Nama"] == f"'{HOSTILE}"
    assert row["Orang"] == "'@SUM(1)"
    assert row["Nama akun"] == "pemilik"
    assert row["Kode tindakan"] == "wagtail.edit"
    assert row["Data"] == '{"kata": "-1+1\\r\\n=2"}'
    assert abs(timezone.now() - timezone.datetime.fromisoformat(row["Waktu"])) < timedelta(minutes=1)


def test_file__xlsx_holds_the_same(client: Client, overseer: User, alfa: Institution) -> None:
    note(alfa, overseer, title=HOSTILE)
    note(alfa, overseer, title="#N/A\x0b")
    note(alfa, overseer, title="x" * 40_000)
    response = client.get(reverse("audit:index"), {"export": "xlsx"})
    (sheet,) = load_workbook(io.BytesIO(b"".join(response.streaming_content))).worksheets
    rows = list(sheet.iter_rows(min_row=2))
    names = [row[9].value for row in rows]
    assert [cell.data_type for row in rows for cell in row if cell.data_type in ("f", "e")] == []
    assert names[1:] == ["#N/A ", f"'{HOSTILE}"]
    assert "terlalu panjang" in names[0]


def test_file__is_read_with_few_queries_at_once(client: Client, overseer: User, alfa: Institution) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            downloaded(client)
        return len(context)

    note(alfa, overseer)
    queries()
    few = queries()
    for number in range(200):
        note(alfa, overseer, title=str(number))
    assert queries() == few
    assert len(downloaded(client)) == 201


def test_file__in_the_language_of_who_asks(client: Client, overseer: User, alfa: Institution) -> None:
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=overseer, defaults={"preferred_language": "en"})
    note(alfa, overseer)
    (row,) = downloaded(client)
    assert row["Action"] == "Edit"
