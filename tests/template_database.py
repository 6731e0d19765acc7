"""The migrated, otherwise empty SQLite database, kept in var/ between test runs.

Some three hundred migrations take most of a short test run. The file's name holds a hash of all of
them, so that a changed migration or library makes a new one.
"""

import hashlib
import os
import shutil
from functools import cache
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from scripts.environment import ROOT

FOLDER = ROOT / "var"


@cache
def path() -> Path:
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for migration in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(str(migration.relative_to(ROOT)).encode() + migration.read_bytes())
    return FOLDER / f"test-template-{digest.hexdigest()[:16]}.sqlite3"


def copy_to(database: Path) -> None:
    """Copies the template to `database`; does nothing while there is none."""
    if path().exists():
        shutil.copyfile(path(), database)


def keep(connection: BaseDatabaseWrapper) -> None:
    """Keeps the freshly made test database as the template, in place of those before."""
    if path().exists():
        return
    FOLDER.mkdir(exist_ok=True)
    draft = path().with_suffix(f".{os.getpid()}.draft")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(draft)])
    # Two processes may get here at once: each puts a whole file in place.
    draft.replace(path())
    for old in FOLDER.glob("test-template-*.sqlite3"):
        if old != path():
            old.unlink(missing_ok=True)
