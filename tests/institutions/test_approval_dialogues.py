"""What the owner's editor does from the editing form: remarks on parts of the page, and handing on."""

import json

import pytest
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, TaskState, Workflow, WorkflowTask

from accounts.models import User
from institutions import memberships
from institutions.approval.desk import AwaitingPanel
from institutions.approval.unsent import DIALOGUE
from institutions.log import HAND_ON as HANDED_ON
from institutions.models import Review
from institutions.models.review import APPROVE, HAND_ON, RETURN
from institutions.roles import Role
from tests.directory.test_form import form_data
from tests.factories.offices import DIRECTORY, NEWS, Office, client_of, office, person, portal
from tests.factories.validating import record

pytestmark = pytest.mark.django_db

AJAX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
WORDS = "Sebutkan sumbernya <b>."


@pytest.fixture
def owner() -> User:
    return portal()


@pytest.fixture
def alfa(owner: User) -> Office:
    return office("alfa", DIRECTORY, NEWS)


@pytest.fixture
def colleague(alfa: Office) -> User:
    return person("rekan", "alfa", Role.EDITOR, DIRECTORY)


def submitted(alfa: Office, **fields: object) -> tuple[Page, Review]:
    page = record(alfa, **fields)
    state = page.get_workflow().start(page, alfa.contributor)
    mail.outbox.clear()
    return page, Review.objects.get(pk=state.current_task_state_id)


def dialogue(user: User, page: Page, review: Review, action: str, **sent: object) -> HttpResponse:
    """What opens over the editing form; sent, it gives back what that form sends along."""
    names = "wagtailadmin_pages:collect_workflow_action_data"
    client, address = client_of(user), reverse(names, args=[page.pk, action, review.pk])
    return client.post(address, sent, **AJAX) if sent else client.get(address, **AJAX)


def act(user: User, page: Page, action: str, said: object, **fields: object) -> HttpResponse:
    """The editing form, with what a dialogue gave back."""
    sent = {
        "action-workflow-action": "true", "workflow-action-name": action, DIALOGUE: json.dumps(said),
        "title": page.title, **fields,
    }  # fmt: skip
    return client_of(user).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_data(**sent))


def test_returning__has_a_field_for_each_part_of_an_innovation(alfa: Office) -> None:
    page, review = submitted(alfa)
    shown = dialogue(alfa.editor, page, review, RETURN).json()["html"]
    assert 'name="remark_evidence"' in shown
    assert "Perangkat replikasi" in shown
    said = dialogue(alfa.editor, page, review, RETURN, remark_evidence=WORDS, comment="Hampir.").json()
    assert said["cleaned_data"] == {"comment": "Hampir.", "remarks": {"evidence": WORDS}}
    act(alfa.editor, page, RETURN, said["cleaned_data"])
    review.refresh_from_db()
    assert (review.status, review.comment) == (TaskState.STATUS_REJECTED, "Hampir.")
    assert review.said() == [("Bukti", WORDS)]
    (letter,) = mail.outbox
    assert letter.to == [alfa.contributor.email]
    assert f"Bukti:\n{WORDS}" in letter.body
    # Where it is mended.
    form = client_of(alfa.contributor).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "Sebutkan sumbernya &lt;b&gt;." in form.content.decode()


def test_returning__news_has_one_field(alfa: Office) -> None:
    state = alfa.submitted("Berita")
    page, review = state.content_object, Review.objects.get()
    shown = dialogue(alfa.editor, page, review, RETURN).json()["html"]
    assert 'name="comment"' in shown
    assert "remark_" not in shown


def test_approving__asks_for_a_remark_on_the_whole_only(alfa: Office) -> None:
    page, review = submitted(alfa)
    shown = dialogue(alfa.editor, page, review, APPROVE).json()["html"]
    assert 'name="comment"' in shown
    assert "remark_" not in shown


@pytest.mark.parametrize(
    "said",
    [
        {"remarks": "x"}, {"remarks": {"evidence": ["x"], "unknown": "x"}}, {"comment": {"a": 1}},
        {"shown": "x"}, {"user": 1, "update": False},
    ],
)  # fmt: skip
def test_dialogue__may_bring_anything_along(alfa: Office, said: object) -> None:
    page, review = submitted(alfa)
    assert act(alfa.editor, page, RETURN, said).status_code == 302
    review.refresh_from_db()
    assert review.said() == []


def test_handed_on__to_another_editor_who_is_told(alfa: Office, colleague: User) -> None:
    page, review = submitted(alfa)
    person("berita-saja", "alfa", Role.EDITOR, NEWS)
    shown = dialogue(alfa.editor, page, review, HAND_ON).json()["html"]
    assert f'<option value="{colleague.pk}">' in shown
    # Himself, and who does not edit here, he cannot choose.
    assert shown.count("<option") == 2
    said = dialogue(alfa.editor, page, review, HAND_ON, to=colleague.pk).json()["cleaned_data"]
    assert act(alfa.editor, page, HAND_ON, said).status_code == 302
    review.refresh_from_db()
    assert (review.assigned_to, review.status) == (colleague, TaskState.STATUS_IN_PROGRESS)
    assert [one.to for one in mail.outbox] == [[colleague.email]]
    entry = PageLogEntry.objects.get(page=page.pk, action=HANDED_ON)
    assert (entry.user, entry.data["to_id"]) == (alfa.editor, colleague.pk)
    home = client_of(colleague).get(reverse("wagtailadmin_home")).content.decode()
    assert "ditangani rekan" in home


def test_handed_on__a_record_need_not_be_complete(alfa: Office, colleague: User) -> None:
    page, review = submitted(alfa, summary="")
    assert act(alfa.editor, page, HAND_ON, {"to": colleague.pk}).status_code == 302
    review.refresh_from_db()
    assert review.assigned_to == colleague


@pytest.mark.parametrize("to", ["news editor", "contributor", "nobody", None, "x", {"a": 1}, "9" * 40])
def test_handed_on__to_nobody_else(alfa: Office, colleague: User, to: object) -> None:
    page, review = submitted(alfa)
    numbers = {
        "news editor": person("berita-saja", "alfa", Role.EDITOR, NEWS).pk,
        "contributor": alfa.contributor.pk,
        "nobody": colleague.pk + 99,
    }
    number = numbers.get(to, to) if isinstance(to, str) else to
    answer = act(alfa.editor, page, HAND_ON, {"to": number})
    assert answer.status_code == 302
    review.refresh_from_db()
    assert review.assigned_to is None
    assert not mail.outbox


def test_handed_on__lies_with_the_others_again_once_he_leaves(alfa: Office, colleague: User) -> None:
    _page, review = submitted(alfa)
    review.task.specific.on_action(review, alfa.editor, HAND_ON, to=colleague.pk)
    mail.outbox.clear()
    memberships.end(colleague.memberships.get())
    review.refresh_from_db()
    assert review.assigned_to is None
    assert [one.to for one in mail.outbox] == [[alfa.editor.email]]


def test_dialogue__of_another_institutions_page_names_nobody(alfa: Office, colleague: User) -> None:
    page, review = submitted(alfa)
    beta = office("beta", DIRECTORY)
    own, _review = submitted(beta)
    assert dialogue(beta.editor, page, review, HAND_ON).status_code == 404
    # Another's review behind a page of his own.
    shown = dialogue(beta.editor, own, review, HAND_ON).content.decode()
    assert "rekan" not in shown
    assert alfa.editor.username not in shown


def test_panel__does_not_grow_in_queries(alfa: Office, colleague: User, rf: object) -> None:
    request = rf.get("/")
    request.user = alfa.editor

    def rows() -> int:
        return len(AwaitingPanel().get_context_data({"request": request})["rows"])

    counts = []
    for _turn in range(2):
        for _number in range(2):
            _page, review = submitted(alfa)
            review.task.specific.on_action(review, alfa.editor, HAND_ON, to=colleague.pk)
        rows()
        with CaptureQueriesContext(connection) as context:
            rows()
        counts.append(len(context))
    assert counts[0] == counts[1]


def test_other__tasks_keep_wagtails_own_dialogue(alfa: Office) -> None:
    flow = Workflow.objects.create(name="Lain")
    task = GroupApprovalTask.objects.create(name="Periksa")
    WorkflowTask.objects.create(workflow=flow, task=task)
    page = alfa.draft()
    state = flow.start(page, alfa.contributor)
    boss = User.objects.create_superuser("admin", "admin@contoh.go.id", "x")
    answer = dialogue(boss, page, state.current_task_state, APPROVE)
    assert 'name="comment"' in answer.json()["html"]
