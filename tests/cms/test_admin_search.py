"""The admin's own search answers whatever an editor types."""

import pytest
from django.urls import reverse
from modelsearch import index
from wagtail.models import Page

from home.models import HomePage

pytestmark = pytest.mark.django_db

TEXTS = ['"', '" OR "', "   ", "%s %d", "a\0b", "'", "*", "(", "x" * 5000, "💡", "-"]


@pytest.mark.parametrize("address", ["wagtailadmin_pages:search", "wagtailimages:index", "wagtaildocs:index"])
def test_admin_search__any_text_is_answered(admin_client, address):
    for text in TEXTS:
        assert admin_client.get(reverse(address), {"q": text}).status_code == 200, text


def test_admin_search__finds_a_page_despite_punctuation(admin_client):
    page = HomePage(title="Kemitraan Dukun", slug="kemitraan")
    Page.get_first_root_node().add_child(instance=page)
    index.insert_or_update_object(page)  # the worker's part
    response = admin_client.get(reverse("wagtailadmin_pages:search"), {"q": '"kemitraan" (dukun)'})
    assert "Kemitraan Dukun" in response.content.decode()
