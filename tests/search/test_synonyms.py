from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from search import synonyms
from search.models import SynonymGroup
from search.understanding import understand

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Client:
    user = get_user_model().objects.create_superuser(username="admin", email="a@example.org", password="x")
    client.force_login(user)
    return client


def found_under(text: str) -> set[str]:
    return {" ".join(variant.stems) for one in understand(text, "id").concepts for variant in one.variants}


def test_load__again_changes_nothing() -> None:
    first = synonyms.load()
    assert first.written == SynonymGroup.objects.count() > 1_500
    again = synonyms.load()
    assert (again.written, again.unchanged, again.dropped) == (0, first.written, 0)


def test_load__leaves_what_a_person_wrote_and_mends_the_rest() -> None:
    synonyms.load()
    SynonymGroup.objects.filter(kind="acronym", terms="KTP").update(members="kartu penduduk", is_edited=True)
    SynonymGroup.objects.filter(kind="acronym", terms="SKCK").update(members="rusak")
    SynonymGroup.objects.create(terms="guyub", members="rukun")
    SynonymGroup.objects.create(terms="usang", members="lama", is_edited=False)
    loaded = synonyms.load()
    assert (loaded.written, loaded.edited, loaded.dropped) == (1, 1, 1)
    assert SynonymGroup.objects.get(kind="acronym", terms="KTP").members == "kartu penduduk"
    assert "catatan kepolisian" in SynonymGroup.objects.get(kind="acronym", terms="SKCK").members
    assert SynonymGroup.objects.filter(terms="guyub").exists()
    assert not SynonymGroup.objects.filter(terms="usang").exists()


def test_load__supplied_rows_are_well_formed() -> None:
    rows = list(synonyms.rows())
    assert len({(row.kind, row.terms) for row in rows}) == len(rows)
    for row in rows:
        assert len(row.terms) <= 255, row
        assert len(row.members) <= 2000, row


def test_load__bad_row_names_file_and_line(tmp_path, monkeypatch) -> None:
    for name in synonyms.FILES:
        (tmp_path / f"{name}.csv").write_text("terms,members\na,b\n")
    (tmp_path / "places.csv").write_text("terms,members\na,b\nc,\n")
    monkeypatch.setattr(synonyms, "FOLDER", tmp_path)
    with pytest.raises(CommandError, match=r"places\.csv, line 3"):
        call_command("load_synonyms")


def test_load_command__says_what_it_did() -> None:
    out = StringIO()
    call_command("load_synonyms", stdout=out)
    assert " written, 0 unchanged, 0 edited by hand and left, 0 dropped." in out.getvalue()


def test_admin__add_list_and_search(administrator: Client) -> None:
    fields = {
        "kind": "synonym",
        "terms": "royong| guyub ",
        "members": "gotong",
        "is_active": "on",
        "note": "",
    }
    assert administrator.post(reverse("synonyms:add"), fields).status_code == 302
    group = SynonymGroup.objects.get()
    assert (group.terms, group.is_edited) == ("royong | guyub", True)
    assert "gotong" in found_under("guyub")
    for text in ("roy", "", "'", "%00", '"'):
        assert administrator.get(reverse("synonyms:index"), {"q": text}).status_code == 200


def test_admin__editing_a_supplied_row_makes_it_a_persons(administrator: Client) -> None:
    group = SynonymGroup.objects.create(terms="royong", members="gotong", is_edited=False)
    fields = {"kind": "synonym", "terms": "royong", "members": "guyub", "is_active": "on", "note": ""}
    administrator.post(reverse("synonyms:edit", args=[group.pk]), fields)
    group.refresh_from_db()
    assert (group.members, group.is_edited) == ("guyub", True)
    assert "gotong" not in found_under("royong")


@pytest.mark.parametrize("members", ["", "|", " | ", "!!"])
def test_admin__refuses_a_cell_without_words(administrator: Client, members: str) -> None:
    fields = {"kind": "synonym", "terms": "royong", "members": members, "is_active": "on", "note": ""}
    assert administrator.post(reverse("synonyms:add"), fields).status_code == 200
    assert not SynonymGroup.objects.exists()


def test_admin__others_are_turned_away(client: Client) -> None:
    client.force_login(
        get_user_model().objects.create_user(username="u", email="u@example.org", password="x")
    )
    assert client.get(reverse("synonyms:index")).status_code == 302
