"""What a validator approves is what he was shown, and nothing that was saved after that."""

import pytest
from django.urls import reverse
from wagtail.models import TaskState

from accounts.models import User
from directory.models import InnovationPage, Validation, Verification
from directory.validating.settling import settle
from institutions.models.review import APPROVE, RETURN
from institutions.refusals import ChangedError
from tests.directory.test_form import form_data
from tests.factories.directory import evidence_row
from tests.factories.offices import DIRECTORY, Office, client_of, office, portal
from tests.factories.validating import saved_meanwhile, validator, with_validators

pytestmark = pytest.mark.django_db

READ, UNREAD = "Yang dibaca validator.", "Yang tidak dibaca siapa pun."


@pytest.fixture
def owner() -> User:
    return portal()


@pytest.fixture
def alfa(owner: User) -> Office:
    return office("alfa", DIRECTORY)


def latest(page: InnovationPage) -> InnovationPage:
    return InnovationPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def judge(review: object) -> str:
    return reverse("validating:review", args=[review.pk])


@pytest.mark.parametrize("who", ["owner", "administrator", "editor"])
def test_record__in_validation_is_changed_by_nobody(alfa: Office, owner: User, who: str) -> None:
    administrator = User.objects.create_superuser("admin", "admin@contoh.go.id", "x")
    people = {"owner": owner, "administrator": administrator, "editor": alfa.editor}
    page, review = with_validators(alfa, summary=READ)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client = client_of(people[who])
    shown = client.get(edit).content.decode()
    assert "terkunci bagi semua orang" in shown
    # Who may judge it is led to where that is done; the form's own buttons would only be refused.
    assert (judge(review) in shown) is (who != "editor")
    assert 'data-workflow-action-name="approve"' not in shown
    client.post(edit, form_data(title=page.title, summary=UNREAD))
    assert latest(page).summary == READ


def test_approval__of_a_version_not_shown_is_refused_and_nothing_typed_is_lost(alfa: Office) -> None:
    page, review = with_validators(alfa, summary=READ, evidence=[evidence_row("bukti-1")])
    client = client_of(validator())
    form = client.get(judge(review)).context["form"]
    changed = saved_meanwhile(page, summary=UNREAD)
    sent = {
        "action": APPROVE, "verified": ["bukti-1"], "remark_how": "Urutkan langkahnya.",
        "comment": "Bagus.", "shown": form["shown"].value(),
    }  # fmt: skip
    answer = client.post(judge(review), sent)
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "berubah sesudah Anda membukanya" in text
    assert "Urutkan langkahnya." in text
    assert "Bagus." in text
    assert 'value="bukti-1" checked' in text
    review.refresh_from_db()
    assert review.status == TaskState.STATUS_IN_PROGRESS
    assert not InnovationPage.objects.get(pk=page.pk).live
    assert not Validation.objects.exists()
    assert not Verification.objects.exists()
    # Now he is shown the new one, and his form says so.
    assert UNREAD in client.get(reverse("validating:preview", args=[review.pk])).content.decode()
    shown = answer.context["form"]["shown"].value()
    assert shown == str(changed.latest_revision_id)
    client.post(judge(review), {**sent, "shown": shown})
    published = InnovationPage.objects.get(pk=page.pk)
    assert (published.live, published.summary) == (True, UNREAD)
    review.refresh_from_db()
    assert review.revision_id == changed.latest_revision_id


def test_ticks__stay_on_rows_that_the_new_version_has_unchanged(alfa: Office) -> None:
    rows = [evidence_row("bukti-1"), evidence_row("bukti-2"), evidence_row("bukti-3")]
    page, review = with_validators(alfa, evidence=rows)
    saved_meanwhile(page, evidence=[rows[0], evidence_row("bukti-2", result="99")])
    sent = {"action": APPROVE, "verified": ["bukti-1", "bukti-2", "bukti-3"], "shown": review.revision_id}
    client = client_of(validator())
    assert client.post(judge(review), sent).context["ticked"] == ["bukti-1"]
    foreign = {**sent, "shown": 10**30}
    assert client.post(judge(review), foreign).context["ticked"] == []


def test_returning__a_version_not_shown_is_refused_too(alfa: Office) -> None:
    page, review = with_validators(alfa, summary=READ)
    saved_meanwhile(page, summary=UNREAD)
    with pytest.raises(ChangedError):
        settle(review, validator(), RETURN, "Hampir.")


def test_approval__by_wagtails_own_address_is_of_what_was_submitted(alfa: Office, owner: User) -> None:
    page, review = with_validators(alfa, summary=READ)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, APPROVE, review.pk])
    saved_meanwhile(page, summary=UNREAD)
    client_of(owner).post(address)
    assert not InnovationPage.objects.get(pk=page.pk).live
    review.refresh_from_db()
    assert review.status == TaskState.STATUS_IN_PROGRESS


def test_evidence__is_verified_as_it_was_judged(alfa: Office) -> None:
    page, review = with_validators(alfa, evidence=[evidence_row("bukti-1", result="97")])
    changed = saved_meanwhile(page, evidence=[evidence_row("bukti-1", result="99")])
    settle(review, validator(), APPROVE, verified=["bukti-1"], shown=changed.latest_revision_id)
    published = InnovationPage.objects.get(pk=page.pk)
    assert published.evidence[0].value["result"] == "99"
    assert Verification.objects.get().lapsed_at is None
