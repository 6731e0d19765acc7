"""Asking an owner and reporting a mistake: who gets it, what is kept, what is refused."""

import datetime
import re
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from accounts.models import User
from contact.models import Enquiry, EnquiryKind
from contact.senders import PER_SENDER
from contact.tasks import mail_enquiry, mail_waiting
from directory.models import InnovationPage
from home.models import HomePage, PortalSettings
from tests.factories.directory import innovation
from tests.factories.home import make_home
from tests.factories.news import news_page

pytestmark = pytest.mark.django_db
QUESTION = {"message": "Berapa bidan per desa?", "email": "saya@contoh.go.id", "name": "Sari"}


@pytest.fixture(autouse=True)
def home() -> HomePage:
    return make_home()


@pytest.fixture
def profile() -> InnovationPage:
    return innovation(
        title="Rumah Tunggu", contact_post="Kepala Bidang Kesmas", contact_email="dinkes@contoh.go.id"
    )


def ask(page: Any, kind: str = "ask") -> str:
    return reverse(f"contact:{kind}", args=[page.pk])


def sent() -> list[mail.EmailMessage]:
    for enquiry in Enquiry.objects.all():
        mail_enquiry.call(enquiry.pk)
    return mail.outbox


def test_addresses__are_the_ones_profiles_link_to(profile: InnovationPage) -> None:
    assert ask(profile) == f"/id/tanya/{profile.pk}/"
    assert ask(profile, "report") == f"/id/tanya/{profile.pk}/salah/"


def test_form__says_to_which_post_it_goes_and_hides_the_mailbox(
    client: Client, profile: InnovationPage
) -> None:
    html = client.get(ask(profile)).content.decode()
    assert "Kepala Bidang Kesmas" in html
    assert profile.institution.name in html
    assert "dinkes@contoh.go.id" not in html


def test_question__is_kept_and_mailed_to_the_office(client: Client, profile: InnovationPage) -> None:
    response = client.post(ask(profile), QUESTION)
    assert response.status_code == 302
    enquiry = Enquiry.objects.get()
    assert (enquiry.kind, enquiry.page_id, enquiry.status) == ("question", profile.pk, "new")
    assert "terima kasih" in client.get(response["Location"]).content.decode().lower()
    (message,) = sent()
    assert message.to == ["dinkes@contoh.go.id"]
    assert message.reply_to == ["saya@contoh.go.id"]
    assert "Berapa bidan per desa?" in message.body
    assert "Rumah Tunggu" in message.subject
    assert f"/{profile.slug}/" in message.body


def test_question__waits_for_the_worker(client: Client, profile: InnovationPage) -> None:
    client.post(ask(profile), QUESTION)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("portal", "recipients"), [("portal@contoh.go.id", ["portal@contoh.go.id"]), ("", [])]
)
def test_question__without_office_mailbox_goes_to_the_portal(
    client: Client, portal: str, recipients: list[str]
) -> None:
    settings = PortalSettings.load()
    settings.contact_email = portal
    settings.save()
    page = innovation()
    assert "diterima pengelola portal" in client.get(ask(page)).content.decode()
    client.post(ask(page), QUESTION)
    assert Enquiry.objects.count() == 1
    assert [message.to for message in sent()] == [[recipient] for recipient in recipients]


def test_report__needs_no_address_and_keeps_the_section(client: Client, profile: InnovationPage) -> None:
    assert 'value="Biaya"' in client.get(ask(profile, "report") + "?bagian=Biaya").content.decode()
    client.post(ask(profile, "report"), {"message": "Sudah berhenti.", "section": "Biaya"})
    enquiry = Enquiry.objects.get()
    assert (enquiry.kind, enquiry.section, enquiry.email) == (EnquiryKind.ERROR, "Biaya", "")
    assert sent()[0].reply_to == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": ""},
        {"email": "bukan surel"},
        {"message": ""},
        {"message": "x" * 4001},
        {"message": "a\0b"},
        {"name": "n" * 121},
    ],
)
def test_errors__lose_nothing_and_keep_nothing(
    client: Client, profile: InnovationPage, wrong: dict[str, str]
) -> None:
    data = QUESTION | {"section": "Cara kerja yang panjang"} | wrong
    response = client.post(ask(profile), data)
    html = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in html
    assert "Cara kerja yang panjang" in html
    assert not Enquiry.objects.exists()


def test_trap__keeps_nothing_and_looks_like_success(client: Client, profile: InnovationPage) -> None:
    response = client.post(ask(profile), QUESTION | {"website": "https://spam.example"})
    assert response["Location"].endswith("/terkirim/")
    assert not Enquiry.objects.exists()


def test_limit__per_sender_and_hour(client: Client, profile: InnovationPage) -> None:
    for _ in range(PER_SENDER):
        assert client.post(ask(profile), QUESTION).status_code == 302
    response = client.post(ask(profile), QUESTION)
    assert response.status_code == 429
    assert "Berapa bidan per desa?" in response.content.decode()
    assert client.post(ask(profile), QUESTION, REMOTE_ADDR="10.0.0.9").status_code == 302
    Enquiry.objects.update(created=timezone.now() - datetime.timedelta(hours=2))
    assert client.post(ask(profile), QUESTION).status_code == 302


def test_limit__trusts_the_last_forwarded_address_behind_our_proxy_only(
    client: Client, profile: InnovationPage
) -> None:
    for forwarded in ("1.1.1.1, 9.9.9.9", "2.2.2.2, 9.9.9.9"):
        with override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
            client.post(ask(profile), QUESTION, HTTP_X_FORWARDED_FOR=forwarded)
        client.post(ask(profile), QUESTION, HTTP_X_FORWARDED_FOR=forwarded)
    senders = list(Enquiry.objects.order_by("pk").values_list("sender", flat=True))
    assert senders[0] == senders[2] != senders[1] == senders[3]
    assert all(re.fullmatch("[0-9a-f]{64}", sender) for sender in senders)


def test_csrf__refuses_and_gives_the_text_back(profile: InnovationPage) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(ask(profile), QUESTION)
    html = response.content.decode()
    assert response.status_code == 403
    assert "Berapa bidan per desa?" in html
    assert not Enquiry.objects.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert token
    again = client.post(ask(profile), QUESTION | {"csrfmiddlewaretoken": token.group(1)})
    assert again.status_code == 302
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("kind", ["ask", "report", "thanks"])
def test_pages_that_are_not_public__are_not_found(client: Client, kind: str) -> None:
    draft, restricted = innovation(live=False), innovation()
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    for pk in (draft.pk, restricted.pk, 1, 999_999, 10**30):
        assert client.get(f"/id/tanya/{pk}/").status_code == 404
    assert client.post(ask(draft, kind), QUESTION).status_code in (404, 405)
    assert not Enquiry.objects.exists()


def test_news__can_be_asked_about(client: Client) -> None:
    assert client.get(ask(news_page())).status_code == 200


def test_mail__subject_is_one_line(client: Client) -> None:
    page = innovation(title="Judul\r\nBcc: semua@contoh.id", contact_email="kantor@contoh.go.id")
    client.post(ask(page), QUESTION)
    assert "\n" not in sent()[0].subject


class AwayBackend(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError("nobody there")


def test_mail__a_server_that_was_away_gets_it_later_and_once(client: Client, profile: InnovationPage) -> None:
    client.post(ask(profile), QUESTION)
    enquiry = Enquiry.objects.get()
    with override_settings(EMAIL_BACKEND=f"{__name__}.AwayBackend"):
        mail_enquiry.call(enquiry.pk)
    assert Enquiry.objects.get().mailed_at is None
    mail_waiting()
    mail_waiting()
    mail_enquiry.call(enquiry.pk)
    assert len(mail.outbox) == 1
    assert Enquiry.objects.get().mailed_at is not None


def test_enquiry__outlives_its_page(client: Client, profile: InnovationPage) -> None:
    client.post(ask(profile), QUESTION)
    profile.delete()
    enquiry = Enquiry.objects.get()
    assert (enquiry.page, enquiry.page_title) == (None, "Rumah Tunggu")
    mail_waiting()
    assert "Rumah Tunggu" in mail.outbox[0].subject


def test_mail__enquiry_that_is_gone_is_no_error() -> None:
    mail_enquiry.call(12345)
    assert mail.outbox == []


def test_admin__superusers_read_and_mark_but_do_not_add(client: Client, profile: InnovationPage) -> None:
    client.post(ask(profile), QUESTION)
    enquiry = Enquiry.objects.get()
    client.force_login(User.objects.create_superuser("admin", "admin@contoh.id", "rahasia"))
    assert "Rumah Tunggu" in client.get("/admin/enquiries/").content.decode()
    assert "Berapa bidan" in client.get(f"/admin/enquiries/inspect/{enquiry.pk}/").content.decode()
    assert client.get("/admin/enquiries/new/").status_code == 302
    client.post(f"/admin/enquiries/edit/{enquiry.pk}/", {"status": "answered", "message": "lain"})
    enquiry.refresh_from_db()
    assert enquiry.status == "answered"
    assert enquiry.message == QUESTION["message"]


def test_form__is_never_cached(client: Client, profile: InnovationPage) -> None:
    assert "no-store" in client.get(ask(profile))["Cache-Control"]
