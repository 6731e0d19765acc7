"""How templates write amounts and figures."""

import pytest
from django.test import Client
from wagtail.models import Locale

from directory.templatetags.directory_tags import figure
from tests.factories.directory import evidence_row, innovation
from tests.factories.home import make_home


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("1.063", "1,063"),
        ("9,2", "9.2"),
        ("1.250.000,5", "1,250,000.5"),
        ("±2.700", "±2,700"),
        ("10,5–12,25", "10.5–12.25"),
        ("62", "62"),
        ("2019–2022", "2019–2022"),
        ("1.5.2020", "1.5.2020"),
        ("12,5 days in 1.063", "12,5 days in 1.063"),
        ("", ""),
    ],
)
def test_figure__is_written_as_in_the_language_of_the_page(text: str, english: str) -> None:
    assert figure(text, "en") == english
    assert figure(text, "id") == text


@pytest.mark.django_db
def test_figures__of_a_translated_profile(client: Client) -> None:
    home = make_home()
    page = innovation(evidence=[evidence_row(baseline="1.063", result="9,2")])
    english, _made = Locale.objects.get_or_create(language_code="en")
    home.copy_for_translation(english).save_revision().publish()
    copy = page.copy_for_translation(english, copy_parents=True)
    copy.save_revision().publish()
    copy.refresh_from_db()
    assert "<strong>9,2</strong>" in client.get(page.url).content.decode()
    html = client.get(copy.url).content.decode()
    assert "1,063" in html
    assert "<strong>9.2</strong>" in html
