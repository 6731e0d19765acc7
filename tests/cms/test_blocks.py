"""What the blocks of a body say to a reader, and what they keep to themselves."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedUnsupportedProviderException

from cms.blocks import BODY_BLOCKS
from cms.embeds import player_of
from cms.models import CustomDocument
from home.models import HomePage
from tests.factories.cms import DocumentFactory, ImageFactory
from tests.factories.home import StandardPageFactory, make_home


@pytest.fixture
def home(db: None) -> HomePage:
    # Renditions are cached by the image's number, and numbers begin anew in every test.
    cache.clear()
    return make_home()


def show(client: Client, home: HomePage, *body: dict[str, Any]) -> str:
    page = StandardPageFactory(parent=home, title="Uji", slug="uji", body=list(body))
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_templates__exist_for_every_block() -> None:
    for name, block in BODY_BLOCKS:
        assert block.get_template(None), name


def test_heading__stays_below_the_page_title(client: Client, home: HomePage) -> None:
    html = show(
        client,
        home,
        {"type": "heading", "value": {"text": "Bagian", "level": "h2"}},
        {"type": "heading", "value": {"text": "Anak <b>", "level": "h3"}},
    )
    assert "<h2>Bagian</h2>" in html
    assert "<h3>Anak &lt;b&gt;</h3>" in html


def test_image__falls_back_to_its_own_words(client: Client, home: HomePage) -> None:
    own, other = ImageFactory(), ImageFactory(alt_text="", credit="")
    html = show(
        client,
        home,
        {"type": "image", "value": {"image": own.pk, "alt_text": "", "caption": "Di polindes"}},
        {"type": "image", "value": {"image": other.pk, "alt_text": "", "caption": ""}},
        {"type": "image", "value": {"image": own.pk, "alt_text": "Kata lain", "caption": ""}},
    )
    assert 'alt="Bidan memeriksa seorang ibu hamil"' in html
    assert 'alt="Kata lain"' in html
    assert 'alt=""' in html
    assert "Di polindes" in html
    assert html.count("Foto: Humas") == 2
    assert html.count('loading="lazy"') == 3
    assert html.count("<figcaption>") == 2


def test_image__that_was_deleted_leaves_no_trace(client: Client, home: HomePage) -> None:
    assert "<figure>" not in show(
        client, home, {"type": "image", "value": {"image": 999, "alt_text": "", "caption": "Hilang"}}
    )


def test_gallery__queries_do_not_grow(client: Client, home: HomePage) -> None:
    images = [ImageFactory() for _ in range(6)]

    def queries(slug: str, count: int) -> int:
        value = [{"image": each.pk, "alt_text": "", "caption": ""} for each in images[:count]]
        page = StandardPageFactory(
            parent=home, title=slug, slug=slug, body=[{"type": "gallery", "value": value}]
        )
        client.get(page.url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page.url).content.decode().count("<img") == count
        return len(captured)

    assert queries("dua", 2) == queries("enam", 6)


def test_document__says_kind_and_size(client: Client, home: HomePage) -> None:
    document: CustomDocument = DocumentFactory(file__filename="sop.pdf", file__data=b"x" * 2048)
    item = {"document": document.pk, "title": "SOP kemitraan"}
    html = show(client, home, {"type": "documents", "value": [item]})
    assert f'<a href="{document.url}">SOP kemitraan</a>' in html
    assert "PDF, 2,0" in html


def test_document__that_was_deleted_is_said(client: Client, home: HomePage) -> None:
    item = {"document": 999, "title": "SOP lama"}
    html = show(client, home, {"type": "documents", "value": [item]})
    assert "SOP lama: berkas tidak lagi tersedia" in html


def test_table__has_headers_and_local_numbers(client: Client, home: HomePage) -> None:
    table = {
        "columns": [{"type": "text", "heading": "Tahun"}, {"type": "number", "heading": "Kasus"}],
        "rows": [{"values": ["2019", 12345.5]}, {"values": ["2020", 9]}],
        "caption": "Kematian ibu",
    }
    html = show(client, home, {"type": "table", "value": table})
    assert "<caption>Kematian ibu</caption>" in html
    assert '<th scope="col" class="num">Kasus</th>' in html
    assert '<td class="num">12.345,5</td>' in html
    assert '<td class="num">9</td>' in html


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?t=4", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        (
            "https://m.youtube.com/watch?a=b&v=dQw4w9WgXcQ",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        ),
        ("https://youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1"),
        ("https://vimeo.com/1234567890123456", None),
        ("https://evil.example/?x=https://youtu.be/dQw4w9WgXcQ", None),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", None),
        ("javascript:alert(1)", None),
        ("https://www.youtube.com/playlist?list=x", None),
        ("", None),
    ],
)
def test_player__only_of_allowed_sites(url: str, address: str | None) -> None:
    player = player_of(url)
    assert (player.address if player else None) == address


@given(st.text())
def test_player__any_text(text: str) -> None:
    player = player_of(text)
    assert player is None or player.address.startswith(("https://www.youtube-", "https://player.vimeo."))


def test_embed__loads_nothing_before_the_reader_opens_it(client: Client, home: HomePage) -> None:
    html = show(client, home, {"type": "embed", "value": "https://youtu.be/dQw4w9WgXcQ"})
    frame = html[html.index("<details") : html.index("</details>")]
    assert "<iframe" in frame
    assert 'loading="lazy"' in frame
    assert "Putar video dari YouTube" in frame


@pytest.mark.django_db
def test_embed__other_sites_are_refused_while_editing() -> None:
    assert get_embed("https://youtu.be/dQw4w9WgXcQ").provider_name == "YouTube"
    with pytest.raises(EmbedUnsupportedProviderException):
        get_embed("https://evil.example/video")
