from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from institutions.intake import Intake, IntakeError, read
from institutions.models import Workspace
from institutions.provisioning import Provisioned, provision, provision_portal, repair_all

# So many institutions: some seconds of work.
TOLD_EVERY = 25


class Command(BaseCommand):
    """Every institution is a transaction of its own: interrupted, the next run goes on from there."""

    help = (
        "Memberi instansi bagian, koleksi, dan grup dengan hak yang tepat. BERKAS: CSV dengan kolom kode dan "
        "bagian. Tanpa berkas: memperbaiki semua instansi yang sudah ada, dan siapa ada di grup mana."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BERKAS", nargs="?", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        made = repaired = number = 0
        total, work = self._work(options["file"])
        for number, (name, done) in enumerate(work, 1):
            made, repaired = made + len(done.made), repaired + len(done.repaired)
            if options["verbosity"] > 1:
                for line in (*done.made, *(_("diperbaiki: %s") % one for one in done.repaired)):
                    self.stdout.write(f"{name}: {line}")
            if options["verbosity"] and number % TOLD_EVERY == 0:
                self.stdout.write(_("%(number)d dari %(total)d …") % {"number": number, "total": total})
                # Into a file or a pipe it would come at the end only.
                self.stdout.flush()
        summary = _("%(number)d diperiksa: %(made)d dibuat, %(repaired)d diperbaiki.")
        self.stdout.write(summary % {"number": number, "made": made, "repaired": repaired})

    def _work(self, path: Path | None) -> tuple[int, Iterator[tuple[str, Provisioned]]]:
        """How many there are, and one after the other its name and what was done; the portal is one."""
        if path is None:
            total = Workspace.objects.filter(retired_at=None).count() + 1
            return total, (
                (institution.code if institution else "portal", done) for institution, done in repair_all()
            )
        try:
            intakes = read(path)
        except IntakeError as error:
            raise CommandError(str(error)) from error
        return len(intakes) + 1, self._take_in(intakes)

    def _take_in(self, intakes: Iterable[Intake]) -> Iterator[tuple[str, Provisioned]]:
        yield "portal", provision_portal()
        for intake in intakes:
            yield intake.institution.code, self._provision(intake)

    def _provision(self, intake: Intake) -> Provisioned:
        try:
            return provision(intake.institution, intake.kinds)
        except (ValueError, DatabaseError) as error:
            raise CommandError(f"{intake.institution.code}: {error}") from error
