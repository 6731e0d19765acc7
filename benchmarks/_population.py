"""A large directory in little time: synthetic records, and copies of them written by the database itself.

    .venv/bin/python benchmarks/_population.py --records 50000 [--search] [--light]

Fills the empty database that DATABASE_URL names. Titles, owners and regions of the copies differ as those of
real records do; `--search` makes their search documents too. The same number gives the same records.
"""

import argparse
import io
import os
import random
import sys
import uuid
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")

MODELS = 200
TOGETHER = 2000


def populate(records: int, search: bool = False, light: bool = False) -> None:
    """Tables, reference tables, a front page, a directory with 200 written records, and copies of these."""
    import django

    django.setup()
    from django.core.management import call_command

    from directory.demo.build import build_records
    from directory.models import DirectoryIndexPage
    from home.starter import tree

    call_command("migrate", verbosity=0)
    call_command("load_taxonomy", verbosity=0, stdout=io.StringIO())
    tree.make_home()
    tree.make_site()
    tree.make_index("direktori")
    build_records(DirectoryIndexPage.objects.get(), min(MODELS, records), seed=1)
    if light:
        lighten()
    copy(records - min(MODELS, records))
    if search:
        call_command("rebuild_search_index", verbosity=0, stdout=io.StringIO())


def lighten() -> None:
    """Leaves the records what a short import brings."""
    from directory.models import InnovationPage

    streams = ("narrative", "evidence", "costs", "prerequisites", "replication_kit", "institutionalisation")
    names = (*streams, "plan_priorities", "competition_categories")
    InnovationPage.objects.update(**{name: [] for name in names})


def copy(count: int) -> None:
    """`count` copies of the records there are: each with another title, owner and region."""
    from wagtail.models import Page

    from benchmarks.import_speed import NAMES, THINGS, WORDS
    from directory.models import DirectorySectionPage, InnovationPage, RegistryEntry
    from institutions.models import Institution

    draw = random.Random(count)
    originals = list(Page.objects.type(InnovationPage).order_by("pk"))
    sections = {section.pk: section for section in DirectorySectionPage.objects.all()}
    parents = list(sections.values())
    owners = list(Institution.objects.exclude(region=None).values_list("pk", "region"))
    numbers = iter(range(1, count + 1))
    while part := list(islice(numbers, TOGETHER)):
        rows, pages = [], []
        for number in part:
            original, parent = draw.choice(originals), draw.choice(parents)
            parent.numchild += 1
            page = Page(
                title=f"{draw.choice(NAMES)} {draw.choice(THINGS)} {draw.choice(WORDS)} {number}",
                slug=f"salinan-{number}",
                path=parent.path + _step(900_000 + number),
                depth=parent.depth + 1,
                url_path=f"{parent.url_path}salinan-{number}/",
                content_type_id=original.content_type_id,
                locale_id=original.locale_id,
                translation_key=uuid.UUID(int=number),
                live=True,
                last_published_at=original.last_published_at,
            )
            page.draft_title = page.title
            pages.append(page)
            rows.append((original.pk, *draw.choice(owners)))
        Page.objects.bulk_create(pages)
        entries = RegistryEntry.objects.bulk_create(
            [RegistryEntry(translation_key=p.translation_key) for p in pages]
        )
        _copy_rows([(page.pk, entry.pk, *row) for page, entry, row in zip(pages, entries, rows, strict=True)])
    Page.objects.bulk_update(parents, ["numchild"])


def _copy_rows(copies: list[tuple[int, int, int, int, int]]) -> None:
    """The originals' own rows and those beside them, for each (page, number, original, owner, region)."""
    from django.db import connection

    from directory.models import Award, Confirmation, FormerName, InnovationPage, InnovationTag, SourceRecord

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE copies "
            "(page bigint, number bigint, original bigint, owner bigint, region bigint)"
        )
        values = ", ".join(f"({', '.join(map(str, row))})" for row in copies)
        cursor.execute(f"INSERT INTO copies VALUES {values}")
        cursor.execute("CREATE INDEX copies_original ON copies (original)")
        own = {
            "page_ptr_id": "c.page",
            "registry_number": "c.number",
            "institution_id": "c.owner",
            "region_id": "c.region",
        }
        _insert(cursor, InnovationPage, "page_ptr_id", own)
        for model in (Award, FormerName, Confirmation):
            _insert(cursor, model, "page_id", {"page_id": "c.page"})
        _insert(cursor, InnovationTag, "content_object_id", {"content_object_id": "c.page"})
        text = "CAST(c.number AS varchar(20))"
        _insert(
            cursor,
            SourceRecord,
            "page_id",
            {"page_id": "c.page", "record_id": f"'sintetis-salinan-' || {text}"},
        )
        for name in ("sectors", "sdgs", "reform_themes", "beneficiary_groups"):
            through = InnovationPage._meta.get_field(name).remote_field.through
            _insert(cursor, through, "innovationpage_id", {"innovationpage_id": "c.page"})
        cursor.execute("DROP TABLE copies")


def _insert(cursor: object, model: type, key: str, changed: dict[str, str]) -> None:
    names = [field.column for field in model._meta.local_concrete_fields if field.column != "id"]
    taken = ", ".join(changed.get(name, f'o."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    table = model._meta.db_table
    cursor.execute(
        f"INSERT INTO {table} ({quoted}) "
        f'SELECT {taken} FROM {table} o JOIN copies c ON c.original = o."{key}"'
    )


def _step(number: int) -> str:
    """A place below a section that no page made by the portal has yet."""
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    text = ""
    for _position in range(4):
        number, digit = divmod(number, 36)
        text = letters[digit] + text
    return text


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--search", action="store_true")
    parser.add_argument("--light", action="store_true")
    options = parser.parse_args()
    if "DATABASE_URL" not in os.environ:
        parser.error("set DATABASE_URL to an empty database: your own is not for this")
    populate(options.records, options.search, options.light)
