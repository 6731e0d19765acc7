"""Importing in the admin: from the upload to the refused rows, for those with the right to it."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from directory.imports import batches
from directory.imports.adapters import ADAPTERS
from directory.models import DirectoryIndexPage, ImportBatch, InnovationPage
from tests.directory.imports.conftest import Write
from tests.directory.imports.files import IGA_ROW, KIPP_ROW, LABINOV_ROW, write_json, write_xlsx
from tests.queue import run_tasks

GOOD_AND_BAD = {
    "kipp": (KIPP_ROW, KIPP_ROW | {"id": "K-2", "judul": None}),
    "iga": (IGA_ROW, IGA_ROW | {"id": "7002", "nama_inovasi": "", "tujuan": "=1+1"}),
    "labinov": (LABINOV_ROW, LABINOV_ROW | {"id": 56, "tahun": "dulu"}),
}


def user_with(*sources: str) -> User:
    user = User.objects.create_user(f"pengimpor-{'-'.join(sources)}", f"{'-'.join(sources)}@example.org", "x")
    codes = ["access_admin", *(f"import_{source}" for source in sources)]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    return user


def mixed(source: str, folder: Path, write: Write) -> Path:
    rows = GOOD_AND_BAD[source]
    if source == "kipp":
        return write_xlsx(folder / "kipp.xlsx", rows)
    if source == "labinov":
        return write_json(folder / "labinov.json", list(rows))
    return write([[*row.values()] for row in rows], header=IGA_ROW, name="iga.csv")


def upload(client: Client, source: str, path: Path) -> ImportBatch:
    file = SimpleUploadedFile(path.name, path.read_bytes())
    response = client.post(reverse("imports:upload"), {"source": source, "file": file})
    assert response.status_code == 302, response.content.decode()
    return ImportBatch.objects.latest("pk")


def planned(client: Client, batch: ImportBatch, **chosen: str) -> ImportBatch:
    """Has the worker read the columns, says what they are, and has the worker plan."""
    run_tasks("directory.tasks.")
    response = client.post(reverse("imports:columns", args=[batch.pk]), chosen)
    assert response.status_code == 302, response.content.decode()
    run_tasks("directory.tasks.")
    batch.refresh_from_db()
    return batch


def see(client: Client, batch: ImportBatch, **address: Any) -> str:
    response = client.get(reverse("imports:batch", args=[batch.pk]), address)
    assert response.status_code == 200
    return response.content.decode()


def taken_back(source: str, content: bytes) -> list[dict[str, Any]]:
    if source == "kipp":
        header, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        return [dict(zip(header, row, strict=True)) for row in rows]
    if source == "labinov":
        return json.loads(content)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("source", ["kipp", "iga", "labinov"])
def test_import__from_upload_to_the_refused_rows(
    portal: DirectoryIndexPage, client: Client, write: Write, tmp_path: Path, source: str
) -> None:
    client.force_login(user_with(source))
    batch = upload(client, source, mixed(source, tmp_path, write))
    assert 'http-equiv="refresh"' in see(client, batch)
    planned(client, batch)
    html = see(client, batch)
    assert "1 baris akan ditulis. Belum ada yang berubah." in html
    assert "baru (1)" in html
    assert "ditolak (1)" in html
    assert not InnovationPage.objects.exists()
    client.post(reverse("imports:apply", args=[batch.pk]))
    run_tasks("directory.tasks.")
    html = see(client, batch)
    assert "Selesai." in html
    assert InnovationPage.objects.get().live is False
    response = client.get(reverse("imports:refused", args=[batch.pk]))
    content = b"".join(response) if response.streaming else response.content
    (row,) = taken_back(source, content)
    assert row["alasan"]
    assert set(row) >= {column.name for column in ADAPTERS[source].columns}
    # Corrected in that file, it is imported from that file.
    suffix = {"kipp": "xlsx", "iga": "csv", "labinov": "json"}[source]
    again = tmp_path / f"lagi.{suffix}"
    again.write_bytes(content)
    second = planned(client, upload(client, source, again))
    assert (second.state, second.unknown_columns) == ("planned", [])
    assert "alasan" not in second.rows.get().raw


def test_plan__is_narrowed_down(
    portal: DirectoryIndexPage, client: Client, write: Write, tmp_path: Path
) -> None:
    client.force_login(user_with("kipp"))
    batch = planned(client, upload(client, "kipp", mixed("kipp", tmp_path, write)))
    assert KIPP_ROW["judul"] in see(client, batch, rows="create")
    refused = see(client, batch, rows="refused")
    assert KIPP_ROW["judul"] not in refused
    assert "wajib diisi" in refused
    assert see(client, batch, rows="x", p="-1")


def test_history__counts_the_rows_of_every_import_in_as_many_queries(
    portal: DirectoryIndexPage, client: Client, write: Write, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    client.force_login(user_with("iga"))
    address, path = reverse("imports:index"), mixed("iga", tmp_path, write)
    batches.make_plan(batches.receive("iga", path, "satu.csv"))
    with CaptureQueriesContext(connection) as few:
        text = client.get(address).content.decode()
    assert "1 baru, 1 ditolak" in " ".join(text.split())
    batches.make_plan(batches.receive("iga", path, "dua.csv"))
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_upload__of_a_wrong_file_says_why(portal: DirectoryIndexPage, client: Client, write: Write) -> None:
    client.force_login(user_with("kipp"))
    batch = upload(client, "kipp", write([{}]))
    run_tasks("directory.tasks.")
    assert "ini bukan buku kerja Excel (.xlsx)." in see(client, batch)


def test_rights__each_source_by_itself(
    portal: DirectoryIndexPage, client: Client, write: Write, tmp_path: Path
) -> None:
    client.force_login(user_with("kipp"))
    batch = upload(client, "kipp", mixed("kipp", tmp_path, write))
    other = Client()
    other.force_login(user_with("iga"))
    for name in ("batch", "columns", "apply", "cancel", "refused", "reverse"):
        method = other.post if name in ("columns", "apply", "cancel", "reverse") else other.get
        assert method(reverse(f"imports:{name}", args=[batch.pk]), follow=True).status_code == 404
    path = mixed("kipp", tmp_path, write)
    file = SimpleUploadedFile(path.name, path.read_bytes())
    assert other.post(reverse("imports:upload"), {"source": "kipp", "file": file}).status_code == 200
    assert ImportBatch.objects.count() == 1
    assert "kipp.xlsx" not in other.get(reverse("imports:index")).content.decode()
    nobody = Client()
    nobody.force_login(user_with())
    for name in ("index", "upload"):
        # Wagtail answers a denied page of its admin with its front page and a message.
        assert nobody.get(reverse(f"imports:{name}")).status_code == 302
    assert reverse("imports:index") not in nobody.get("/admin/", follow=True).content.decode()
    assert reverse("imports:index") in client.get("/admin/").content.decode()


def test_apply__only_by_post_and_only_once(
    portal: DirectoryIndexPage, client: Client, write: Write, tmp_path: Path
) -> None:
    client.force_login(user_with("kipp"))
    batch = planned(client, upload(client, "kipp", mixed("kipp", tmp_path, write)))
    assert client.get(reverse("imports:apply", args=[batch.pk])).status_code == 405
    client.post(reverse("imports:cancel", args=[batch.pk]))
    response = client.post(reverse("imports:apply", args=[batch.pk]), follow=True)
    assert "tidak menunggu persetujuan" in response.content.decode()
    run_tasks("directory.tasks.")
    assert not InnovationPage.objects.exists()


@pytest.mark.parametrize("source", [*ADAPTERS])
def test_template__is_read_by_its_source(
    portal: DirectoryIndexPage, client: Client, tmp_path: Path, source: str
) -> None:
    client.force_login(user_with(source))
    response = client.get(reverse("imports:template", args=[source]))
    content = b"".join(response) if response.streaming else response.content
    path = tmp_path / "templat"
    path.write_bytes(content)
    rows = list(ADAPTERS[source].read(path, ADAPTERS[source].columns))
    assert all(not any(row.values.values()) for row in rows)


def imported(client: Client, source: str, path: Path) -> ImportBatch:
    batch = planned(client, upload(client, source, path))
    client.post(reverse("imports:apply", args=[batch.pk]))
    run_tasks("directory.tasks.")
    batch.refresh_from_db()
    return batch


def test_reverse__says_what_it_will_do_and_does_it(
    portal: DirectoryIndexPage, client: Client, write: Write, tmp_path: Path
) -> None:
    user = user_with("kipp")
    client.force_login(user)
    batch = imported(client, "kipp", mixed("kipp", tmp_path, write))
    url = reverse("imports:reverse", args=[batch.pk])
    assert url in see(client, batch)
    assert "1 catatan baru dihapus" in client.get(url).content.decode()
    assert InnovationPage.objects.count() == 1
    client.post(url)
    html = see(client, batch)
    assert "Sedang dibatalkan." in html
    assert 'http-equiv="refresh"' in html
    client.post(url)  # goes on: harmless when the worker is at it
    run_tasks("directory.tasks.")
    html = see(client, batch)
    assert f"oleh {user}: 1 baris dikembalikan." in " ".join(html.split())
    assert url not in html
    assert not InnovationPage.objects.exists()
    assert client.get(url).status_code == 302
    assert "hanya impor yang selesai" in client.post(url).content.decode().lower()
    assert "Dibatalkan setelah ditulis" in client.get(reverse("imports:index")).content.decode()
    assert "1 baris akan ditulis" in see(
        client, planned(client, upload(client, "kipp", mixed("kipp", tmp_path, write)))
    )


def test_reverse__names_the_records_somebody_touched(
    portal: DirectoryIndexPage, client: Client, write: Write, tmp_path: Path
) -> None:
    client.force_login(user_with("kipp"))
    batch = imported(client, "kipp", mixed("kipp", tmp_path, write))
    page = InnovationPage.objects.get()
    page.get_latest_revision_as_object().save_revision()
    url = reverse("imports:reverse", args=[batch.pk])
    for response in (client.get(url), client.post(url)):
        html = response.content.decode()
        assert "1 catatan dari impor ini disentuh" in html
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
        assert "disunting sejak diimpor" in html
    batch.refresh_from_db()
    assert (batch.state, InnovationPage.objects.count()) == ("done", 1)
