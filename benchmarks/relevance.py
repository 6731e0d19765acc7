"""nDCG@10 of the directory search over exactly the 121 real innovations.

    python benchmarks/relevance.py [--judgements FILE ...]

Without files: the development set and the held-out set of the tests. Runs in a throw-away database:
SQLite, or PostgreSQL where DATABASE_URL names one.
"""

import argparse
import io
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from tests.factories.directory import directory_index

SETS = [ROOT / "search" / "data" / "relevance.json", ROOT / "tests" / "search" / "heldout.json"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--judgements", type=Path, nargs="*", default=SETS)
    options = parser.parse_args()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        for command in ("load_taxonomy", "load_synonyms"):
            call_command(command, stdout=io.StringIO())
        directory_index()
        rows = str(ROOT / "directory" / "data" / "innovations.csv")
        call_command("import_innovations", "general", rows, commit=True, stdout=io.StringIO())
        for judgements in options.judgements:
            print(f"\n{connection.vendor}, {judgements.name}")
            call_command("evaluate_search", judgements=judgements)
    finally:
        teardown_databases(old, verbosity=0)


if __name__ == "__main__":
    main()
