"""How long the search for likely duplicates takes among all records, and how much memory.

    python benchmarks/duplicate_search.py [--records 50000] [--parts 6]

The records have titles made of the words of the 121 real ones, and real owners' names in number; every part
of the search is timed as the worker does it. The database is made anew and thrown away.
"""

import argparse
import csv
import os
import random
import resource
import sys
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.db import connection
from django.test.utils import setup_databases, setup_test_environment, teardown_databases
from wagtail.models import Page

from directory.merging import finding
from directory.models import DuplicatePair, InnovationPage
from institutions.models import Institution
from taxonomy.models import Region
from tests.factories import directory as factory

INNOVATIONS = Path(__file__).resolve().parent.parent / "directory" / "data" / "innovations.csv"
OWNERS = 650


def make(count: int) -> None:
    """`count` records past the ORM, which would take hours: copies of one, under titles of their own."""
    chance = random.Random(5)
    with INNOVATIONS.open(encoding="utf-8-sig", newline="") as file:
        words = sorted({word for row in csv.DictReader(file) for word in row["title"].split()})
    first = factory.innovation()
    pages = []
    for number in range(count - 1):
        title = " ".join(chance.choices(words, k=chance.randrange(3, 8)))
        # One in fifty is there twice, written another way.
        if pages and number % 50 == 25:
            title = pages[-1].title.upper()
        page = Page(title=title, draft_title=title, slug=f"uji-{number}", live=True)
        page.path, page.depth = f"{first.path[:-4]}{_path(number + 50)}", first.depth
        page.url_path, page.locale_id = f"/uji-{number}/", first.locale_id
        page.content_type_id, page.translation_key = first.content_type_id, uuid.uuid4()
        pages.append(page)
    Page.objects.bulk_create(pages, batch_size=500)
    own = {"page_ptr_id", "registry_number", "institution_id", "region_id", "year"}
    names = [field.column for field in InnovationPage._meta.local_concrete_fields]
    kept = ", ".join(f"t.{name}" for name in names if name not in own)
    columns = ", ".join(name for name in names if name not in own)
    owners = sorted(Institution.objects.values_list("pk", flat=True))
    places = sorted(Region.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO directory_innovationpage"
            f" (page_ptr_id, registry_number, institution_id, region_id, year, {columns})"
            f" SELECT p.id, p.id, {owners[0]} + (p.id - {first.pk}) / 50 %% {len(owners)},"
            f" {places[0]} + (p.id - {first.pk}) / 50 %% {len(places)},"
            f" 2014 + p.id %% 12, {kept} FROM wagtailcore_page p, directory_innovationpage t"
            " WHERE t.page_ptr_id = %s AND p.id > %s",
            [first.pk, first.pk],
        )


def _path(number: int) -> str:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    text = ""
    for _place in range(4):
        number, digit = divmod(number, 36)
        text = digits[digit] + text
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--parts", type=int, default=6)
    options = parser.parse_args()
    setup_test_environment()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        for number in range(OWNERS):
            factory.institution(f"instansi-{number}")
            factory.region(f"{11 + number % 38}.{number:03d}")
        make(options.records)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        search, times = finding.begin(), []
        for _part in range(options.parts):
            began = time.perf_counter()
            left = finding.search_some(search)
            times.append(time.perf_counter() - began)
            search.refresh_from_db()
            if not left:
                break
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"{search.total} records, {search.compared} compared in {len(times)} parts of {finding.PART}")
        print(f"a part: first {times[0]:.1f} s, longest of the others {max(times[1:], default=0):.1f} s")
        print(f"all of it: about {sum(times) / len(times) * search.total / finding.PART:.0f} s")
        print(f"{DuplicatePair.objects.count()} pairs; memory {before / 1024:.0f} → {after / 1024:.0f} MB")
    finally:
        teardown_databases(old, verbosity=0)


if __name__ == "__main__":
    main()
