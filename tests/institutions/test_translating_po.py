"""Texts that come in as PO files, typed, or with the source read anew: whose, and in what shape."""

from typing import Any

import polib
import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from news.models import NewsPage
from tests.factories.translating import (
    WORDS,
    Office,
    asking,
    begin,
    client_of,
    data,
    edit,
    live_translation,
    po_file,
    told,
    upload,
)

pytestmark = pytest.mark.django_db


def test_po__comes_back(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    client = client_of(sleman.translator)
    download = client.get(reverse("wagtail_localize:download_pofile", args=[translation.pk]))
    assert b"Ringkas." in download.content
    response = upload(sleman.translator, translation, str(po_file(translation, WORDS)).encode())
    assert "2 terjemahan diambil dari berkas." in told(response)
    assert data(translation) == set(WORDS.values())


def test_po__of_another_institution(sleman: Office, bantul: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    response = upload(bantul.translator, translation, str(po_file(translation, WORDS)).encode())
    assert response.status_code in (302, 403)
    assert not data(translation)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "bukan berkas PO"),
        (b"/etc/passwd", "bukan berkas PO"),
        (b"\x89PNG\r\n\x1a\n", "bukan UTF-8"),
        (b'msgid "a"\nmsgstr "b"\n', "tidak menyebut terjemahannya"),
        (
            b'msgid ""\nmsgstr "X-WagtailLocalize-TranslationID: 1\\n"\n\nmsgid "a"\nmsgstr "b"\n',
            "terjemahan lain",
        ),
        (b'msgid "a"\nmsgstr "b"\nrusak "c"\n', "rusak di baris 3"),
    ],
)
def test_po__what_is_none_or_of_another(sleman: Office, english: Locale, content: bytes, says: str) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    assert says in told(upload(sleman.translator, translation, content))
    assert not data(translation)


@pytest.mark.parametrize(
    "wrong",
    [
        "<script>alert(1)</script>", "<!--><script>alert(1)</script>-->", "<b onclick=x>a</b>",
        '<a id="a1">tautan</a>', "<p>a</p>", "<img src=x>",
    ],
)  # fmt: skip
def test_po__markup_that_was_not_in_the_source(sleman: Office, english: Locale, wrong: str) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    content = str(po_file(translation, {**WORDS, "Ringkas.": wrong})).encode()
    response = upload(sleman.translator, translation, content)
    assert "1 terjemahan diambil" in told(response)
    assert "entri" in told(response)
    assert "Ringkas." in told(response)
    assert data(translation) == {"Service mall opens"}


def test_po__unknown_texts_and_missing_ones_are_told(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    po = po_file(translation, {"Ringkas.": "In short."})
    po.append(polib.POEntry(msgid="Sudah dihapus", msgctxt="introduction", msgstr="Gone"))
    response = upload(sleman.translator, translation, str(po).encode())
    assert "“Sudah dihapus”" in told(response)
    assert "1 teks tidak ada terjemahannya di berkas" in told(response)


def test_edit__a_text(sleman: Office, bantul: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    assert edit(sleman.translator, translation, "In short.").status_code == 201
    assert edit(bantul.translator, translation, "Stolen").status_code in (302, 403)
    assert edit(sleman.contributor, translation, "Stolen").status_code in (302, 403)
    # wagtail-localize's editor shows the reason of an answer of 200 only, beside what was typed.
    refused = edit(sleman.translator, translation, "<!--><script>alert(1)</script>-->")
    assert (refused.status_code, refused.json()["data"]) == (200, "<!--><script>alert(1)</script>-->")
    assert "komentar dan pernyataan HTML" in refused.json()["error"]
    assert data(translation) == {"In short."}


def test_update__reads_the_source_and_publishes_nothing(
    sleman: Office, bantul: Office, english: Locale
) -> None:
    translation = live_translation(sleman, english)
    page = translation.source.get_source_instance()
    NewsPage.objects.filter(pk=page.pk).update(introduction="Lain.")
    address = reverse("wagtail_localize:update_translations", args=[translation.source.pk])
    assert client_of(bantul.translator).post(address).status_code == 404
    client_of(sleman.translator).post(address, {"publish_translations": "on"})
    source = TranslationSource.objects.get(pk=translation.source.pk)
    assert source.stringsegment_set.filter(string__data="Lain.").exists()
    assert translation.get_target_instance().introduction == "In short."


@pytest.mark.parametrize(
    ("says", "kept", "message"),
    [
        ("Words", {"Words"}, "Mesin"),
        ("<!--><script>alert(1)</script>-->", set(), "Mesin"),
        (None, set(), "Mesin penerjemah tidak menjawab"),
    ],
)
def test_machine__makes_a_draft_or_says_that_it_cannot(
    sleman: Office, english: Locale, settings: Any, says: str | None, kept: set[str], message: str
) -> None:
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = asking({"says": says})
    translation = begin(sleman.translator, sleman.news(), english)
    address = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    response = client_of(sleman.translator).post(address, {"next": reverse("translating:index")})
    assert message in told(response)
    assert data(translation) == kept
    assert not translation.get_target_instance().live
