"""The editors' handbook in the admin: headings to jump to, small pictures that are there, no raw HTML."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from home.handbook import FILE, rendered

PICTURES = re.findall(r"!\[([^\]]*)\]\(handbook/([^)]+)\)", FILE.read_text())


def test_handbook__has_its_chapters_in_a_table_of_contents() -> None:
    book = rendered(FILE.read_text())
    assert [words for _anchor, words in book.chapters] == re.findall(
        r"^## (.+)$", FILE.read_text(), re.MULTILINE
    )
    for anchor, _words in book.chapters:
        assert book.html.count(f'id="{anchor}"') == 1
    assert "<h1" not in book.html
    assert "<table>" in book.html


def test_handbook__pictures_are_addressed_as_static_files() -> None:
    html = rendered(FILE.read_text()).html
    for alternative, name in PICTURES:
        assert f'src="/static/handbook/{name}"' in html
        assert finders.find(f"handbook/{name}"), name
        assert len(alternative) > 20


@pytest.mark.parametrize("name", [name for _alternative, name in PICTURES])
def test_pictures__are_small(name: str) -> None:
    path = settings.BASE_DIR / "docs" / "handbook" / name
    assert path.stat().st_size <= 80_000
    with Image.open(path) as picture:
        assert picture.width <= 1000


def test_pictures__are_all_in_the_text() -> None:
    drawn = {path.name for path in (settings.BASE_DIR / "docs" / "handbook").iterdir()}
    assert drawn == {name for _alternative, name in PICTURES}


def test_rendered__obeys_no_html() -> None:
    html = rendered(
        "# Judul\n\n## Bab <b>satu</b>\n\n<script>alert(1)</script>\n\n[x](javascript:alert)"
    ).html
    assert "<script>" not in html
    assert "<b>" not in html
    assert 'href="javascript' not in html


@pytest.mark.django_db
def test_handbook__is_for_everybody_in_the_admin(client: Client) -> None:
    address = reverse("handbook")
    assert client.get(address).status_code == 302
    client.force_login(User.objects.create_superuser("akar", "akar@contoh.go.id", "rahasia"))
    response = client.get(address)
    assert response.status_code == 200
    assert 'lang="id"' in response.content.decode()
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.post(address).status_code == 405
