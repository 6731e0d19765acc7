"""Who comes too late, or may not any more, is told so, and what he wrote is shown to him once more."""

import json

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry, TaskState, WorkflowState

from accounts.models import User
from directory.choices import Source as RecordSource
from directory.models import InnovationPage
from directory.validating.settling import settle
from institutions import memberships
from institutions.approval.unsent import DIALOGUE
from institutions.models import Review
from institutions.models.review import APPROVE, RETURN
from institutions.roles import Role, Source
from tests.directory.test_form import form_data
from tests.factories.directory import evidence_row
from tests.factories.offices import DIRECTORY, Office, client_of, office, person, portal
from tests.factories.validating import record, saved_meanwhile, validator, with_validators

pytestmark = pytest.mark.django_db

WORDS = "Sebutkan sumber angka 97 <b>persen</b>."
SHOWN = "Sebutkan sumber angka 97 &lt;b&gt;persen&lt;/b&gt;."
JUDGED = {"action": RETURN, "remark_evidence": WORDS}


@pytest.fixture
def owner() -> User:
    return portal()


@pytest.fixture
def alfa(owner: User) -> Office:
    return office("alfa", DIRECTORY)


def judge(review: Review) -> str:
    return reverse("validating:review", args=[review.pk])


def test_second__validator_is_told_what_became_of_it(alfa: Office) -> None:
    first, second = validator("satu"), validator("dua")
    _page, review = with_validators(alfa)
    client = client_of(second)
    assert client.get(judge(review)).status_code == 200
    settle(review, first, APPROVE, "Lengkap.")
    for answer in (
        client.get(judge(review), follow=True),
        client.post(judge(review), {"action": APPROVE}, follow=True),
        client.post(reverse("validating:hand_on", args=[review.pk]), {"to": first.pk}, follow=True),
    ):
        assert answer.redirect_chain[-1][0] == reverse("validating:index")
        assert "sudah diselesaikan oleh satu" in answer.content.decode()


def test_second__validator_finds_his_words_again(alfa: Office) -> None:
    first, second = validator("satu"), validator("dua")
    _page, review = with_validators(alfa)
    settle(review, first, RETURN, "Hampir.")
    mail.outbox.clear()
    answer = client_of(second).post(judge(review), JUDGED)
    text = answer.content.decode()
    assert "sudah diselesaikan oleh satu" in text
    assert f"<strong>Bukti</strong></dt><dd>{SHOWN}" in text
    review.refresh_from_db()
    assert (review.comment, review.remarks) == ("Hampir.", {})
    assert not mail.outbox


def test_draft__after_the_decision_is_not_shown(alfa: Office) -> None:
    checker = validator()
    page, review = with_validators(alfa)
    settle(review, checker, RETURN, "Hampir.")
    saved_meanwhile(page, alfa.contributor, summary="Belum diajukan lagi.")
    client = client_of(checker)
    answer = client.get(reverse("validating:preview", args=[review.pk]), follow=True)
    assert answer.status_code == 404
    assert "Belum diajukan lagi." not in client.get(judge(review), follow=True).content.decode()


def test_refused__decision_keeps_every_word_and_leaves_nothing(alfa: Office) -> None:
    _page, review = with_validators(alfa, summary="", evidence=[evidence_row("bukti-1")])
    client = client_of(validator())
    before = PageLogEntry.objects.count(), ModelLogEntry.objects.count()
    sent = {"action": APPROVE, "verified": ["bukti-1"], "remark_how": WORDS, "comment": "Bagus."}
    answer = client.post(judge(review), sent)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "belum dapat diterbitkan" in text
    assert SHOWN in text
    assert "Bagus." in text
    assert 'value="bukti-1" checked' in text
    assert (PageLogEntry.objects.count(), ModelLogEntry.objects.count()) == before
    assert not mail.outbox
    review.refresh_from_db()
    assert (review.status, review.remarks) == (TaskState.STATUS_IN_PROGRESS, {})


@pytest.mark.parametrize("keeps", ["nothing", "another source", "a section"])
def test_role__that_ended_while_he_wrote_costs_no_words(alfa: Office, keeps: str) -> None:
    checker = validator(source=Source.KIPP)
    _page, review = with_validators(alfa, RecordSource.KIPP)
    if keeps == "another source":
        validator(source=Source.IGA)
    elif keeps == "a section":
        person(checker.username, "alfa", Role.CONTRIBUTOR, DIRECTORY)
    memberships.end(checker.memberships.get(role=Role.VALIDATOR, source=Source.KIPP))
    answer = client_of(checker).post(judge(review), JUDGED)
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "tidak (lagi) bertugas" in text
    assert SHOWN in text
    # Of the record itself he learns nothing.
    assert "Layanan ibu" not in text
    review.refresh_from_db()
    assert review.status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.parametrize("number", ["theirs", "nobody's"])
def test_words__about_a_review_that_is_not_there_are_answered_alike(alfa: Office, number: str) -> None:
    stranger = office("beta", DIRECTORY).editor
    _page, review = with_validators(alfa)
    address = reverse("validating:review", args=[review.pk if number == "theirs" else review.pk + 99])
    answer = client_of(stranger).post(address, JUDGED)
    assert (answer.status_code, "tidak (lagi) bertugas" in answer.content.decode()) == (403, True)
    assert Client().post(address, JUDGED).status_code == 302


def decide(client: Client, page: InnovationPage, **fields: object) -> HttpResponse:
    """As the dialogue of the editing form sends it."""
    dialogue = json.dumps({"comment": "", "remarks": {"evidence": WORDS}})
    sent = {
        "action-workflow-action": "true", "workflow-action-name": RETURN, DIALOGUE: dialogue,
        "title": page.title, **fields,
    }  # fmt: skip
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_data(**sent))


@pytest.mark.parametrize("keeps", ["nothing", "a role elsewhere", "news"])
def test_editor__who_lost_the_role_finds_his_words_again(alfa: Office, keeps: str) -> None:
    page = record(alfa)
    page.get_workflow().start(page, alfa.contributor)
    if keeps == "a role elsewhere":
        person(alfa.editor.username, office("beta", DIRECTORY).institution.code, Role.EDITOR, DIRECTORY)
    elif keeps == "news":
        person(alfa.editor.username, "alfa", Role.CONTRIBUTOR, DIRECTORY)
    memberships.end(alfa.editor.memberships.get(role=Role.EDITOR, institution=alfa.institution))
    answer = decide(client_of(alfa.editor), page)
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "tidak (lagi) bertugas" in text
    assert SHOWN in text
    assert "Layanan ibu" not in text
    assert Review.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_editor__who_is_second_finds_form_and_words_again(alfa: Office) -> None:
    page = record(alfa)
    page.get_workflow().start(page, alfa.contributor)
    second = person("kedua", "alfa", Role.EDITOR, DIRECTORY)
    review = Review.objects.get()
    review.task.specific.on_action(review, alfa.editor, RETURN, comment="Perbaiki.")
    revisions = page.revisions.count()
    answer = decide(client_of(second), page, summary="Ringkasan dari editor kedua.")
    text = answer.content.decode()
    assert "sudah diselesaikan oleh editor-alfa" in text
    assert SHOWN in text
    assert "Ringkasan dari editor kedua." in text
    # Wagtail would have saved the page and dropped the decision.
    assert page.revisions.count() == revisions
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_NEEDS_CHANGES
