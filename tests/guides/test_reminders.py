"""Review dates of guides remind the editors of their section: in time, once, and nobody else."""

import datetime

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.models import Locale

from accounts.models import User
from cms.mail import send_waiting
from cms.models import OutgoingMail
from guides.models import GuidePage, GuideSectionPage, ReviewReminder
from guides.reminders import send
from guides.reviews import due_for
from institutions import memberships
from institutions.lifecycle.retiring import retire
from institutions.models import Institution, Membership
from institutions.roles import Role, SectionKind
from tests.cutting import CutOffError, cut_off_before
from tests.factories.guides import guide_index, guide_page
from tests.factories.offices import Office, office, person, portal

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 20)


class Away(EmailBackend):
    def send_messages(self, messages: list[EmailMessage]) -> int:
        raise ConnectionRefusedError("nobody there")


@pytest.fixture
def lan() -> Office:
    portal()
    guide_index()
    return office("lan", SectionKind.GUIDES)


def guide(here: Office, review_date: datetime.date | None, **fields: object) -> GuidePage:
    section = GuideSectionPage.objects.get(institution=here.institution, locale__language_code="id")
    return guide_page(section, review_date=review_date, **fields)


def days_before(number: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=number)


def test_reminders__30_days_before_and_on_the_day_each_once(lan: Office) -> None:
    guide(lan, TODAY, title="Mereplikasi inovasi")
    twice = [number for number in range(35, -40, -1) for _again in range(2)]
    assert [number for number in twice if send(days_before(number))] == [30, 0]
    assert [message.to for message in mail.outbox] == [[lan.editor.email]] * 2
    near, come = mail.outbox
    assert "Mereplikasi inovasi (paling lambat 20 November 2026)" in near.body
    assert "Mereplikasi inovasi (seharusnya ditinjau 20 November 2026)" in come.body
    kept = ReviewReminder.objects.order_by("pk").values_list("kind", "due_on", "user")
    assert list(kept) == [("soon", TODAY, lan.editor.pk), ("due", TODAY, lan.editor.pk)]


def test_reminders__a_new_review_date_starts_anew(lan: Office) -> None:
    page = guide(lan, TODAY)
    assert send(TODAY) == 1
    page.review_date = TODAY + datetime.timedelta(days=365)
    page.save_revision().publish()
    assert send(TODAY) == 0
    assert send(page.review_date - datetime.timedelta(days=30)) == 1
    assert send(page.review_date) == 1
    assert ReviewReminder.objects.count() == 3


def test_reminders__one_mail_for_all_guides_of_an_editor(lan: Office) -> None:
    other = office("bkn", SectionKind.GUIDES)
    for number in range(3):
        guide(lan, TODAY, title=f"Panduan {number} & lain")
    guide(other, TODAY, title="Panduan BKN")
    assert send(TODAY) == 2
    (own,) = (message for message in mail.outbox if message.to == [lan.editor.email])
    assert own.subject.endswith("3 panduan")
    assert [f"Panduan {number} & lain" in own.body for number in range(3)] == [True] * 3
    assert "Panduan BKN" not in own.body


def test_reminders__of_what_is_new_do_not_repeat_what_was_told(lan: Office) -> None:
    guide(lan, TODAY, title="Panduan lama")
    assert send(TODAY) == 1
    guide(lan, TODAY, title="Panduan baru")
    assert send(TODAY) == 1
    assert "Panduan baru" in mail.outbox[1].body
    assert "Panduan lama" not in mail.outbox[1].body


def test_reminders__list_so_many_and_name_the_rest(lan: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guides.reminders.LISTED", 2)
    for number in range(5):
        guide(lan, TODAY, title=f"Panduan {number}")
    assert send(TODAY) == 1
    assert "dan 3 lagi" in mail.outbox[0].body


@pytest.mark.parametrize("why", ["draft", "undated", "far", "retired", "gone", "no editor", "inactive"])
def test_reminders__nobody_is_told(lan: Office, why: str) -> None:
    dates = {"undated": None, "far": TODAY + datetime.timedelta(days=31)}
    page = guide(lan, dates.get(why, TODAY), live=why != "draft")
    if why == "retired":
        administrator = User.objects.create_superuser("akar", "akar@contoh.go.id", "rahasia")
        retire(lan.institution, administrator, "Dilebur.", TODAY)
    elif why == "gone":
        Institution.objects.filter(pk=lan.institution.pk).update(is_active=False)
    elif why == "no editor":
        memberships.end(Membership.objects.get(user=lan.editor))
    elif why == "inactive":
        lan.editor.is_active = False
        lan.editor.save()
    assert send(TODAY) == 0
    assert not mail.outbox
    if why in ("draft", "undated", "far", "retired", "gone"):
        assert page not in due_for(lan.editor)


def test_reminders__of_a_translation_are_those_of_its_original(lan: Office) -> None:
    page = guide(lan, TODAY)
    home = page.get_ancestors()[1]
    english = Locale.objects.get_or_create(language_code="en")[0]
    for above in (home.specific, page.get_parent().get_parent().specific, page.get_parent().specific):
        if above.get_translation_or_none(english) is None:
            above.copy_for_translation(english)
    translation = page.copy_for_translation(english)
    translation.save_revision().publish()
    assert GuidePage.objects.live().count() == 2
    assert send(TODAY) == 1
    assert ReviewReminder.objects.get().page == page


def test_reminders__contributors_and_editors_of_other_sections_are_not_told(lan: Office) -> None:
    guide(lan, TODAY)
    office("bkn", SectionKind.GUIDES)
    person("pemilik-lain", "lan", Role.PROGRAMME_OWNER)
    assert send(TODAY) == 1
    assert mail.outbox[0].to == [lan.editor.email]


@pytest.mark.parametrize("model", [ReviewReminder, OutgoingMail])
def test_reminders__cut_off_tell_once_all_the_same(
    lan: Office, settings: Settings, model: type[Model]
) -> None:
    settings.EMAIL_BACKEND = "cms.mail.QueueBackend"
    guide(lan, TODAY)
    with cut_off_before(f'INSERT INTO "{model._meta.db_table}"'), pytest.raises(CutOffError):
        send(TODAY)
    assert not ReviewReminder.objects.exists()
    assert send(TODAY) == 1
    assert send(TODAY) == 0
    assert OutgoingMail.objects.get().to == [lan.editor.email]


def test_reminders__wait_in_the_queue_while_the_mail_server_is_away(lan: Office, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "cms.mail.QueueBackend"
    settings.EMAIL_DELIVERY_BACKEND = f"{__name__}.Away"
    guide(lan, TODAY)
    assert send(TODAY) == 1
    assert send_waiting() == 0
    assert send(TODAY) == 0
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    OutgoingMail.objects.update(next_try_at=timezone.now())
    assert send_waiting() == 1
    assert [message.to for message in mail.outbox] == [[lan.editor.email]]


def test_command__sends_them_too_and_twice_sends_once(lan: Office) -> None:
    guide(lan, timezone.localdate())
    call_command("send_reminders")
    call_command("send_reminders")
    assert len(mail.outbox) == 1


def test_reminders__queries_grow_with_neither_guides_nor_runs(lan: Office) -> None:
    for _number in range(5):
        guide(lan, TODAY)
    with CaptureQueriesContext(connection) as few:
        send(TODAY)
    for _number in range(45):
        guide(lan, TODAY)
    with CaptureQueriesContext(connection) as many:
        send(TODAY)
    assert len(many) == len(few)
