"""Two institutions for the leak test: all that A keeps to itself is made of words of `leak_words`."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    CommentReply,
    Locale,
    Page,
    PageSubscription,
    PageViewRestriction,
    ReferenceIndex,
    TaskState,
)
from wagtail_localize.models import Translation, TranslationSource

from accounts.models import User
from cms.models import CustomDocument, CustomImage
from directory.choices import Source as RecordSource
from directory.models import (
    Award,
    Confirmation,
    FormerName,
    InnovationPage,
    SourceRecord,
    Validation,
    Verification,
)
from home.models import HomePage
from institutions import memberships
from institutions.inviting.letters import invite
from institutions.models import Institution, Review, Workspace
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind, Source
from search import index
from tests.factories.directory import directory_index, directory_section, full_innovation, narrative
from tests.factories.guides import guide_index, guide_page, guide_section, step
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory
from tests.factories.news import news_index, news_page, news_section
from tests.institutions.leak_traces import leave_traces
from tests.institutions.leak_words import all_words, text, word

KINDS = list(SectionKind)


@dataclass
class Party:
    """An institution with its sections, its people by role, and what it has written."""

    institution: Institution
    people: dict[str, User] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    image: CustomImage | None = None
    document: CustomDocument | None = None

    @property
    def collection(self) -> Any:
        return Workspace.objects.get(institution=self.institution).collection


@dataclass
class Leaks:
    """What the walk takes its numbers from, beside the rows of the database."""

    secret: Party
    other: Party
    words: frozenset[str] = frozenset()


def build() -> Leaks:
    home = make_home()
    directory_index(), news_index(), guide_index()
    english = Locale.objects.get_or_create(language_code="en")[0]
    if not HomePage.objects.filter(locale=english).exists():
        home.copy_for_translation(english).save_revision().publish()
    provision_portal()
    secret, other = _party("alfa"), _party("beta")
    _people(secret, other)
    _files(secret, word("berkasgambar"), word("berkasdokumen"), text)
    _files(other, "gambar", "dokumen", lambda name: f"{name} milik beta")
    _innovations(secret)
    _news_and_guides(secret, english)
    _others_pages(secret, other)
    leave_traces(secret)
    index.recount_words()
    # The worker's part.
    for page in Page.objects.filter(depth__gt=1).specific():
        ReferenceIndex.create_or_update_for_object(page)
    return Leaks(secret, other, all_words())


def _party(code: str) -> Party:
    institution = InstitutionFactory(code=code, name=f"Pemerintah {code.title()}", kind="city")
    party = Party(institution)
    directory_section(institution), news_section(institution), guide_section(institution)
    provision(institution, KINDS)
    return party


def _people(secret: Party, other: Party) -> None:
    portal = (("validator", Role.VALIDATOR, Source.IGA),)
    section = (("kontributor", Role.CONTRIBUTOR), ("editor", Role.EDITOR), ("penerjemah", Role.TRANSLATOR))
    for party, hidden in ((secret, True), (other, False)):
        for name, role in section:
            label = word(f"nama{name}") if hidden else f"{name}.beta"
            user = User.objects.create_user(
                label, f"{word('surel' + name) if hidden else label}@contoh.go.id", "x", first_name=label,
                last_name=word(f"marga{name}") if hidden else "Beta",
            )  # fmt: skip
            memberships.begin(user, party.institution, role, KINDS)
            party.people[name] = user
    for name, role, source in portal:
        user = User.objects.create_user(f"{name}.beta", f"{name}@contoh.go.id", "x")
        memberships.begin(user, other.institution, role, source=source)
        other.people[name] = user
    # Wrote for A, and works for B now.
    moved = User.objects.create_user("pindahan", "pindahan@contoh.go.id", "x")
    memberships.end(memberships.begin(moved, secret.institution, Role.CONTRIBUTOR, KINDS))
    memberships.begin(moved, other.institution, Role.CONTRIBUTOR, KINDS)
    other.people["pindahan"] = moved
    other.people["tanpa-peran"] = User.objects.create_user("warga", "warga@contoh.go.id", "x")
    address = f"{word('undangan')}@contoh.go.id"
    invite(secret.institution, address, Role.CONTRIBUTOR, [SectionKind.NEWS], by=secret.people["editor"])


def _files(party: Party, image: str, document: str, words: Any) -> None:
    collection = party.collection
    party.image = CustomImage.objects.create(
        title=words("judulgambar"), alt_text=words("altgambar"), credit=words("kreditgambar"),
        file=get_test_image_file(filename=f"{image}.png", size=(40, 30 + collection.pk)),
        collection=collection, uploaded_by_user=party.people["kontributor"],
    )  # fmt: skip
    party.document = CustomDocument.objects.create(
        title=words("juduldokumen"), file=ContentFile(words("isidokumen").encode(), f"{document}.txt"),
        collection=collection, uploaded_by_user=party.people["kontributor"],
    )  # fmt: skip
    party.image._set_image_file_metadata()
    party.document._set_document_file_metadata()
    for one, name in ((party.image, "taggambar"), (party.document, "tagdokumen")):
        one.tags.add(words(name).split()[0])
        one.save()
        log(one, "wagtail.create", user=party.people["kontributor"])


def _profile(party: Party, name: str, **fields: Any) -> dict[str, Any]:
    """An innovation every text of which tells which page and which field it is from."""

    def said(of: str) -> str:
        return text(f"{name}{of}")

    document = party.document.pk
    return {
        "title": said("judul"), "slug": word(f"{name}slug"), "institution": party.institution,
        "owner": party.people["kontributor"], "summary": said("ringkasan"), "problem": said("masalah"),
        "result": said("hasil"), "service_unit": said("unit"), "partners": said("mitra"),
        "contact_post": said("jabatan"), "contact_email": f"{word(name + 'kantor')}@contoh.go.id",
        "web_address": f"https://contoh.go.id/{word(name + 'alamat')}",
        "video_url": f"https://contoh.go.id/{word(name + 'video')}",
        "institution_text": said("teksinstansi"), "operational_status_reason": said("alasan"),
        "staff_needed": said("tenaga"), "seo_title": said("seo"), "search_description": said("deskripsi"),
        "narrative": narrative("background", "how_it_works", "lessons", text=said("uraian")),
        "evidence": [{"type": "evidence", "id": f"bukti-{name}", "value": {
            "indicator": said("indikator"), "baseline": word(f"{name}sebelum"),
            "result": word(f"{name}sesudah"),
            "unit": word(f"{name}satuan"), "period": word(f"{name}periode"), "method": said("cara"),
            "source": said("sumber"), "evaluator": "owner", "document": document}}],
        "costs": [{"type": "cost", "value": {"item": said("biaya"), "amount": 1, "frequency": "once"}}],
        "prerequisites": [{"type": "prerequisite", "value": {
            "kind": "staff", "statement": said("prasyarat"), "necessity": "essential"}}],
        "replication_kit": [{"type": "item", "value": {
            "kind": "sop", "title": said("perangkat"), "document": document,
            "licence": word(f"{name}lisensi"), "address": "", "necessity": "core"}}],
        "institutionalisation": [{"type": "item", "value": {
            "kind": "regulation", "title": said("pelembagaan"), "year": 2020, "document": document}}],
        "plan_priorities": [{"type": "priority", "value": {"level": "rpjmn", "statement": said("rpjmn")}}],
        "competition_categories": [{"type": "category", "value": {
            "scheme": said("kompetisi"), "year": 2021, "category": said("kategori")}}],
        "lead_image": party.image,
        **fields,
    }  # fmt: skip


def _dress(page: InnovationPage, name: str, party: Party) -> None:
    """The rows of a profile, and its history."""
    page.tags.set([word(f"{name}tag")])
    page.former_names = [FormerName(name=text(f"{name}namalama"))]
    page.awards = [Award(programme=page.awards.first().programme, year=2021, rank=text(f"{name}peringkat"))]
    page.save()
    editor = party.people["editor"]
    record = {"record_id": word(f"{name}nomor"), "raw": {"judul": text(f"{name}mentah")}}
    SourceRecord.objects.filter(page=page).update(source=RecordSource.KIPP, **record)
    Validation.objects.create(page=page, source="kipp", validator=editor, note=text(f"{name}catatvalidasi"))
    Verification.objects.create(
        page=page, block_id=f"bukti-{name}", content_hash="x", note=text(f"{name}catatbukti")
    )
    Confirmation.objects.create(
        page=page, status="running", note=text(f"{name}catatkonfirmasi"), confirmed_by=editor
    )


def _innovations(party: Party) -> None:
    section = directory_section(party.institution)
    author, editor = party.people["kontributor"], party.people["editor"]
    for name, live in (("rancangan", False), ("terbatas", True)):
        page = full_innovation(section, live=live, **_profile(party, name))
        _dress(page, name, party)
        party.pages[name] = page
    restricted = party.pages["terbatas"]
    # For the institution's own people. Others who sign in may read what asks for no more than that.
    own = PageViewRestriction.objects.create(page=restricted, restriction_type="groups")
    own.groups.set(Group.objects.filter(role__workspace__institution=party.institution))
    restricted.save_revision(user=editor).publish()
    # Submitted, returned with remarks, submitted again: it awaits KIPP's validators.
    draft = party.pages["rancangan"]
    draft.save_revision(user=author, log_action=True)
    state = draft.get_workflow().start(draft, author)
    review = state.current_task_state.specific
    remarks = {"remarks": {"summary": text("remarkbagian")}, "comment": text("remarkumum")}
    review.task.specific.on_action(review, editor, "reject", **remarks)
    Review.objects.filter(pk=review.pk).update(remarks={"summary": text("remarkbagian")})
    state.refresh_from_db()
    state.resume(user=author)
    again = TaskState.objects.get(pk=state.current_task_state_id).specific
    again.task.specific.on_action(again, editor, "approve", comment=text("remarksetuju"))


def _body(party: Party, name: str) -> list[dict[str, Any]]:
    image = {"image": party.image.pk, "alt_text": text(f"{name}alt"), "caption": text(f"{name}caption")}
    document = f'<a linktype="document" id="{party.document.pk}">{word(name + "tautan")}</a>'
    return [
        {"type": "paragraph", "value": f"<p>{text(f'{name}isi')} {document}</p>"},
        {"type": "image", "value": image},
    ]


def _article(party: Party, name: str, **fields: Any) -> Any:
    page = news_page(
        news_section(party.institution), title=text(f"{name}judul"), slug=word(f"{name}slug"),
        introduction=text(f"{name}pengantar"), lead_image=party.image, body=_body(party, name),
        lead_image_alt=text(f"{name}altutama"), lead_image_caption=text(f"{name}keterangan"),
        source_name=text(f"{name}sumber"), owner=party.people["kontributor"],
        **({"tags": (word(f"{name}tag"),)} | fields),
    )  # fmt: skip
    page.save()  # with its tags
    party.pages[name] = page
    page.save_revision(user=party.people["kontributor"], log_action=True)
    return page


def _news_and_guides(party: Party, english: Locale) -> None:
    author, editor = party.people["kontributor"], party.people["editor"]
    draft = _article(party, "berita", live=False)
    comment = Comment.objects.create(
        page=draft, user=author, text=text("komentar"), contentpath="title", position=""
    )
    CommentReply.objects.create(comment=comment, user=editor, text=text("balasan"))
    PageSubscription.objects.create(page=draft, user=author, comment_notifications=True)
    Page.objects.filter(pk=draft.pk).update(locked=True, locked_by=editor, locked_at=timezone.now())
    scheduled = _article(party, "terjadwal", live=False)
    scheduled.go_live_at = timezone.now() + datetime.timedelta(days=3)
    scheduled.save_revision(user=editor).publish(user=editor)
    changed = news_page(news_section(party.institution), title="Sudah terbit", slug="sudah-terbit")
    changed.title, changed.introduction = text("perubahanjudul"), text("perubahanpengantar")
    changed.save_revision(user=author, log_action=True)
    Page.objects.filter(pk=changed.pk).update(draft_title=changed.title)
    party.pages["perubahan"] = changed
    hidden = _article(party, "tertutup")
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password=word("katasandi"))
    guide = guide_page(
        guide_section(party.institution), live=False, owner=author, title=text("panduanjudul"),
        slug=word("panduanslug"), audience=text("panduanuntuk"), purpose=text("panduantujuan"),
        steps=[step(title=text("langkah"), instructions=f"<p>{text('petunjuk')}</p>",
                    responsible=text("penanggung"), duration=word("lama"), outputs=[text("keluaran")],
                    checklist=[text("periksa")])],
    )  # fmt: skip
    guide.save_revision(user=author, log_action=True)
    party.pages["panduan"] = guide
    source, _made_now = TranslationSource.update_or_create_from_instance(draft)
    Translation.objects.create(source=source, target_locale=english).save_target(publish=False)


def _others_pages(secret: Party, other: Party) -> None:
    """B's own: A's draft and B's page know each other's."""
    own = news_page(news_section(other.institution), title="Berita beta", owner=other.people["kontributor"])
    own.save_revision(user=other.people["editor"], log_action=True)
    other.pages["berita"] = own
    other.pages["inovasi"] = full_innovation(
        directory_section(other.institution), institution=other.institution, title="Inovasi beta",
        owner=other.people["kontributor"], lead_image=other.image,
    )  # fmt: skip
    other.pages["panduan"] = guide_page(guide_section(other.institution), live=False)
    draft = secret.pages["terjadwal"]
    draft.related_pages.create(related=own)
    draft.lead_image = other.image
    draft.save()
    # What was written for A by somebody who has gone to B.
    moved = other.people["pindahan"]
    old = _article(secret, "lama", live=False)
    Page.objects.filter(pk=old.pk).update(owner=moved, locked=True, locked_by=moved, locked_at=timezone.now())
    old.refresh_from_db()
    old.save_revision(user=moved, log_action=True)
    PageSubscription.objects.create(page=old, user=moved, comment_notifications=True)
    old.get_workflow().start(old, moved)
