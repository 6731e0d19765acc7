"""What a contributor submits is approved by the editors of its own section, and by nobody else."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.models import PageLogEntry, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from accounts.models import User
from cms.models import OutgoingMail
from institutions import memberships
from institutions.approval import overdue
from institutions.approval.workflows import provide_workflows
from institutions.models import Institution, Review
from institutions.provisioning import provision, provision_portal
from institutions.refusals import NotYoursError
from institutions.roles import Role, SectionKind
from news.models import NewsPage, NewsSectionPage
from tests.cutting import CutOffError, cut_off_before
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory
from tests.factories.news import news_index

pytestmark = pytest.mark.django_db


@dataclass
class Office:
    contributor: User
    editor: User
    section: NewsSectionPage

    def draft(self, title: str = "Mal pelayanan dibuka") -> NewsPage:
        page = NewsPage(title=title, introduction="Ringkas.", live=False, owner=self.contributor)
        self.section.add_child(instance=page)
        page.save_revision(user=self.contributor)
        return page


def person(name: str, code: str, role: Role, *kinds: SectionKind) -> User:
    user = User.objects.create_user(name, f"{name}@contoh.go.id", "rahasia")
    memberships.begin(user, InstitutionFactory(code=code), role, kinds)
    return user


def office(code: str) -> Office:
    institution = InstitutionFactory(code=code)
    provision(institution, [SectionKind.NEWS])
    return Office(
        person(f"penulis-{code}", code, Role.CONTRIBUTOR, SectionKind.NEWS),
        person(f"editor-{code}", code, Role.EDITOR, SectionKind.NEWS),
        NewsSectionPage.objects.get(institution=institution, locale__language_code="id"),
    )


@pytest.fixture
def sleman() -> Office:
    make_home()
    news_index()
    provision_portal()
    found = office("sleman")
    provide_workflows()
    return found


@pytest.fixture
def bantul(sleman: Office) -> Office:
    return office("bantul")


def submit(page: NewsPage, by: User) -> WorkflowState:
    return page.get_workflow().start(page, by)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, "accounts.backends.PortalBackend")
    return client


def act(client: Client, page: NewsPage, state: WorkflowState, action: str, **data: str) -> None:
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.current_task_state_id]),
        data,
    )


def test_submitted__is_published_by_the_editor_of_the_section(sleman: Office) -> None:
    page = sleman.draft()
    state = submit(page, sleman.contributor)
    assert state.current_task_state.status == TaskState.STATUS_IN_PROGRESS
    act(client_of(sleman.editor), page, state, "approve")
    page.refresh_from_db()
    assert page.live
    assert Review.objects.get().finished_by == sleman.editor


def test_submitted__by_an_editor_is_approved_by_it(sleman: Office) -> None:
    page = sleman.draft()
    state = submit(page, sleman.editor)
    page.refresh_from_db()
    assert state.status == WorkflowState.STATUS_APPROVED
    assert page.live


def test_returned__keeps_the_comment_and_can_be_submitted_again(sleman: Office) -> None:
    page = sleman.draft()
    state = submit(page, sleman.contributor)
    act(client_of(sleman.editor), page, state, "reject", comment="Sebutkan tanggalnya.")
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert Review.objects.get().comment == "Sebutkan tanggalnya."
    page.title = "Mal pelayanan dibuka 3 Mei"
    page.save_revision(user=sleman.contributor)
    state.resume(user=sleman.contributor)
    act(client_of(sleman.editor), page, state, "approve")
    page.refresh_from_db()
    assert page.live
    assert page.title == "Mal pelayanan dibuka 3 Mei"


@pytest.mark.parametrize("action", ["approve", "reject"])
@pytest.mark.parametrize("who", ["contributor", "other_editor"])
def test_others__cannot_act(sleman: Office, bantul: Office, who: str, action: str) -> None:
    page = sleman.draft()
    state = submit(page, sleman.contributor)
    user = sleman.contributor if who == "contributor" else bantul.editor
    act(client_of(user), page, state, action, comment="x")
    assert Review.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_others__cannot_act_through_a_page_of_their_own(sleman: Office, bantul: Office) -> None:
    # The address names a page and a task state: they need not belong together.
    foreign, own = sleman.draft(), bantul.draft()
    state = submit(foreign, sleman.contributor)
    submit(own, bantul.contributor)
    act(client_of(bantul.editor), own, state, "approve")
    foreign.refresh_from_db()
    assert not foreign.live
    assert Review.objects.get(workflow_state=state).status == TaskState.STATUS_IN_PROGRESS


def test_editor__who_lost_the_role_is_told_so(sleman: Office) -> None:
    page = sleman.draft()
    state = submit(page, sleman.contributor)
    memberships.end(sleman.editor.memberships.get())
    task = state.current_task_state.task.specific
    with pytest.raises(NotYoursError):
        task.on_action(state.current_task_state.specific, sleman.editor, "approve")


def test_second__approval_is_refused(sleman: Office) -> None:
    page = sleman.draft()
    state = submit(page, sleman.contributor)
    first, second = state.current_task_state.specific, state.current_task_state.specific
    task = first.task.specific
    task.on_action(first, sleman.editor, "approve")
    with pytest.raises(NotYoursError):
        task.on_action(second, sleman.editor, "reject")
    page.refresh_from_db()
    assert page.live


def test_locked__for_the_contributor_while_it_is_reviewed(sleman: Office) -> None:
    page = sleman.draft()
    submit(page, sleman.contributor)
    page = NewsPage.objects.get(pk=page.pk)
    assert page.get_lock().for_user(sleman.contributor)
    assert not page.get_lock().for_user(sleman.editor)


def test_awaiting__names_only_pages_of_own_sections(sleman: Office, bantul: Office) -> None:
    mine = submit(sleman.draft(), sleman.contributor)
    theirs = submit(bantul.draft(), bantul.contributor)
    owner = person("pemilik", "pusat", Role.PROGRAMME_OWNER)
    assert [one.workflow_state for one in TaskState.objects.reviewable_by(sleman.editor)] == [mine]
    assert [one.workflow_state for one in TaskState.objects.reviewable_by(bantul.editor)] == [theirs]
    assert not TaskState.objects.reviewable_by(sleman.contributor)
    assert {one.workflow_state for one in TaskState.objects.reviewable_by(owner)} == {mine, theirs}


def test_approving__leaves_history(sleman: Office) -> None:
    page = sleman.draft()
    state = submit(page, sleman.contributor)
    act(client_of(sleman.editor), page, state, "approve", comment="Bagus.")
    entry = PageLogEntry.objects.get(page=page.pk, action="wagtail.workflow.approve")
    assert entry.user == sleman.editor


def test_workflows__made_again_change_nothing(sleman: Office) -> None:
    assert provide_workflows() == []


def mails() -> dict[str, str]:
    """Recipient → subject."""
    found = {message.to[0].split("@")[0]: message.subject for message in mail.outbox}
    mail.outbox.clear()
    return found


def test_mails__reach_who_should_approve_and_who_asked(sleman: Office, bantul: Office) -> None:
    page = sleman.draft("Mal dibuka")
    state = submit(page, sleman.contributor)
    assert mails() == {"editor-sleman": "[JIPPNas] Menunggu Anda: Mal dibuka"}
    act(client_of(sleman.editor), page, state, "reject", comment="Sebutkan tanggalnya.")
    assert "Sebutkan tanggalnya." in mail.outbox[0].body
    assert mails() == {"penulis-sleman": "[JIPPNas] Perlu diperbaiki: Mal dibuka"}
    state.refresh_from_db()
    state.resume(user=sleman.contributor)
    mails()
    act(client_of(sleman.editor), page, state, "approve")
    assert mails() == {"penulis-sleman": "[JIPPNas] Terbit: Mal dibuka"}


def test_mails__say_nothing_to_who_does_it_himself(sleman: Office) -> None:
    page = sleman.draft()
    page.owner = sleman.editor
    page.save()
    submit(page, sleman.editor)
    assert mails() == {}


def test_mails__switched_off_in_the_account_are_not_sent(sleman: Office) -> None:
    profile = UserProfile.get_for_user(sleman.editor)
    profile.submitted_notifications = False
    profile.save()
    submit(sleman.draft(), sleman.contributor)
    assert mails() == {}


def test_mails__of_a_section_without_editors_go_to_the_programme_owners(sleman: Office) -> None:
    person("pemilik", "pusat", Role.PROGRAMME_OWNER)
    memberships.end(sleman.editor.memberships.get())
    submit(sleman.draft("Sepi"), sleman.contributor)
    assert "tidak ada lagi yang bertugas" in mail.outbox[0].body
    assert mails() == {"pemilik": "[JIPPNas] Menunggu Anda: Sepi"}


@pytest.mark.parametrize("there", [True, False])
def test_mails__to_administrators_do_not_call_them_programme_owners(sleman: Office, there: bool) -> None:
    User.objects.create_superuser("akar", "akar@contoh.go.id", "rahasia")
    memberships.end(sleman.editor.memberships.get())
    page = sleman.draft("Sepi")
    page.institution = Institution.objects.get(code="sleman")
    page.institution.is_active = there
    page.institution.save()
    page.save()
    submit(page, sleman.contributor)
    (message,) = mail.outbox
    assert message.to == ["akar@contoh.go.id"]
    assert ("sudah tidak ada" in message.body) is not there
    assert "karena mengawasi seluruh portal" in message.body
    assert "pemilik program" not in message.body


def test_overdue__is_asked_for_again_once_in_a_week(sleman: Office) -> None:
    submit(sleman.draft("Lama"), sleman.contributor)
    mails()
    assert overdue.remind() == 0
    Review.objects.update(started_at=timezone.now() - timedelta(days=8))
    assert overdue.remind() == 1
    assert mails() == {"editor-sleman": "[JIPPNas] Masih menunggu: Lama"}
    assert overdue.remind() == 0
    Review.objects.update(reminded_at=timezone.now() - timedelta(days=8))
    assert overdue.remind() == 1


@pytest.mark.parametrize("model", [Review, OutgoingMail])
def test_overdue__cut_off_is_asked_for_once_all_the_same(
    sleman: Office, settings: Settings, model: type[Model]
) -> None:
    submit(sleman.draft("Lama"), sleman.contributor)
    settings.EMAIL_BACKEND = "cms.mail.QueueBackend"
    Review.objects.update(started_at=timezone.now() - timedelta(days=8))
    verb = "UPDATE" if model is Review else "INSERT INTO"
    with cut_off_before(f'{verb} "{model._meta.db_table}"'), pytest.raises(CutOffError):
        overdue.remind()
    assert overdue.remind() == 1
    assert overdue.remind() == 0
    assert OutgoingMail.objects.get().to == [sleman.editor.email]


def test_overdue__is_asked_for_by_the_command_too(sleman: Office) -> None:
    submit(sleman.draft("Lama"), sleman.contributor)
    mails()
    Review.objects.update(started_at=timezone.now() - timedelta(days=8))
    call_command("send_reminders")
    assert mails() == {"editor-sleman": "[JIPPNas] Masih menunggu: Lama"}


def test_approved__for_later_keeps_its_time(sleman: Office) -> None:
    page = sleman.draft("Nanti")
    page.go_live_at = timezone.now() + timedelta(days=2)
    page.save_revision(user=sleman.contributor)
    state = submit(page, sleman.contributor)
    mails()
    act(client_of(sleman.editor), page, state, "approve")
    page.refresh_from_db()
    assert not page.live
    assert mails() == {"penulis-sleman": "[JIPPNas] Disetujui: Nanti"}
    # The worker publishes it then (tests/cms/test_scheduling.py); restarts do not lose it.
    assert page.scheduled_revision.approved_go_live_at == page.go_live_at
