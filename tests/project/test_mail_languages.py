"""Every mail is in the language its reader reads, whatever language whoever causes it is at work in."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from wagtail.admin.views.pages import edit
from wagtail.models import Comment, GroupApprovalTask, Locale, Workflow, WorkflowTask
from wagtail.users.models import UserProfile

from accounts.models import User
from contact.models import Enquiry
from contact.tasks import mail_enquiry
from directory.choices import Source as RecordSource
from directory.confirming import reminders as confirming
from directory.models import Confirmation, InnovationPage, SourceRecord
from directory.validating.settling import settle
from guides import reminders as guide_reminders
from guides.models import GuideSectionPage
from home.models import HomePage
from institutions import memberships
from institutions.approval.overdue import remind
from institutions.inviting.letters import invite
from institutions.models import Institution, Review
from institutions.models.review import APPROVE, RETURN
from institutions.roles import Role, SectionKind, Source
from institutions.tasks import merge_institutions
from taxonomy.models import Sector
from tests.factories.directory import SUBMITTABLE, innovation, narrative, reference
from tests.factories.guides import guide_index, guide_page
from tests.factories.offices import DIRECTORY, Office, office, person, portal
from tests.languages import FOREIGN

pytestmark = pytest.mark.django_db

OTHER = {"id": "en", "en": "id"}
TODAY = timezone.localdate()


@dataclass
class Stage:
    owner: User
    here: Office

    def record(self, **fields: object) -> InnovationPage:
        page = innovation(
            self.here.directory, institution=self.here.institution, owner=self.here.contributor,
            sectors=[reference(Sector, "kesehatan")], narrative=narrative("how_it_works"),
            **({"title": "Rumah Tunggu Bersalin", **SUBMITTABLE} | fields),
        )  # fmt: skip
        page.save_revision(user=self.here.contributor)
        return page

    def with_validators(self) -> Review:
        page = self.record(live=False)
        SourceRecord.objects.create(page=page, source=RecordSource.KIPP, record_id="1")
        SourceRecord.objects.create(page=page, source=RecordSource.IGA, record_id="2")
        state = page.get_workflow().start(page, self.here.editor)
        mail.outbox.clear()
        return Review.objects.get(pk=state.current_task_state_id)


@pytest.fixture
def stage() -> Stage:
    owner = portal()
    guide_index()
    here = office("sleman", *SectionKind)
    person("kipp", "pusat", Role.VALIDATOR, source=Source.KIPP)
    person("iga", "pusat", Role.VALIDATOR, source=Source.IGA)
    home = HomePage.objects.get()
    home.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0])
    return Stage(owner, here)


def asked(stage: Stage) -> None:
    stage.here.submitted("Mal dibuka")


def asked_again(stage: Stage) -> None:
    stage.here.submitted("Mal dibuka")
    mail.outbox.clear()
    Review.objects.update(started_at=timezone.now() - datetime.timedelta(days=30))
    remind()


def asked_in_place(stage: Stage) -> None:
    memberships.end(stage.here.editor.memberships.get())
    stage.here.submitted("Mal dibuka")


def asked_of_a_former(stage: Stage) -> None:
    memberships.end(stage.here.editor.memberships.get())
    Institution.objects.filter(pk=stage.here.institution.pk).update(is_active=False)
    stage.record(live=False).get_workflow().start(InnovationPage.objects.get(), stage.here.contributor)


def returned(stage: Stage) -> None:
    validator = User.objects.get(username="kipp")
    settle(stage.with_validators(), validator, RETURN, "Hampir.", {"evidence": "Sumbernya?"})


def published(stage: Stage) -> None:
    settle(stage.with_validators(), User.objects.get(username="kipp"), APPROVE)


def scheduled(stage: Stage) -> None:
    page = stage.here.draft("Mal dibuka")
    page.go_live_at = timezone.make_aware(datetime.datetime(2099, 5, 3, 14, 5))
    page.save_revision(user=stage.here.contributor)
    state = page.get_workflow().start(page, stage.here.contributor)
    mail.outbox.clear()
    review = Review.objects.get(pk=state.current_task_state_id)
    review.task.specific.on_action(review, stage.here.editor, "approve")


def invited(stage: Stage) -> None:
    invite(stage.here.institution, "penulis-bantul@contoh.go.id", Role.EDITOR, [DIRECTORY], stage.here.editor)


def merged(stage: Stage) -> None:
    merge_institutions.call(
        stage.here.institution.pk,
        office("bantul").institution.pk,
        stage.owner.pk,
        "Perpres",
        "2026-01-01",
        False,
    )


def not_merged(stage: Stage) -> None:
    into = office("bantul").institution
    Institution.objects.filter(pk=into.pk).update(is_active=False)
    merge_institutions.call(
        stage.here.institution.pk, into.pk, stage.owner.pk, "Perpres", "2026-01-01", False
    )


def not_merged_by_fault(stage: Stage) -> None:
    into = office("bantul").institution
    with pytest.raises(ValueError, match="isoformat"):
        merge_institutions.call(stage.here.institution.pk, into.pk, stage.owner.pk, "Perpres", "kapan", False)


def confirmation(stage: Stage) -> None:
    page = stage.record()
    Confirmation.objects.create(
        page=page, status="running", confirmed_at=timezone.now() - datetime.timedelta(days=360)
    )
    confirming.send()


def review_date(stage: Stage) -> None:
    section = GuideSectionPage.objects.get(institution=stage.here.institution)
    guide_page(section, title="Cara Sleman", review_date=TODAY + datetime.timedelta(days=3))
    guide_page(section, title="Tata Sleman", review_date=TODAY)
    guide_reminders.send(TODAY)


def question(stage: Stage) -> None:
    page = stage.record(contact_post="Kepala Bidang", contact_email=stage.here.editor.email)
    data = {"message": "Berapa?", "email": "saya@contoh.id", "name": "Sari", "section": "Rincian"}
    Client().post(reverse("contact:ask", args=[page.pk]), data)
    mail_enquiry.call(Enquiry.objects.get().pk)


def report(stage: Stage) -> None:
    page = stage.record(contact_post="Kepala Bidang", contact_email=stage.here.editor.email)
    Client().post(reverse("contact:report", args=[page.pk]), {"message": "Keliru."})
    mail_enquiry.call(Enquiry.objects.get().pk)


def comment(stage: Stage) -> None:
    page = stage.here.draft("Mal dibuka")
    said = Comment(page=page, user=stage.here.contributor, text="Baru", contentpath="title")
    edit.send_notification(
        [stage.here.editor],
        "updated_comments",
        {"page": page, "editor": said.user, "new_comments": [said], "resolved_comments": [said],
         "deleted_comments": [said], "replied_comments": []},
    )  # fmt: skip


def password(stage: Stage) -> None:
    browser = Client(headers={"accept-language": get_language()})
    browser.post(reverse("wagtailadmin_password_reset"), {"email": stage.here.editor.email})


def group_task(stage: Stage) -> None:
    """A workflow of Wagtail's own kind, which an administrator may make."""
    task = GroupApprovalTask.objects.create(name="Rapat redaksi")
    task.groups.set(stage.here.editor.groups.all()[:1])
    workflow = Workflow.objects.create(name="Redaksi")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    workflow.start(stage.here.draft("Mal dibuka"), stage.here.contributor)


@dataclass(frozen=True)
class Letter:
    """A mail: what causes it, who reads it, and words of its subject and of its body in each language."""

    cause: Callable[[Stage], None]
    reader: str
    subject_id: str
    body_id: str
    subject_en: str
    body_en: str

    def __str__(self) -> str:
        return self.cause.__name__


EDITOR, WRITER, OWNER = "editor-sleman", "penulis-sleman", "pemilik"
LETTERS = (
    Letter(asked, EDITOR, "Menunggu Anda", "menunggu tinjauan", "Waiting for you", "waits for your"),
    Letter(asked_again, EDITOR, "Masih menunggu", "Anda sejak", "Still waiting", "your review since"),
    Letter(asked_in_place, OWNER, "Menunggu Anda", "tidak ada lagi", "Waiting for you", "nobody"),
    Letter(asked_of_a_former, OWNER, "Menunggu Anda", "sudah tidak ada", "Waiting", "no longer exists"),
    Letter(returned, WRITER, "Perlu diperbaiki", "Bukti:\nSumbernya?", "To be", "Evidence:\nSumbernya?"),
    Letter(published, WRITER, "Terbit:", "/id/", "Published:", "/en/innovations/"),
    Letter(published, "iga", "Sudah divalidasi", "atas nama KIPP", "Validated", "KIPP (Kementerian PANRB)"),
    Letter(scheduled, WRITER, "Disetujui", "3 Mei 2099, 14.05", "Approved", "3 May 2099, 14:05"),
    Letter(invited, "penulis-bantul", "Undangan dari", "sebagai Editor", "Invitation from", "/en/invitation"),
    Letter(merged, OWNER, "Selesai digabung", "sudah digabung ke", "Merged", "has become part of"),
    Letter(not_merged, OWNER, "Tidak jadi", "sudah tidak ada", "Not merged", "no longer exists"),
    Letter(not_merged_by_fault, OWNER, "Tidak jadi", "Terjadi kesalahan", "Not merged", "An error occurred"),
    Letter(confirmation, EDITOR, "Masih berjalan?", "paling lambat", "Still running?", "(by "),
    Letter(review_date, EDITOR, "Tinjau ulang: 2", "seharusnya ditinjau", "2 guides", "should"),
    Letter(question, EDITOR, "Pertanyaan", "Dari: Sari", "Question", "From: Sari"),
    Letter(report, EDITOR, "Laporan kesalahan", "tidak meninggalkan", "Error report", "left no address"),
    Letter(comment, EDITOR, "komentar", "Komentar baru", "has updated comments", "New comments"),
    Letter(password, EDITOR, "kata sandi", "/admin/", "Password reset", "reset your password"),
    Letter(group_task, EDITOR, "Mal dibuka", "Anda", "Mal dibuka", "You can"),
)  # fmt: skip


def reads(name: str, language: str) -> User:
    user = User.objects.filter(username=name).first() or person(name, "bantul", Role.PROGRAMME_OWNER)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return user


def caused(letter: Letter, stage: Stage, reader: User, at_work_in: str) -> EmailMessage:
    mail.outbox.clear()
    with override(at_work_in):
        letter.cause(stage)
    (found,) = [message for message in mail.outbox if message.to == [reader.email]]
    return found


@pytest.mark.parametrize("chosen", ["en", ""], ids=["English", "nothing chosen"])
@pytest.mark.parametrize("letter", LETTERS, ids=str)
def test_mail__is_in_the_language_of_its_reader(stage: Stage, letter: Letter, chosen: str) -> None:
    language = chosen or "id"
    found = caused(letter, stage, reads(letter.reader, chosen), at_work_in=OTHER[language])
    assert getattr(letter, f"subject_{language}") in found.subject
    assert getattr(letter, f"body_{language}") in found.body
    assert not FOREIGN[language].within(f"{found.subject}\n{found.body}")


@pytest.mark.parametrize(("form", "word"), [("id", "Undangan dari"), ("en", "Invitation from")])
def test_invitation__to_a_stranger_is_in_the_language_of_the_form(stage: Stage, form: str, word: str) -> None:
    with override(form):
        invite(stage.here.institution, "baru@contoh.go.id", Role.EDITOR, [DIRECTORY], stage.here.editor)
    assert word in mail.outbox[0].subject
    assert f"/{form}/" in mail.outbox[0].body
    assert not FOREIGN[form].within(mail.outbox[0].body)


def test_question__to_an_office_without_account_is_in_indonesian(stage: Stage) -> None:
    stage.here.editor.email = "lain@contoh.go.id"
    stage.here.editor.save()
    page = stage.record(contact_post="Kepala Bidang", contact_email="kantor@contoh.go.id")
    with override("en"):
        address = reverse("contact:ask", args=[page.pk])
    assert address.startswith("/en/")
    Client().post(address, {"message": "How many?", "email": "i@example.org"})
    mail_enquiry.call(Enquiry.objects.get().pk)
    assert "Balas surel ini" in mail.outbox[0].body
    assert not FOREIGN["id"].within(mail.outbox[0].body)


def test_mails__ask_for_no_language_one_by_one(stage: Stage) -> None:
    """However many are told: one query for all that they have set in their accounts."""
    for number in range(4):
        reads(f"editor-{number}", "en" if number % 2 else "")
        person(f"editor-{number}", "sleman", Role.EDITOR, *SectionKind)
    with CaptureQueriesContext(connection) as queries:
        asked(stage)
    assert len(mail.outbox) == 5
    assert len([one for one in queries if '"wagtailusers_userprofile"' in one["sql"]]) == 1
