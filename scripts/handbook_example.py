"""What the handbook's pictures show: an institution that is none, its people, and their records.

Needs Django set up on the database of a starter site. Days shown are fixed where they can be.
"""

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page

from accounts.models import User
from cms.models import OutgoingMail
from directory.models import Confirmation, DirectorySectionPage, InnovationPage
from directory.validating.settling import settle
from institutions import memberships
from institutions.inviting.letters import invite
from institutions.models import Institution, Review
from institutions.models.review import RETURN
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind, Source
from taxonomy.models import Sector

PASSWORD = "contoh-buku-panduan"
GUEST = "sari@contoh.go.id"
COMPLETE: dict[str, Any] = {
    "problem": "Ibu di tiga desa terjauh berjalan dua jam ke posyandu; hanya 41 persen balita ditimbang.",
    "result": "Dua tahun sesudah posyandu berkeliling, 92 persen balita ditimbang tiap bulan.",
    "summary": "Kader dan bidan membawa posyandu ke desa terjauh dengan satu mobil dan jadwal tetap.",
    "contact_email": "dinkes@contoh.go.id",
    "service_unit": "Dinas Kesehatan",
    "narrative": [
        {"type": "how_it_works", "value": "<p>Mobil berangkat setiap Selasa menurut jadwal desa.</p>"}
    ],
}


@dataclass(frozen=True)
class Example:
    """`invitation`: the path of the page the mail leads to."""

    invitation: str
    section: int
    published: int


def build() -> Example:
    """Institution, editor, validator, a published record, and an invitation to who will write there."""
    owner, _new = Institution.objects.get_or_create(
        code="kabupaten-contoh", defaults={"name": "Pemerintah Kabupaten Contoh", "kind": "regency"}
    )
    provision_portal()
    provision(owner, [SectionKind.DIRECTORY, SectionKind.NEWS])
    ministry = Institution.objects.get(code="kemenpanrb")
    editor = _person("dewi", "Dewi", "Lestari", "Kepala Bagian Organisasi")
    validator = _person("rahma", "Rahma", "Putri", "Analis Kebijakan")
    memberships.begin(editor, owner, Role.EDITOR, [SectionKind.DIRECTORY, SectionKind.NEWS])
    memberships.begin(validator, ministry, Role.VALIDATOR, source=Source.NONE)
    section = DirectorySectionPage.objects.get(institution=owner, locale__language_code="id")
    published = _record(section, editor, "Antrean tanpa kertas di Puskesmas")
    published.save_revision(user=editor).publish()
    answered = timezone.now() - datetime.timedelta(days=400)
    Confirmation.objects.create(
        page=published, status="running", confirmed_at=answered.replace(month=1, day=12), confirmed_by=editor
    )
    with transaction.atomic(), translation.override("id"):
        invite(owner, GUEST, Role.CONTRIBUTOR, [SectionKind.DIRECTORY], editor)
        letter = OutgoingMail.objects.filter(to=[GUEST]).latest("pk")
        found = re.search(rf"{re.escape(settings.WAGTAILADMIN_BASE_URL)}(\S+)", letter.body)
        letter.delete()
    if found is None:
        raise RuntimeError("the letter of an invitation has no link")
    return Example(found[1], section.pk, published.pk)


def return_record(example: Example) -> None:
    """A record of the guest's that came back from the validator, with what was said of it."""
    guest, editor, validator = (
        User.objects.get(email=f"{name}@contoh.go.id") for name in ("sari", "dewi", "rahma")
    )
    page = _record(DirectorySectionPage.objects.get(pk=example.section), guest, "Posyandu berkeliling")
    page.save_revision(user=guest)
    state = page.get_workflow().start(page, guest)
    first = state.current_task_state
    first.task.specific.on_action(first, editor, "approve")
    review = Review.objects.filter(workflow_state=state).latest("pk")
    remarks = {"evidence": "Sebutkan sumber angka 92 persen: register penimbangan, atau profil kesehatan?"}
    settle(review, validator, RETURN, "Hampir selesai; tinggal satu sumber.", remarks)
    day = timezone.make_aware(datetime.datetime(2026, 3, 2, 9, 30))
    Review.objects.filter(pk=review.pk).update(finished_at=day)


def submit_record(example: Example) -> str:
    """A record of the editor's, submitted: the path of the page on which the validator judges it."""
    editor = User.objects.get(email="dewi@contoh.go.id")
    page = _record(DirectorySectionPage.objects.get(pk=example.section), editor, "Bank sampah di sekolah")
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    review = Review.objects.filter(workflow_state__object_id=str(page.pk)).latest("pk")
    day = timezone.now() - datetime.timedelta(days=2)
    Review.objects.filter(pk=review.pk).update(started_at=day)
    return reverse("validating:review", args=[review.pk])


def _person(name: str, first: str, last: str, post: str) -> User:
    return User.objects.create_user(
        name, f"{name}@contoh.go.id", PASSWORD, first_name=first, last_name=last, job_title=post
    )


def _record(section: Page, owner: User, title: str) -> InnovationPage:
    page = InnovationPage(
        title=title, owner=owner, live=False, institution=section.specific.institution, **COMPLETE
    )
    page.sectors = [Sector.objects.get(code="kesehatan")]
    section.add_child(instance=page)
    return page
