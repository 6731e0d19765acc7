from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from directory.imports import batches
from directory.imports.adapter import Adapter, Rows
from directory.imports.adapters import ADAPTERS
from directory.imports.reporting import problem_line, write_report
from directory.imports.run import Observer, Summary, find_index, get_adapter, run_import
from directory.imports.types import ACTION_LABELS, Action, Severity, UnreadableFileError
from directory.models import ImportBatch
from directory.tasks import look_for_duplicates

PROBLEMS_SHOWN = 20
SOME_REFUSED, NOTHING_DONE = 1, 2
ROWS_A_STEP = 100


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
        work = self._apply if options["commit"] else self._try
        try:
            adapter = get_adapter(options["source"])
            with _report(options["report"], path, adapter) as observe:
                summary = work(adapter, path, observe)
        except (UnreadableFileError, batches.ImportBusyError) as error:
            raise CommandError(str(error), returncode=NOTHING_DONE) from error
        self._print(path, summary, options["commit"])
        if summary.nothing_usable:
            raise SystemExit(NOTHING_DONE)
        if summary.counts[Action.REFUSED]:
            raise SystemExit(SOME_REFUSED)

    def _try(self, adapter: Adapter, path: Path, observe: Observer | None) -> Summary:
        with _bar(path.name, unit="B", unit_scale=True) as bar:

            def advance(rows: Rows) -> None:
                bar.total = rows.size
                bar.update(rows.position - bar.n)

            return run_import(adapter, path, observe=observe, progress=advance)

    def _apply(self, adapter: Adapter, path: Path, observe: Observer | None) -> Summary:
        find_index()
        # Told before anything is kept: a file that is none of the source's leaves no batch.
        adapter.read(path, adapter.columns)
        batch = self._batch(adapter, path)
        if batch.state != ImportBatch.State.APPLYING:
            with _bar(_("Menyusun rencana"), total=100, unit="%") as bar:
                batches.make_plan(batch, lambda percent: bar.update(percent - bar.n))
            if batch.state == ImportBatch.State.FAILED:
                raise UnreadableFileError(batch.error)
            batches.begin(batch)
        rows = _("baris")
        with _bar(_("Menulis"), total=batches.left(batch).count(), unit=f" {rows}") as bar:
            while batches.apply_some(batch, ROWS_A_STEP):
                bar.update(ROWS_A_STEP)
        look_for_duplicates()
        return _summary(batch, observe)

    def _batch(self, adapter: Adapter, path: Path) -> ImportBatch:
        """A new batch for the file, or the one it was applied in when that was interrupted."""
        fresh = batches.receive(adapter.name, path, path.name)
        interrupted = ImportBatch.objects.filter(
            source=adapter.name, file_hash=fresh.file_hash, state=ImportBatch.State.APPLYING
        ).first()
        if interrupted is None:
            return fresh
        fresh.file.delete(save=False)
        fresh.delete()
        self.stdout.write(_("Impor yang terputus dari berkas ini dilanjutkan."))
        return interrupted

    def _print(self, path: Path, summary: Summary, commit: bool) -> None:
        total = summary.total
        heading = ngettext("%(file)s: %(count)d baris", "%(file)s: %(count)d baris", total)
        if not commit:
            heading = ngettext(
                "%(file)s: %(count)d baris (uji coba)", "%(file)s: %(count)d baris (uji coba)", total
            )
        self.stdout.write(heading % {"file": path.name, "count": total})
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


def _bar(title: str, **options: Any) -> tqdm:
    # Shown on a terminal only, and only if it takes more than two seconds.
    return tqdm(desc=title, delay=2, disable=None, **options)


def _summary(batch: ImportBatch, observe: Callable[..., object] | None) -> Summary:
    """What came of a batch, row by row."""
    summary = Summary(unknown_columns=list(batch.unknown_columns))
    for kept in batch.rows.order_by("number").iterator(500):
        row = batches.planned_row(kept)
        summary.add(row)
        if observe:
            observe(row)
    return summary


@contextmanager
def _report(report: Path | None, path: Path, adapter: Adapter) -> Iterator[Observer | None]:
    if report is None:
        yield None
        return
    if report.resolve() == path.resolve():
        raise UnreadableFileError(_("Laporan tidak boleh menimpa berkas yang diimpor."))
    with write_report(report, tuple(column.name for column in adapter.columns)) as observe:
        yield observe
