"""Files as people have them: what is read, what is refused and whether it is named."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.imports.adapters import ADAPTERS
from directory.imports.readers.columns import CELL_LIMIT
from directory.imports.readers.csv_rows import LINE_LIMIT, CsvRows
from directory.imports.types import UnreadableFileError
from tests.directory.imports.conftest import GOOD, HEADER, Import, Write, problems

COLUMNS = ADAPTERS["general"].columns
LINE = ",".join(f'"{GOOD[name]}"' for name in HEADER)
HEAD = ",".join(HEADER)


def read(content: bytes, folder: Path) -> CsvRows:
    path = folder / "uji.csv"
    path.write_bytes(content)
    return CsvRows(path, COLUMNS)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"\xef\xbb\xbf\r\n", "kosong"),
        (b"PK\x03\x04\x14\x00rest", "Excel"),
        (b"\xd0\xcf\x11\xe0rest", "Excel"),
        (b"%PDF-1.7\n", "bukan berkas CSV"),
        (b"\x89PNG\r\n\x1a\n", "bukan berkas CSV"),
        (f"{HEAD}\n{LINE}\n".encode("utf-16"), "UTF-16"),
        (f"{HEAD}\n{LINE}\n".encode("utf-16-le"), "bukan berkas CSV"),
        (b"<html><body>Halaman tidak ditemukan</body></html>", "title, institution"),
        (b'[{"title": "A"}]', "title, institution"),
        (b"nama;instansi\nA;B\n", "title, institution"),
        (HEAD.replace("summary_id", "ringkasan").encode(), "summary_id"),
        (HEAD.replace("note", "Title").encode(), "dua kali"),
        ((HEAD + ",x" * 200_000).encode(), "paling banyak 200"),
    ],
)
def test_file__that_is_none_of_ours__is_refused_in_one_sentence(tmp_path, content, said):
    with pytest.raises(UnreadableFileError, match=said) as caught:
        list(read(content, tmp_path))
    assert str(caught.value).startswith("uji.csv: ")
    assert "\n" not in str(caught.value)


def test_file__missing_or_a_folder__is_refused(tmp_path):
    for path in (tmp_path / "tiada.csv", tmp_path):
        with pytest.raises(UnreadableFileError, match=path.name):
            CsvRows(path, COLUMNS)


def test_file__that_is_a_pipe__is_not_waited_for(tmp_path):
    pipe = tmp_path / "pipa.csv"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableFileError, match="bukan berkas biasa"):
        CsvRows(pipe, COLUMNS)


@pytest.mark.parametrize(
    ("head", "line"),
    [
        (HEAD, LINE),
        ("\ufeff" + HEAD, LINE),
        (HEAD.upper(), LINE),
        (HEAD.replace("_", " "), LINE),
        (f' "{HEAD.replace(",", chr(34) + " ," + chr(34))}"'.strip(), LINE),
        (HEAD.replace(",", ";"), LINE.replace('","', '";"')),
        (HEAD.replace(",", "\t"), LINE.replace('","', '"\t"')),
        ("sep=;\n" + HEAD.replace(",", ";"), LINE.replace('","', '";"')),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_header__in_any_dialect_case_and_spelling__is_understood(tmp_path, head, line, ending):
    rows = list(read(f"{head}{ending}{line}{ending}".encode(), tmp_path))
    assert [row.values["title"] for row in rows] == ["Teropong Jiwa"]
    assert rows[0].values["institution"] == GOOD["institution"]
    assert not rows[0].problems


def test_columns__in_another_order_and_unknown_ones__are_kept(tmp_path):
    head = ",".join([*reversed(HEADER), "Nilai Juri"])
    line = ",".join([*(f'"{GOOD[name]}"' for name in reversed(HEADER)), "87"])
    rows = read(f"{head}\n{line}\n".encode(), tmp_path)
    assert [row.values for row in rows] == [{**GOOD, "nilai_juri": "87"}]
    assert rows.unknown == ["nilai_juri"]


def test_row_number__is_the_spreadsheets__despite_line_breaks_and_blank_rows(tmp_path):
    text = f"{HEAD}\n{LINE.replace('Terapi kerja', 'Terapi' + chr(10) + 'kerja')}\n\n,,,,,,,,,,\n{LINE}\n"
    rows = list(read(text.encode(), tmp_path))
    assert [row.number for row in rows] == [2, 5]
    assert rows[0].values["summary_id"] == "Terapi\nkerja bagi ODGJ yang sudah stabil."


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (b"A\x00B", "NUL"),
        ("Café".encode("cp1252"), "UTF-8"),
        (b"\xed\xa0\x80", "UTF-8"),
        (b"x" * (CELL_LIMIT + 1), "karakter"),
        (b"x" * 200_000, "200000"),
    ],
)
def test_cell__that_cannot_be_used__refuses_its_row_only(tmp_path, cell, said):
    bad = LINE.encode().replace(b"Terapi kerja bagi ODGJ yang sudah stabil.", cell)
    rows = list(read(b"\n".join([HEAD.encode(), LINE.encode(), bad, LINE.encode()]), tmp_path))
    assert [len(row.problems) for row in rows] == [0, 1, 0]
    problem = rows[1].problems[0]
    assert (problem.row, problem.column) == (3, "summary_id")
    assert said in problem.message


@pytest.mark.parametrize(
    ("line", "column"),
    [(LINE + ",x", ""), (LINE.rsplit(",", 3)[0], "source_url"), ('"terputus', "institution")],
)
def test_row__with_too_many_or_too_few_cells__is_refused(tmp_path, line, column):
    rows = list(read(f"{HEAD}\n{line}\n".encode(), tmp_path))
    assert [problem.column for problem in rows[0].problems] == [column]


def test_row__cut_after_its_required_cells__is_read(tmp_path):
    # Spreadsheets leave out empty cells at the end.
    rows = list(read(f"{HEAD}\n{LINE.rsplit(',', 2)[0]}\n".encode(), tmp_path))
    assert rows[0].problems == []


def test_line__without_end__fills_no_memory_and_the_next_row_is_read(tmp_path):
    endless = b"x" * (LINE_LIMIT * 2)
    rows = list(read(b"\n".join([HEAD.encode(), endless, LINE.encode()]), tmp_path))
    assert [bool(row.problems) for row in rows] == [True, False]
    assert rows[0].problems[0].row == 2


@given(st.binary(max_size=300))
def test_any_bytes__are_read_or_refused_by_name(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("berkas")
    rows = list(read(HEAD.encode() + b"\n" + content, folder))
    assert all(row.number > 1 for row in rows)
    with suppress(UnreadableFileError):
        list(read(content, folder))


def test_good_rows__beside_bad_ones__are_imported(general: Import, write: Write):
    path = write(
        [
            {},
            {"title": "A\x00B"},
            {"title": "x" * 200_000},
            {"title": "Lain"},
            {"title": "Kode", "province_code": "99"},
        ]
    )
    summary = general(path)
    assert summary.counts == {"create": 2, "refused": 3}
    assert problems(summary) == [(3, "title"), (4, "title"), (6, "province_code")]
