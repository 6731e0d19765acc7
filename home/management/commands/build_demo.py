from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

from directory.demo.build import CannotBuildError, build_records, check_alone
from directory.models import DirectoryIndexPage
from home.models import PortalSettings
from home.starter import translations, tree
from home.starter.content import StarterError


class Command(BaseCommand):
    help = "Mengisi situs dengan inovasi sintetis untuk peragaan dan pengukuran, di basis data tersendiri."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", type=int, default=2928, help="Banyaknya inovasi (bawaan: 2928).")
        parser.add_argument(
            "--seed", type=int, default=1, help="Benih acak; benih sama, isi sama (bawaan: 1)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        size: int = options["size"]
        if size < 1:
            raise CommandError("--size harus bilangan 1 atau lebih.")
        try:
            check_alone()
            index = self._prepare()
            with tqdm(total=size, unit=" inovasi", delay=2, disable=None) as bar:
                built = build_records(index, size, options["seed"], advance=bar.update)
        except (CannotBuildError, StarterError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{built} inovasi sintetis ditulis; {size - built} sudah ada.")

    @transaction.atomic
    def _prepare(self) -> DirectoryIndexPage:
        """The pages the records stand on, and the notice on every page that nothing here is real."""
        tree.make_home()
        tree.make_site()
        for slug in tree.INDEXES:
            tree.make_index(slug)
        translations.make_tree()
        settings = PortalSettings.load()
        settings.is_synthetic = True
        settings.save()
        index = tree.get_index(DirectoryIndexPage)
        if not isinstance(index, DirectoryIndexPage):
            raise StarterError("Situs belum punya halaman direktori.")
        return index
