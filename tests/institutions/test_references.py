"""Numbers of another institution's files and drafts, written into one's own page."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, ReferenceIndex
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation, TranslationSource

from accounts.models import User
from cms.models import CustomDocument, CustomImage
from home.models import HomePage
from institutions.models import Institution, Workspace
from institutions.roles import Role, SectionKind
from news.models import NewsPage
from tests.factories.offices import Office, client_of, office, person, portal

pytestmark = pytest.mark.django_db

REFUSED = "Tidak dapat dipakai, karena bukan milik instansi Anda: "


@dataclass
class World:
    ours: Office
    theirs: Office
    document: CustomDocument
    image: CustomImage
    draft: NewsPage


def document_of(institution: Institution, title: str) -> CustomDocument:
    collection = Workspace.objects.get(institution=institution).collection
    return CustomDocument.objects.create(
        title=title, file=ContentFile(b"isi", f"{title}.txt"), collection=collection
    )


def image_of(institution: Institution, title: str) -> CustomImage:
    collection = Workspace.objects.get(institution=institution).collection
    return CustomImage.objects.create(
        title=title, file=get_test_image_file(filename=f"{title}.png"), alt_text=title, collection=collection
    )


@pytest.fixture
def world() -> World:
    """Two institutions; the second has a document, an image and a draft that nobody else may know."""
    portal()
    english = Locale.objects.get_or_create(language_code="en")[0]
    HomePage.objects.get(locale__language_code="id").copy_for_translation(english).save_revision().publish()
    ours, theirs = office("sleman"), office("bantul")
    return World(
        ours,
        theirs,
        document_of(theirs.institution, "RAHASIA-dokumen"),
        image_of(theirs.institution, "RAHASIA-gambar"),
        theirs.draft("RAHASIA-rancangan"),
    )


def linking(kind: str, number: object) -> str:
    """Rich text with one link, as the editor sends it."""
    entity = {"type": kind, "mutability": "MUTABLE", "data": {"id": number, "url": "/x"}}
    place = {"offset": 0, "length": 5, "key": 0}
    block = {
        "key": "a", "text": "klik sini", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
        "entityRanges": [place], "data": {},
    }  # fmt: skip
    return json.dumps({"blocks": [block], "entityMap": {"0": entity}})


def news(body: list[tuple[str, object]] = [], **fields: object) -> dict[str, object]:  # noqa: B006
    return {
        "title": "Biasa", "slug": "biasa", "introduction": "x", "date": "2026-01-05",
        "body": streamfield(body), "comments": inline_formset([]), "related_pages": inline_formset([]),
        **fields,
    }  # fmt: skip


def send(world: World, user: User, fields: dict[str, object], page: NewsPage | None = None) -> HttpResponse:
    if page is None:
        address = reverse("wagtailadmin_pages:add", args=["news", "newspage", world.ours.news.pk])
    else:
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client_of(user).post(address, nested_form_data(fields))


def leading(world: World, way: str) -> dict[str, object]:
    return {
        "lead image": lambda: news(lead_image=world.image.pk),
        "image block": lambda: news(
            [("image", {"image": world.image.pk, "alt_text": "", "caption": ""})],
        ),
        "document in text": lambda: news([("paragraph", linking("DOCUMENT", world.document.pk))]),
        "page in text": lambda: news([("paragraph", linking("LINK", world.draft.pk))]),
        "related page": lambda: news(related_pages=inline_formset([{"related": world.draft.pk}])),
    }[way]()


WAYS = [
    "lead image",
    "image block",
    "document in text",
    "page in text",
    "related page",
]


def refusal(answer: HttpResponse) -> str:
    """What the person is told, on the page he came from."""
    assert answer.status_code == 302
    (message,) = get_messages(answer.wsgi_request)
    return str(message)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", ["contributor", "editor"])
@pytest.mark.parametrize("title", ["Biasa", ""])
def test_form__refuses_what_is_not_theirs(world: World, who: str, way: str, title: str) -> None:
    answer = send(world, getattr(world.ours, who), {**leading(world, way), "title": title})
    told = refusal(answer)
    assert told.startswith(REFUSED)
    assert "RAHASIA" not in told
    assert not NewsPage.objects.filter(introduction="x").exists()


@pytest.mark.parametrize("number", [4_000_000, "9" * 400, "-1", "x", "²"])
def test_form__leads_to_nothing_that_may_come(world: World, number: object) -> None:
    answer = send(world, world.ours.editor, news([("paragraph", linking("DOCUMENT", number))]))
    assert answer.status_code == 200
    assert f"Sudah tidak ada: dokumen {number}." in answer.content.decode()
    assert "klik sini" in answer.content.decode()
    assert not NewsPage.objects.filter(introduction="x").exists()


def test_form__takes_what_is_ones_own_or_everybodys(world: World) -> None:
    image = image_of(world.ours.institution, "sendiri")
    document = document_of(world.ours.institution, "sendiri")
    public = world.theirs.published("Terbit di Bantul")
    body = [("paragraph", linking("DOCUMENT", document.pk)), ("paragraph", linking("LINK", public.pk))]
    rows = inline_formset([{"related": public.pk}])
    answer = send(world, world.ours.contributor, news(body, lead_image=image.pk, related_pages=rows))
    assert answer.status_code == 302
    page = NewsPage.objects.get(title="Biasa")
    assert page.lead_image == image
    assert page.related_pages.get().related_id == public.pk


def test_form__keeps_what_stood_there_before(world: World) -> None:
    """Somebody with more rights has put it in: the institution's editor can go on writing."""
    page = world.ours.draft("Biasa")
    page.lead_image = world.image
    page.save_revision()
    assert send(world, world.ours.editor, news(lead_image=world.image.pk), page).status_code == 302
    other = image_of(world.theirs.institution, "RAHASIA-lain")
    answer = send(world, world.ours.editor, news(lead_image=other.pk), page)
    assert refusal(answer) == f"{REFUSED}gambar {other.pk}."


def test_preview__shows_nothing_of_others(world: World) -> None:
    page = world.ours.draft("Biasa")
    client = client_of(world.ours.contributor)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    client.post(address, nested_form_data(news(lead_image=world.image.pk)))
    assert "RAHASIA" not in client.get(address).content.decode()


def status_of(document: CustomDocument) -> int:
    return Client().get(document.url, follow=True).status_code


def test_document__not_published_by_a_page_of_others(world: World) -> None:
    text = [{"type": "paragraph", "value": f'<a linktype="document" id="{world.document.pk}">x</a>'}]
    for writer, expected in ((world.ours, 404), (world.theirs, 200)):
        page = NewsPage(title="Lewat pintu lain", slug="pintu", introduction="x", body=text)
        writer.news.add_child(instance=page)
        ReferenceIndex.create_or_update_for_object(page)
        assert status_of(world.document) == expected


def test_document__published_by_the_section_of_who_took_its_institution_in(world: World) -> None:
    of_ours = Workspace.objects.get(institution=world.ours.institution).collection
    world.document.collection.move(of_ours, pos="sorted-child")
    text = [{"type": "paragraph", "value": f'<a linktype="document" id="{world.document.pk}">x</a>'}]
    page = world.ours.news.add_child(instance=NewsPage(title="Dari Bantul", introduction="x", body=text))
    ReferenceIndex.create_or_update_for_object(page)
    assert status_of(CustomDocument.objects.get(pk=world.document.pk)) == 200


def test_document__in_a_collection_below_the_institutions(world: World) -> None:
    below = world.document.collection.add_child(instance=Collection(name="Naskah"))
    CustomDocument.objects.filter(pk=world.document.pk).update(collection=below)
    assert status_of(world.document) == 404


@pytest.fixture
def translation(world: World) -> Translation:
    """Our news with our image, in English not yet published."""
    english = Locale.objects.get(language_code="en")
    page = NewsPage(title="Asli", introduction="x", lead_image=image_of(world.ours.institution, "sendiri"))
    world.ours.news.add_child(instance=page)
    page.save_revision().publish()
    source, _made = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(publish=False)
    return translation


def override(client: Client, translation: Translation, value: object) -> HttpResponse:
    segment = OverridableSegment.objects.get(source=translation.source)
    assert segment.context.path == "lead_image"
    return client.put(
        reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk]),
        urlencode({"value": str(value)}),
        content_type="application/x-www-form-urlencoded",
    )


def test_override__of_ones_own_institution(world: World, translation: Translation) -> None:
    client = client_of(person("penerjemah", "sleman", Role.TRANSLATOR, SectionKind.NEWS))
    other = image_of(world.ours.institution, "lain")
    assert override(client, translation, other.pk).status_code == 201
    assert SegmentOverride.objects.get().data == str(other.pk)


@pytest.mark.parametrize("value", ["theirs", "", "[]", "-1", "a\0b", "x" * 100_000, "9" * 400, "4000000"])
def test_override__of_others_or_of_nothing(world: World, translation: Translation, value: str) -> None:
    client = client_of(person("penerjemah", "sleman", Role.TRANSLATOR, SectionKind.NEWS))
    answer = override(client, translation, world.image.pk if value == "theirs" else value)
    # wagtail-localize's editor shows the reason of an answer of 200 only.
    assert answer.status_code == 200
    assert answer.json()["error"]
    assert not SegmentOverride.objects.exists()
    preview = client.get(reverse("wagtail_localize:preview_translation", args=[translation.pk]))
    assert preview.status_code == 200
    assert "RAHASIA" not in preview.content.decode()
