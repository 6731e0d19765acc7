"""The page of data quality: who sees it, what it counts, and that its links lead to what was counted."""

import csv
import datetime
import io
import re
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from accounts.models import User
from directory.derived.confirmation import Badge, badge_for
from directory.models import Confirmation, ImportBatch, ImportRow, InnovationPage, SourceRecord
from directory.quality import conditions, figures, unrecognised
from directory.quality.duplicates import open_rows
from directory.quality.institutions import standings
from tests.factories.directory import directory_section, full_innovation, innovation, institution, region

pytestmark = pytest.mark.django_db
ADDRESSES = ("quality:index", "quality:institutions", "quality:institutions_file")


def user_with(*codes: str) -> User:
    user = User.objects.create_user(f"u-{'-'.join(codes)}", f"{len(codes)}@example.org", "x")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codes]))
    return user


def signed_in(*codes: str) -> Client:
    client = Client()
    client.force_login(user_with(*codes))
    return client


def batch_of(source: str, *rows: dict, state: str = "done", **fields) -> ImportBatch:
    batch = ImportBatch.objects.create(source=source, file_name=f"{source}.csv", state=state, **fields)
    for number, row in enumerate(rows, 2):
        ImportRow.objects.create(batch=batch, number=number, **({"action": "create"} | row))
    return batch


def twin(key: str, **fields) -> dict:
    found = {"action": "duplicate", "key": key, "title": f"Kembar {key}"}
    return found | {"duplicates": [[1, "Yang sudah ada", 90, "judul"]]} | fields


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("codes", "status"), [((), 302), (("import_kipp",), 302), (("view_data_quality",), 200)]
)
def test_rights__only_with_the_permission(address, codes, status):
    client = signed_in(*codes)
    # Wagtail answers a denied page of its admin with its front page and a message.
    assert client.get(reverse(address)).status_code == status
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse("quality:index") in menu) is (status == 200)
    assert Client().get(reverse(address)).status_code == 302


def test_rights__are_ticked_where_groups_are_edited(admin_client):
    html = admin_client.get(reverse("wagtailusers_groups:add")).content.decode()
    codes = ("view_data_quality", "import_kipp", "import_iga", "import_labinov", "import_general")
    wanted = {code: Permission.objects.get(codename=code).pk for code in codes}
    offered = {int(pk) for pk in re.findall(r'name="permissions"[^>]*value="(\d+)"', html)}
    offered |= {int(pk) for pk in re.findall(r'value="(\d+)"[^>]*name="permissions"', html)}
    assert set(wanted.values()) <= offered
    name, pk = "Pemilik program", wanted["view_data_quality"]
    form = {"name": name, "permissions": [pk]}
    prefixes = ("page_permissions", "collection_permissions", "document_permissions", "image_permissions")
    for prefix in {*prefixes, *re.findall(r'name="([\w-]+)-TOTAL_FORMS"', html)}:
        form |= {f"{prefix}-{part}": 0 for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
        form[f"{prefix}-MAX_NUM_FORMS"] = 1000
    admin_client.post(reverse("wagtailusers_groups:add"), form)
    assert [one.codename for one in Group.objects.get(name=name).permissions.all()] == ["view_data_quality"]


@pytest.fixture
def some() -> dict[str, InnovationPage]:
    """A full record of KIPP, confirmed; an empty one of two sources, as a draft; one without an owner."""
    full = full_innovation(title="Penuh")
    Confirmation.objects.create(page=full, status="running")
    campus = institution("kampus", name="Kampus Uji", kind="university")
    draft = innovation(directory_section(campus), title="Konsep", live=False)
    for source, number in (("kipp", "1"), ("kipp", "2"), ("iga", "3")):
        SourceRecord.objects.create(page=draft, source=source, record_id=number)
    lost = innovation(directory_section(None), title="Hilang", institution_text="Puskesmas Entah")
    return {page.title: page for page in (full, draft, lost)}


def listed(client: Client, url: str) -> set[str]:
    return {page.title for page in client.get(url).context["object_list"]}


def test_overall__counts_each_record_once_and_leads_to_it(admin_client, some):
    english = Locale.objects.get_or_create(language_code="en")[0]
    some["Penuh"].copy_for_translation(english, copy_parents=True)
    found = figures.overall()
    assert found.records == 3
    everything = [*found.states, *found.bands, *found.badges, *found.gaps]
    counts = {figure.label: figure.count for figure in everything}
    assert counts["sudah terbit"] == 2
    assert counts["belum terbit"] == 1
    assert counts["80% atau lebih"] == 1
    assert counts[Badge.CONFIRMED.label] == 1
    assert counts[Badge.UNCONFIRMED.label] == 2
    assert counts["Instansi pemilik"] == 1
    assert counts["Judul"] == 0
    assert counts["Gambar utama"] == 3
    assert [gap.count for gap in found.gaps] == sorted((gap.count for gap in found.gaps), reverse=True)
    for figure in everything:
        assert len(listed(admin_client, figure.url)) == figure.count, figure.label


def test_sources__a_record_of_two_counts_in_both_and_once_in_each(admin_client, some):
    found = {row.filters["source"]: row for row in figures.by_source()}
    assert {name: row.records for name, row in found.items()} == {
        "kipp": 2, "iga": 1, "labinov": 0, "other": 0, "none": 1,
    }  # fmt: skip
    kipp = found["kipp"]
    expected = round((some["Penuh"].completeness + some["Konsep"].completeness) / 2)
    assert (kipp.completeness, kipp.measured, kipp.never) == (expected, 1, 1)
    assert listed(admin_client, kipp.url) == {"Penuh", "Konsep"}
    assert listed(admin_client, kipp.measured_url) == {"Penuh"}
    assert listed(admin_client, kipp.never_url) == {"Konsep"}
    assert listed(admin_client, found["none"].url) == {"Hilang"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Kampus Uji", "Pemerintah Kota pemkot-uji"]),
        ({"q": "kota UJI"}, ["Pemerintah Kota pemkot-uji"]),
        ({"q": "tidak ada"}, []),
        ({"q": "a\x00b"}, ["Kampus Uji", "Pemerintah Kota pemkot-uji"]),
        ({"q": "%_'\""}, []),
        ({"source": "iga"}, ["Kampus Uji"]),
        ({"source": "none"}, []),
        ({"source": "1 OR 1"}, ["Kampus Uji", "Pemerintah Kota pemkot-uji"]),
        ({"kind": "university"}, ["Kampus Uji"]),
        ({"kind": "x" * 9000}, ["Kampus Uji", "Pemerintah Kota pemkot-uji"]),
        ({"urut": "completeness"}, ["Kampus Uji", "Pemerintah Kota pemkot-uji"]),
        ({"urut": "-completeness"}, ["Pemerintah Kota pemkot-uji", "Kampus Uji"]),
        ({"urut": "-name"}, ["Pemerintah Kota pemkot-uji", "Kampus Uji"]),
        ({"urut": "__class__"}, ["Kampus Uji", "Pemerintah Kota pemkot-uji"]),
        ({"p": "9" * 5000}, ["Kampus Uji", "Pemerintah Kota pemkot-uji"]),
        ({"p": "-1"}, ["Kampus Uji", "Pemerintah Kota pemkot-uji"]),
    ],
)
def test_institutions__narrowed_and_ordered(admin_client, some, query, expected):
    response = admin_client.get(reverse("quality:institutions"), query)
    assert [row.label for row in response.context["page_obj"]] == expected
    content = admin_client.get(reverse("quality:institutions_file"), query).content.decode("utf-8-sig")
    assert [row["instansi"] for row in csv.DictReader(io.StringIO(content))] == expected


def test_institutions__lead_to_their_records_of_that_source(admin_client, some):
    row = standings({"source": "iga"})[0]
    assert (row.records, row.measured, row.never) == (1, 0, 1)
    assert listed(admin_client, row.url) == listed(admin_client, row.never_url) == {"Konsep"}
    assert listed(admin_client, row.measured_url) == set()


def test_institutions__file_holds_no_formula(admin_client):
    innovation(directory_section(institution("jahat", name='=HYPERLINK("http://x","y")')))
    content = admin_client.get(reverse("quality:institutions_file")).content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(content)))["instansi"].startswith("'=HYPERLINK")


def test_unrecognised__owners_by_their_name_and_the_frequent_first(admin_client, some):
    nowhere = directory_section(None)
    for title in ("Satu", "Dua"):
        innovation(nowhere, title=title, institution_text="Dinas <b>X</b> & Co")
    assert [*unrecognised.owners()] == [
        {"text": "Dinas <b>X</b> & Co", "count": 2},
        {"text": "Puskesmas Entah", "count": 1},
    ]
    response = admin_client.get(reverse("quality:index"))
    first, second = response.context["owner_texts"]
    assert listed(admin_client, first.url) == {"Satu", "Dua"}
    assert listed(admin_client, second.url) == {"Hilang"}
    assert "Dinas <b>X" not in response.content.decode()
    assert reverse("institution:add") in response.content.decode()


def test_unrecognised__places_of_records_and_of_the_latest_imports(admin_client, some):
    place = region()
    seated = directory_section(institution("ber-wilayah", region=place))
    innovation(seated, title="Di wilayah instansinya")
    assert figures.overall().placeless.count == 2
    assert listed(admin_client, "/admin/innovations/?place=none") == {"Konsep", "Hilang"}

    def row(text: str, column: str = "provinsi") -> dict:
        raw = {"provinsi": text, "judul": "x"}
        return {"raw": raw, "problems": [["judul", "lain", "notice"], [column, "tidak dikenali", "notice"]]}

    batch_of("kipp", row("Lama"))
    newest = batch_of("kipp", row("Jatim Raya"), row("Jatim Raya"), row("Entah"), row("Tepat", "judul"))
    batch_of("kipp", row("Dibatalkan"), state="cancelled")
    batch_of("labinov", {"raw": {"kabkot": "Kab. Antah"}, "problems": [["kabkot", "…", "notice"]]})
    found = [(text.text, text.count, text.column) for text in unrecognised.places()]
    assert found == [("Jatim Raya", 2, "provinsi"), ("Entah", 1, "provinsi"), ("Kab. Antah", 1, "kabkot")]
    html = admin_client.get(reverse("quality:index")).content.decode()
    assert reverse("imports:batch", args=[newest.pk]) in html
    stranger = signed_in("view_data_quality").get(reverse("quality:index")).content.decode()
    assert "Jatim Raya" in stranger
    assert reverse("imports:batch", args=[newest.pk]) not in stranger


def test_duplicates__each_open_once_in_its_newest_import(admin_client):
    page = innovation()
    SourceRecord.objects.create(page=page, source="iga", record_id="sudah")
    batch_of("iga", twin("a", outcome="duplicate"))
    done = batch_of(
        "iga", twin("a", outcome="duplicate"), twin("b", decision="new"), twin("c", outcome="create"),
        twin("sudah", outcome="duplicate"), {"key": "d"},
    )  # fmt: skip
    planned = batch_of("kipp", twin("a"), state="planned")
    for state in ("cancelled", "failed", "planning"):
        batch_of("kipp", twin(f"x-{state}"), state=state)
    assert {(row.batch_id, row.key) for row in open_rows()} == {(done.pk, "a"), (planned.pk, "a")}
    html = unescape(admin_client.get(reverse("quality:index")).content.decode())
    assert "Baris impor (2)" in html
    first, second = (reverse("imports:compare", args=[batch.pk, 2]) for batch in (planned, done))
    assert 0 < html.index(first) < html.index(second)
    assert f"{reverse('imports:batch', args=[done.pk])}?rows=duplicate" in html
    some_rights = signed_in("view_data_quality", "import_kipp").get(reverse("quality:index"))
    assert first in some_rights.content.decode()
    assert second not in some_rights.content.decode()


@pytest.mark.parametrize(
    "today", [datetime.date(2025, 3, 31), datetime.date(2024, 2, 29), datetime.date(2025, 2, 28)]
)
def test_badges__are_those_of_the_profile(today):
    days = {today - datetime.timedelta(days=365 * years + off) for years in (0, 1, 2) for off in range(-2, 5)}
    wanted = {}
    for status in ("running", "unknown", "stopped"):
        for day in sorted(days):
            page = innovation(operational_status="unknown")
            moment = datetime.datetime.combine(day, datetime.time(0, 30))
            Confirmation.objects.create(page=page, status="stopped", confirmed_at="2001-01-01T00:00Z")
            Confirmation.objects.create(page=page, status=status, confirmed_at=timezone.make_aware(moment))
            wanted[page.pk] = badge_for("unknown", status, day, today)
    wanted[innovation(operational_status="stopped").pk] = Badge.STOPPED
    wanted[innovation().pk] = Badge.UNCONFIRMED
    found = conditions.with_badge(InnovationPage.objects.all(), today)
    assert dict(found.values_list("pk", "badge")) == wanted
    assert set(wanted.values()) == set(Badge)


def test_badges__are_counted_as_they_are_listed():
    now = timezone.now()
    for own, status, days in [
        *(("running", "running", days) for days in (1, 400, 800)),
        *(("running", "stopped", 1), ("stopped", "running", 1), ("unknown", "unknown", 1)),
    ]:
        page = innovation(operational_status=own)
        for back, said in ((900, "stopped"), (days, status)):
            moment = now - datetime.timedelta(days=back)
            Confirmation.objects.create(page=page, status=said, confirmed_at=moment)
    innovation(operational_status="stopped")
    innovation(operational_status="running")
    listed = list(conditions.with_badge(conditions.records()).values_list("badge", flat=True))
    counts = {figure.label: figure.count for figure in figures.overall().badges}
    assert counts == {badge.label: listed.count(badge.value) for badge in Badge}
    assert sorted(counts.values()) == [1, 1, 3, 3]


def test_pages__queries_do_not_grow(admin_client):
    def count() -> list[int]:
        counts = []
        for address in ADDRESSES:
            with CaptureQueriesContext(connection) as captured:
                assert admin_client.get(reverse(address)).status_code == 200
            counts.append(len(captured))
        return counts

    def fill(rows: int) -> None:
        for number in range(rows):
            key = f"{rows}-{number}"
            owner = directory_section(institution(f"instansi-{key}", region=None))
            Confirmation.objects.create(page=innovation(owner, live=False), status="running")
            innovation(directory_section(None), institution_text=f"Entah {key}")
            problem = {"problems": [["provinsi", "x", "notice"]], "raw": {"provinsi": key}}
            batch_of("kipp", twin(key) | problem)

    fill(2)
    count()
    few = count()
    fill(9)
    assert all(now <= then for now, then in zip(count(), few, strict=True))


def test_index__of_an_empty_portal(admin_client):
    html = admin_client.get(reverse("quality:index"), {"p": "x"}).content.decode()
    assert "Tidak ada yang menunggu." in html
    assert "Semua inovasi punya instansi pemilik." in html
