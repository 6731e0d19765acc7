"""The check of the message catalogue must see what it is there for."""

import shutil
from pathlib import Path

import polib
import pytest

from scripts import messages
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
    return tmp_path


def translate(project: Path, **translations: str) -> None:
    catalogue = polib.pofile(str(project / messages.CATALOGUE))
    for entry in catalogue:
        entry.msgstr = translations.get(entry.msgid, entry.msgstr)
    catalogue.save()
    catalogue.save_as_mofile(str((project / messages.CATALOGUE).with_suffix(".mo")))


def test_check__up_to_date(project: Path) -> None:
    assert messages.complaints(project) == []


def test_check__a_new_text(project: Path) -> None:
    (project / "home" / "models.py").write_text('label = _("beranda")\nother = _("direktori")\n')
    assert messages.complaints(project) == [f"not in {messages.CATALOGUE}: 'direktori'"]


def test_check__a_text_that_is_gone(project: Path) -> None:
    (project / "home" / "models.py").write_text("")
    assert messages.complaints(project) == ["no longer in the code: 'beranda'"]


def test_check__compiled_file_is_old(project: Path) -> None:
    compiled = (project / messages.CATALOGUE).with_suffix(".mo")
    before = compiled.read_bytes()
    translate(project, beranda="home")
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
    translate(project, beranda="home page")
    (project / "home" / "models.py").write_text('label = _("beranda")\nother = _("beranda.")\n')
    messages.update(project)
    texts = {entry.msgid: entry.msgstr for entry in polib.pofile(str(project / messages.CATALOGUE))}
    assert texts["beranda"] == "home page"
    assert texts["beranda."] == ""
    assert messages.complaints(project) == []


def test_update__twice_changes_nothing(project: Path) -> None:
    before = (project / messages.CATALOGUE).read_bytes()
    messages.update(project)
    assert (project / messages.CATALOGUE).read_bytes() == before
