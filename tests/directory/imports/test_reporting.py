"""The report of a run that breaks off: kept as far as it came, and saying so."""

import csv
from pathlib import Path

import pytest

from directory.imports.reporting import write_report
from directory.imports.types import Action, PlannedRow, RawRow, Record


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def row(number: int) -> PlannedRow:
    return PlannedRow(Record(RawRow(number, {"title": f"Judul {number}"})), Action.CREATE)


def interrupted(path: Path, rows: int, error: type[BaseException]) -> None:
    def run() -> None:
        with write_report(path, ("title",)) as add:
            for number in range(rows):
                add(row(number))
            raise error

    with pytest.raises(error):
        run()


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_report__of_a_run_that_breaks_off_is_kept_and_says_so(tmp_path: Path, error: type) -> None:
    path = tmp_path / "laporan.csv"
    interrupted(path, 2, error)
    found = rows_of(path)
    assert [cells[-1] for cells in found[1:3]] == ["Judul 0", "Judul 1"]
    assert found[3] == ["", "terputus", "Laporan berhenti di sini: impor tidak selesai."]
    assert list(tmp_path.iterdir()) == [path]


def test_report__before_any_row_leaves_nothing(tmp_path: Path) -> None:
    interrupted(tmp_path / "laporan.csv", 0, RuntimeError)
    assert not list(tmp_path.iterdir())


def test_report__that_is_whole_does_not_say_so(tmp_path: Path) -> None:
    path = tmp_path / "laporan.csv"
    with write_report(path, ("title",)) as add:
        add(row(2))
    assert len(rows_of(path)) == 2
