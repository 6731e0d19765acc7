"""Every way a person changes something on the portal leaves an entry with the person and the time.

Each is gone as the person goes it: through the admin, or the page a mail leads to. Signing in and passwords:
`tests/accounts/test_audit.py`.
"""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, ModelLogEntry, PageLogEntry, Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import Translation, TranslationSource

from accounts.models import User
from cms.models import CustomDocument, CustomImage
from contact.models import Enquiry
from directory.choices import Source as RecordSource
from directory.models import ImportBatch, InnovationPage, SourceRecord
from institutions import memberships
from institutions.models import Institution, Invitation, Membership, Review
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind
from institutions.sections import provide
from news.models import NewsPage
from search.models import ModelCall, SynonymGroup
from taxonomy.models import Sector
from tests.directory.imports.files import KIPP_ROW, write_xlsx
from tests.directory.test_validating import client_of
from tests.factories import directory as factory
from tests.factories.cms import DocumentFactory, ImageFactory
from tests.factories.directory import SUBMITTABLE, directory_section, evidence_row, narrative, reference
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory
from tests.factories.news import news_index
from tests.queue import run_tasks

pytestmark = pytest.mark.django_db

AJAX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
NEWS, DIRECTORY = SectionKind.NEWS, SectionKind.DIRECTORY
Did = Callable[..., HttpResponse]


class Person:
    """Somebody signed in, whose every step is followed by a look into the log."""

    def __init__(self, user: User) -> None:
        self.user, self.client = user, client_of(user)

    def does(self, action: str, address: str, data: object = None, *args: object, **more: object) -> object:
        """Send a form; the newest entry of this action. `address`: a view's name, or a path with a query."""
        began = timezone.now()
        path = address if address.startswith("/") else reverse(address, args=args)
        response = self.client.post(path, data or {}, **more)
        assert response.status_code in (200, 201, 302), response.content.decode()[:3000]
        form = response.context.get("form") if response.context else None
        assert not (form is not None and form.errors), form.errors
        return entry_of(self.user, action, began)


def entry_of(user: User, action: str, since: object) -> object:
    """The newest entry of an action by this person since then; there must be one."""
    known = [
        entry
        for model in (PageLogEntry, ModelLogEntry)
        for entry in model.objects.filter(user=user.pk, timestamp__gte=since)
    ]
    found = [entry for entry in known if entry.action == action]
    assert found, f"no {action}, but {[entry.action for entry in known]}"
    assert since <= found[0].timestamp <= timezone.now() + timedelta(seconds=1)
    assert found[0].label
    assert not re.search("rahasia|kata-yang-panjang", json.dumps(found[0].data))
    return found[0]


@pytest.fixture
def adi() -> Person:
    make_home()
    return Person(User.objects.create_superuser("adi", "adi@contoh.go.id", "rahasia"))


@pytest.fixture
def alfa(adi: Person) -> Institution:
    news_index(), factory.directory_index()
    provision_portal()
    own = InstitutionFactory(code="alfa")
    provision(own, [NEWS, DIRECTORY])
    return own


def member(name: str, own: Institution, role: Role, *kinds: SectionKind, source: str = "") -> Person:
    user = User.objects.create_user(name, f"{name}@contoh.go.id", "rahasia")
    memberships.begin(user, own, role, kinds, source)
    return Person(user)


def test_members__invited_withdrawn_accepted_ended(alfa: Institution) -> None:
    editor = member("editor", alfa, Role.EDITOR, NEWS)
    form = {"email": "ani@contoh.go.id", "role": "contributor", "kinds": ["news"]}
    entry = editor.does("institutions.invite", "members:institution", form, alfa.pk)
    assert "ani@contoh.go.id" in entry.label
    token = re.findall(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[0].rstrip("/").split("/")[-1]
    assert token not in json.dumps([entry.label, entry.data])
    editor.does("institutions.withdraw", "members:take_back", {}, Invitation.objects.get().pk)
    editor.does("institutions.invite", "members:institution", form, alfa.pk)
    (path,) = re.findall(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)
    password = "empat-kata-yang-panjang"
    account = {"first_name": "Ani", "job_title": "x", "password": password, "repeated": password}
    began = timezone.now()
    assert Client().post(path, account).status_code == 302
    ani = User.objects.get(email="ani@contoh.go.id")
    entry_of(ani, "institutions.accept", began)
    entry_of(ani, "accounts.sign_in", began)
    entry_of(editor.user, "institutions.begin_membership", began)
    memberships.end(Membership.objects.get(user=ani), by=editor.user)
    entry_of(editor.user, "institutions.end_membership", began)


def test_members__what_changes_nothing_leaves_no_entry(alfa: Institution) -> None:
    editor = member("editor", alfa, Role.EDITOR, NEWS)
    before = ModelLogEntry.objects.count()
    memberships.begin(editor.user, alfa, Role.EDITOR, [NEWS])
    assert ModelLogEntry.objects.count() == before
    memberships.begin(editor.user, alfa, Role.EDITOR, [DIRECTORY])
    membership = Membership.objects.get()
    memberships.end(membership)
    memberships.end(membership)
    provision(alfa, [NEWS])
    assert ModelLogEntry.objects.count() == before + 2


def test_reference_tables__institutions_provisioned(adi: Person, alfa: Institution) -> None:
    form = {
        "code": "alfa", "name": "Nama baru", "kind": alfa.kind, "is_active": "on", "names-TOTAL_FORMS": 0,
        "names-INITIAL_FORMS": 0, "sections": ["news", "directory", "guides"],
    }  # fmt: skip
    adi.does("institutions.provision", "institution:edit", form, alfa.pk)
    assert ModelLogEntry.objects.filter(action="wagtail.edit", label="Nama baru").exists()
    sector = {"code": "x", "name_id": "Sektor", "position": 1, "is_active": "on"}
    adi.does("wagtail.create", "sector:add", sector)
    adi.does("wagtail.edit", "sector:edit", sector | {"name_id": "Lain"}, Sector.objects.get(code="x").pk)
    words = {"kind": "synonym", "terms": "ktp", "members": "kartu penduduk", "is_active": "on"}
    adi.does("wagtail.create", "synonyms:add", words)
    group = SynonymGroup.objects.get(terms="ktp")
    adi.does("wagtail.edit", "synonyms:edit", words | {"members": "kartu"}, group.pk)
    adi.does("wagtail.delete", "synonyms:delete", {}, group.pk)


def test_pages__from_draft_to_deletion(alfa: Institution) -> None:
    editor = member("editor", alfa, Role.EDITOR, NEWS)
    section = provide(alfa, NEWS)[0][0]
    page = section.add_child(instance=NewsPage(title="Kabar", slug="kabar", introduction="x", live=False))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = editor.client.get(address).context["form"]
    form = {field.html_name: field.value() or "" for field in shown}
    for formset in shown.formsets.values():
        form |= {field.html_name: field.value() for field in formset.management_form}
    form |= {"title": "Kabar baru", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    form |= nested_form_data({"body": streamfield([("paragraph", rich_text("<p>Isi</p>"))])})
    editor.does("wagtail.edit", address, form)
    editor.does("wagtail.publish", address, form | {"action-publish": "1"})
    editor.does("wagtail.lock", "wagtailadmin_pages:lock", {}, page.pk)
    editor.does("wagtail.unlock", "wagtailadmin_pages:unlock", {}, page.pk)
    editor.does("wagtail.unpublish", "wagtailadmin_pages:unpublish", {}, page.pk)
    owner = member("pemilik", alfa, Role.PROGRAMME_OWNER)
    owner.does("wagtail.delete", "wagtailadmin_pages:delete", {}, page.pk)


def submittable(alfa: Institution, by: User) -> InnovationPage:
    page = factory.innovation(
        directory_section(alfa), institution=alfa, live=False, owner=by,
        sectors=[reference(Sector, "kesehatan")], narrative=narrative("how_it_works"),
        evidence=[evidence_row()], **{"title": "Layanan ibu", **SUBMITTABLE},
    )  # fmt: skip
    page.save_revision(user=by)
    SourceRecord.objects.create(page=page, source=RecordSource.KIPP, record_id="k-1")
    return page


def current(page: InnovationPage) -> Review:
    state = InnovationPage.objects.get(pk=page.pk).current_workflow_state
    return Review.objects.get(pk=state.current_task_state_id)


def test_approvals__submitted_approved_returned_reassigned_verified_confirmed(alfa: Institution) -> None:
    author, editor = (
        member("penulis", alfa, Role.CONTRIBUTOR, DIRECTORY),
        member("editor", alfa, Role.EDITOR, DIRECTORY),
    )
    centre = InstitutionFactory(code="pusat")
    checker = member("validator", centre, Role.VALIDATOR, source="kipp")
    other = member("rekan", centre, Role.VALIDATOR, source="kipp")
    page, began = submittable(alfa, author.user), timezone.now()
    page.get_workflow().start(page, author.user)
    entry_of(author.user, "wagtail.workflow.start", began)

    def settles(who: Person, action: str, view: str, form: object, name: str) -> None:
        review = current(page)
        who.does(action, view, form, *((page.pk, name, review.pk) if name else (review.pk,)))

    settles(editor, "wagtail.workflow.approve", "wagtailadmin_pages:workflow_action", {}, "approve")
    settles(checker, "directory.reassign", "validating:hand_on", {"to": other.user.pk}, "")
    judged = {"action": "reject", "comment": "Perbaiki"}
    settles(other, "wagtail.workflow.reject", "validating:review", judged, "")
    state = InnovationPage.objects.get(pk=page.pk).current_workflow_state
    state.resume(user=editor.user)
    judged = {"action": "approve", "verified": ["bukti-1"]}
    settles(other, "wagtail.workflow.approve", "validating:review", judged, "")
    entry_of(other.user, "directory.verify", began)
    entry_of(other.user, "wagtail.publish", began)
    editor.does("directory.confirm", "confirming:ask", {"status": "running"}, page.pk)


def test_merging__merged_told_apart_and_sought(adi: Person) -> None:
    def live(title: str) -> InnovationPage:
        page = factory.innovation(title=title, year=2019)
        page.save_revision().publish()
        return InnovationPage.objects.get(pk=page.pk)

    one, other = live("Kemitraan Bidan dan Dukun"), live("Kemitraan Bidan & Dukun")
    numbers = (one.registry_number, other.registry_number)
    adi.does("directory.search_duplicates", "merging:search")
    entry = adi.does("directory.call_different", "merging:pair", {"different": "1"}, *numbers)
    assert other.title in entry.message
    adi.does("directory.merge", "merging:pair", {"merge": "1"}, *numbers)


def test_imports__from_upload_to_taking_back(adi: Person, tmp_path: Path) -> None:
    factory.directory_index()
    path = write_xlsx(tmp_path / "kipp.xlsx", [KIPP_ROW])

    def uploaded() -> ImportBatch:
        file = SimpleUploadedFile(path.name, path.read_bytes())
        adi.does("directory.import_upload", "imports:upload", {"source": "kipp", "file": file})
        run_tasks("directory.tasks.")
        batch = ImportBatch.objects.latest("pk")
        adi.does("directory.import_columns", "imports:columns", {}, batch.pk)
        run_tasks("directory.tasks.")
        return batch

    adi.does("directory.import_cancel", "imports:cancel", {}, uploaded().pk)
    batch = uploaded()
    adi.does("directory.import_apply", "imports:apply", {}, batch.pk)
    run_tasks("directory.tasks.")
    began = timezone.now()
    adi.does("directory.import_reverse", "imports:reverse", {}, batch.pk)
    run_tasks("directory.tasks.")
    # What the worker does in somebody's name is his.
    entry_of(adi.user, "wagtail.delete", began)


def test_imports__a_row_decided(adi: Person, tmp_path: Path) -> None:
    factory.directory_index()
    batch = ImportBatch.objects.create(source="kipp", file_name="x", state=ImportBatch.State.PLANNED)
    page = factory.innovation(title="Serupa")
    batch.rows.create(number=2, action="duplicate", duplicates=[[page.pk, "Serupa", 90, ["judul"]]])
    adi.does("directory.import_decide", "imports:compare", {"page": page.pk}, batch.pk, 2)


def test_calls__made_changed_widened(adi: Person) -> None:
    due = (timezone.localdate() + timedelta(days=9)).isoformat()
    form = {"title": "Banjir", "owner": adi.user.pk, "due": due, "note": "", "hari": 7, "topic": ["banjir"]}
    adi.does("wagtail.create", "insight:new_call", form)
    call = ModelCall.objects.get()
    seen = {"seen": call.changes.get().pk, "status": "open", "dropped_because": "", "answer": ""}
    adi.does("wagtail.edit", "insight:call", form | seen | {"title": "Rob"}, call.pk)
    adi.does("wagtail.edit", "insight:attach", {"call": call.pk, "topic": ["abrasi"], "hari": 7})


def test_enquiries__answered(adi: Person) -> None:
    enquiry = Enquiry.objects.create(kind="question", message="Berapa?")
    adi.does("wagtail.edit", "enquiries:edit", {"status": "answered"}, enquiry.pk)


def picture(**kind: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.png", get_test_image_file(**kind).file.getvalue())


def test_files__uploaded_changed_deleted(adi: Person) -> None:
    collection = Collection.get_first_root_node().pk
    image = {"title": "Foto", "collection": collection, "alt_text": "Foto"}
    adi.does("wagtail.create", "wagtailimages:add", {**image, "file": picture()})
    pk = CustomImage.objects.get().pk
    adi.does("wagtail.edit", "wagtailimages:edit", {**image, "title": "Lain"}, pk)
    adi.does("wagtail.delete", "wagtailimages:delete", {}, pk)
    many = {"title": "Foto", "files[]": picture(), "collection": collection}
    adi.client.post(reverse("wagtailimages:add_multiple"), many, **AJAX)
    chosen = {f"image-chooser-upload-{name}": value for name, value in image.items()}
    chosen["image-chooser-upload-file"] = picture(colour="red")
    adi.does("wagtail.create", "wagtailimages_chooser:create", chosen)
    file = SimpleUploadedFile("sop.pdf", b"%PDF-1.4")
    many = {"title": "SOP", "files[]": file, "collection": collection}
    entry = adi.does("wagtail.create", "wagtaildocs:add_multiple", many, **AJAX)
    assert entry.label == "SOP"
    document = CustomDocument.objects.get()
    adi.does("wagtail.edit", "wagtaildocs:edit", {"title": "SOP 2", "collection": collection}, document.pk)
    adi.does("wagtail.delete", "wagtaildocs:delete", {}, document.pk)
    adi.does("wagtail.create", "wagtailadmin_collections:add", {"name": "Baru", "parent": collection})
    made = Collection.objects.get(name="Baru").pk
    privacy = {"restriction_type": "login"}
    adi.does("wagtail.create", "wagtailadmin_collections:set_privacy", privacy, made)


@pytest.mark.parametrize(
    ("kind", "make"), [("customimage", ImageFactory), ("customdocument", DocumentFactory)]
)
def test_files__many_at_once(adi: Person, kind: str, make: Callable) -> None:
    pk = make(title="Satu").pk
    path = reverse("wagtail_bulk_action", args=["cms", kind, "delete"])
    assert adi.does("wagtail.delete", f"{path}?id={pk}").label == "Satu"


def test_accounts__made_changed_closed_put_into_groups(adi: Person) -> None:
    account = {
        "username": "budi", "email": "budi@contoh.go.id", "first_name": "Budi", "last_name": "S",
        "password1": "kuda-lumping-biru-7", "password2": "kuda-lumping-biru-7", "is_active": "on",
    }  # fmt: skip
    adi.does("wagtail.create", "wagtailusers_users:add", account)
    budi = User.objects.get(username="budi")
    without = {name: value for name, value in account.items() if "password" not in name}
    adi.does("wagtail.edit", "wagtailusers_users:edit", without | {"last_name": "T"}, budi.pk)
    path = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    entry = adi.does("wagtail.edit", f"{path}?id={budi.pk}", {"mark_as_active": "False"})
    assert (entry.label, entry.data) == ("Budi T", {"bulk": "set_active_state"})
    group = Group.objects.create(name="Percobaan")
    path = reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"])
    adi.does("wagtail.edit", f"{path}?id={budi.pk}", {"role": group.pk})
    adi.does("wagtail.delete", "wagtailusers_groups:delete", {}, group.pk)
    adi.does("wagtail.delete", "wagtailusers_users:delete", {}, budi.pk)


def test_settings__sites_redirects_workflows(adi: Person, alfa: Institution) -> None:
    site = Site.objects.get()
    form = {"hostname": "x.go.id", "port": 80, "root_page": site.root_page_id, "is_default_site": "on"}
    adi.does("wagtail.edit", "wagtailsites:edit", form, site.pk)
    adi.does(
        "wagtail.create",
        "wagtailredirects:add",
        {"old_path": "/lama/", "redirect_link": "https://x.go.id/baru/"},
    )
    workflow = alfa.workspace and provide(alfa, NEWS)[0][0].get_workflow()
    adi.does("wagtail.edit", "wagtailadmin_workflows:disable", {}, workflow.pk)
    adi.does("wagtail.edit", "wagtailadmin_workflows:enable", {}, workflow.pk)


def test_translations__a_text_translated(adi: Person, alfa: Institution) -> None:
    page = provide(alfa, NEWS)[0][0].add_child(instance=NewsPage(title="Kabar", slug="k", introduction="x"))
    source, _new = TranslationSource.update_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target()
    segment = source.stringsegment_set.first()
    path = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    began = timezone.now()
    for method, action in ((adi.client.put, "wagtail.create"), (adi.client.delete, "wagtail.delete")):
        response = method(path, "value=News", content_type="application/x-www-form-urlencoded")
        assert response.status_code in (200, 201), response.content
        entry_of(adi.user, action, began)
