"""The Indonesian that Wagtail and the other libraries lack, in locale/id.

Their own catalogues are read from where they are installed: what they say in Indonesian stays theirs, what
they do not say stands in our catalogue, and so does what we say otherwise. Django finds ours first.
"""

import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

from cms.settings.apps import INSTALLED_APPS

FOLDER = Path("locale/id/LC_MESSAGES")
DOMAINS = ("django", "djangojs")
# Not installed: wagtail-localize's pages are made from its views. Django finds none of its words.
LENT = ("wagtail.locales",)
# As gettext looks them up for "id".
INDONESIAN = ("id", "id_ID")
HEADER = {
    "Project-Id-Version": "JIPPNas",
    "Language": "id",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
# Text by context and English words.
Texts = dict[tuple[str, str], polib.POEntry]


def catalogue_of(domain: str) -> Path:
    return FOLDER / f"{domain}.po"


def said(domain: str) -> tuple[Texts, Texts]:
    """Every text of the libraries in use, and those of them they have no Indonesian for."""
    texts: Texts = {}
    # What one library says in Indonesian, Django finds for all of them.
    own = {key for folder in _folders(INSTALLED_APPS) for key in _translated(folder, domain)}
    for folder in _folders((*INSTALLED_APPS, *LENT)):
        english = folder / "en" / "LC_MESSAGES" / f"{domain}.po"
        for entry in polib.pofile(str(english)) if english.exists() else ():
            if not entry.obsolete:
                texts.setdefault((entry.msgctxt or "", entry.msgid), entry)
    return texts, {key: entry for key, entry in texts.items() if key not in own}


def complaints(root: Path) -> list[str]:
    """What is wrong with the catalogues in `root`, in lines for people; empty when nothing is."""
    lines = []
    for domain in DOMAINS:
        path = root / catalogue_of(domain)
        texts, missing = said(domain)
        if not path.exists():
            lines += [f"{catalogue_of(domain)} is missing"] if missing else []
            continue
        kept = {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(path))}
        told = {key for key, entry in kept.items() if entry.translated()}
        lines += [f"not in Indonesian: {key[1]!r}" for key in sorted(missing.keys() - told)]
        lines += [f"no library says it any more: {key[1]!r}" for key in sorted(kept.keys() - texts.keys())]
        lines += [f"to be checked: {key[1]!r}" for key, entry in sorted(kept.items()) if entry.fuzzy]
    return lines


def renewed(root: Path, domain: str) -> polib.POFile:
    """The catalogue with what the libraries say now; what is new is empty, what is gone is left out."""
    path = root / catalogue_of(domain)
    kept = (
        {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(path))}
        if path.exists()
        else {}
    )
    texts, missing = said(domain)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = HEADER
    for key in sorted(missing.keys() | (kept.keys() & texts.keys()), key=lambda key: (key[1], key[0])):
        catalogue.append(kept.get(key) or _empty(texts[key]))
    return catalogue


def _empty(entry: polib.POEntry) -> polib.POEntry:
    plural = {0: ""} if entry.msgid_plural else {}
    return polib.POEntry(
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural,
        msgctxt=entry.msgctxt,
        msgstr_plural=plural,
        comment=entry.comment,
        flags=[flag for flag in entry.flags if flag.endswith("-format")],
    )


def _folders(names: Iterable[str]) -> Iterator[Path]:
    """The `locale` folders of those apps that are not ours."""
    for app in names:
        spec = importlib.util.find_spec(app)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            folder = Path(place) / "locale"
            if "site-packages" in folder.parts and folder.is_dir():
                yield folder


def _translated(folder: Path, domain: str) -> set[tuple[str, str]]:
    found = set()
    for name in INDONESIAN:
        path = folder / name / "LC_MESSAGES" / f"{domain}.po"
        if path.exists():
            found |= {
                (entry.msgctxt or "", entry.msgid) for entry in polib.pofile(str(path)).translated_entries()
            }
    return found
