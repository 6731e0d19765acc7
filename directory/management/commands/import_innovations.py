from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from directory.imports.adapter import Rows
from directory.imports.adapters import ADAPTERS
from directory.imports.reporting import problem_line, write_report
from directory.imports.run import Summary, get_adapter, run_import
from directory.imports.types import ACTION_LABELS, Action, Severity, UnreadableFileError

PROBLEMS_SHOWN = 20
SOME_REFUSED, NOTHING_DONE = 1, 2


class Command(BaseCommand):
    """Exit codes: 0 clean, 1 some rows refused, 2 nothing done. See `docs/imports.md`."""

    help = "Mengimpor inovasi dari berkas sumber. Tanpa --commit hanya menunjukkan apa yang akan terjadi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="SUMBER", help=f"Salah satu dari: {', '.join(ADAPTERS)}")
        parser.add_argument("file", metavar="BERKAS", type=Path)
        parser.add_argument("--commit", action="store_true", help="Tulis ke basis data.")
        parser.add_argument("--report", metavar="BERKAS", type=Path, help="Tulis laporan semua baris (CSV).")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            summary = self._run(path, options["source"], options["commit"], options["report"])
        except UnreadableFileError as error:
            raise CommandError(str(error), returncode=NOTHING_DONE) from error
        self._print(path, summary, options["commit"])
        if summary.nothing_usable:
            raise SystemExit(NOTHING_DONE)
        if summary.counts[Action.REFUSED]:
            raise SystemExit(SOME_REFUSED)

    def _run(self, path: Path, source: str, commit: bool, report: Path | None) -> Summary:
        adapter = get_adapter(source)
        # Shown on a terminal only, and only if it takes more than two seconds.
        with tqdm(unit="B", unit_scale=True, delay=2, disable=None, desc=path.name) as bar:

            def advance(rows: Rows) -> None:
                bar.total = rows.size
                bar.update(rows.position - bar.n)

            if report is None:
                return run_import(adapter, path, commit=commit, progress=advance)
            if report.resolve() == path.resolve():
                raise UnreadableFileError(_("Laporan tidak boleh menimpa berkas yang diimpor."))
            with write_report(report, tuple(column.name for column in adapter.columns)) as observe:
                return run_import(adapter, path, commit=commit, observe=observe, progress=advance)

    def _print(self, path: Path, summary: Summary, commit: bool) -> None:
        heading = _("%(file)s: %(count)d baris") if commit else _("%(file)s: %(count)d baris (uji coba)")
        self.stdout.write(heading % {"file": path.name, "count": summary.total})
        for action, label in ACTION_LABELS.items():
            self.stdout.write(f"  {label}: {summary.counts[action]}")
        if summary.unknown_columns:
            names = ", ".join(summary.unknown_columns)
            self.stdout.write(_("Kolom lain, disimpan di baris asli: %(names)s") % {"names": names})
        self._print_problems(path, summary, Severity.ERROR, _("Ditolak:"))
        self._print_problems(path, summary, Severity.NOTICE, _("Perlu diketahui:"))
        if not summary.total:
            self.stderr.write(_("Berkas tidak berisi baris data."))
        elif not commit:
            self.stdout.write(_("Belum ada yang ditulis. Tambahkan --commit untuk menulis."))

    def _print_problems(self, path: Path, summary: Summary, severity: Severity, heading: str) -> None:
        problems = [problem for problem in summary.problems if problem.severity is severity]
        if not problems:
            return
        self.stdout.write(heading)
        for problem in problems[:PROBLEMS_SHOWN]:
            self.stdout.write(f"  {problem_line(path.name, problem)}")
        hidden = summary.problem_counts[severity] - PROBLEMS_SHOWN
        if hidden > 0:
            message = _("  ... dan %(count)d lagi; --report menulis semuanya.")
            self.stdout.write(message % {"count": hidden})
