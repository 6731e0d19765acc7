"""Each entry of the log is a line of JSON, once it is committed; what no view notes is noted."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.log_actions import log
from wagtail.models import Collection, ModelLogEntry

from accounts.models import User
from cms.audit.json_lines import JsonLines
from cms.audit.lines import fields
from scripts.environment import ROOT
from scripts.lint import PRODUCTION
from tests.factories.cms import DocumentFactory, ImageFactory
from tests.factories.institutions import InstitutionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """What the handler of production writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("audit")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


@pytest.fixture
def ani() -> User:
    return User.objects.create_superuser("ani", "ani@contoh.go.id", "rahasia", first_name="Ani")


def lines(out: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.getvalue().split("\n") if line]


class UndoneError(Exception):
    pass


def undone(**said: object) -> None:
    """An action that leaves an entry, and is rolled back."""
    with transaction.atomic():
        log(action="wagtail.edit", **said)
        raise UndoneError


@pytest.mark.django_db(transaction=True)
def test_line__says_who_did_what_and_when(out: io.StringIO, ani: User) -> None:
    institution = InstitutionFactory(code="alfa", name="Dinas Kesehatan")
    before = timezone.now()
    log(instance=institution, action="wagtail.edit", user=ani, data={"kata": "baru"})
    (line,) = lines(out)
    assert before <= timezone.datetime.fromisoformat(str(line.pop("time"))) <= timezone.now()
    assert line == {
        "action": "wagtail.edit", "person_id": ani.pk, "person": "Ani", "model": "institutions.institution",
        "object_id": str(institution.pk), "label": "Dinas Kesehatan", "data": {"kata": "baru"},
        "request_id": None, "address": None,
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_line__none_of_what_is_rolled_back(out: io.StringIO, ani: User) -> None:
    institution = InstitutionFactory()
    with transaction.atomic():
        with pytest.raises(UndoneError):
            undone(instance=institution, user=ani)
        log(instance=institution, action="wagtail.edit", user=ani, title="jadi")
        assert out.getvalue() == ""
    assert [line["label"] for line in lines(out)] == ["jadi"]
    with pytest.raises(UndoneError):
        undone(instance=institution, user=ani)
    assert len(lines(out)) == 1


HOSTILE = '"}\n{"action": "palsu"}\r\u2028\u2029\x85\x0b\x0c\x1b[2J\u202e'


@pytest.mark.django_db(transaction=True)
def test_line__no_text_can_forge_another(out: io.StringIO, ani: User) -> None:
    User.objects.filter(pk=ani.pk).update(first_name=HOSTILE)
    ani.refresh_from_db()
    log(
        instance=InstitutionFactory(), action="wagtail.edit", user=ani, title=HOSTILE, data={HOSTILE: HOSTILE}
    )
    text = out.getvalue()
    assert len(text.splitlines()) == 1
    assert text.isascii()
    (line,) = lines(out)
    assert (line["label"], line["data"], line["action"]) == (HOSTILE, {HOSTILE: HOSTILE}, "wagtail.edit")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("given", "kept"), [("abc-123.x", True), ("a b", False), ("x" * 65, False), ('"\n{', False), ("", False)]
)
def test_line__tells_the_request(out: io.StringIO, client: Client, ani: User, given: str, kept: bool) -> None:
    headers = {"HTTP_X_REQUEST_ID": given, "REMOTE_ADDR": "10.1.2.3"}
    client.post(reverse("wagtailadmin_login"), {"username": "ani", "password": "rahasia"}, **headers)
    (line,) = lines(out)
    assert (line["action"], line["address"]) == ("accounts.sign_in", "10.1.2.3")
    assert (line["request_id"] == given) is kept
    assert len(str(line["request_id"])) == (len(given) if kept else 32)


@pytest.mark.django_db(transaction=True)
def test_line__a_handler_that_fails_undoes_nothing(ani: User, capsys: pytest.CaptureFixture[str]) -> None:
    class Broken(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            raise OSError

    handler, logger = Broken(), logging.getLogger("audit")
    logger.addHandler(handler)
    try:
        log(instance=InstitutionFactory(), action="wagtail.edit", user=ani)
    finally:
        logger.removeHandler(handler)
    assert ModelLogEntry.objects.count() == 1


def test_line__goes_to_the_output_in_production_only() -> None:
    code = "import logging; logging.getLogger('audit').info('x', extra={'entry': {'label': 'a\\nb'}})"
    for settings, expected in (("production", '{"label": "a\\nb"}\n'), ("development", "")):
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
            cwd=ROOT,
            env={"PATH": "", **PRODUCTION, "DJANGO_SETTINGS_MODULE": f"cms.settings.{settings}"},
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.stdout == expected, done.stderr


def entries() -> list[tuple[str, str, str]]:
    found = ModelLogEntry.objects.exclude(action__startswith="accounts.").order_by("pk")
    return [(entry.action, entry.label, entry.user.username) for entry in found]


def test_unnoted__files_changed_in_ways_wagtail_does_not_note(client: Client, ani: User) -> None:
    client.force_login(ani)
    document = DocumentFactory(title="SOP", file__filename="sop.pdf")
    address = reverse("wagtaildocs:edit_multiple", args=[document.pk])
    ajax = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
    prefix = f"doc-{document.pk}"
    said = {f"{prefix}-title": "SOP baru", f"{prefix}-collection": document.collection_id}
    assert client.post(address, {**said, f"{prefix}-tags": ""}, **ajax).json()["success"]
    client.post(reverse("wagtaildocs:delete_multiple", args=[document.pk]), **ajax)
    assert entries() == [("wagtail.edit", "SOP baru", "ani"), ("wagtail.delete", "SOP baru", "ani")]
    assert not get_document_model().objects.exists()


def test_unnoted__what_a_view_notes_is_noted_once(client: Client, ani: User) -> None:
    client.force_login(ani)
    address = reverse("wagtailadmin_collections:add")
    root = Collection.get_first_root_node()
    client.post(address, {"name": "Foto", "parent": root.pk})
    assert entries() == [("wagtail.create", "Foto", "ani")]


def test_unnoted__nothing_where_nothing_changes(client: Client, ani: User) -> None:
    client.force_login(ani)
    client.post(reverse("wagtailadmin_collections:add"), {"name": ""})
    client.get(reverse("wagtailadmin_home"))
    assert entries() == []


@pytest.mark.parametrize(
    ("action", "noted"), [("delete", "wagtail.delete"), ("add_to_collection", "wagtail.edit")]
)
def test_bulk_action__every_thing_has_an_entry(client: Client, ani: User, action: str, noted: str) -> None:
    client.force_login(ani)
    ids = [ImageFactory(title=title).pk for title in ("satu", "dua")]
    other = Collection.get_first_root_node().add_child(instance=Collection(name="Lain"))
    query = "&".join(f"id={pk}" for pk in ids)
    address = reverse("wagtail_bulk_action", args=["cms", "customimage", action])
    response = client.post(f"{address}?{query}", {"collection": other.pk})
    assert response.status_code == 302
    assert sorted(entries()) == [(noted, "dua", "ani"), (noted, "satu", "ani")]


def test_fields__of_what_has_no_kind_any_more() -> None:
    entry = ModelLogEntry(label="x", action="wagtail.edit", timestamp=timezone.now(), object_id="5")
    assert fields(entry)["model"] is None
