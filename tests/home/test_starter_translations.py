"""Putting English texts on pages: what is translated, what is left alone, what is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from wagtail.models import Locale, Page

from home.models import HomePage, StandardPage
from home.starter import translations, tree
from home.starter.content import OtherTextError, files, read

PRIVASI = next(path for path in files("pages") if path.stem.endswith("privasi"))
PRIVACY = next(path for path in files("translations") if path.stem.endswith("privacy"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db: None) -> Page:
    """An Indonesian page whose English one may be made."""
    tree.make_home()
    tree.make_site()
    translations.make_tree()
    tree.make_page(PRIVASI)
    return StandardPage.objects.get()


def english(page: Page) -> Page | None:
    return page.get_translation_or_none(Locale.objects.get(language_code="en"))


def changed(folder: Path, **texts: str) -> Path:
    """The data file with other texts."""
    data: dict[str, Any] = read(PRIVACY)
    path = folder / PRIVACY.name
    path.write_text(json.dumps({**data, "texts": {**data["texts"], **texts}}), encoding="utf-8")
    return path


def test_make__publishes_the_english_page_at_an_address_of_its_own(page: Page) -> None:
    assert translations.make(PRIVACY) == "Privacy"

    made = english(page)
    assert made is not None
    assert made.live
    assert made.slug == "privacy"
    assert made.url_path == f"{HomePage.objects.get(locale__language_code='en').url_path}privacy/"


def test_make__again__changes_nothing(page: Page) -> None:
    translations.make(PRIVACY)

    assert translations.make(PRIVACY) is None
    assert StandardPage.objects.count() == 2


def test_make__page_a_person_has_worked_on__leaves_it(page: Page) -> None:
    page.save_revision(user=get_user_model().objects.create_user("editor"))

    assert translations.make(PRIVACY) is None
    assert english(page) is None


def test_make__without_an_english_page_above__does_nothing(page: Page) -> None:
    HomePage.objects.get(locale__language_code="en").delete()

    assert translations.make(PRIVACY) is None


def test_make__page_that_is_gone__does_nothing(page: Page) -> None:
    page.delete()

    assert translations.make(PRIVACY) is None


def test_make__text_without_english__names_it(page: Page) -> None:
    page.introduction = "Kalimat lain."
    page.save_revision().publish()

    with pytest.raises(OtherTextError, match="“Kalimat lain"):
        translations.make(PRIVACY)


def test_make__english_for_what_the_page_does_not_say__names_it(page: Page, tmp_path: Path) -> None:
    with pytest.raises(OtherTextError, match="“Tidak ada di sini"):
        translations.make(changed(tmp_path, **{"Tidak ada di sini.": "Not there."}))


def test_make__english_too_long_for_its_field__is_refused(page: Page, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="Privacy, body"):
        translations.make(changed(tmp_path, Kuki="Cookies " * 40))
