"""Between upload and plan: which column of the file is which, and what a person may say of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory import tasks
from directory.imports import batches, checking, mapping
from directory.models import DirectoryIndexPage, ImportBatch
from tests.directory.imports.conftest import GOOD, HEADER, Write
from tests.directory.imports.files import IGA_ROW, KIPP_ROW, LABINOV_ROW, write_json, write_xlsx
from tests.directory.imports.test_admin import planned, see, taken_back, upload, user_with
from tests.queue import run_tasks


def renamed(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in row.items()}


OTHER_NAMES = {"judul": "Nama Kegiatan", "nama_inovasi": "Nama Kegiatan", "sdgs": "Tujuan Global"}


def with_other_names(source: str, folder: Path, write: Write, *more: dict[str, Any]) -> Path:
    """A file of this source whose title goes by another name."""
    row = {"kipp": KIPP_ROW, "iga": IGA_ROW, "labinov": LABINOV_ROW}[source]
    rows = [renamed(one, OTHER_NAMES) for one in (row, *(row | changes for changes in more))]
    if source == "kipp":
        return write_xlsx(folder / "kipp.xlsx", rows, header=tuple(rows[0]))
    if source == "labinov":
        return write_json(folder / "labinov.json", rows)
    return write([[*one.values()] for one in rows], header=rows[0], name="iga.csv", delimiter=";")


def checked(client: Client, source: str, path: Path) -> ImportBatch:
    batch = upload(client, source, path)
    run_tasks("directory.tasks.")
    batch.refresh_from_db()
    return batch


def send(client: Client, batch: ImportBatch, **chosen: str) -> str:
    return client.post(reverse("imports:columns", args=[batch.pk]), chosen, follow=True).content.decode()


TITLES = {"kipp": "judul", "iga": "nama_inovasi", "labinov": "judul"}


@pytest.mark.parametrize("source", [*TITLES])
def test_check__says_what_is_missing_and_takes_what_a_person_says(
    portal: DirectoryIndexPage, client: Client, write: Write, tmp_path: Path, source: str
) -> None:
    client.force_login(user_with(source))
    title = TITLES[source]
    batch = checked(client, source, with_other_names(source, tmp_path, write, {"id": ""}))
    assert batch.state == "checked"
    html = see(client, batch)
    assert f"Kolom wajib ini tidak ditemukan di berkas: {title}." in html
    assert "nama_kegiatan" in html
    html = send(client, batch)
    assert f"Kolom wajib ini belum ada isinya: {title}." in html
    assert batch.rows.count() == 0
    planned(client, batch, **{title: "nama_kegiatan"})
    assert (batch.state, batch.mapping) == ("planned", {"nama_kegiatan": title})
    assert "nama_kegiatan" not in batch.unknown_columns
    row = batch.rows.first()
    assert (row.action, row.title) == (
        "create",
        {**KIPP_ROW, **IGA_ROW, **LABINOV_ROW}[title] if source != "kipp" else KIPP_ROW["judul"],
    )
    assert "<strong>nama_kegiatan</strong>" in see(client, batch)


def test_check__refused_rows_come_back_with_names_that_import(
    portal: DirectoryIndexPage, client: Client, write: Write, tmp_path: Path
) -> None:
    client.force_login(user_with("iga"))
    path = with_other_names("iga", tmp_path, write, {"id": "8", "nama_inovasi": ""})
    batch = planned(client, upload(client, "iga", path), nama_inovasi="nama_kegiatan")
    client.post(reverse("imports:apply", args=[batch.pk]))
    run_tasks("directory.tasks.")
    response = client.get(reverse("imports:refused", args=[batch.pk]))
    content = b"".join(response)
    (row,) = taken_back("iga", content)
    assert {"nama_inovasi", "alasan"} < set(row)
    again = tmp_path / "lagi.csv"
    again.write_bytes(content)
    assert planned(client, upload(client, "iga", again)).unknown_columns == []


def test_check__shows_aliases_values_and_what_is_unknown(
    portal: DirectoryIndexPage, client: Client, tmp_path: Path
) -> None:
    rows = [
        {"Kab/Kota" if name == "kabupaten_kota" else name: value for name, value in KIPP_ROW.items()}
        | {"id": f"K-{number}", "Warna": f"<b>merah{number}</b>"}
        for number in range(9)
    ]
    client.force_login(user_with("kipp"))
    batch = checked(client, "kipp", write_xlsx(tmp_path / "kipp.xlsx", rows, header=tuple(rows[0])))
    found = {one.name: one for one in mapping.contract(batch)}
    assert found["kabupaten_kota"].by == "kab/kota"
    assert found["id"].values == ["K-0", "K-1", "K-2"]
    assert mapping.spare(batch) == {"warna": [f"<b>merah{number}</b>" for number in range(3)]}
    html = see(client, batch)
    assert "&lt;b&gt;merah0&lt;/b&gt;" in html
    assert "<select" not in html  # nothing of the contract is left to fill
    send(client, batch)
    run_tasks("directory.tasks.")
    assert "warna" in see(client, batch)


def test_check__json_knows_the_keys_of_its_first_objects(
    portal: DirectoryIndexPage, client: Client, tmp_path: Path
) -> None:
    rows = [{"id": 1}, {"Judul": "Dua", "lain": 3}, *([{"id": 2}] * 60), {"terakhir": 1}]
    client.force_login(user_with("labinov"))
    batch = checked(client, "labinov", write_json(tmp_path / "a.json", rows))
    assert batch.heading == [["id", ["1", "2", "2"]], ["judul", ["Dua"]], ["lain", ["3"]]]
    assert "instansi" in send(client, batch, title="lain")


HOSTILE = [
    {"title": "tidak ada"},
    {"title": "nama", "institution": "nama"},
    {"title": "year", "institution": "nama"},
    {"title": "\x00", "institution": "nama"},
    {"judul": "nama", "mapping": '{"nama": "title"}'},
    {"title": "nama" * 10_000},
]


@pytest.mark.parametrize("chosen", HOSTILE)
def test_mapping__nonsense_is_refused(
    portal: DirectoryIndexPage, client: Client, write: Write, chosen: dict[str, str]
) -> None:
    client.force_login(user_with("general"))
    names = {"title": "nama", "institution": "pemilik"}
    row = renamed(GOOD, names)
    batch = checked(client, "general", write([[*row.values()]], header=row))
    html = send(client, batch, **chosen)
    assert 'role="alert"' in html
    batch.refresh_from_db()
    assert (batch.state, batch.mapping) == ("checked", {})
    assert not batch.rows.exists()


def test_mapping__an_unsuitable_one_is_never_kept(portal: DirectoryIndexPage, write: Write) -> None:
    row = renamed(GOOD, {"title": "nama"})
    path = write([[*row.values()]], header=[*row, "lain"])
    batch = batches.receive("general", path, path.name, state="checking")
    checking.check(batch)
    for wrong in (
        {},
        {"nama": "year"},
        {"x": "title"},
        {"nama": "title", "lain": "title"},
        {"nama": "bukan"},
    ):
        assert not checking.accept(batch, wrong)
    assert checking.accept(batch, {"nama": "title"})
    assert not checking.accept(batch, {"nama": "title"})  # once only


def test_mapping__is_suggested_for_the_same_headings_of_the_source(
    portal: DirectoryIndexPage, client: Client, write: Write, tmp_path: Path
) -> None:
    client.force_login(user_with("iga", "general"))
    batch = planned(
        client, upload(client, "iga", with_other_names("iga", tmp_path, write)), nama_inovasi="nama_kegiatan"
    )
    assert batch.mapping
    again = checked(client, "iga", with_other_names("iga", tmp_path, write, {"id": "8"}))
    html = see(client, again)
    assert '<option value="nama_kegiatan" selected>' in html
    assert "tidak ditemukan" not in html
    row = renamed(IGA_ROW, OTHER_NAMES) | {"satu_lagi": "x"}
    other = checked(client, "iga", write([[*row.values()]], header=row))
    assert '<option value="nama_kegiatan" selected>' not in see(client, other)


def test_check__stopped_worker_begins_anew(portal: DirectoryIndexPage, client: Client, write: Write) -> None:
    client.force_login(user_with("general"))
    batch = upload(client, "general", write([GOOD]))
    tasks.check_import.func(batch.pk)
    batch.refresh_from_db()
    heading = batch.heading
    ImportBatch.objects.filter(pk=batch.pk).update(state="checking")
    run_tasks("directory.tasks.")
    batch.refresh_from_db()
    assert (batch.state, batch.heading) == ("checked", heading)
    # Done twice, also after the person has answered, it changes nothing.
    send(client, batch)
    tasks.check_import.func(batch.pk)
    batch.refresh_from_db()
    assert batch.state == "planning"


def test_check__given_up_meanwhile_stays_so(portal: DirectoryIndexPage, client: Client, write: Write) -> None:
    client.force_login(user_with("general"))
    batch = upload(client, "general", write([GOOD]))
    client.post(reverse("imports:cancel", args=[batch.pk]))
    checking.check(batch)
    assert batch.state == "cancelled"
    assert "tidak menunggu pemeriksaan lagi" in send(client, batch)


@pytest.mark.parametrize(
    ("source", "content", "why"),
    [
        ("kipp", b"PK\x03\x04rusak", "buku kerja rusak"),
        ("labinov", b"{}", "satu objek"),
        ("iga", b"id;id;nama_inovasi\n1;2;3\n", "ada dua kali"),
        ("general", b"", "kosong"),
    ],
)
def test_check__unreadable_file_fails_and_says_why(
    portal: DirectoryIndexPage, tmp_path: Path, source: str, content: bytes, why: str
) -> None:
    path = tmp_path / "berkas"
    path.write_bytes(content)
    batch = batches.receive(source, path, path.name, state="checking")
    checking.check(batch)
    assert batch.state == "failed"
    assert why in batch.error


@pytest.mark.parametrize(
    "heading",
    ["tah\udcfan", "x" * 100_000, "\u202eterbalik\u202c", "'=1+1"],
)
def test_check__hostile_headings_can_be_kept_and_mapped(
    portal: DirectoryIndexPage, client: Client, tmp_path: Path, heading: str
) -> None:
    client.force_login(user_with("general"))
    path = tmp_path / "uji.csv"
    names = [*(name for name in HEADER if name != "title"), heading]
    row = [*(GOOD[name] for name in HEADER if name != "title"), "Judul"]
    text = ";".join(names) + "\n" + ";".join(row) + "\n"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    batch = checked(client, "general", path)
    (own,) = mapping.spare(batch)
    assert len(own) <= 200
    planned(client, batch, title=own)
    assert batch.state == "planned", batch.error
    assert batch.rows.get().title == "Judul"


def test_check__file_that_names_no_column_of_ours_is_split_where_it_splits(
    portal: DirectoryIndexPage, tmp_path: Path
) -> None:
    path = tmp_path / "uji.csv"
    path.write_text("Satu;Dua, bagian a;Tiga\n1;2;3\n")
    batch = batches.receive("iga", path, path.name, state="checking")
    checking.check(batch)
    assert batch.heading == [["satu", ["1"]], ["dua,_bagian_a", ["2"]], ["tiga", ["3"]]]


def test_check__same_number_of_queries_however_many_columns(
    portal: DirectoryIndexPage, client: Client, write: Write
) -> None:
    client.force_login(user_with("general"))
    few = checked(client, "general", write([GOOD]))
    many = renamed(GOOD, {"title": "nama"}) | {f"k{number}": "x" for number in range(150)}
    wide = checked(client, "general", write([[*many.values()]], header=many))
    counts = []
    for batch in (few, few, wide):
        with CaptureQueriesContext(connection) as queries:
            see(client, batch)
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_mapping__is_kept_as_json(portal: DirectoryIndexPage, client: Client, write: Write) -> None:
    client.force_login(user_with("general"))
    batch = checked(client, "general", write([GOOD]))
    assert json.dumps(batch.heading)
    assert planned(client, batch).mapping == {}
