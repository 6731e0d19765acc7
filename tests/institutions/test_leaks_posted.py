"""What is sent in, not only what is asked for, tells nothing of another institution's unpublished work."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.admin.views.pages import edit
from wagtail.models import Comment

from accounts.models import User
from institutions.approval.mails import REJECTED, send
from institutions.models import Review
from tests.institutions.leak_answers import post_everywhere, text_of, words_in
from tests.institutions.leak_records import Leaks, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaks() -> Leaks:
    return build()


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user, "accounts.backends.PortalBackend")
    return client


def test_posts__are_answered_without_a_word_of_another_institution(leaks: Leaks, client: Client) -> None:
    """To every address, as if to copy or move there, to B's own section."""
    own = leaks.other.pages["berita"].get_parent().pk
    data = {
        "new_title": "Salinan", "new_slug": "salinan", "new_parent_page": own, "copy_subpages": "on",
        "alias": "on", "destination": own, "recursive": "on", "chooser": own, "comment": "x",
    }  # fmt: skip
    before = leaks.other.pages["berita"].get_parent().get_children().count()
    assert post_everywhere(signed_in(client, leaks.other.people["editor"]), leaks, data) == {}
    # Nothing of A's has come over, not as a copy either.
    after = leaks.other.pages["berita"].get_parent().get_children()
    assert not words_in(" ".join(page.draft_title for page in after), leaks)
    assert after.count() <= before + 1


@pytest.mark.parametrize(
    ("view", "before", "file_field"),
    [
        ("wagtailimages_chooser:create", "image-chooser-upload-", "image-chooser-upload-file"),
        ("wagtailimages:add_multiple", "", "files[]"),
    ],
)
def test_upload_of_the_same_image__does_not_name_that_of_another_institution(
    leaks: Leaks, client: Client, view: str, before: str, file_field: str
) -> None:
    with leaks.secret.image.file.open() as file:
        sent = SimpleUploadedFile("Sama.png", file.read(), "image/png")
    data = {
        f"{before}title": "Sama",
        f"{before}collection": leaks.other.collection.pk,
        file_field: sent,
    }
    response = signed_in(client, leaks.other.people["editor"]).post(reverse(view), data)
    said = text_of(response)
    assert response.status_code == 200
    assert "Sama" in said
    assert not words_in(said, leaks)


def test_comments__are_mailed_to_nobody_who_has_left(leaks: Leaks) -> None:
    page = leaks.secret.pages["lama"]
    comment = Comment(page=page, user=leaks.secret.people["editor"], text="Baru", contentpath="title")
    mail.outbox.clear()
    edit.send_notification(
        [leaks.other.people["pindahan"], leaks.secret.people["kontributor"]],
        "updated_comments",
        {"page": page, "editor": comment.user, "new_comments": [comment], "resolved_comments": [],
         "deleted_comments": [], "replied_comments": []},
    )  # fmt: skip
    assert [one.to for one in mail.outbox] == [[leaks.secret.people["kontributor"].email]]


def test_returned_page__is_told_to_nobody_who_has_left(leaks: Leaks) -> None:
    page = leaks.secret.pages["lama"]
    review = Review.objects.get(workflow_state__object_id=str(page.pk))
    mail.outbox.clear()
    review.task.specific.on_action(review, leaks.secret.people["editor"], "reject", comment="Perbaiki.")
    assert mail.outbox == []
    assert send([leaks.secret.people["kontributor"]], REJECTED, "%s", "returned", {"page": page}) == 1
