from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _
from tqdm import tqdm

from institutions.intake import IntakeError, read
from institutions.provisioning import Provisioned, provision, provision_portal, repair_all


class Command(BaseCommand):
    """Every institution is a transaction of its own: interrupted, the next run goes on from there."""

    help = (
        "Memberi instansi bagian, koleksi, dan grup dengan hak yang tepat. BERKAS: CSV dengan kolom kode dan "
        "bagian. Tanpa berkas: memperbaiki semua instansi yang sudah ada."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BERKAS", nargs="?", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        made = repaired = number = 0
        for name, done in self._work(options["file"]):
            number += 1
            made, repaired = made + len(done.made), repaired + len(done.repaired)
            if options["verbosity"] > 1:
                for line in (*done.made, *(_("diperbaiki: %s") % one for one in done.repaired)):
                    self.stdout.write(f"{name}: {line}")
        summary = _("%(number)d diperiksa: %(made)d dibuat, %(repaired)d diperbaiki.")
        self.stdout.write(summary % {"number": number, "made": made, "repaired": repaired})

    def _work(self, path: Path | None) -> Any:
        """Name and outcome, one after the other, while a bar shows how far it is."""
        if path is None:
            for institution, done in repair_all():
                yield institution or "portal", done
            return
        try:
            intakes = read(path)
        except IntakeError as error:
            raise CommandError(str(error)) from error
        yield "portal", provision_portal()
        for intake in tqdm(intakes, unit=" instansi", disable=None):
            yield intake.institution.code, self._provision(intake)

    def _provision(self, intake: Any) -> Provisioned:
        try:
            return provision(intake.institution, intake.kinds)
        except (ValueError, DatabaseError) as error:
            raise CommandError(f"{intake.institution.code}: {error}") from error
