"""“Masih berjalan?”: asked in time, answered by the owner's editors only, never overwritten."""

import datetime
from dataclasses import dataclass

import pytest
from django.core import mail, signing
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.models import PageLogEntry

from accounts.models import User
from cms.mail import send_waiting
from cms.models import OutgoingMail
from directory.choices import OperationalStatus
from directory.confirming import reminders
from directory.confirming.answers import ACTION, answerable_by, awaiting, due_on, edited_by
from directory.derived.confirmation import Badge, confirmation_state
from directory.models import Confirmation, ConfirmationReminder, InnovationPage
from institutions import memberships
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind
from tests.cutting import CutOffError, cut_off_before
from tests.factories.directory import directory_section, innovation, institution

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 20)
RUNNING, STOPPED, UNKNOWN = OperationalStatus.RUNNING, OperationalStatus.STOPPED, OperationalStatus.UNKNOWN


class Away(EmailBackend):
    def send_messages(self, messages: list[EmailMessage]) -> int:
        raise ConnectionRefusedError("nobody there")


@dataclass
class Owner:
    page: InnovationPage
    editor: User


def member(name: str, code: str, role: Role = Role.EDITOR) -> User:
    user = User.objects.create_user(
        name, f"{name}@contoh.go.id", "rahasia", job_title="Kepala Bidang Inovasi"
    )
    kinds = [SectionKind.DIRECTORY] if role in (Role.EDITOR, Role.CONTRIBUTOR) else []
    memberships.begin(user, institution(code), role, kinds)
    return user


def owner(code: str) -> Owner:
    own = institution(code)
    page = innovation(directory_section(own), title=f"Inovasi {code}", institution=own)
    provision(own, [SectionKind.DIRECTORY])
    provision_portal()
    return Owner(page, member(f"editor-{code}", code))


@pytest.fixture
def alfa() -> Owner:
    return owner("alfa")


def answered(page: InnovationPage, day: datetime.date, status: str = RUNNING) -> Confirmation:
    at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(23, 30)))
    return Confirmation.objects.create(page=page, status=status, confirmed_at=at)


@pytest.mark.parametrize(
    ("day", "early", "awaits"),
    [
        (datetime.date(2025, 11, 20), 0, True),
        (datetime.date(2025, 11, 21), 0, False),
        (datetime.date(2025, 11, 27), 7, True),
        (datetime.date(2025, 11, 28), 7, False),
        (datetime.date(2025, 12, 20), 30, True),
        (datetime.date(2025, 12, 21), 30, False),
        (datetime.date(2022, 1, 1), 0, True),
    ],
)
def test_awaiting__from_some_days_before_the_twelve_months_are_over(
    alfa: Owner, day: datetime.date, early: int, awaits: bool
) -> None:
    answered(alfa.page, day)
    found = awaiting(InnovationPage.objects.all(), TODAY, early)
    assert found.exists() is awaits
    if awaits:
        assert due_on(found.get().answered_at) <= TODAY + datetime.timedelta(days=early)


@pytest.mark.parametrize(
    ("last", "awaits"), [(None, True), (UNKNOWN, True), (RUNNING, False), (STOPPED, False)]
)
def test_awaiting__by_the_latest_answer(alfa: Owner, last: str | None, awaits: bool) -> None:
    answered(alfa.page, datetime.date(2020, 1, 1))
    if last:
        answered(alfa.page, TODAY - datetime.timedelta(days=1), last)
    assert awaiting(InnovationPage.objects.all(), TODAY).exists() is awaits


def test_answerable__by_the_owners_editors_programme_owners_and_administrators(alfa: Owner) -> None:
    other = owner("beta")
    assert list(answerable_by(alfa.editor)) == [alfa.page]
    assert list(answerable_by(other.editor)) == [other.page]
    assert not answerable_by(member("kontributor", "alfa", Role.CONTRIBUTOR)).exists()
    everything = {alfa.page, other.page}
    assert set(answerable_by(member("pemilik", "beta", Role.PROGRAMME_OWNER))) == everything
    administrator = User.objects.create_superuser("akar", "akar@contoh.go.id", "rahasia")
    assert set(answerable_by(administrator)) == everything
    # But nobody is asked about what others own.
    assert not edited_by(administrator).exists()
    alfa.page.unpublish()
    assert not answerable_by(alfa.editor).exists()


def test_answer__is_a_new_row_with_its_history(alfa: Owner, client: Client) -> None:
    first = answered(alfa.page, datetime.date(2024, 1, 1))
    client.force_login(alfa.editor)
    address = reverse("confirming:ask", args=[alfa.page.pk])
    assert "Terakhir dijawab 1 Januari 2024" in client.get(address).content.decode()
    data = {
        "status": "developed",
        "note": "Kini di semua kecamatan",
        "evidence_url": "https://contoh.go.id/berita",
    }
    assert client.post(address, data).url == reverse("confirming:index")
    latest, earlier = Confirmation.objects.all()
    assert (latest.status, latest.note, latest.confirmed_by) == ("developed", data["note"], alfa.editor)
    assert (latest.evidence_url, latest.confirmed_by_post) == (data["evidence_url"], "Kepala Bidang Inovasi")
    assert earlier == first
    assert confirmation_state(alfa.page).badge == Badge.CONFIRMED
    entry = PageLogEntry.objects.get(action=ACTION)
    assert (entry.user, entry.page_id, entry.data["status"]) == (alfa.editor, alfa.page.pk, "developed")


def test_answer__stopped_needs_a_reason_and_loses_nothing_typed(alfa: Owner, client: Client) -> None:
    client.force_login(alfa.editor)
    address = reverse("confirming:ask", args=[alfa.page.pk])
    for reason in ("", "   "):
        response = client.post(address, {"status": "stopped", "reason": reason, "note": "Catatan saya"})
        assert response.status_code == 400
        html = response.content.decode()
        assert "Tuliskan mengapa inovasi ini berhenti" in html
        assert "Catatan saya" in html
    assert not Confirmation.objects.exists()
    client.post(address, {"status": "stopped", "reason": "Anggaran dialihkan"})
    assert confirmation_state(alfa.page).badge == Badge.STOPPED
    assert not awaiting(InnovationPage.objects.all()).exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"status": "unknown"},
        {"status": "x"},
        {"status": "running", "evidence_url": "javascript:alert(1)"},
    ],
)
def test_answer__refuses_what_is_none(alfa: Owner, client: Client, data: dict[str, str]) -> None:
    client.force_login(alfa.editor)
    assert client.post(reverse("confirming:ask", args=[alfa.page.pk]), data).status_code == 400
    assert not Confirmation.objects.exists()


def test_answer__of_another_institution_is_not_there(alfa: Owner, client: Client) -> None:
    client.force_login(owner("beta").editor)
    address = reverse("confirming:ask", args=[alfa.page.pk])
    for response in (
        client.get(address, follow=True),
        client.post(address, {"status": "running"}, follow=True),
    ):
        assert response.status_code == 404
        assert "Inovasi alfa" not in response.content.decode()
    assert "Inovasi alfa" not in client.get(reverse("confirming:index")).content.decode()
    assert not Confirmation.objects.exists()


def test_front_page__tells_the_owners_editor_what_awaits_him(alfa: Owner, client: Client) -> None:
    client.force_login(alfa.editor)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Satu inovasi menunggu konfirmasi Anda" in html
    assert "Inovasi alfa" in html
    answered(alfa.page, timezone.localdate())
    assert "menunggu konfirmasi" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_list__takes_the_same_queries_for_few_and_many(alfa: Owner, client: Client) -> None:
    client.force_login(alfa.editor)
    address = reverse("confirming:index")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    section, own = alfa.page.get_parent().specific, alfa.page.institution
    for number in range(20):
        innovation(section, title=f"Inovasi {number}", institution=own)
    with CaptureQueriesContext(connection) as many:
        html = client.get(address).content.decode()
    assert html.count("belum pernah") == 21
    # One of them for the menu of who may translate.
    assert len(many) == len(few) <= 20


def days_before(number: int) -> datetime.date:
    """A day on which the twelve months of an answer of 20 November 2025 are over in so many days."""
    return TODAY - datetime.timedelta(days=number)


def test_reminders__30_and_7_days_before_and_on_the_day_each_once(alfa: Owner) -> None:
    answered(alfa.page, datetime.date(2025, 11, 20))
    twice = [number for number in range(35, -40, -1) for _again in range(2)]
    assert [number for number in twice if reminders.send(days_before(number))] == [30, 7, 0]
    assert [message.to for message in mail.outbox] == [["editor-alfa@contoh.go.id"]] * 3
    assert "paling lambat 20 November 2026" in mail.outbox[0].body
    assert "Satu inovasi" in mail.outbox[0].subject or "1 inovasi" in mail.outbox[0].subject


def test_reminders__one_mail_for_all_of_an_editor_and_none_to_others(alfa: Owner) -> None:
    second = innovation(
        alfa.page.get_parent().specific, title="Inovasi kedua", institution=alfa.page.institution
    )
    owner("beta")
    member("kontributor", "alfa", Role.CONTRIBUTOR)
    for page in (alfa.page, second):
        answered(page, datetime.date(2025, 11, 20))
    assert reminders.send(TODAY) == 1
    (message,) = mail.outbox
    assert "Inovasi alfa" in message.body
    assert "Inovasi kedua" in message.body


def test_reminders__of_others_go_out_where_somebody_does_not_know(alfa: Owner) -> None:
    beta = owner("beta")
    answered(alfa.page, TODAY, UNKNOWN)
    answered(beta.page, datetime.date(2025, 11, 20))
    assert alfa.page in awaiting(InnovationPage.objects.all(), TODAY)
    reminders.send(TODAY)
    assert [message.to for message in mail.outbox] == [[beta.editor.email]]


def test_reminders__nothing_about_what_was_answered_meanwhile(alfa: Owner) -> None:
    answered(alfa.page, timezone.localdate() - datetime.timedelta(days=360))
    reminders._note(timezone.localdate())
    answered(alfa.page, timezone.localdate())
    assert reminders.send() == 0
    assert not ConfirmationReminder.objects.filter(sent_at=None).exists()


def test_reminders__wait_in_the_queue_while_the_mail_server_is_away(alfa: Owner, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "cms.mail.QueueBackend"
    settings.EMAIL_DELIVERY_BACKEND = f"{__name__}.Away"
    answered(alfa.page, datetime.date(2025, 11, 20))
    assert reminders.send(TODAY) == 1
    assert send_waiting() == 0
    assert reminders.send(TODAY) == 0
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    OutgoingMail.objects.update(next_try_at=timezone.now())
    assert send_waiting() == 1
    assert [message.to for message in mail.outbox] == [[alfa.editor.email]]


@pytest.mark.parametrize("statement", ["INSERT INTO", "UPDATE"])
def test_reminders__cut_off_ask_once_all_the_same(alfa: Owner, settings: Settings, statement: str) -> None:
    settings.EMAIL_BACKEND = "cms.mail.QueueBackend"
    answered(alfa.page, datetime.date(2025, 11, 20))
    model = OutgoingMail if statement == "INSERT INTO" else ConfirmationReminder
    with cut_off_before(f'{statement} "{model._meta.db_table}"'), pytest.raises(CutOffError):
        reminders.send(TODAY)
    assert not OutgoingMail.objects.exists()
    assert reminders.send(TODAY) == 1
    assert reminders.send(TODAY) == 0
    assert OutgoingMail.objects.get().to == [alfa.editor.email]


def test_command__asks_once(alfa: Owner) -> None:
    answered(alfa.page, timezone.localdate() - datetime.timedelta(days=360))
    call_command("send_reminders")
    call_command("send_reminders")
    assert len(mail.outbox) == 1


def test_reminders__list_so_many_and_name_the_rest(alfa: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "LISTED", 2)
    section, own = alfa.page.get_parent().specific, alfa.page.institution
    for number in range(4):
        page = innovation(section, title=f"Inovasi {number} & lain", institution=own)
        answered(page, datetime.date(2025, 11, 20))
    assert reminders.send(TODAY) == 1
    (message,) = mail.outbox
    assert "- Inovasi 0 & lain (paling lambat 20 November 2026)\n  http" in message.body
    assert "Inovasi 2" not in message.body
    assert "dan 2 lagi: http" in message.body


def test_link__leads_to_the_question_after_sign_in(alfa: Owner, client: Client, settings: Settings) -> None:
    address = reminders.link(alfa.page).removeprefix(settings.WAGTAILADMIN_BASE_URL)
    response = client.get(address)
    assert response.url.startswith(reverse("wagtailadmin_login"))
    client.force_login(alfa.editor)
    assert client.get(address).url == reverse("confirming:ask", args=[alfa.page.pk])
    client.force_login(owner("beta").editor)
    assert client.get(address).url == reverse("confirming:index")


@pytest.mark.parametrize("kind", ["forged", "old", "other"])
def test_link__forged_or_too_old_leads_to_the_list(
    alfa: Owner, client: Client, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    token = reminders.link(alfa.page).rstrip("/").rpartition("/")[2]
    if kind == "forged":
        token = signing.dumps(alfa.page.pk, salt="else")
    elif kind == "other":
        token = signing.dumps("x", salt=reminders.SALT)
    else:
        monkeypatch.setattr(reminders, "LINK_SECONDS", -1)
    client.force_login(alfa.editor)
    response = client.get(reverse("confirming:from_mail", args=[token]), follow=True)
    assert response.redirect_chain[0][0] == reverse("confirming:index")
    assert "tidak berlaku lagi" in response.content.decode()
