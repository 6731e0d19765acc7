from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.imports import reversing
from directory.imports.batches import ImportBusyError
from directory.models import ImportBatch, ImportRow

SHOWN = 20
SOME_LEFT, NOTHING_DONE = 1, 2
ROWS_A_STEP = 100


class Command(BaseCommand):
    """Exit codes: 0 clean, 1 some records left because they were touched meanwhile, 2 nothing done."""

    help = "Membatalkan satu impor: yang dibuatnya dihapus, yang diubahnya ditulis seperti sebelumnya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("batch", metavar="NOMOR", type=int, help="Nomor impor, lihat riwayat impor.")

    def handle(self, *args: Any, **options: Any) -> None:
        batch = ImportBatch.objects.filter(pk=options["batch"]).first()
        if batch is None:
            message = _("Impor nomor %(number)d tidak ada.")
            raise CommandError(message % {"number": options["batch"]}, returncode=NOTHING_DONE)
        if batch.state == ImportBatch.State.REVERSING:
            self.stdout.write(_("Pembatalan yang terputus dilanjutkan."))
        else:
            self._begin(batch)
        while reversing.reverse_some(batch, ROWS_A_STEP):
            pass
        self._tell(batch)

    def _begin(self, batch: ImportBatch) -> None:
        try:
            reversing.begin(batch)
        except reversing.NotReversibleError as error:
            lines = [_("baris %(row)d, %(title)s: %(why)s") % one.said for one in error.touched[:SHOWN]]
            raise CommandError("\n  ".join([str(error), *lines]), returncode=NOTHING_DONE) from error
        except ImportBusyError as error:
            raise CommandError(str(error), returncode=NOTHING_DONE) from error

    def _tell(self, batch: ImportBatch) -> None:
        rows = reversing.written(batch)
        undone = rows.filter(reversal=ImportRow.Reversal.UNDONE).count()
        told = ngettext("%(file)s: %(n)d baris dikembalikan.", "%(file)s: %(n)d baris dikembalikan.", undone)
        self.stdout.write(told % {"file": batch.file_name, "n": undone})
        untouched = rows.filter(reversal=ImportRow.Reversal.LEFT)
        if not untouched.exists():
            return
        for row in untouched.order_by("number")[:SHOWN]:
            said = {"row": row.number, "title": row.title, "why": row.problems[-1][1]}
            self.stderr.write(_("baris %(row)d, %(title)s: %(why)s") % said)
        raise SystemExit(SOME_LEFT)
