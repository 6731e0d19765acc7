"""What an editor pastes never breaks the feed."""

import pytest
from django.test import Client

from tests.factories.news import news_page

pytestmark = pytest.mark.django_db


def test_feed__survives_control_characters(client: Client) -> None:
    page = news_page(title="Judul", introduction="Baris satu\x0bbaris dua")
    response = client.get(f"{page.get_parent().get_parent().url}umpan/")
    assert response.status_code == 200
    assert "Baris satu baris dua" in response.content.decode()
