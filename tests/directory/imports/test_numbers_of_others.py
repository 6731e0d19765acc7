"""A known number on a row about something else: refused, for every source; renamed ones are updates."""

from pathlib import Path
from typing import Any

import pytest

from directory.imports.run import Summary, get_adapter, run_import
from directory.models import DirectoryIndexPage, InnovationPage
from tests.directory.imports.conftest import GOOD, HEADER, Import, Write
from tests.directory.imports.files import IGA_ROW, KIPP_ROW, LABINOV_ROW, write_json, write_xlsx

OTHER = ("Antar Obat Pasien Lansia", "Pemerintah Kota Surabaya")


def take(portal: DirectoryIndexPage, source: str, path: Path) -> Summary:
    return run_import(get_adapter(source), path, commit=True, index=portal)


def file_of(source: str, tmp_path: Path, write: Write, title: str = "", owner: str = "") -> Path:
    """One row of a source under its usual number, with another title and owner if given."""
    row: dict[str, Any]
    if source == "general":
        row = {"id": "1"} | ({"title": title, "institution": owner, "province_code": ""} if title else {})
        return write([row | {"province": ""}], [*HEADER, "id"])
    if source == "iga":
        row = IGA_ROW | ({"nama_inovasi": title, "nama_pemda": owner} if title else {})
        return write([[*row.values()]], [*IGA_ROW])
    if source == "kipp":
        row = KIPP_ROW | ({"judul": title, "instansi": owner, "kabupaten_kota": ""} if title else {})
        return write_xlsx(tmp_path / "uji.xlsx", [row])
    row = LABINOV_ROW | ({"judul": title, "instansi": owner, "kabkot": ""} if title else {})
    return write_json(tmp_path / "uji.json", [row])


@pytest.mark.parametrize("source", ["general", "kipp", "iga", "labinov"])
def test_number__of_another_innovation_of_another_owner_is_refused(
    portal: DirectoryIndexPage, tmp_path: Path, write: Write, source: str
) -> None:
    assert take(portal, source, file_of(source, tmp_path, write)).counts == {"create": 1}
    page = InnovationPage.objects.get()
    summary = take(portal, source, file_of(source, tmp_path, write, *OTHER))
    assert summary.counts == {"refused": 1}
    message = summary.problems[-1].message
    assert page.registry_code in message
    assert f"“{page.title}”" in message
    assert "Beri baris ini nomor yang belum dipakai" in message
    after = InnovationPage.objects.get()
    assert (after.title, after.institution, after.latest_revision_id) == (
        page.title,
        page.institution,
        page.latest_revision_id,
    )


def test_number__of_another_is_refused_where_no_owner_is_recognised(general: Import, write: Write) -> None:
    header = [*HEADER, "id"]
    place = {"id": "1", "province_code": "", "province": ""}
    general(write([place | {"institution": "Yayasan Bina Warga"}], header))
    row = place | {"title": OTHER[0], "institution": "Koperasi Nelayan Timur"}
    assert general(write([row], header)).counts == {"refused": 1}
    row = place | {"title": OTHER[0], "institution": "Yayasan Bina Wrga"}
    assert general(write([row], header)).counts == {"update": 1}


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Antar Obat Pasien Lansia"},
        {"institution": "Pemerintah Kota Surabaya"},
        {"title": "Teropong Jiwa 2", "institution": "Pemerintah Kota Surabaya"},
        {"title": "Antar Obat Pasien Lansia", "institution": "Puskesmas Gitik, Pemkab Banyuwangi"},
        {"title": "Antar Obat Pasien Lansia", "institution": "Puskesmas Gitk, Pemerintah Kab. Banyuwngi"},
    ],
)
def test_number__with_the_title_or_the_owner_the_same_is_an_update(
    general: Import, write: Write, change: dict[str, str]
) -> None:
    header = [*HEADER, "id"]
    general(write([{"id": "1", "province_code": "", "province": ""}], header))
    summary = general(write([{"id": "1", "province_code": "", "province": ""} | change], header))
    assert summary.counts == {"update": 1}


def test_number__renamed_in_the_portal_is_still_known_by_its_old_name(general: Import, write: Write) -> None:
    header = [*HEADER, "id"]
    general(write([{"id": "1"}], header))
    page = InnovationPage.objects.get()
    page.title, page.institution, page.institution_text = "Nama Baru Sama Sekali", None, ""
    page.save_revision().publish()
    summary = general(write([{"id": "1", "title": GOOD["title"], "institution": "Kota Surabaya"}], header))
    assert summary.counts["refused"] == 0
