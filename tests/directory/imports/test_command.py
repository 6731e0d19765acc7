"""`manage.py import_innovations`: what it says, where, and its exit code."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.imports.types import ACTION_LABELS, Action
from directory.models import InnovationPage
from tests.directory.imports.conftest import GOOD, HEADER, Write


def run(*arguments: object) -> tuple[int, str]:
    """Exit code and what was printed."""
    out = StringIO()
    try:
        call_command("import_innovations", *map(str, arguments), stdout=out, stderr=out)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


@pytest.mark.usefixtures("portal")
class TestCommand:
    def test_clean_file__counts_and_exits_0(self, write: Write):
        code, said = run("general", write([{}, {"title": "Lain"}]))
        assert code == 0
        assert "baru: 2" in said
        assert "--commit" in said
        assert not InnovationPage.objects.exists()

    def test_commit__writes(self, write: Write):
        code, said = run("general", write([{}]), "--commit")
        assert (code, InnovationPage.objects.count()) == (0, 1)
        assert "--commit" not in said

    def test_some_rows_refused__exits_1_and_says_where(self, write: Write):
        code, said = run("general", write([{}, {"title": "Lain", "year": "x"}]), "--commit")
        assert (code, InnovationPage.objects.count()) == (1, 1)
        assert "uji.csv, baris 3, kolom year:" in said

    @pytest.mark.parametrize("rows", [[], [{"year": "x"}]])
    def test_nothing_usable__exits_2(self, write: Write, rows):
        code, _said = run("general", write(rows), "--commit")
        assert (code, InnovationPage.objects.count()) == (2, 0)

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("umum", "berkas.csv"), "umum"),
            (("general", "tiada.csv"), "tiada.csv: berkas tidak ditemukan"),
            (("general", "."), "folder"),
        ],
    )
    def test_unusable_file_or_source__exits_2_with_a_sentence(self, arguments, said):
        code, text = run(*arguments)
        assert code == 2
        assert said in text

    def test_many_problems__are_cut_short_on_screen(self, write: Write):
        _code, said = run("general", write([{"title": f"A {n}", "year": "x"} for n in range(30)]))
        assert said.count("kolom year") == 20
        assert "10 lagi" in said

    def test_report__has_every_row_and_is_no_formula(self, write: Write, tmp_path: Path):
        report = tmp_path / "laporan.csv"
        path = write([{"title": "=cmd()"}, {"title": "@Lain", "year": "x"}, {"title": "Biasa"}])
        run("general", path, "--report", report)
        with report.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["baris"] for row in rows] == ["2", "3", "4"]
        assert [row["tindakan"] for row in rows] == ["baru", "ditolak", "baru"]
        assert "year" in rows[1]["alasan"]
        assert [row["title"] for row in rows] == ["'=cmd()", "'@Lain", "Biasa"]
        assert set(HEADER) <= set(rows[0])

    def test_report__corrected__can_be_imported(self, write: Write, tmp_path: Path):
        report = tmp_path / "laporan.csv"
        run("general", write([{"title": "@Lain", "year": "2o20"}]), "--report", report)
        report.write_text(report.read_text(encoding="utf-8-sig").replace("2o20", "2020"), encoding="utf-8")
        assert run("general", report, "--commit")[0] == 0
        assert InnovationPage.objects.get().title == "@Lain"

    def test_report__of_bytes_that_are_no_utf8__shows_them_as_windows_letters(
        self, write: Write, tmp_path: Path
    ):
        report = tmp_path / "laporan.csv"
        run("general", write([{"title": "Café"}], encoding="cp1252"), "--report", report)
        assert "Café" in report.read_text(encoding="utf-8-sig")

    def test_report__that_cannot_be_written__stops_before_anything(self, write: Write, tmp_path: Path):
        path = write([{}])
        assert run("general", path, "--commit", "--report", tmp_path / "tiada" / "l.csv")[0] == 2
        assert run("general", path, "--commit", "--report", path)[0] == 2
        assert not InnovationPage.objects.exists()
        assert GOOD["title"] in path.read_text()

    def test_report__of_a_refused_file__leaves_no_scrap(self, tmp_path: Path):
        (tmp_path / "kosong.csv").touch()
        run("general", tmp_path / "kosong.csv", "--report", tmp_path / "laporan.csv")
        assert [path.name for path in tmp_path.iterdir()] == ["kosong.csv"]


@pytest.mark.django_db
def test_portal_without_a_directory__says_so(write: Write):
    code, said = run("general", write([{}]), "--commit")
    assert code == 2
    assert "direktori" in said


def test_actions__all_have_a_label():
    assert {*ACTION_LABELS} == {*Action}
    assert len(set(map(str, ACTION_LABELS.values()))) == len(Action)
