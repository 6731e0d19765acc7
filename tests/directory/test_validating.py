"""The second approval: by a validator of the record's source, never by the owner's own people."""

from dataclasses import dataclass

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState, WorkflowState

from accounts.models import User
from directory.choices import Source as RecordSource
from directory.derived.evidence import RowState, evidence_rows
from directory.models import InnovationPage, SourceRecord, Validation, Verification
from directory.validating.evidence import LAPSED
from directory.validating.queue import load
from directory.validating.settling import settle
from directory.validating.validators import may_validate, sources_of, validators_of
from institutions import memberships
from institutions.approval.workflows import provide_workflows
from institutions.models import Review
from institutions.models.review import APPROVE, HAND_ON, RETURN
from institutions.provisioning import provision, provision_portal
from institutions.refusals import NotYoursError
from institutions.roles import Role, SectionKind, Source
from taxonomy.models import Sector
from tests.factories.directory import (
    SUBMITTABLE,
    directory_section,
    evidence_row,
    innovation,
    institution,
    narrative,
    reference,
)

pytestmark = pytest.mark.django_db


@dataclass
class Owner:
    contributor: User
    editor: User


def person(name: str, code: str, role: Role, source: str = "") -> User:
    user = User.objects.create_user(name, f"{name}@contoh.go.id", "rahasia")
    kinds = [SectionKind.DIRECTORY] if role in (Role.CONTRIBUTOR, Role.EDITOR) else []
    memberships.begin(user, institution(code), role, kinds, source)
    return user


@pytest.fixture
def alfa() -> Owner:
    own = institution("alfa")
    directory_section(own)
    provision_portal()
    provision(own, [SectionKind.DIRECTORY])
    provide_workflows()
    return Owner(person("penulis", "alfa", Role.CONTRIBUTOR), person("editor", "alfa", Role.EDITOR))


def draft(owner: Owner, *sources: str, **fields: object) -> InnovationPage:
    own = institution("alfa")
    page = innovation(
        directory_section(own), institution=own, live=False, owner=owner.contributor,
        sectors=[reference(Sector, "kesehatan")], narrative=narrative("how_it_works"),
        **({"title": "Layanan ibu", **SUBMITTABLE} | fields),
    )  # fmt: skip
    page.save_revision(user=owner.contributor)
    for source in sources:
        SourceRecord.objects.create(page=page, source=source, record_id=f"{source}-{page.pk}")
    return page


def submitted(owner: Owner, *sources: str, **fields: object) -> tuple[InnovationPage, Review]:
    """With the validators: what the owner's editor submits he has approved by that."""
    page = draft(owner, *sources, **fields)
    state = page.get_workflow().start(page, owner.editor)
    mail.outbox.clear()
    return page, Review.objects.get(pk=state.current_task_state_id)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, "accounts.backends.PortalBackend")
    return client


def hand_on(review: Review, to: User, by: User) -> None:
    review.task.specific.on_action(review, by, HAND_ON, to=to.pk)


def told() -> dict[str, str]:
    found = {message.to[0].split("@")[0]: message.subject for message in mail.outbox}
    mail.outbox.clear()
    return found


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([], ["none"]),
        ([RecordSource.OTHER], ["none"]),
        ([RecordSource.KIPP], ["kipp"]),
        ([RecordSource.KIPP, RecordSource.IGA, RecordSource.OTHER], ["iga", "kipp"]),
    ],
)
def test_sources__decide_who_validates(alfa: Owner, sources: list[str], expected: list[str]) -> None:
    people = {source: person(f"validator-{source}", "pusat", Role.VALIDATOR, source) for source in Source}
    page = draft(alfa, *sources)
    assert sources_of(page) == expected
    assert set(validators_of(page)) == {people[source] for source in expected}
    assert {source for source, user in people.items() if may_validate(page, user)} == set(expected)


def test_record__goes_from_contributor_through_editor_and_validator_to_readers(alfa: Owner) -> None:
    validator = person("validator", "pusat", Role.VALIDATOR, Source.KIPP)
    page = draft(alfa, RecordSource.KIPP)
    state = page.get_workflow().start(page, alfa.contributor)
    assert told() == {"editor": "[JIPPNas] Menunggu Anda: Layanan ibu"}
    task = state.current_task_state.task.specific
    task.on_action(state.current_task_state.specific, alfa.editor, "approve")
    assert told() == {"validator": "[JIPPNas] Menunggu Anda: Layanan ibu"}
    page.refresh_from_db()
    assert not page.live
    review = Review.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    settle(review, validator, RETURN, "Hampir.", {"evidence": "Sebutkan sumber angkanya."})
    (letter,) = mail.outbox
    assert "Hampir." in letter.body
    assert "Bukti:\nSebutkan sumber angkanya." in letter.body
    assert told() == {"penulis": "[JIPPNas] Perlu diperbaiki: Layanan ibu"}
    state.refresh_from_db()
    state.resume(user=alfa.contributor)
    mail.outbox.clear()
    settle(Review.objects.get(status=TaskState.STATUS_IN_PROGRESS), validator, APPROVE, "Lengkap.")
    page.refresh_from_db()
    assert page.live
    assert told() == {"penulis": "[JIPPNas] Terbit: Layanan ibu"}
    done = Validation.objects.get()
    assert (done.source, done.validator, done.note) == ("kipp", validator, "Lengkap.")


def test_several_sources__one_is_enough_and_the_others_are_told(alfa: Owner) -> None:
    iga = person("iga", "pusat", Role.VALIDATOR, Source.IGA)
    person("kipp", "pusat", Role.VALIDATOR, Source.KIPP)
    _page, review = submitted(alfa, RecordSource.IGA, RecordSource.KIPP)
    settle(review, iga, APPROVE)
    assert [row.source for row in Validation.objects.all()] == ["iga"]
    assert told()["kipp"] == "[JIPPNas] Sudah divalidasi: Layanan ibu"


@pytest.mark.parametrize("role", [Role.VALIDATOR, Role.PROGRAMME_OWNER])
def test_conflict__of_interest_is_refused(alfa: Owner, role: Role) -> None:
    own = person("orang-dalam", "alfa", role, Source.NONE if role is Role.VALIDATOR else "")
    page, review = submitted(alfa)
    assert own not in validators_of(page)
    with pytest.raises(NotYoursError):
        settle(review, own, APPROVE)
    queue = client_of(own).get(reverse("validating:index")).content.decode()
    assert "Layanan ibu" not in queue
    client_of(own).post(reverse("validating:review", args=[review.pk]), {"action": APPROVE})
    review.refresh_from_db()
    assert review.status == TaskState.STATUS_IN_PROGRESS
    assert not Validation.objects.exists()


def test_validators__all_gone_the_programme_owners_stand_in(alfa: Owner) -> None:
    owner = person("pemilik", "pusat", Role.PROGRAMME_OWNER)
    page = draft(alfa)
    page.get_workflow().start(page, alfa.editor)
    assert told() == {"pemilik": "[JIPPNas] Menunggu Anda: Layanan ibu"}
    settle(Review.objects.get(status=TaskState.STATUS_IN_PROGRESS), owner, APPROVE)
    page.refresh_from_db()
    assert page.live


def test_record__that_lacks_something_is_not_published_and_nothing_has_changed(alfa: Owner) -> None:
    validator = person("validator", "pusat", Role.VALIDATOR, Source.NONE)
    _page, review = submitted(alfa, summary="", evidence=[evidence_row("bukti-1")])
    client = client_of(validator)
    answer = client.post(
        reverse("validating:review", args=[review.pk]),
        {"action": APPROVE, "verified": ["bukti-1"]},
        follow=True,
    )
    assert "belum dapat diterbitkan" in answer.content.decode()
    review.refresh_from_db()
    assert review.status == TaskState.STATUS_IN_PROGRESS
    assert not Validation.objects.exists()
    assert not Verification.objects.exists()


def test_evidence__verified_with_the_approval_is_a_claim_again_once_changed(alfa: Owner) -> None:
    validator = person("validator", "pusat", Role.VALIDATOR, Source.NONE)
    rows = [evidence_row("bukti-1"), evidence_row("bukti-2", indicator="Lain")]
    page, review = submitted(alfa, evidence=rows)
    settle(review, validator, APPROVE, verified=["bukti-1"])
    page = InnovationPage.objects.get(pk=page.pk)
    assert [row.state for row in evidence_rows(page)] == [RowState.VERIFIED, RowState.CLAIMED]
    page.evidence = [evidence_row("bukti-1", result="99"), rows[1]]
    page.save_revision().publish()
    page = InnovationPage.objects.get(pk=page.pk)
    assert [row.state for row in evidence_rows(page)] == [RowState.CLAIMED, RowState.CLAIMED]
    assert PageLogEntry.objects.filter(page=page.pk, action=LAPSED).count() == 1
    page.save_revision().publish()
    assert PageLogEntry.objects.filter(page=page.pk, action=LAPSED).count() == 1
    page.evidence = rows
    page.save_revision().publish()
    assert Verification.objects.get().lapsed_at is None


def test_returning__asks_for_a_reason_and_keeps_what_was_typed(alfa: Owner) -> None:
    validator = person("validator", "pusat", Role.VALIDATOR, Source.NONE)
    _page, review = submitted(alfa, evidence=[evidence_row("bukti-1")])
    address = reverse("validating:review", args=[review.pk])
    answer = client_of(validator).post(address, {"action": RETURN, "verified": ["bukti-1"]})
    assert answer.status_code == 400
    assert "Tuliskan apa yang perlu diperbaiki" in answer.content.decode()
    assert 'value="bukti-1" checked' in answer.content.decode()
    client_of(validator).post(address, {"action": RETURN, "remark_how": "Urutkan langkahnya."})
    review.refresh_from_db()
    assert review.status == TaskState.STATUS_REJECTED
    assert [said for _part, said in review.said()] == ["Urutkan langkahnya."]


def test_reassigned__is_on_the_other_desk_and_told(alfa: Owner) -> None:
    one = person("satu", "pusat", Role.VALIDATOR, Source.NONE)
    two = person("dua", "pusat", Role.VALIDATOR, Source.NONE)
    foreign = person("lain", "pusat", Role.VALIDATOR, Source.KIPP)
    page, review = submitted(alfa)
    client = client_of(one)
    client.post(reverse("validating:hand_on", args=[review.pk]), {"to": two.pk})
    review.refresh_from_db()
    assert review.assigned_to == two
    assert told() == {"dua": "[JIPPNas] Menunggu Anda: Layanan ibu"}
    assert PageLogEntry.objects.filter(page=page.pk, action="directory.reassign").exists()
    with pytest.raises(NotYoursError):
        hand_on(review, foreign, one)
    queue = client_of(two).get(reverse("validating:index"), {"saya": 1})
    assert "Layanan ibu" in queue.content.decode()
    assert "Layanan ibu" not in client_of(one).get(reverse("validating:index"), {"saya": 1}).content.decode()


@pytest.mark.parametrize("name", ["review", "preview", "hand_on"])
@pytest.mark.parametrize("who", ["contributor", "editor", "foreign", "other_source"])
def test_pages__are_for_the_record_s_validators_only(alfa: Owner, name: str, who: str) -> None:
    _page, review = submitted(alfa, RecordSource.KIPP)
    people = {
        "contributor": lambda: alfa.contributor,
        "editor": lambda: alfa.editor,
        "foreign": lambda: User.objects.create_user("asing", "asing@contoh.go.id", "rahasia"),
        "other_source": lambda: person("iga", "pusat", Role.VALIDATOR, Source.IGA),
    }
    client = client_of(people[who]())
    address = reverse(f"validating:{name}", args=[review.pk])
    answer = client.post(address, {"action": APPROVE, "to": 1}) if name != "preview" else client.get(address)
    assert answer.status_code in (302, 403, 404)
    assert "Layanan ibu" not in answer.content.decode()
    review.refresh_from_db()
    assert review.status == TaskState.STATUS_IN_PROGRESS


def test_page__shows_the_draft_and_the_queue_does_not_grow_in_queries(
    alfa: Owner, django_assert_max_num_queries: object
) -> None:
    validator = person("validator", "pusat", Role.VALIDATOR, Source.NONE)
    _page, review = submitted(alfa, title="Satu", evidence=[evidence_row("bukti-1")])
    client = client_of(validator)
    assert client.get(reverse("validating:review", args=[review.pk])).status_code == 200
    preview = client.get(reverse("validating:preview", args=[review.pk]))
    assert "Satu" in preview.content.decode()
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
    client.get(reverse("validating:index"))

    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as context:
            assert client.get(reverse("validating:index")).status_code == 200
        return len(context)

    few = queries()
    for number in range(6):
        submitted(alfa, title=f"Lain {number}")
    assert queries() == few


def test_queue__says_on_whose_desk_how_many_lie(alfa: Owner) -> None:
    validator = person("validator", "pusat", Role.VALIDATOR, Source.NONE)
    other = person("validator-lain", "pusat", Role.VALIDATOR, Source.NONE)
    assert load(validator) == []
    for number in range(3):
        _page, review = submitted(alfa, title=f"Nomor {number}")
    hand_on(review, other, validator)
    assert load(validator) == [("validator-lain", 1), ("", 2)]


def test_front_page__shows_what_came_back_and_what_was_said_of_it(alfa: Owner) -> None:
    validator = person("validator", "pusat", Role.VALIDATOR, Source.NONE)
    _page, review = submitted(alfa)
    settle(review, validator, RETURN, "Hampir.", {"evidence": "Sebutkan sumbernya <b>."})
    home = reverse("wagtailadmin_home")
    shown = client_of(alfa.contributor).get(home).content.decode()
    assert "Perlu Anda perbaiki" in shown
    assert "Sebutkan sumbernya &lt;b&gt;." in shown
    assert "Perlu Anda perbaiki" not in client_of(validator).get(home).content.decode()


def test_form__shows_what_was_said_until_the_record_is_submitted_again(alfa: Owner) -> None:
    validator = person("validator", "pusat", Role.VALIDATOR, Source.NONE)
    page, review = submitted(alfa)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    heading, said = "Dikembalikan untuk diperbaiki", "Sebutkan sumbernya &lt;b&gt;."

    def form() -> str:
        return client_of(alfa.contributor).get(edit).content.decode()

    assert heading not in form()
    settle(review, validator, RETURN, "Hampir.", {"evidence": "Sebutkan sumbernya <b>."})
    assert heading in form()
    assert said in form()
    page.current_workflow_state.resume(alfa.editor)
    assert heading not in form()


@pytest.mark.parametrize("sent", [{}, {"action": RETURN}, {"comment": "Bagus."}])
def test_decision__that_is_refused_says_so_at_the_head_of_the_page(alfa: Owner, sent: dict[str, str]) -> None:
    validator = person("validator", "pusat", Role.VALIDATOR, Source.NONE)
    _page, review = submitted(alfa)
    answer = client_of(validator).post(reverse("validating:review", args=[review.pk]), sent)
    assert answer.status_code == 400
    assert "Keputusan belum terkirim" in answer.content.decode()
    review.refresh_from_db()
    assert review.status == TaskState.STATUS_IN_PROGRESS


def test_front_page__shows_what_waits_to_validators_only(alfa: Owner) -> None:
    validator = person("validator", "pusat", Role.VALIDATOR, Source.NONE)
    submitted(alfa)
    home = reverse("wagtailadmin_home")
    shown = client_of(validator).get(home).content.decode()
    assert "Menunggu validasi Anda" in shown
    assert shown.count("Layanan ibu") == 1
    assert "Menunggu validasi Anda" not in client_of(alfa.editor).get(home).content.decode()


def test_ended__workflow_leaves_the_queue(alfa: Owner) -> None:
    validator = person("validator", "pusat", Role.VALIDATOR, Source.NONE)
    _page, review = submitted(alfa)
    WorkflowState.objects.get().cancel(user=alfa.editor)
    answer = client_of(validator).get(reverse("validating:review", args=[review.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("validating:index"), 302)]
    assert "Peninjauan ini sudah diselesaikan" in answer.content.decode()
    assert "Layanan ibu" not in answer.content.decode()
