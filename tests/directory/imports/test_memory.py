"""Files made to fill the memory: refused, within what an honest file takes; honest large ones are read."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from openpyxl import Workbook

from tests.directory.imports.files import IGA_ROW, KIPP_ROW, LABINOV_ROW, write_xlsx

MOST_MEGABYTES = 300
# Beyond this the process gets no memory: a test that fails must not take the machine along.
HELD_BACK = 3 * 1024**3
TEXTS = (
    '<Override PartName="/%s" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
READ = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
django.setup()
from pathlib import Path
from directory.imports.adapters import ADAPTERS
from directory.imports.types import UnreadableFileError
adapter, found = ADAPTERS[sys.argv[2]], {}
for path in map(Path, sys.argv[3:]):
    rows, problems = 0, []
    try:
        for row in adapter.read(path, adapter.columns):
            rows += not row.problems
            problems += [problem.message for problem in row.problems]
    except UnreadableFileError as error:
        problems.append(str(error))
    found[path.stem] = [rows, problems[:5]]
# Of this process alone: `ru_maxrss` remembers that of the one it was forked from.
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
peak = int(status["VmHWM"].split()[0]) // 1024
print(json.dumps([peak, found]))
"""


def read(source: str, *paths: Path) -> dict[str, list]:
    """By name of the file: how many rows were good, and the first problems. Reads all in one process of its
    own, which takes no more memory than it should."""
    command = [sys.executable, "-c", READ, str(HELD_BACK), source, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-600:]
    peak, found = json.loads(done.stdout)
    assert peak < MOST_MEGABYTES
    return found


def repack(source: Path, path: Path, parts: dict[str, Callable[[], Iterator[bytes]]]) -> Path:
    """The workbook with these parts instead of its own; one of the texts is announced as such."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "[Content_Types].xml":
                texts = "".join(TEXTS % name for name in parts if "/text" in name)
                content = content.replace(b"</Types>", f"{texts}</Types>".encode())
            if part.filename not in parts:
                target.writestr(part.filename, content)
        for name, make in parts.items():
            with target.open(name, "w", force_zip64=True) as written:
                for piece in make():
                    written.write(piece)
    return path


def around(before: str, middle: bytes, times: int, after: str) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        yield before.encode()
        for _ in range(times // 1000):
            yield middle * 1000
        yield after.encode()

    return pieces


def sheet(middle: bytes, times: int, before: str = "", after: str = "") -> Callable[[], Iterator[bytes]]:
    start = f'<worksheet xmlns="{NS}"><sheetData>{before}'
    return around(start, middle, times, f"{after}</sheetData></worksheet>")


def strings(middle: bytes, times: int) -> Callable[[], Iterator[bytes]]:
    return around(f'<sst xmlns="{NS}">', middle, times, "</sst>")


BOMBS = {
    "cells in one row": {SHEET: sheet(b"<c/>", 10_000_000, "<row>", "</row>")},
    "empty rows": {SHEET: sheet(b"<row/>", 16_000_000)},
    "one long text": {
        SHEET: sheet(b"a" * 100, 1_000_000, '<row><c t="inlineStr"><is><t>', "</t></is></c></row>")
    },
    "one long attribute": {SHEET: sheet(b"a" * 100, 1_000_000, '<row spans="', '"></row>')},
    "one long comment": {SHEET: sheet(b"a" * 100, 1_000_000, "<!--", "-->")},
    "merged cells": {SHEET: sheet(b'<mergeCell ref="A1"/>', 4_000_000)},
    "styles": {
        STYLES: around(f'<styleSheet xmlns="{NS}"><cellXfs>', b"<xf/>", 1_900_000, "</cellXfs></styleSheet>")
    },
    "large styles": {
        STYLES: around(f'<styleSheet xmlns="{NS}"><extLst>', b"a" * 100, 1_000_000, "</extLst></styleSheet>")
    },
    "texts": {"xl/texts.xml": strings(b"<si><t>a b</t></si>", 5_000_000)},
    "a sheet that is texts": {SHEET: strings(b"<si><t>a b</t></si>", 490_000)},
    "texts that are a sheet": {"xl/texts.xml": sheet(b"<row><si><t>a b</t></si></row>", 900_000)},
}


def test_workbooks__made_to_fill_the_memory_are_refused(tmp_path: Path) -> None:
    honest = write_xlsx(tmp_path / "honest.xlsx", [KIPP_ROW])
    files = [repack(honest, tmp_path / f"{name}.xlsx", parts) for name, parts in BOMBS.items()]
    found = read("kipp", honest, *files)
    assert found.pop("honest") == [1, []]
    assert set(found) == set(BOMBS)
    for name, (rows, problems) in found.items():
        assert (name, rows, len(problems)) == (name, 0, 1)
        assert "terlalu besar setelah dibuka" in problems[0] or "buku kerja rusak" in problems[0]


def test_workbook__honest_and_large_with_repeated_texts_is_read(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.append([*KIPP_ROW])
    for number in range(10_000):
        page.append([*(KIPP_ROW | {"id": f"K-{number}", "latar_belakang": "Ibu bersalin. " * 100}).values()])
    path = tmp_path / "besar.xlsx"
    book.save(path)
    assert read("kipp", path) == {"besar": [10_000, []]}


def nested(levels: int, opening: str, closing: str) -> str:
    good = json.dumps(LABINOV_ROW)
    return f'[{good}, {{"id": 1, "judul": {opening * levels}1{closing * levels}}}, {good}]'


def test_json__made_to_fill_the_memory_is_refused_by_row(tmp_path: Path) -> None:
    many = json.dumps([LABINOV_ROW, LABINOV_ROW | {"sdgs": [1] * 1_000_000}, LABINOV_ROW])
    deep = "isinya bersarang lebih dari 20 tingkat."
    cases = {
        "a little too deep": (nested(30, "[", "]"), 2, deep),
        "lists": (nested(100_000, "[", "]"), 2, deep),
        "objects": (nested(100_000, '{"a":', "}"), 2, deep),
        "brackets": ("[" * 600_000, 0, "berkas terputus atau rusak di sini"),
        "many values": (many, 2, "objek ini lebih besar dari 4000000 karakter."),
        "one text": ('[{"id": "' + "a" * 150_000_000, 0, "teks lebih dari 4000000 karakter"),
    }
    for name, (text, _rows, _problem) in cases.items():
        (tmp_path / f"{name}.json").write_text(text)
    found = read("labinov", *(tmp_path / f"{name}.json" for name in cases))
    for name, (_text, rows, problem) in cases.items():
        assert (name, found[name][0], len(found[name][1])) == (name, rows, 1)
        assert problem in found[name][1][0]


def test_json__as_deep_as_any_source_is_read(tmp_path: Path) -> None:
    deep = LABINOV_ROW | {"pesan": json.loads("[" * 15 + "]" * 15)}
    (tmp_path / "baik.json").write_text(json.dumps([deep, LABINOV_ROW]))
    assert read("labinov", tmp_path / "baik.json") == {"baik": [2, []]}


def test_workbook__first_rows_are_not_kept_while_the_heading_is_sought(tmp_path: Path) -> None:
    honest = write_xlsx(tmp_path / "honest.xlsx", [KIPP_ROW])
    heading = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in KIPP_ROW)
    # One letter beyond the usual ones, and every letter of the text takes four bytes.
    text = ("\U0001f600" + "a" * 7_900_000).encode()

    def rows() -> Iterator[bytes]:
        yield f'<worksheet xmlns="{NS}"><sheetData><row r="1">{heading}</row>'.encode()
        for number in range(2, 11):
            yield f'<row r="{number}"><c t="inlineStr"><is><t>'.encode() + text + b"</t></is></c></row>"
        yield b"</sheetData></worksheet>"

    good, problems = read("kipp", repack(honest, tmp_path / "baris.xlsx", {SHEET: rows}))["baris"]
    assert good == 0
    assert "paling banyak 500000" in problems[0]


def test_csv__row_without_end_is_refused(tmp_path: Path) -> None:
    good = ",".join(str(value) for value in IGA_ROW.values())
    line = "ab," * 1_000_000 + '"\n",'
    path = tmp_path / "panjang.csv"
    path.write_text(f"{','.join(IGA_ROW)}\n{good}\n{line * 12}x\n")
    rows, problems = read("iga", path)["panjang"]
    assert (rows, len(problems)) == (1, 1)
    assert "tanda kutip mungkin tidak ditutup" in problems[0]
