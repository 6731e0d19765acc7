"""Every page a reader can come to, in both languages: none says anything in the other without marking it."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from html import unescape
from io import StringIO
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import CharField, TextField
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoDbBlocker
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from directory.models import DirectoryIndexPage, DirectorySectionPage, InnovationPage
from guides.models import GuideIndexPage, GuidePage
from home.models import StandardPage
from home.starter.build import build_site
from news.models import NewsIndexPage, NewsPage
from tests.factories.directory import full_innovation
from tests.languages import TAG, Reading, foreign, plain

LINK = re.compile(r'href="([^"#]+)')
# Of pages that differ only in what they are about, so many are read.
ALIKE = 2
# Titles of English pages whose words are Indonesian still.
COPY = "Copy"
BOTH = pytest.mark.parametrize("language", ["id", "en"])


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The starter site, built once for this module and undone at its end; a part of it in English, too."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_taxonomy", stdout=StringIO())
        build_site()
        for model, number in (
            *((one, 1) for one in (DirectoryIndexPage, GuideIndexPage, NewsIndexPage)),
            *((one, 2) for one in (InnovationPage, GuidePage, NewsPage)),
        ):
            for page in model.objects.live().order_by("-latest_revision_created_at", "pk")[:number]:
                _into_english(page)
        yield
        transaction.set_rollback(True)


def _into_english(page: Page) -> None:
    """With a title of its own, or the words of the Indonesian page would be taken for the portal's."""
    english = Locale.objects.get(language_code="en")
    for one in (*page.get_ancestors().filter(depth__gt=2), page):
        if one.get_translation_or_none(english) is None:
            copy = one.specific.copy_for_translation(english)
            copy.title, copy.show_in_menus = f"{COPY} {copy.pk}", one.show_in_menus
            copy.save_revision().publish()


@pytest.fixture
def site(built: None, db: None) -> None:
    pass


def kind(address: str) -> tuple[object, ...]:
    """Addresses of one kind show the same template."""
    parts = urlsplit(address)
    steps = ["0" if step.isdigit() else step for step in parts.path.strip("/").split("/")]
    # An ordinary page stands right below the front page.
    own = steps[-1] if len(steps) == 2 or (len(steps) > 3 and steps[2] == "0") else ""
    return (*steps[:2], len(steps), own, *sorted({name for name, _value in parse_qsl(parts.query)}))


def walk(language: str) -> dict[str, str]:
    """Address → page, for all that links from the front page lead to within the language."""
    client, pages = Client(), {}
    first = f"/{language}/"
    waiting, seen, alike = deque([first]), {first}, defaultdict[tuple[object, ...], int](int)
    while waiting:
        address = waiting.popleft()
        alike[kind(address)] += 1
        if alike[kind(address)] > ALIKE:
            continue
        response = client.get(address, follow=True)
        if response.status_code != 200 or "html" not in response["Content-Type"]:
            continue
        pages[address] = response.content.decode()
        here = response.request["PATH_INFO"]
        for link in map(unescape, LINK.findall(pages[address])):
            found = here + link if link.startswith("?") else link
            if found.startswith(first) and found not in seen:
                seen.add(found)
                waiting.append(found)
    return pages


def complaints(pages: dict[str, str], language: str) -> str:
    written = plain(
        " ".join(
            text for page in Page.objects.filter(title__startswith=COPY) for text in _typed(page.specific)
        )
    )
    found = {address: words for address, page in pages.items() if (words := foreign(page, language, written))}
    return "\n".join(f"{address}: {sorted(words)}" for address, words in found.items())


@BOTH
def test_pages__speak_one_language(site: None, language: str) -> None:
    pages = walk(language)
    assert len({kind(address) for address in pages}) > 20
    assert not complaints(pages, language)


QUESTIONS = [
    ("search:results", "q=stunting"),
    ("search:results", "q=stuntng"),
    ("search:results", "q=qqqq"),
    ("search:results", f"q={'x' * 300}"),
    ("search:results", "q=inovasi&page=99"),
    ("search:results", "q=kalsel&jenis=news"),
    ("search:complete", "q=kesehatan&jenis="),
    ("search:complete", "q=qqqq&jenis="),
    ("home:figures", ""),
    ("directory:export-columns", ""),
    ("index", "q=stunting"),
    ("index", "q=qqqq"),
    ("index", "q=qqqq&province=11&sector=kesehatan"),
    ("index", "province=nowhere&unknown=1"),
    ("index", "page=9999"),
    *(("index", f"sort={sort}") for sort in ("newest", "title", "evidence", "replicated", "relevance")),
    *(("index", f"{name}=1") for name in ("evidence", "cost", "stopped", "sdg", "year", "kind", "status")),
    ("news", "year=1900"),
    ("missing", ""),
]


def address_of(name: str, query: str, language: str) -> str:
    """In the language in force."""
    models = {"index": DirectoryIndexPage, "news": NewsIndexPage}
    if name == "missing":
        path = f"/{language}/tidak-ada/"
    elif name in models:
        path = models[name].objects.get(locale__language_code=language).get_url()
    else:
        path = reverse(name)
    return f"{path}?{query}" if query else path


@BOTH
@pytest.mark.parametrize(("name", "query"), QUESTIONS)
def test_answer__is_in_the_language_asked_in(site: None, name: str, query: str, language: str) -> None:
    with translation.override(language):
        address = address_of(name, query, language)
    response = Client().get(address)
    assert response.status_code in (200, 404)
    if "json" in response["Content-Type"]:
        said = [response.json()["label"], response.json()["told"]]
        said += [one[part] for one in response.json()["suggestions"] for part in ("kind", "note")]
        page = "".join(f"<p>{text}</p>" for text in said)
    else:
        page = response.content.decode()
    assert not complaints({address: page}, language)


@BOTH
@pytest.mark.parametrize("kind_of", ["ask", "report"])
@pytest.mark.parametrize("message", ["", "x" * 4001, "Berapa bidan?"])
def test_enquiry__is_answered_in_its_language(site: None, kind_of: str, message: str, language: str) -> None:
    page = InnovationPage.objects.filter(locale__language_code="id").live().first()
    with translation.override(language):
        address = reverse(f"contact:{kind_of}", args=[page.pk])
    data = {"message": message, "email": "bukan surel" if len(message) != 13 else "saya@contoh.id"}
    response = Client().post(address, data, follow=True)
    assert not complaints({address: response.content.decode()}, language)


@BOTH
def test_page_in_one_language__says_so_in_the_readers(site: None, language: str) -> None:
    other = {"id": "en", "en": "id"}[language]
    only = StandardPage.objects.live().filter(locale__language_code=other).first()
    with translation.override(language):
        address = reverse("untranslated", args=[only.pk])
    page = Client().get(address).content.decode()
    # Whose title stands in it.
    assert not complaints({address: page.replace(only.title, "")}, language)


@BOTH
@pytest.mark.parametrize("full", [False, True])
def test_profile__speaks_the_readers_language_and_marks_the_owners_words(
    site: None, full: bool, language: str
) -> None:
    """In the frame of the other language, too, and on the sheet that is printed."""
    section = DirectorySectionPage.objects.filter(locale__language_code="id").first()
    records = InnovationPage.objects.live().filter(locale__language_code="id")
    translated = InnovationPage.objects.filter(locale__language_code="en").values("translation_key")
    untranslated = records.exclude(translation_key__in=translated).exclude(summary="")
    record = full_innovation(section) if full else untranslated.first()
    with translation.override(language):
        address = record.address_instead(language)
    page = Client().get(address, follow=True).content.decode()
    assert not complaints({address: page}, language)
    if language == "en":
        words = {text for text in _typed(record) if len(text) > 12}
        said = [(text, marked) for text, marked in Reading(page).said if any(one in text for one in words)]
        assert len(said) > 2
        assert not [text for text, marked in said if marked != "id"]


def _typed(page: Page) -> Iterator[str]:
    """What people have written into a page, without signs of rich text."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _texts(list(getattr(page, field.name).raw_data))
        elif isinstance(field, CharField | TextField):
            yield plain(getattr(page, field.name) or "")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield from map(plain, TAG.split(value))
