"""The check of the message catalogue must see what it is there for."""

import shutil
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, override

from scripts import library_messages, messages
from tests.tools import require


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with one text in Python and one in a template, and its catalogue up to date."""
    require(shutil.which("msgfmt"), "needs gettext: apt-get install gettext")
    for source in messages.SOURCES:
        (tmp_path / source).mkdir()
    (tmp_path / "home" / "models.py").write_text('label = _("beranda")\n')
    counted = (
        "{% blocktranslate trimmed count n=n %}{{ n }} hasil{% plural %}{{ n }} hasil{% endblocktranslate %}"
    )
    (tmp_path / "templates" / "page.html").write_text("{% load i18n %}" + counted)
    messages.update(tmp_path)
    translate(tmp_path, beranda="home", **{"%(n)s hasil": "result"})
    return tmp_path


def translate(project: Path, **translations: str) -> None:
    catalogue = polib.pofile(str(project / messages.CATALOGUE))
    for entry in catalogue:
        text = translations.get(entry.msgid)
        if text is not None and entry.msgid_plural:
            entry.msgstr_plural = {0: f"%(n)s {text}", 1: f"%(n)s {text}s"}
        elif text is not None:
            entry.msgstr = text
    catalogue.save()
    catalogue.save_as_mofile(str((project / messages.CATALOGUE).with_suffix(".mo")))


def test_check__up_to_date(project: Path) -> None:
    assert messages.complaints(project) == []


def test_check__not_translated(project: Path) -> None:
    translate(project, beranda="")
    assert messages.complaints(project) == ["not in English: 'beranda'"]


def test_check__a_new_text(project: Path) -> None:
    (project / "home" / "models.py").write_text('label = _("beranda")\nother = _("direktori")\n')
    assert messages.complaints(project) == [f"not in {messages.CATALOGUE}: 'direktori'"]


def test_check__a_text_that_is_gone(project: Path) -> None:
    (project / "home" / "models.py").write_text("")
    assert messages.complaints(project) == ["no longer in the code: 'beranda'"]


def test_check__compiled_file_is_old(project: Path) -> None:
    compiled = (project / messages.CATALOGUE).with_suffix(".mo")
    before = compiled.read_bytes()
    translate(project, beranda="front page")
    assert messages.complaints(project) == []
    compiled.write_bytes(before)
    assert len(messages.complaints(project)) == 1


def test_check__placeholder_lost_in_translation(project: Path) -> None:
    (project / "home" / "models.py").write_text('label = _("%(jumlah)d inovasi")\n')
    messages.update(project)
    translate(project, **{"%(jumlah)d inovasi": "innovations"})
    assert any("format" in line for line in messages.complaints(project))


def test_check__no_catalogue(project: Path) -> None:
    (project / messages.CATALOGUE).unlink()
    assert messages.complaints(project) == [f"{messages.CATALOGUE} is missing"]


def test_update__keeps_translations_and_takes_no_guess(project: Path) -> None:
    translate(project, beranda="front page")
    (project / "home" / "models.py").write_text('label = _("beranda")\nother = _("beranda.")\n')
    messages.update(project)
    texts = {entry.msgid: entry.msgstr for entry in polib.pofile(str(project / messages.CATALOGUE))}
    assert texts["beranda"] == "front page"
    assert texts["beranda."] == ""
    assert messages.complaints(project) == ["not in English: 'beranda.'"]


def test_update__twice_changes_nothing(project: Path) -> None:
    before = (project / messages.CATALOGUE).read_bytes()
    messages.update(project)
    assert (project / messages.CATALOGUE).read_bytes() == before


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with three English texts, of which it says one in Indonesian; we say the others."""
    folder = tmp_path / "library" / "locale"
    entries = {"Save": "Simpan", "Live": "", "%(n)d page": ""}
    for language in ("en", "id_ID"):
        (folder / language / "LC_MESSAGES").mkdir(parents=True)
        catalogue = polib.POFile()
        for msgid, msgstr in entries.items():
            catalogue.append(polib.POEntry(msgid=msgid, msgstr=msgstr if language == "id_ID" else ""))
        catalogue.save(str(folder / language / "LC_MESSAGES" / "django.po"))
    monkeypatch.setattr(library_messages, "_folders", lambda _names: iter([folder]))
    return tmp_path


def say(project: Path, **texts: str) -> None:
    catalogue = polib.POFile()
    for msgid, msgstr in texts.items():
        catalogue.append(polib.POEntry(msgid=msgid, msgstr=msgstr))
    path = project / library_messages.catalogue_of("django")
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def test_libraries__say_all_in_indonesian(library: Path) -> None:
    say(library, **{"Live": "Terbit", "%(n)d page": "%(n)d halaman", "Save": "Simpan dulu"})
    assert library_messages.complaints(library) == []


def test_libraries__a_text_without_indonesian(library: Path) -> None:
    say(library, Live="Terbit")
    assert library_messages.complaints(library) == ["not in Indonesian: '%(n)d page'"]
    assert [entry.msgid for entry in library_messages.renewed(library, "django")] == ["%(n)d page", "Live"]


def test_libraries__a_text_that_is_gone(library: Path) -> None:
    say(library, **{"Live": "Terbit", "%(n)d page": "%(n)d halaman", "Old": "Lama"})
    assert library_messages.complaints(library) == ["no library says it any more: 'Old'"]
    assert "Old" not in [entry.msgid for entry in library_messages.renewed(library, "django")]


def test_libraries__of_the_portal_speak_indonesian() -> None:
    """Wagtail's own words, which it has no Indonesian for, and English where one reads English."""
    with override("id"):
        assert gettext("Reports") == "Laporan"
    with override("en"):
        assert gettext("Reports") == "Reports"
