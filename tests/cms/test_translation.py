"""Which words of a page are translated: decided for every field, carried out in every kind of block."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.test.utils import isolate_apps
from django.utils import timezone
from django.utils.formats import date_format
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import StreamField
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.blocks.body import TableBlock
from cms.blocks.wording import FigureBlock, FixedTextBlock, TranslatableTableBlock
from cms.models import BasePage
from cms.translation.checks import _page_types, _unknown, check_every_field_is_decided, undecided
from cms.translation.decisions import decide
from home.models import HomePage, StandardPage
from tests.factories.home import StandardPageFactory, make_home


def test_check__every_field_of_the_portal_is_decided() -> None:
    assert len(_page_types()) >= 11
    assert check_every_field_is_decided(None) == []


@isolate_apps("home")
def test_check__a_new_field_and_a_strange_block_fail() -> None:
    class NewPage(BasePage):
        known = models.CharField(max_length=10)
        new = models.CharField(max_length=10)
        body = StreamField(
            [("raw", blocks.RawHTMLBlock()), ("part", blocks.StructBlock([("any", blocks.Block())]))]
        )
        override_translatable_fields = decide(translated=["known", "body"])

        class Meta:
            app_label = "home"

    assert [name for name, _hint in undecided(NewPage)] == ["new", "body.raw", "body.part.any"]


@pytest.mark.parametrize(
    "block",
    [
        blocks.RawHTMLBlock(), blocks.RegexBlock(regex=".*"), blocks.FieldBlock(), TypedTableBlock([]),
        TranslatableTableBlock([("long", blocks.TextBlock())]), blocks.ListBlock(blocks.RawHTMLBlock()),
    ],
)  # fmt: skip
def test_check__a_block_whose_text_nobody_would_translate_fails(block: blocks.Block) -> None:
    assert list(_unknown(block, "body"))


@pytest.mark.parametrize(
    "block",
    [
        blocks.CharBlock(), blocks.BlockQuoteBlock(), blocks.RichTextBlock(), FixedTextBlock(), TableBlock(),
        blocks.ChoiceBlock(choices=[("a", "A")]), blocks.FloatBlock(), blocks.PageChooserBlock(),
        blocks.StructBlock([("text", blocks.TextBlock())]), blocks.ListBlock(FigureBlock()), EmbedBlock(),
    ],
)  # fmt: skip
def test_check__text_in_blocks_is_language_what_is_none_follows_the_source(block: blocks.Block) -> None:
    assert list(_unknown(block, "body")) == []


def translated_page(page: StandardPage, words: dict[str, str]) -> StandardPage:
    """The page in English, each text with its words; those without stay."""
    english = Locale.objects.get(language_code="en")
    source, _created = TranslationSource.get_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=english)
    for segment in source.stringsegment_set.select_related("string", "context"):
        if segment.string.data in words:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=english,
                context=segment.context,
                defaults={"data": words[segment.string.data]},
            )
    translation.save_target(publish=False)
    return translation.get_target_instance().get_latest_revision_as_object()


def segments_of(page: StandardPage) -> list[str]:
    source, _created = TranslationSource.update_or_create_from_instance(page)
    return [segment.string.data for segment in source.stringsegment_set.order_by("order")]


@pytest.fixture
def home(db: None) -> HomePage:
    home = make_home()
    home.copy_for_translation(Locale.objects.get(language_code="en"))
    return home


def table(*rows: list[Any]) -> dict[str, Any]:
    return {
        "type": "table",
        "value": {
            "caption": "Jumlah kader",
            "columns": [{"type": "text", "heading": "Tahun"}, {"type": "text", "heading": "Desa"},
                        {"type": "number", "heading": "Kader"}, {"type": "rich_text", "heading": "Catatan"}],
            "rows": [{"values": row} for row in rows],
        },
        "id": "11111111-1111-1111-1111-111111111111",
    }  # fmt: skip


def test_table__caption_headings_and_texts_are_translated_numbers_are_not(home: HomePage) -> None:
    page = StandardPageFactory(
        parent=home, title="Kader", slug="kader",
        body=[table(["2019", "Tanjung", 40.0, "<p>Belum <b>lengkap</b></p>"], ["2020", "Tanjung", 52.0, ""])],
    )  # fmt: skip
    assert segments_of(page)[2:] == [
        "Jumlah kader", "Tahun", "Desa", "Kader", "Catatan", "Tanjung", "Belum <b>lengkap</b>",
    ]  # fmt: skip
    english = translated_page(
        page, {"Jumlah kader": "Number of volunteers", "Tahun": "Year", "Desa": "Village",
               "Kader": "Volunteers", "Catatan": "Note", "Belum <b>lengkap</b>": "Not <b>complete</b> yet"},
    )  # fmt: skip
    value = english.body[0].value
    assert value.caption == "Number of volunteers"
    assert [column["heading"] for column in value.columns] == ["Year", "Village", "Volunteers", "Note"]
    assert [row["values"][:3] for row in value.row_data] == [
        ["2019", "Tanjung", 40.0],
        ["2020", "Tanjung", 52.0],
    ]
    assert str(value.row_data[0]["values"][3].source) == "<p>Not <b>complete</b> yet</p>"


def test_table__a_number_among_formatted_texts_is_not_translated(home: HomePage) -> None:
    page = StandardPageFactory(
        parent=home, title="Kader", slug="kader",
        body=[table(["2019", "Tanjung", 4.0, "<p><b>62</b>&nbsp;</p>"], ["2020", "", 1.0, "<p>3 hari</p>"])],
    )  # fmt: skip
    assert segments_of(page)[2:] == [
        "Jumlah kader", "Tahun", "Desa", "Kader", "Catatan", "Tanjung", "3 hari",
    ]  # fmt: skip
    english = translated_page(page, {"3 hari": "3 days"})
    notes = [str(row["values"][3].source) for row in english.body[0].value.row_data]
    assert notes == ["<p><b>62</b>&nbsp;</p>", "<p>3 days</p>"]


def test_table__a_row_put_in_takes_no_translation_away(home: HomePage) -> None:
    page = StandardPageFactory(
        parent=home, title="Kader", slug="kader", body=[table(["2020", "Pulau", 1.0, ""])]
    )
    translated_page(page, {"Pulau": "Island"})
    page.body = [table(["2019", "Gunung", 2.0, ""], ["2020", "Pulau", 1.0, ""])]
    page.save()
    TranslationSource.objects.get(object_id=page.translation_key).update_from_db()
    english = translated_page(page, {"Gunung": "Mountain"})
    assert [row["values"][1] for row in english.body[0].value.row_data] == ["Mountain", "Island"]


@pytest.mark.parametrize(
    ("text", "is_language"),
    [("62", False), ("2019–2022", False), ("±40%", False), ("", False), ("3 hari", True), ("Mei 2020", True)],
)
def test_figure__is_language_only_with_letters(text: str, is_language: bool) -> None:
    block = FigureBlock()
    found = block.get_translatable_segments(text)
    assert [segment.render_text() for segment in found] == ([text] if is_language else [])
    assert block.restore_translated_segments(text, found) == text


def test_fixed_text__is_never_language() -> None:
    assert FixedTextBlock().get_translatable_segments("CC BY 4.0") == []


def test_table__empty() -> None:
    assert TableBlock().get_translatable_segments(None) == []


def publish(page: BasePage) -> None:
    page.save_revision().publish()


def test_outdated__a_translation_says_of_which_day_its_text_is(home: HomePage, client: Client) -> None:
    publish(home)
    publish(home.get_translation(Locale.objects.get(language_code="en")))
    page = StandardPageFactory(parent=home, title="Kader", slug="kader", introduction="Lama")
    publish(page)
    published = StandardPage.objects.get(pk=page.pk).last_published_at
    publish(translated_page(StandardPage.objects.get(pk=page.pk), {"Lama": "Old"}))
    english = page.get_translation(Locale.objects.get(language_code="en"))
    assert published - english.source_published_at < timedelta(milliseconds=1)
    assert "reflects the Indonesian text" not in client.get(english.url).content.decode()

    page = StandardPage.objects.get(pk=page.pk)
    page.introduction = "Baru"
    publish(page)
    html = client.get(english.url).content.decode()
    day = date_format(timezone.localdate(published), "j F Y")
    assert f"reflects the Indonesian text of {day}; that text has changed since." in html
    assert "Old" in html
    # The source itself is never behind.
    assert "notice--warn" not in client.get(page.url).content.decode()
