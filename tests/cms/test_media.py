"""Documents are never served as plain media: their own view knows who may read them."""

from pathlib import Path

import pytest

from tests.factories.cms import ImageFactory

pytestmark = pytest.mark.django_db  # the page of a 404 reads the menu


@pytest.fixture
def secret(media_root: Path) -> Path:
    folder = media_root / "documents"
    folder.mkdir(exist_ok=True)
    file = folder / "secret.pdf"
    file.write_bytes(b"secret")
    return file


@pytest.mark.parametrize(
    "address",
    [
        "/media/documents/secret.pdf",
        "/media//documents/secret.pdf",
        "/media/./documents/secret.pdf",
        "/media/images/../documents/secret.pdf",
        "/media/images/%2e%2e/documents/secret.pdf",
        "/media/../media/documents/secret.pdf",
        "/media//",
        "/media/Documents/secret.pdf",
        "/media/" + "a" * 300,
        "/media/a%00b",
    ],
)
def test_media__never_a_document(client, secret, address):
    assert client.get(address, follow=True).status_code == 404


def test_media__an_image_is_served(client, media_root):
    folder = media_root / "images"
    folder.mkdir(exist_ok=True)
    (folder / "a.png").write_bytes(b"png")
    response = client.get("/media/images/a.png")
    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"


def test_image__has_an_address_that_its_name_does_not_give_away(client):
    first, second = (ImageFactory(file__filename="bidan.png") for _number in range(2))
    for image in (first, second):
        for file in (image.file, image.get_rendition("width-20").file):
            assert client.get(f"/media/{file.name}").status_code == 200
            signs = file.name.split("/")[1].split("-")[0]
            assert len(signs) == 16
    assert first.filename.split("-")[0] != second.filename.split("-")[0]
    assert client.get("/media/original_images/bidan.png", follow=True).status_code == 404
