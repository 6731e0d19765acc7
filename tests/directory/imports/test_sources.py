"""The three national sources: what of their rows reaches the profile, and what bad files come to."""

import datetime
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from directory.imports.adapters import ADAPTERS
from directory.imports.readers import columns
from directory.imports.readers.json_rows import JsonRows
from directory.imports.readers.xlsx_rows import XlsxRows
from directory.imports.run import Summary, get_adapter, run_import
from directory.imports.types import UnreadableFileError
from directory.models import DirectoryIndexPage, InnovationPage
from tests.directory.imports.conftest import Write, problems
from tests.directory.imports.files import (
    IGA_ROW,
    KIPP_ROW,
    LABINOV_ROW,
    write_json,
    write_xlsx,
)
from tests.factories.taxonomy import SDGFactory

Take = Callable[..., Summary]
KIPP, LABINOV = ADAPTERS["kipp"].columns, ADAPTERS["labinov"].columns


@pytest.fixture
def take(portal: DirectoryIndexPage) -> Take:
    """Imports a file of a source, with commit unless told otherwise."""
    for code in ("3", "5", "16"):
        SDGFactory(code=code, name_id=f"Tujuan nomor {code}")

    def run(source: str, path: Path, commit: bool = True) -> Summary:
        return run_import(get_adapter(source), path, commit=commit, index=portal)

    return run


def only() -> InnovationPage:
    return InnovationPage.objects.get().get_latest_revision_as_object()


def told(page: InnovationPage) -> dict[str, str]:
    return {row["type"]: row["value"] for row in page.narrative.raw_data}


def test_kipp__fills_the_profile_as_a_draft(take: Take, tmp_path: Path) -> None:
    summary = take("kipp", write_xlsx(tmp_path / "kipp.xlsx", [KIPP_ROW]))
    assert (summary.counts, summary.problems) == ({"create": 1}, [])
    page = only()
    assert not page.live
    assert page.institution.code == "gov-35-10"
    assert (page.service_unit, page.region.code, page.year) == ("Puskesmas Gitik", "35.10", 2020)
    assert [(a.programme.code, a.year, a.rank) for a in page.awards.all()] == [("kipp", 2020, "Top 99")]
    assert sorted(goal.code for goal in page.sdgs.all()) == ["3", "5"]
    assert page.competition_categories[0].value["category"] == "Umum – Kesehatan"
    assert told(page)["background"] == "<p>Banyak ibu bersalin pada dukun.</p><p>Angka kematian tinggi.</p>"
    assert [*told(page)] == [
        *("background", "novelty", "how_it_works", "significance"),
        *("adaptability", "resources", "sustainability"),
    ]
    record = page.source_records.get()
    assert (record.source, record.record_id, record.url) == ("kipp", "K-1", "https://example.org/kipp/1")


def test_iga__fills_the_profile_as_a_draft(take: Take, write: Write) -> None:
    summary = take("iga", write([[*IGA_ROW.values()]], header=IGA_ROW, delimiter=";"))
    assert (summary.counts, summary.problems) == ({"create": 1}, [])
    page = only()
    assert (page.initiator, page.kind, page.form, page.stage) == (
        *("civil-servant", "non-digital", "service", "implemented"),
    )
    assert (page.trial_date, page.implementation_date) == (
        datetime.date(2020, 1, 12),
        datetime.date(2020, 3, 1),
    )
    assert [sector.code for sector in page.sectors.all()] == ["kesehatan"]
    assert page.result == "Sampah turun 40 persen."
    assert page.source_records.get().raw["skor"] == "87"


def test_labinov__fills_the_profile_as_a_draft(take: Take, tmp_path: Path) -> None:
    summary = take("labinov", write_json(tmp_path / "labinov.json", [LABINOV_ROW]))
    assert (summary.counts, summary.problems) == ({"create": 1}, [])
    page = only()
    assert (page.title, page.year, page.region.code) == ("Rumah Data Desa", 2021, "33.04")
    assert sorted(goal.code for goal in page.sdgs.all()) == ["16", "3"]
    assert page.source_records.get().raw["inovator"] == "Siti"
    assert "Siti" not in str(page.serializable_data())


def files_of(folder: Path, write: Write, **changes: Any) -> dict[str, Path]:
    """One good row of each source, with the given changes to it."""
    iga = IGA_ROW | changes.get("iga", {})
    return {
        "kipp": write_xlsx(folder / "kipp.xlsx", [KIPP_ROW | changes.get("kipp", {})]),
        "iga": write([[*iga.values()]], header=iga, name="iga.csv"),
        "labinov": write_json(folder / "labinov.json", [LABINOV_ROW | changes.get("labinov", {})]),
    }


@pytest.mark.parametrize("source", ["kipp", "iga", "labinov"])
def test_same_file_again__changes_nothing(take: Take, write: Write, tmp_path: Path, source: str) -> None:
    path = files_of(tmp_path, write)[source]
    take(source, path)
    revisions = only().revisions.count()
    assert take(source, path).counts == {"unchanged": 1}
    assert only().revisions.count() == revisions


def test_section_an_editor_only_marked_up__is_still_the_sources(take: Take, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "kipp.xlsx", [KIPP_ROW])
    take("kipp", path)
    page = only()
    rows = list(page.narrative.raw_data)
    rows[1]["value"] = '<p data-block-key="a"><b>Dukun</b> menjadi mitra.</p>'
    page.narrative = json.dumps([dict(row) for row in rows])
    page.save_revision()
    assert take("kipp", path).counts == {"unchanged": 1}
    changed = write_xlsx(tmp_path / "baru.xlsx", [KIPP_ROW | {"kebaruan": "Lain sekali."}])
    assert take("kipp", changed).counts == {"update": 1}
    assert told(only())["novelty"] == "<p>Lain sekali.</p>"


@pytest.mark.parametrize(
    ("source", "change", "column"),
    [
        ("kipp", {"sdgs": "99"}, "sdgs"),
        ("kipp", {"kabupaten_kota": "Atlantis"}, "kabupaten_kota"),
        ("kipp", {"peringkat": "Sangat bagus"}, "peringkat"),
        ("kipp", {"ringkasan": "kata " * 400}, "ringkasan"),
        ("iga", {"jenis": "Setengah digital"}, "jenis"),
        ("iga", {"waktu_uji_coba": "kemarin"}, "waktu_uji_coba"),
        ("iga", {"waktu_penerapan": "31/02/2020"}, "waktu_penerapan"),
        ("iga", {"urusan": "Sihir"}, "urusan"),
        ("labinov", {"kabkot": "Atlantis"}, "kabkot"),
    ],
)
def test_value_not_known__is_reported_and_the_row_imported(
    take: Take, write: Write, tmp_path: Path, source: str, change: dict[str, str], column: str
) -> None:
    summary = take(source, files_of(tmp_path, write, **{source: change})[source])
    assert summary.counts == {"create": 1}
    assert [place[1] for place in problems(summary)] == [column]
    # Nothing is lost: the source's own row is kept as it was.
    assert only().source_records.get().raw[column] == change[column]


@pytest.mark.parametrize("source", ["kipp", "iga", "labinov"])
def test_markup_in_any_cell__stays_text(take: Take, write: Write, tmp_path: Path, source: str) -> None:
    evil = "<script>alert(1)</script><b>x</b>"
    rows = {"kipp": KIPP_ROW, "iga": IGA_ROW, "labinov": LABINOV_ROW}
    texts = {name: evil for name, value in rows[source].items() if isinstance(value, str)}
    keep = ("id", "tahun", "tautan", "nama_pemda", "instansi")
    change = {name: value for name, value in texts.items() if name not in keep}
    take(source, files_of(tmp_path, write, **{source: change})[source])
    page = only()
    assert page.title == evil
    assert "<script" not in str(page.narrative.raw_data)


def test_two_rows_with_one_id__the_second_is_refused_by_name(take: Take, tmp_path: Path) -> None:
    twice = [KIPP_ROW, KIPP_ROW | {"judul": "Judul lain"}]
    summary = take("kipp", write_xlsx(tmp_path / "kipp.xlsx", twice))
    assert summary.counts == {"create": 1, "refused": 1}
    assert "sama dengan baris 2" in summary.problems[0].message


def test_general__forty_awards_in_one_cell(take: Take, write: Write) -> None:
    awards = "; ".join(f"Top {number} KIPP 2020" for number in range(1, 41))
    assert take("general", write([{"award": awards}])).counts == {"create": 1}
    assert InnovationPage.objects.get().awards.count() == 40


# Workbooks


def book(path: Path, change: Callable[[Workbook], None]) -> Path:
    write_xlsx(path, [KIPP_ROW])
    workbook = load_workbook(path)
    change(workbook)
    workbook.save(path)
    return path


def read(path: Path) -> list[Any]:
    return list(XlsxRows(path, KIPP))


def test_xlsx__titles_above_the_header_and_other_sheets_are_passed_over(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        sheet = workbook.active
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Daftar Inovasi KIPP"
        sheet.merge_cells("A1:F1")
        workbook.create_sheet("Petunjuk", 0)["A1"] = "Isi lembar kedua"

    (row,) = read(book(tmp_path / "a.xlsx", change))
    assert (row.number, row.values["judul"], row.values["tahun"]) == (4, KIPP_ROW["judul"], "2020")


def test_xlsx__a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        workbook.active.sheet_state = "hidden"
        workbook.create_sheet("Kosong")

    with pytest.raises(UnreadableFileError, match="lembar tersembunyi tidak dibaca"):
        read(book(tmp_path / "a.xlsx", change))


def test_xlsx__merged_header_cells_name_the_missing_columns(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"wajib ada tidak ditemukan.*instansi"):
        read(book(tmp_path / "a.xlsx", lambda workbook: workbook.active.merge_cells("B1:D1")))


@pytest.mark.parametrize(
    ("cell", "value", "said"), [("B2", "=A2", "berisi rumus"), ("B2", "#N/A", "galat Excel")]
)
def test_xlsx__formula_or_error__is_a_problem_of_its_cell(
    tmp_path: Path, cell: str, value: str, said: str
) -> None:
    (row,) = read(book(tmp_path / "a.xlsx", lambda workbook: workbook.active.__setitem__(cell, value)))
    assert [(one.row, one.column) for one in row.problems] == [(2, "judul")]
    assert said in row.problems[0].message


def test_xlsx__dates_come_as_dates(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        workbook.active["K2"] = datetime.datetime(2020, 1, 31)

    (row,) = read(book(tmp_path / "a.xlsx", change))
    assert row.values["ringkasan"] == "2020-01-31"


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(301):
                part.write(b" " * 1024**2)
    return path


def cut(path: Path) -> Path:
    write_xlsx(path, [KIPP_ROW] * 20)
    path.write_bytes(path.read_bytes()[:-400])
    return path


def test_xlsx__damaged_in_its_middle__is_said_where_it_breaks(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", [KIPP_ROW | {"id": f"K-{n}", "judul": f"J {n * n}"} for n in range(4000)]
    )
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    middle = part.header_offset + part.compress_size * 3 // 4
    content[middle : middle + 64] = b"\xff" * 64
    path.write_bytes(content)
    rows = read(path)
    assert len(rows) > 100
    assert "rusak mulai baris ini" in rows[-1].problems[0].message


def plain(content: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


def other_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (plain(b""), "kosong"),
        (plain(b"\xd0\xcf\x11\xe0" + b"x" * 100), "kata sandi"),
        (plain(b"id,judul\n1,A\n"), "bukan buku kerja"),
        (plain(b"PK\x03\x04" + b"x" * 100), "rusak"),
        (other_zip, "bukan buku kerja"),
        (cut, "rusak"),
        (bomb, "terlalu besar"),
    ],
)
def test_xlsx__that_cannot_be_read__is_refused_in_one_sentence(
    tmp_path: Path, make: Callable[[Path], Path], said: str
) -> None:
    with pytest.raises(UnreadableFileError, match=said) as caught:
        read(make(tmp_path / "uji.xlsx"))
    assert str(caught.value).startswith("uji.xlsx: ")


# JSON


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b'{"data": []}', "satu objek"),
        (b"id,judul\n", "bukan berkas JSON"),
        (b"PK\x03\x04", "Excel"),
        ("[]".encode("utf-16"), "UTF-8"),
    ],
)
def test_json__that_is_no_list__is_refused_in_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "uji.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=said):
        list(JsonRows(path, LABINOV))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8"])
def test_json__breaking_off__keeps_what_stands_before(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "uji.json"
    whole = json.dumps([LABINOV_ROW, LABINOV_ROW | {"id": 56}])
    path.write_text(whole[:-20], encoding=encoding)
    rows = list(JsonRows(path, LABINOV))
    assert [row.number for row in rows] == [1, 2]
    assert not rows[0].problems
    assert "terputus atau rusak" in rows[1].problems[0].message


def test_json__wrong_letters_odd_items_and_missing_keys_are_named(tmp_path: Path) -> None:
    path = write_json(tmp_path / "uji.json", [7, {"judul": "A", "ID": {"x": [1]}}, None])
    rows = list(JsonRows(path, LABINOV))
    assert "bukan objek" in rows[0].problems[0].message
    assert [problem.column for problem in rows[1].problems] == ["instansi"]
    assert rows[1].values["id"] == '{"x": [1]}'
    path.write_bytes(b'[{"id": 1, "judul": "Caf\xe9", "instansi": "A"}]')
    assert next(iter(JsonRows(path, LABINOV))).problems


def test_file__too_large__is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_json(tmp_path / "uji.json", [LABINOV_ROW])
    monkeypatch.setattr(columns, "FILE_LIMIT", 10)
    with pytest.raises(UnreadableFileError, match="lebih besar dari"):
        JsonRows(path, LABINOV)


@pytest.mark.parametrize("source", ["kipp", "labinov"])
def test_wrong_file_for_the_source__says_so(take: Take, write: Write, tmp_path: Path, source: str) -> None:
    with pytest.raises(UnreadableFileError, match="bukan"):
        take(source, files_of(tmp_path, write)["iga"])


def rows_as_written(tmp_path: Path, *rows: str) -> Path:
    """A KIPP workbook whose data rows are this XML."""
    path = write_xlsx(tmp_path / "baik.xlsx", [])
    sick = tmp_path / "urutan.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(sick, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", "".join(rows).encode() + b"</sheetData>")
            new.writestr(part.filename, content)
    return sick


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (('<row r="9"/>', '<row r="5"/>'), "baris 5 berdiri sesudah baris 9"),
        (('<row r="5"/>', '<row r="5"/>'), "baris 5 berdiri sesudah baris 5"),
        (('<row r="1"/>',), "baris 1 berdiri sesudah baris 1"),
        (('<row r="2"><c r="B2"/><c r="A2"/></row>',), "sel A2 ada dua kali"),
        (('<row r="2"><c r="AA2"/><c r="AA2"/></row>',), "sel AA2 ada dua kali"),
    ],
)
def test_xlsx__rows_or_cells_out_of_order_are_refused(tmp_path: Path, rows, told) -> None:
    with pytest.raises(UnreadableFileError, match=told):
        list(XlsxRows(rows_as_written(tmp_path, *rows), KIPP))


def test_xlsx__rows_and_cells_without_a_number_follow_each_other(tmp_path: Path) -> None:
    cells = '<c r="A{0}"><v>7</v></c><c r="AA{0}"/>'
    rows = (f"<row>{cells.format(2)}</row>", f'<row r="4">{cells.format(4)}</row>', "<row><c/><c/></row>")
    found = list(XlsxRows(rows_as_written(tmp_path, *rows), KIPP))
    assert [row.number for row in found] == [2, 4]


@pytest.mark.parametrize("goals", ["3; " * 51, ["SDG 3"] * 51, "tujuan; " * 51])
def test_goals__more_than_there_are_refuse_the_row(take: Take, tmp_path: Path, goals) -> None:
    summary = take("labinov", write_json(tmp_path / "uji.json", [LABINOV_ROW | {"sdgs": goals}]))
    assert problems(summary) == [(1, "sdgs")]
    assert "berisi 51 butir" in summary.problems[0].message
