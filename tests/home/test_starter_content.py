"""The starter content as data: complete, within the limits of the fields, and with its sources."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale

from directory.blocks import NARRATIVE_SECTIONS
from directory.models import InnovationPage
from home.starter.content import files, read
from home.starter.innovations import FILE, fill
from home.starter.richtext import to_html
from taxonomy.loading import load_reference_tables

DOCUMENT = Path("docs/content-sources.md")
NEWS, GUIDES, PROFILES, PAGES, ENGLISH = (
    files(kind) for kind in ("news", "guides", "innovations", "pages", "translations")
)
FIGURE, TAG = re.compile(r"\d+"), re.compile(r"<[^>]+>")
# Words that stand in nearly every Indonesian sentence, and in few names.
PLAIN_WORDS = {
    "ada",
    "belum",
    "dan",
    "dari",
    "dengan",
    "di",
    "oleh",
    "pada",
    "sudah",
    "tidak",
    "untuk",
    "yang",
}
ADDRESS = re.compile(r"\]\((https?://[^\s()]+)\)")


def texts(value: object) -> list[str]:
    """Every string within a data file's value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    return [text for part in value for text in texts(part)] if isinstance(value, list) else []


@pytest.fixture(scope="module")
def titles() -> set[str]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["title"] for row in csv.DictReader(file)}


def test_data_files__are_as_many_as_the_starter_site_promises() -> None:
    assert (len(NEWS), len(GUIDES), len(PROFILES)) == (5, 1, 6)
    assert len([path for path in ENGLISH if read(path)["kind"] == "innovation"]) == 20


@pytest.mark.parametrize("path", NEWS, ids=lambda path: path.stem)
def test_news__is_dated_sourced_and_of_a_readable_length(path: Path, titles: set[str]) -> None:
    article = read(path)
    words = len(" ".join(texts(article["body"])).split())

    assert date.fromisoformat(article["date"]) < date(2026, 1, 1)
    assert article["source_name"]
    assert article["source_url"].startswith("https://")
    assert article["source_url"] in DOCUMENT.read_text(encoding="utf-8")
    assert article["tags"]
    assert 250 <= words <= 450
    assert any("heading" in part for part in article["body"])
    related = [title for part in article["body"] for title in part.get("innovations", [])]
    assert set(related) <= titles


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_guide__has_at_least_eight_whole_steps_and_a_review_date_ahead(path: Path, titles: set[str]) -> None:
    guide = read(path)

    assert len(guide["steps"]) >= 8
    for step in guide["steps"]:
        assert all(
            step[part]
            for part in ("title", "instructions", "responsible", "duration", "outputs", "checklist")
        )
    assert date.fromisoformat(guide["review_date"]) >= date(2027, 1, 1)
    assert set(guide["related_innovations"]) <= titles


def test_guide__names_every_stage_of_a_replication() -> None:
    said = " ".join(text for path in GUIDES for text in texts(read(path)["steps"]))

    for stage in ("minat", "kesepakatan", "persiapan", "uji coba", "berjalan", "evaluasi"):
        assert f"**{stage}**" in said


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_profile__fills_every_tab_and_names_the_source_of_every_figure(path: Path, titles: set[str]) -> None:
    data = read(path)

    assert data["title"] in titles
    assert list(data["narrative"]) == list(NARRATIVE_SECTIONS)
    assert {"summary", "problem", "result", "service_unit", "initiator", "partners"} <= set(data["fields"])
    assert all(row["source"] for row in data["evidence"])
    assert any(row.get("baseline") for row in data["evidence"])
    assert data["prerequisites"]
    assert data["replication_kit"]
    assert len(data["sources"]) >= 9


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_profile__every_address_it_links_to_is_among_its_documented_sources(path: Path) -> None:
    data = read(path)
    documented = DOCUMENT.read_text(encoding="utf-8")
    sources = {address for _title, _publisher, address in data["sources"]}
    linked = {address for text in texts(data["narrative"]) for address in ADDRESS.findall(text)}

    assert linked <= sources
    assert all(f"<{address}>" in documented for address in sources)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_profile__that_claims_to_run_says_where_and_when_that_was_said(path: Path) -> None:
    fields = read(path)["fields"]

    if fields.get("operational_status", "unknown") != "unknown":
        assert re.search(r"20[12]\d", fields["operational_status_reason"])


@pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.stem)
def test_translation__keeps_figures_and_links(path: Path) -> None:
    for indonesian, english in read(path)["texts"].items():
        assert sorted(FIGURE.findall(strip_tags(english))) == sorted(FIGURE.findall(strip_tags(indonesian)))
        assert sorted(TAG.findall(english)) == sorted(TAG.findall(indonesian))


@pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.stem)
def test_translation__leaves_nothing_but_names_as_it_is(path: Path) -> None:
    for indonesian, english in read(path)["texts"].items():
        assert english != indonesian or not PLAIN_WORDS & set(indonesian.lower().split()), english


@pytest.mark.django_db
def test_profiles__fit_the_fields_and_blocks_of_a_page() -> None:
    load_reference_tables()
    for path in PROFILES:
        page = InnovationPage(title="Judul", slug="judul", locale=Locale.objects.get(language_code="id"))

        fill(page, read(path))

        assert len(page.narrative) == len(NARRATIVE_SECTIONS)
        assert [sector.code for sector in page.sectors.all()] == read(path)["sectors"]


@pytest.mark.parametrize(
    ("lines", "html"),
    [
        (["Satu.", "Dua."], "<p>Satu.</p><p>Dua.</p>"),
        (["- a", "- b", "Sesudah."], "<ul><li>a</li><li>b</li></ul><p>Sesudah.</p>"),
        (["1. a", "1. b"], "<ol><li>a</li><li>b</li></ol>"),
        (["**tebal** dan *miring*"], "<p><b>tebal</b> dan <i>miring</i></p>"),
        (["[kata](https://a.id/?b=1&c=2)"], '<p><a href="https://a.id/?b=1&amp;c=2">kata</a></p>'),
        (["<script> & co"], "<p>&lt;script&gt; &amp; co</p>"),
        (["[kata](javascript:alert(1))"], "<p>[kata](javascript:alert(1))</p>"),
        ([], ""),
    ],
)
def test_to_html__known_markup(lines: list[str], html: str) -> None:
    assert to_html(lines) == html


@given(st.lists(st.text(max_size=40), max_size=5))
def test_to_html__any_text__lets_no_other_tag_through(lines: list[str]) -> None:
    tags = set(re.findall(r"</?([a-z]+)", to_html(lines)))

    assert tags <= {"p", "ul", "ol", "li", "a", "b", "i"}
    assert "<script" not in to_html([*lines, "<script>"])
