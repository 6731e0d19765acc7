"""Numbers, days and sizes as the reader's language writes them."""

import datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils.formats import date_format
from django.utils.translation import override

from cms.models import CustomDocument
from cms.templatetags.portal import file_facts, quantity
from directory.templatetags.directory_tags import rupiah

AFTERNOON = datetime.datetime(2026, 5, 3, 14, 5, 9)


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (None, "", ""),
        (0, "0", "0"),
        (2024.0, "2024", "2024"),
        (9_999, "9999", "9999"),
        (0.1, "0,1", "0.1"),
        (-12_000, "-12.000", "-12,000"),
        (12_345.5, "12.345,5", "12,345.5"),
        (2 / 3, "0,667", "0.667"),
        (9.9e14, "990.000.000.000.000", "990,000,000,000,000"),
    ],
)
def test_quantity__is_written_in_the_readers_way(value: float | None, indonesian: str, english: str) -> None:
    with override("id"):
        assert quantity(value) == indonesian
    with override("en"):
        assert quantity(value) == english


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("number", [1e15, 1e25, 1e30, -1e300, float("inf"), float("nan")])
def test_quantity__a_number_too_large_to_round_is_shown_as_it_is(number: float, language: str) -> None:
    with override(language):
        assert quantity(number) == str(number)


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (0, "Rp0", "Rp0"),
        (950, "Rp950", "Rp950"),
        (1_250_000, "Rp1.250.000", "Rp1,250,000"),
        ("40000000", "Rp40.000.000", "Rp40,000,000"),
        (10**14, "Rp100.000.000.000.000", "Rp100,000,000,000,000"),
        ("", "", ""),
        (None, "", ""),
        ("banyak", "", ""),
    ],
)
def test_rupiah__is_grouped_in_the_readers_way(amount: object, indonesian: str, english: str) -> None:
    with override("id"):
        assert rupiah(amount) == indonesian
    with override("en"):
        assert rupiah(amount) == english


@pytest.mark.parametrize(
    ("wanted", "indonesian", "english"),
    [
        ("DATE_FORMAT", "3 Mei 2026", "3 May 2026"),
        ("DATETIME_FORMAT", "3 Mei 2026, 14.05", "3 May 2026, 14:05"),
        ("TIME_FORMAT", "14.05", "14:05"),
        ("F Y", "Mei 2026", "May 2026"),
        ("j F Y", "3 Mei 2026", "3 May 2026"),
        ("SHORT_DATE_FORMAT", "03-05-2026", "03/05/2026"),
    ],
)
def test_days__are_written_in_the_readers_way(wanted: str, indonesian: str, english: str) -> None:
    with override("id"):
        assert date_format(AFTERNOON, wanted) == indonesian
    with override("en"):
        assert date_format(AFTERNOON, wanted) == english


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("typed", ["2026-05-03", "03/05/2026", "3 May 2026"])
def test_days__are_typed_with_the_day_first_or_by_iso(typed: str, language: str) -> None:
    if language == "id" and "May" in typed:
        typed = "03-05-2026"
    with override(language):
        assert forms.DateField().clean(typed) == AFTERNOON.date()
        assert forms.DateTimeField().clean("2026-05-03 14:05").minute == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("size", "indonesian", "english"),
    [
        (1_258_291, "PDF, 1,2 MB", "PDF, 1.2 MB"),
        (2_048, "PDF, 2,0 KB", "PDF, 2.0 KB"),
        (None, "PDF", "PDF"),
    ],
)
def test_file_facts__have_the_size_in_the_readers_way(
    size: int | None, indonesian: str, english: str
) -> None:
    document = CustomDocument(title="Pedoman", file="pedoman.pdf", file_size=size)
    with override("id"):
        assert file_facts(document).replace("\xa0", " ") == indonesian
    with override("en"):
        assert file_facts(document).replace("\xa0", " ") == english


@pytest.mark.parametrize(("language", "shown"), [("id", "12.345 hasil"), ("en", "12,345 results")])
def test_counts__of_thousands_are_grouped_within_a_text(language: str, shown: str) -> None:
    template = Template(
        "{% load i18n portal %}{% blocktranslate trimmed count counter=found with n=found|quantity %}"
        "{{ n }} hasil{% plural %}{{ n }} hasil{% endblocktranslate %} {{ found }}"
    )
    with override(language):
        text = template.render(Context({"found": 12_345}))
    assert text.startswith(shown)
    # Ids and years are never grouped.
    assert "12345" in text
