"""The message catalogues: Indonesian texts stand in the code, English comes from locale/en, and what the
libraries lack in Indonesian from locale/id (`library_messages`).

`python -m scripts.messages check` fails when the catalogues and the code differ or a text is not translated;
`update` renews them. Both gather the texts in a copy of the sources: a check never touches the working tree.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from scripts import library_messages
from scripts.environment import ROOT

CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
SOURCES = (
    "accounts", "cms", "contact", "directory", "guides", "home", "institutions", "news", "search", "taxonomy",
    "templates",
)  # fmt: skip
HEADER = {
    "Project-Id-Version": "JIPPNas",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
Key = tuple[str, str, str]


def gather(root: Path) -> polib.POFile:
    """The catalogue as the code wants it now, with the translations that `root` has."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for source in SOURCES:
            shutil.copytree(
                root / source, copy / source, ignore=shutil.ignore_patterns("__pycache__", "data")
            )
        (copy / CATALOGUE).parent.mkdir(parents=True)
        if (root / CATALOGUE).exists():
            shutil.copy(root / CATALOGUE, copy / CATALOGUE)
        command = [sys.executable, "-m", "django", "makemessages", "--locale", "en", "--no-obsolete"]
        done = subprocess.run(
            [*command, "--add-location", "file"],
            cwd=copy,
            env={key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"},
            capture_output=True,
            text=True,
        )
        if done.returncode or not (copy / CATALOGUE).exists():
            raise SystemExit(f"makemessages failed (is gettext installed?):\n{done.stdout}{done.stderr}")
        catalogue = polib.pofile(str(copy / CATALOGUE), wrapwidth=110)
    catalogue.metadata = HEADER
    catalogue.metadata_is_fuzzy = False
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    return catalogue


def complaints(root: Path) -> list[str]:
    """What is wrong with the catalogue in `root`, in lines for people; empty when nothing is."""
    path = root / CATALOGUE
    if not path.exists():
        return [f"{CATALOGUE} is missing"]
    kept, wanted = polib.pofile(str(path)), gather(root)
    lines = [f"not in {CATALOGUE}: {key[1]!r}" for key in sorted(_keys(wanted) - _keys(kept))]
    lines += [f"no longer in the code: {key[1]!r}" for key in sorted(_keys(kept) - _keys(wanted))]
    lines += [f"guessed by gettext, to be checked: {entry.msgid!r}" for entry in kept.fuzzy_entries()]
    lines += [f"not in English: {entry.msgid!r}" for entry in kept.untranslated_entries()]
    return lines + compiling(root, CATALOGUE)


def compiling(root: Path, catalogue: Path) -> list[str]:
    """What speaks against the catalogue's compiled file, or its placeholders; empty when nothing does."""
    path = root / catalogue
    checked = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=False
    )
    lines = [checked.stderr.strip()] if checked.returncode else []
    if not path.with_suffix(".mo").exists() or _compiled(path) != _translations(polib.pofile(str(path))):
        lines.append(f"{catalogue.with_suffix('.mo')} is not what {catalogue.name} compiles to")
    return lines


def update(root: Path) -> polib.POFile:
    """Writes the renewed catalogue and its compiled form; guesses of gettext are dropped."""
    catalogue = gather(root)
    for entry in catalogue.fuzzy_entries():
        entry.flags.remove("fuzzy")
        entry.msgstr = ""
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
        entry.previous_msgid = entry.previous_msgid_plural = None
    _save(catalogue, root / CATALOGUE)
    return catalogue


def _save(catalogue: polib.POFile, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))


def _key(entry: polib.POEntry | polib.MOEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def _keys(catalogue: polib.POFile) -> set[Key]:
    return {_key(entry) for entry in catalogue}


def _translations(catalogue: polib.POFile) -> dict[Key, object]:
    return {_key(entry): entry.msgstr or entry.msgstr_plural for entry in catalogue.translated_entries()}


def _compiled(path: Path) -> dict[Key, object]:
    catalogue = polib.mofile(str(path.with_suffix(".mo")))
    return {_key(entry): entry.msgstr or entry.msgstr_plural for entry in catalogue}


def main(action: str) -> int:
    if action == "update":
        catalogue = update(ROOT)
        print(f"{CATALOGUE}: {len(catalogue)} texts, {catalogue.percent_translated()} % in English")
        for domain in library_messages.DOMAINS:
            path = library_messages.catalogue_of(domain)
            catalogue = library_messages.renewed(ROOT, domain)
            _save(catalogue, ROOT / path)
            print(f"{path}: {len(catalogue)} texts, {catalogue.percent_translated()} % in Indonesian")
        return 0
    if action != "check":
        print("usage: python -m scripts.messages check|update", file=sys.stderr)
        return 2
    found = complaints(ROOT) + library_messages.complaints(ROOT)
    for domain in library_messages.DOMAINS:
        found += compiling(ROOT, library_messages.catalogue_of(domain))
    for line in found:
        print(line)
    if found:
        print("Renew it: make messages")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
