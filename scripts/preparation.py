"""Fills the database for a start: tables, reference tables, starter site, demo account.

A mark of what it was filled from is kept *in* the SQLite database (`PRAGMA user_version`): a deleted
or exchanged database has none, changed code or data another, and both are filled again. Every step
may be run twice without harm. Standard library only.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from scripts.steps import Step, run_steps

APPS = (
    "accounts", "cms", "contact", "directory", "guides", "home", "institutions", "news", "search", "taxonomy",
)  # fmt: skip
NO = ("", "0", "false", "no", "off")


def prepare(python: str, root: Path, environment: Mapping[str, str]) -> None:
    """Runs what is missing. Raises `StepFailedError`, and then leaves no mark."""
    database = sqlite_file(root, environment)
    mark = fingerprint(root, environment)
    former = read_mark(database) if database else 0
    if database and former == mark:
        print("Database: up to date.", flush=True)
        return
    run_steps(preparation_steps(python, environment, filled_before=bool(former)), root, environment)
    if database:
        write_mark(database, mark)


def preparation_steps(
    python: str, environment: Mapping[str, str], *, filled_before: bool = False
) -> list[Step]:
    manage = [python, "manage.py"]
    size = demo_size(environment)
    anew = "to begin anew, move the folder var/ away."
    steps = [
        Step("make the database tables", [*manage, "migrate", "--no-input"], anew),
        Step("load the reference tables", [*manage, "load_taxonomy"], anew),
        Step("load the synonyms of the search", [*manage, "load_synonyms"], anew),
    ]
    if size:
        steps.append(Step("write synthetic records", [*manage, "build_demo", "--size", str(size)], anew))
    else:
        steps.append(Step("build the starter site", [*manage, "build_site"], anew))
    if filled_before:
        # Reference tables are loaded in bulk, and the text analysis itself may be another one now.
        steps.append(Step("renew the search index", [*manage, "rebuild_search_index"], anew))
    if is_demo(environment):
        steps.append(Step("make the demo account", [*manage, "create_demo_account"], anew))
    return steps


def places(root: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Where database and files are kept when nothing is said: synthetic records never beside real ones."""
    if not demo_size(environment):
        return {}
    var = root / "var"
    return {"DATABASE_URL": f"sqlite:///{var}/demo.sqlite3", "MEDIA_ROOT": str(var / "demo-media")}


def demo_size(environment: Mapping[str, str]) -> int:
    """How many synthetic innovations are wanted; 0 for the starter site. Raises `ValueError`."""
    text = environment.get("DEMO_SIZE", "") or "0"
    if not text.isascii() or not text.isdigit() or int(text) > 100_000:
        raise ValueError(f"SIZE must be a number up to 100000, not {text!r}.")
    return int(text)


def is_demo(environment: Mapping[str, str]) -> bool:
    return environment.get("DEMO", "").lower() not in NO


def demo_account_line(root: Path) -> str:
    """Name and password as the code that makes the account says them: one source for both."""
    text = (root / "accounts" / "demo.py").read_text()
    name, password = re.findall(r'^DEMO_(?:USERNAME|PASSWORD) = "(.+)"', text, re.MULTILINE)
    return f"Demo    {name} / {password}"


def sqlite_file(root: Path, environment: Mapping[str, str]) -> Path | None:
    """The database's file; None for a database server, which is always brought up to date."""
    url = environment.get("DATABASE_URL", "")
    if not url:
        return root / "var" / "db.sqlite3"
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def fingerprint(root: Path, environment: Mapping[str, str]) -> int:
    """A number from 1 to 2³¹-1 for the code and data a database is filled from."""
    digest = hashlib.sha256(f"{is_demo(environment)} {demo_size(environment)}".encode())
    for path in sorted(_sources(root)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root)}\0{len(content)}\0".encode() + content)
    return int.from_bytes(digest.digest()[:4], "big") % (2**31 - 1) + 1


def _sources(root: Path) -> Iterator[Path]:
    yield root / "requirements.txt"
    for app in APPS:
        for path in (root / app).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def read_mark(database: Path) -> int:
    """0 when there is no such database or it has no mark."""
    if not database.exists():
        return 0
    try:
        with closing(sqlite3.connect(database, timeout=5)) as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error:
        return 0


def write_mark(database: Path, mark: int) -> None:
    with closing(sqlite3.connect(database, timeout=20)) as connection:
        connection.execute(f"PRAGMA user_version = {int(mark)}")
