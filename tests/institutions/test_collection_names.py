"""Who has files of many institutions names a collection instead of seeking it in a list of hundreds."""

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from modelsearch import index
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupCollectionPermission

from accounts.models import User
from cms.models import CustomDocument, CustomImage
from institutions.collection_names import MANY

pytestmark = pytest.mark.django_db

NAMES = [
    "Kabupaten Bantul",
    "Kabupaten Sleman",
    "Kota Bandung",
    "Kota Yogyakarta",
    "Kementerian PANRB",
    "LAN",
    "Kota",
]


def user_of(collections: list[Collection], client: Client) -> User:
    group = Group.objects.create(name="berkas")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for collection in collections:
        for right in ("add_image", "change_image", "choose_image", "add_document", "choose_document"):
            permission = Permission.objects.get(codename=right)
            GroupCollectionPermission.objects.create(
                group=group, collection=collection, permission=permission
            )
    user = User.objects.create_user("ani", "ani@contoh.go.id", "rahasia")
    user.groups.add(group)
    client.force_login(user)
    return user


@pytest.fixture
def collections() -> dict[str, Collection]:
    root = Collection.get_first_root_node()
    return {name: root.add_child(instance=Collection(name=name)) for name in NAMES}


@pytest.fixture
def overseer(collections: dict[str, Collection], client: Client) -> User:
    return user_of([Collection.get_first_root_node()], client)


def chooser(client: Client, kind: str = "images", **query: str) -> str:
    response = client.get(reverse(f"wagtail{kind}_chooser:choose"), query)
    assert response.status_code == 200
    return json.loads(response.content)["html"]


def upload(client: Client, collection: str) -> dict[str, str]:
    prefix = "image-chooser-upload"
    data = {
        f"{prefix}-title": "Foto",
        f"{prefix}-collection": collection,
        f"{prefix}-alt_text": "Loket",
    }
    picture = SimpleUploadedFile("foto.png", get_test_image_file().file.getvalue(), "image/png")
    response = client.post(reverse("wagtailimages_chooser:create"), {**data, f"{prefix}-file": picture})
    assert response.status_code == 200
    return json.loads(response.content)


@pytest.mark.parametrize("kind", ["images", "docs"])
def test_chooser__many_collections(client: Client, overseer: User, kind: str) -> None:
    html = chooser(client, kind)
    assert 'name="collection_name"' in html
    assert 'name="collection_id"' not in html
    assert html.count(f'data-names-from="{reverse("collection_names")}"') == 2
    assert "Kota Bandung" not in html


@pytest.mark.parametrize("kind", ["images", "docs"])
def test_chooser__few_collections(client: Client, collections: dict[str, Collection], kind: str) -> None:
    user_of([collections["Kota Bandung"], collections["LAN"]], client)
    html = chooser(client, kind)
    assert 'name="collection_id"' in html
    assert html.count(">Kota Bandung</option>") == 2
    assert "Kota Yogyakarta" not in html
    assert "data-names-from" not in html


def test_chooser__one_collection_has_no_filter(client: Client, collections: dict[str, Collection]) -> None:
    user_of([collections["LAN"]], client)
    html = chooser(client)
    assert "collection_id" not in html
    assert "collection_name" not in html


@pytest.mark.parametrize("kind", ["images", "docs"])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"collection_name": "bandung"}, {"Kota Bandung"}),
        ({"collection_name": "Kabupaten"}, {"Kabupaten Bantul", "Kabupaten Sleman"}),
        ({"collection_name": "bandung", "q": "milik"}, {"Kota Bandung"}),
        ({"collection_name": "tidak ada"}, set()),
        ({"collection_name": "' OR 1=1 --\0"}, set()),
        ({}, set(NAMES)),
    ],
)
def test_chooser__filtered_by_part_of_a_name(
    client: Client,
    overseer: User,
    collections: dict[str, Collection],
    kind: str,
    query: dict[str, str],
    found: set[str],
) -> None:
    for name, collection in collections.items():
        if kind == "images":
            made = CustomImage.objects.create(
                title=f"milik {name}.", file=get_test_image_file(), collection=collection
            )
        else:
            file = ContentFile(b"x", "x.txt")
            made = CustomDocument.objects.create(title=f"milik {name}.", file=file, collection=collection)
        index.insert_or_update_object(made)  # the worker's part
    response = client.get(reverse(f"wagtail{kind}_chooser:choose_results"), query)
    assert response.status_code == 200
    shown = {name for name in NAMES if f"milik {name}." in response.content.decode()}
    # A NUL makes the filter invalid, and an invalid filter shows all, as Wagtail's own.
    assert shown == (found if "\0" not in query.get("collection_name", "") else set(NAMES))


@pytest.mark.parametrize("typed", ["Kota Bandung", "kota bandung", "  Kota   Bandung ", "bandung"])
def test_upload__into_the_named_collection(client: Client, overseer: User, typed: str) -> None:
    assert upload(client, typed)["step"] == "chosen"
    assert CustomImage.objects.get().collection.name == "Kota Bandung"


def test_upload__the_whole_name_before_part_of_others(client: Client, overseer: User) -> None:
    assert upload(client, "Kota")["step"] == "chosen"
    assert CustomImage.objects.get().collection.name == "Kota"


def test_upload__by_number_as_programs_send_it(
    client: Client, overseer: User, collections: dict[str, Collection]
) -> None:
    assert upload(client, str(collections["LAN"].pk))["step"] == "chosen"
    assert CustomImage.objects.get().collection.name == "LAN"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("Kota Bandnug", "Tidak ada koleksi bernama “Kota Bandnug”"),
        ("kabupaten", "2 koleksi cocok dengan “kabupaten”"),
        ("<script>", "Tidak ada koleksi bernama “&lt;script&gt;”"),
        ("", "harus diisi"),
    ],
)
def test_upload__not_understood(client: Client, overseer: User, typed: str, message: str) -> None:
    answer = upload(client, typed)
    assert answer["step"] == "reshow_creation_form"
    assert message in answer["htmlFragment"]
    assert "Foto" in answer["htmlFragment"]
    if typed.isalpha():
        assert f'value="{typed}"' in answer["htmlFragment"]
    assert not CustomImage.objects.exists()


def test_upload__not_into_a_collection_of_others(client: Client, collections: dict[str, Collection]) -> None:
    user_of([one for name, one in collections.items() if name != "Kota Bandung"], client)
    assert len(collections) - 1 > MANY
    answer = upload(client, "Kota Bandung")
    assert answer["step"] == "reshow_creation_form"
    assert not CustomImage.objects.exists()


def test_edit__shows_the_name_and_keeps_it(
    client: Client, overseer: User, collections: dict[str, Collection]
) -> None:
    image = CustomImage.objects.create(
        title="Foto", file=get_test_image_file(), collection=collections["LAN"], alt_text="Loket"
    )
    address = reverse("wagtailimages:edit", args=[image.pk])
    form = client.get(address).context["form"]
    assert 'value="LAN"' in str(form["collection"])
    data = {"title": "Foto baru", "collection": "LAN", "alt_text": "Loket"}
    response = client.post(address, data)
    assert response.status_code == 302
    image.refresh_from_db()
    assert (image.title, image.collection.name) == ("Foto baru", "LAN")


def test_names__only_of_collections_of_the_person(client: Client, collections: dict[str, Collection]) -> None:
    user_of([collections["Kota Bandung"], collections["LAN"]], client)
    assert client.get(reverse("collection_names")).json() == ["Kota Bandung", "LAN"]


def test_names__of_all_for_who_has_the_root(client: Client, overseer: User) -> None:
    assert client.get(reverse("collection_names")).json() == sorted([*NAMES, "Root"])


def test_chooser__query_count_does_not_grow(client: Client, overseer: User) -> None:

    chooser(client)
    with CaptureQueriesContext(connection) as few:
        chooser(client)
    root = Collection.get_first_root_node()
    for number in range(40):
        root.add_child(instance=Collection(name=f"Kabupaten {number}"))
    with CaptureQueriesContext(connection) as many:
        chooser(client)
    assert len(many) == len(few)
