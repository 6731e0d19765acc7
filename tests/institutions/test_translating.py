"""A translator's way: begun, worked on, submitted, approved, kept in step with the source."""

from dataclasses import dataclass
from typing import Any

import polib
import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Locale, Page, PageLogEntry, WorkflowState
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from accounts.models import User
from institutions import memberships
from institutions.approval.workflows import provide_workflows
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind
from institutions.translating import queue
from institutions.translating.rights import sources_for
from news.models import NewsPage, NewsSectionPage
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory
from tests.factories.news import news_index
from tests.queue import run_tasks

pytestmark = pytest.mark.django_db
TASKS = "institutions.translating."


@dataclass
class Office:
    translator: User
    contributor: User
    editor: User
    section: NewsSectionPage

    def news(self, title: str = "Mal pelayanan dibuka", live: bool = True) -> NewsPage:
        page = NewsPage(title=title, introduction="Ringkas.", live=live, owner=self.contributor)
        self.section.add_child(instance=page)
        revision = page.save_revision(user=self.editor)
        if live:
            revision.publish()
        return NewsPage.objects.get(pk=page.pk)


def person(name: str, code: str, role: Role) -> User:
    user = User.objects.create_user(name, f"{name}@contoh.go.id", "rahasia")
    memberships.begin(user, InstitutionFactory(code=code), role, [SectionKind.NEWS])
    return user


def office(code: str) -> Office:
    institution = InstitutionFactory(code=code)
    provision(institution, [SectionKind.NEWS])
    return Office(
        person(f"penerjemah-{code}", code, Role.TRANSLATOR),
        person(f"penulis-{code}", code, Role.CONTRIBUTOR),
        person(f"editor-{code}", code, Role.EDITOR),
        NewsSectionPage.objects.get(institution=institution, locale__language_code="id"),
    )


@pytest.fixture
def english(db: None) -> Locale:
    return Locale.objects.get(language_code="en")


@pytest.fixture
def sleman(english: Locale) -> Office:
    home = make_home()
    home.copy_for_translation(english).save_revision().publish()
    news_index()
    provision_portal()
    found = office("sleman")
    provide_workflows()
    return found


@pytest.fixture
def bantul(sleman: Office) -> Office:
    return office("bantul")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, "accounts.backends.PortalBackend")
    return client


def begin(user: User, page: Page, english: Locale) -> Translation:
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    response = client_of(user).post(address, {"locales": [english.pk]})
    assert response.status_code == 302, response.status_code
    return Translation.objects.get(source__object_id=page.translation_key)


def translate(translation: Translation, words: dict[str, str]) -> None:
    for segment in translation.source.stringsegment_set.select_related("string", "context"):
        if segment.string.data in words:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=translation.target_locale,
                defaults={"data": words[segment.string.data]},
            )


WORDS = {"Mal pelayanan dibuka": "Service mall opens", "Ringkas.": "In short."}


def told(response: object) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_begin__a_translator_of_the_section_without_publishing_anything(
    sleman: Office, english: Locale
) -> None:
    page = sleman.news()
    translation = begin(sleman.translator, page, english)
    target = translation.get_target_instance()
    assert (target.live, target.get_parent().specific.institution) == (False, sleman.section.institution)


def test_begin__a_translator_of_the_whole_portal_in_every_section(
    sleman: Office, bantul: Office, english: Locale
) -> None:
    user = User.objects.create_user("semua", "semua@contoh.go.id", "rahasia")
    memberships.begin(user, InstitutionFactory(code="pusat"), Role.PORTAL_TRANSLATOR)
    provision_portal()
    for office in (sleman, bantul):
        translation = begin(user, office.news(), english)
        translate(translation, WORDS)
        client_of(user).post(reverse("translating:submit", args=[translation.pk]))
        page = translation.get_target_instance()
        assert (page.live, page.current_workflow_state.status) == (False, WorkflowState.STATUS_IN_PROGRESS)
        # And nothing else: not the originals.
        assert not office.section.permissions_for_user(user).can_edit()


def test_delete__not_by_a_translator(sleman: Office, english: Locale) -> None:
    page = begin(sleman.translator, sleman.news(), english).get_target_instance()
    client = client_of(sleman.translator)
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    api = reverse("wagtailadmin_api:pages:action", args=[page.pk, "delete"])
    client.post(api, {}, content_type="application/json")
    assert NewsPage.objects.filter(pk=page.pk).exists()
    client_of(sleman.editor).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not NewsPage.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("who", ["contributor", "stranger"])
def test_begin__nobody_else(sleman: Office, bantul: Office, english: Locale, who: str) -> None:
    page = sleman.news()
    user = sleman.contributor if who == "contributor" else bantul.translator
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    for response in (
        client_of(user).get(address),
        client_of(user).post(address, {"locales": [english.pk]}),
    ):
        assert response.status_code == 404
    assert not Translation.objects.exists()


def test_begin__no_draft(sleman: Office, english: Locale) -> None:
    address = reverse("wagtail_localize:submit_page_translation", args=[sleman.news(live=False).pk])
    assert client_of(sleman.translator).post(address, {"locales": [english.pk]}).status_code == 404


def test_submit__refused_while_texts_are_missing(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    translate(translation, {"Mal pelayanan dibuka": "Service mall opens"})
    response = client_of(sleman.translator).post(reverse("translating:submit", args=[translation.pk]))
    assert "1 teks belum diterjemahkan: “Ringkas.”" in told(response)
    assert not WorkflowState.objects.exists()


def submitted(office: Office, english: Locale) -> Translation:
    translation = begin(office.translator, office.news(), english)
    translate(translation, WORDS)
    client_of(office.translator).post(reverse("translating:submit", args=[translation.pk]))
    return translation


def test_submit__goes_live_by_the_editors_approval(sleman: Office, english: Locale) -> None:
    translation = submitted(sleman, english)
    page = translation.get_target_instance()
    assert (page.live, page.current_workflow_state.status) == (False, WorkflowState.STATUS_IN_PROGRESS)
    form = client_of(sleman.editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "Setujui dan terbitkan" in form.content.decode()
    decide = reverse("translating:decide", args=[translation.pk])
    client_of(sleman.editor).post(decide, {"action": "approve"})
    page = translation.get_target_instance()
    assert (page.live, page.title, page.introduction) == (True, "Service mall opens", "In short.")
    assert page.slug == "service-mall-opens"
    assert Client().get(page.url).status_code == 200


@pytest.mark.parametrize("who", ["translator", "contributor", "stranger"])
def test_decide__nobody_but_the_sections_editors(
    sleman: Office, bantul: Office, english: Locale, who: str
) -> None:
    translation = submitted(sleman, english)
    user = bantul.editor if who == "stranger" else getattr(sleman, who)
    response = client_of(user).post(
        reverse("translating:decide", args=[translation.pk]), {"action": "approve"}
    )
    assert response.status_code in (302, 403)
    assert not translation.get_target_instance().live


def test_decide__returned_with_a_remark_corrected_and_submitted_again(
    sleman: Office, english: Locale
) -> None:
    translation = submitted(sleman, english)
    decide = reverse("translating:decide", args=[translation.pk])
    assert "Tulis apa yang perlu diperbaiki" in told(
        client_of(sleman.editor).post(decide, {"action": "reject"})
    )
    client_of(sleman.editor).post(decide, {"action": "reject", "comment": "Istilahnya: service centre."})
    page = translation.get_target_instance()
    assert page.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    form = client_of(sleman.translator).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "Istilahnya: service centre." in form.content.decode()
    translate(translation, {"Mal pelayanan dibuka": "Service centre opens"})
    client_of(sleman.translator).post(reverse("translating:submit", args=[translation.pk]))
    client_of(sleman.editor).post(decide, {"action": "approve"})
    assert translation.get_target_instance().title == "Service centre opens"


def live_translation(office: Office, english: Locale) -> Translation:
    translation = submitted(office, english)
    client_of(office.editor).post(reverse("translating:decide", args=[translation.pk]), {"action": "approve"})
    run_tasks(TASKS)
    return translation


def change_source(translation: Translation, introduction: str) -> None:
    page = translation.source.get_source_instance()
    page.introduction = introduction
    page.save_revision().publish()
    run_tasks(TASKS)


def test_source_changed__the_queue_shows_what_and_nothing_goes_live(sleman: Office, english: Locale) -> None:
    translation = live_translation(sleman, english)
    change_source(translation, "Ringkas dan baru.")
    html = client_of(sleman.translator).get(reverse("translating:index")).content.decode()
    assert "Naskahnya berubah sesudah diterjemahkan" in html
    assert "Ringkas dan baru." in html
    assert translation.get_target_instance().introduction == "In short."
    # Submitting again changes nothing for readers either, until it is approved.
    translate(translation, {"Ringkas dan baru.": "Short and new."})
    client_of(sleman.translator).post(reverse("translating:submit", args=[translation.pk]))
    assert translation.get_target_instance().introduction == "In short."
    client_of(sleman.editor).post(reverse("translating:decide", args=[translation.pk]), {"action": "approve"})
    assert translation.get_target_instance().introduction == "Short and new."


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("none", "NONE"),
        ("underway", "UNDERWAY"),
        ("reviewed", "REVIEWED"),
        ("done", "DONE"),
        ("changed", "CHANGED"),
    ],
)
def test_queue__each_page_is_in_one_stage_alike_in_database_and_list(
    sleman: Office, english: Locale, stage: str, expected: str
) -> None:
    if stage == "none":
        sleman.news()
    elif stage == "underway":
        begin(sleman.translator, sleman.news(), english)
    elif stage == "reviewed":
        submitted(sleman, english)
    else:
        translation = live_translation(sleman, english)
        if stage == "changed":
            change_source(translation, "Lain.")
    pages = queue.staged(sources_for(sleman.translator, english), english)
    news = pages.type(NewsPage)
    assert [queue.stage_of(page).name for page in news] == [expected]
    found = {name.name: news.filter(condition).count() for name, condition in queue.CONDITIONS.items()}
    assert found == {name.name: int(name.name == expected) for name in queue.Stage}


def test_queue__only_of_ones_own_sections(sleman: Office, bantul: Office) -> None:
    sleman.news("Milik Sleman")
    bantul.news("Milik Bantul")
    html = client_of(bantul.translator).get(reverse("translating:index")).content.decode()
    assert "Milik Bantul" in html
    assert "Milik Sleman" not in html
    assert client_of(bantul.contributor).get(reverse("translating:index")).status_code in (302, 403)


def test_queue__of_one_institution_among_many(sleman: Office, bantul: Office) -> None:
    sleman.news("Milik Sleman")
    bantul.news("Milik Bantul")
    user = User.objects.create_user("semua", "semua@contoh.go.id", "rahasia")
    memberships.begin(user, InstitutionFactory(code="pusat"), Role.PORTAL_TRANSLATOR)
    provision_portal()
    owner = sleman.section.institution
    assert owner is not None
    found = client_of(user).get(reverse("translating:index"), {"institution": owner.pk})
    assert {(row.page.title, row.owner) for row in found.context["rows"]} == {
        ("Milik Sleman", owner.name),
        (sleman.section.title, owner.name),
    }
    everything = client_of(user).get(reverse("translating:index"), {"institution": "tidak ada"})
    assert {"Milik Sleman", "Milik Bantul"} <= {row.page.title for row in everything.context["rows"]}
    # Who has one institution needs no choice.
    own = client_of(bantul.translator).get(reverse("translating:index"), {"institution": owner.pk})
    assert 'name="institution"' not in own.content.decode()
    assert "Milik Bantul" in own.content.decode()


def test_panel__counts_what_asks_for_work_for_translators_only(sleman: Office, english: Locale) -> None:
    sleman.news()
    translation = live_translation(sleman, english)
    change_source(translation, "Lain.")
    html = client_of(sleman.translator).get(reverse("wagtailadmin_home")).content.decode()
    assert '?stage=changed">Naskahnya berubah sesudah diterjemahkan</a> <span>1</span>' in html
    assert '?stage=none">Belum diterjemahkan</a>' in html
    assert "?stage=" not in client_of(sleman.contributor).get(reverse("wagtailadmin_home")).content.decode()


def test_queue__a_constant_number_of_queries(
    sleman: Office, english: Locale, django_assert_max_num_queries: object
) -> None:
    def queries() -> int:
        client = client_of(sleman.translator)
        client.get(reverse("translating:index"))
        with django_assert_max_num_queries(100) as captured:
            client.get(reverse("translating:index"))
        return len(captured)

    begin(sleman.translator, sleman.news("Berita pertama"), english)
    few = queries()
    for number in range(15):
        begin(sleman.translator, sleman.news(f"Berita {number}"), english)
    assert queries() == few


def test_source_unpublished__its_translation_too(sleman: Office, english: Locale) -> None:
    translation = live_translation(sleman, english)
    translation.source.get_source_instance().unpublish()
    page = translation.get_target_instance()
    assert not page.live
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.unpublish").exists()


def test_source_deleted__its_translation_is_withdrawn_and_keeps_its_texts(
    sleman: Office, english: Locale
) -> None:
    translation = live_translation(sleman, english)
    page = translation.get_target_instance()
    translation.source.get_source_instance().delete()
    page = NewsPage.objects.get(pk=page.pk)
    assert (page.live, page.introduction) == (False, "In short.")
    assert StringTranslation.objects.filter(data="In short.").exists()


def test_source_moved__its_translation_too(sleman: Office, bantul: Office, english: Locale) -> None:
    translation = live_translation(sleman, english)
    translation.source.get_source_instance().move(bantul.section, pos="last-child")
    assert translation.get_target_instance().get_parent() == bantul.section.get_translation(english).page_ptr
    assert Page.find_problems() == ([], [], [], [], [])


def test_language__that_pages_are_in_cannot_be_removed(sleman: Office, english: Locale) -> None:
    live_translation(sleman, english)
    administrator = User.objects.create_superuser("admin", "admin@contoh.go.id", "rahasia")
    response = client_of(administrator).post(reverse("wagtaillocales:delete", args=[english.pk]))
    assert "tidak dapat dihapus" in told(response)
    assert Locale.objects.filter(pk=english.pk).exists()


# What comes back from outside


def po_file(translation: Translation, words: dict[str, str]) -> polib.POFile:
    po = translation.export_po()
    for entry in po:
        entry.msgstr = words.get(entry.msgid, "")
    return po


def upload(user: User, translation: Translation, content: bytes) -> object:
    address = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    file = SimpleUploadedFile("terjemahan.po", content)
    return client_of(user).post(address, {"file": file, "next": reverse("translating:index")})


def data(translation: Translation) -> set[str]:
    return set(
        StringTranslation.objects.filter(locale=translation.target_locale).values_list("data", flat=True)
    )


def test_po__comes_back(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    client = client_of(sleman.translator)
    download = client.get(reverse("wagtail_localize:download_pofile", args=[translation.pk]))
    assert b"Ringkas." in download.content
    response = upload(sleman.translator, translation, str(po_file(translation, WORDS)).encode())
    assert "2 terjemahan diambil dari berkas." in told(response)
    assert data(translation) == set(WORDS.values())


def test_po__of_another_institution(sleman: Office, bantul: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    response = upload(bantul.translator, translation, str(po_file(translation, WORDS)).encode())
    assert response.status_code in (302, 403)
    assert not data(translation)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "bukan berkas PO"),
        (b"/etc/passwd", "bukan berkas PO"),
        (b"\x89PNG\r\n\x1a\n", "bukan UTF-8"),
        (b'msgid "a"\nmsgstr "b"\n', "tidak menyebut terjemahannya"),
        (
            b'msgid ""\nmsgstr "X-WagtailLocalize-TranslationID: 1\\n"\n\nmsgid "a"\nmsgstr "b"\n',
            "terjemahan lain",
        ),
        (b'msgid "a"\nmsgstr "b"\nrusak "c"\n', "rusak di baris 3"),
    ],
)
def test_po__what_is_none_or_of_another(sleman: Office, english: Locale, content: bytes, says: str) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    assert says in told(upload(sleman.translator, translation, content))
    assert not data(translation)


@pytest.mark.parametrize(
    "wrong",
    [
        "<script>alert(1)</script>", "<!--><script>alert(1)</script>-->", "<b onclick=x>a</b>",
        '<a id="a1">tautan</a>', "<p>a</p>", "<img src=x>",
    ],
)  # fmt: skip
def test_po__markup_that_was_not_in_the_source(sleman: Office, english: Locale, wrong: str) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    content = str(po_file(translation, {**WORDS, "Ringkas.": wrong})).encode()
    response = upload(sleman.translator, translation, content)
    assert "1 terjemahan diambil" in told(response)
    assert "entri" in told(response)
    assert "Ringkas." in told(response)
    assert data(translation) == {"Service mall opens"}


def test_po__unknown_texts_and_missing_ones_are_told(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    po = po_file(translation, {"Ringkas.": "In short."})
    po.append(polib.POEntry(msgid="Sudah dihapus", msgctxt="introduction", msgstr="Gone"))
    response = upload(sleman.translator, translation, str(po).encode())
    assert "“Sudah dihapus”" in told(response)
    assert "1 teks tidak ada terjemahannya di berkas" in told(response)


# wagtail-localize's own addresses


def edit(user: User, translation: Translation, value: str) -> HttpResponse:
    segment = translation.source.stringsegment_set.get(string__data="Ringkas.")
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    content = urlencode({"value": value})
    return client_of(user).put(address, content, content_type="application/x-www-form-urlencoded")


def test_edit__a_text(sleman: Office, bantul: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    assert edit(sleman.translator, translation, "In short.").status_code == 201
    assert edit(bantul.translator, translation, "Stolen").status_code in (302, 403)
    assert edit(sleman.contributor, translation, "Stolen").status_code in (302, 403)
    # wagtail-localize's editor shows the reason of an answer of 200 only, beside what was typed.
    refused = edit(sleman.translator, translation, "<!--><script>alert(1)</script>-->")
    assert (refused.status_code, refused.json()["data"]) == (200, "<!--><script>alert(1)</script>-->")
    assert "komentar dan pernyataan HTML" in refused.json()["error"]
    assert data(translation) == {"In short."}


def test_publish__not_by_a_translator(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    translate(translation, WORDS)
    page = translation.get_target_instance()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client_of(sleman.translator).post(address, {"action": "publish"})
    assert not translation.get_target_instance().live


def test_update__reads_the_source_and_publishes_nothing(
    sleman: Office, bantul: Office, english: Locale
) -> None:
    translation = live_translation(sleman, english)
    page = translation.source.get_source_instance()
    NewsPage.objects.filter(pk=page.pk).update(introduction="Lain.")
    address = reverse("wagtail_localize:update_translations", args=[translation.source.pk])
    assert client_of(bantul.translator).post(address).status_code == 404
    client_of(sleman.translator).post(address, {"publish_translations": "on"})
    source = TranslationSource.objects.get(pk=translation.source.pk)
    assert source.stringsegment_set.filter(string__data="Lain.").exists()
    assert translation.get_target_instance().introduction == "In short."


# A first draft by a machine


class Machine(BaseMachineTranslator):
    """One of our own, told what to answer."""

    display_name = "Mesin"

    def can_translate(self, source_locale: Locale, target_locale: Locale) -> bool:
        return True

    def translate(self, source_locale: Locale, target_locale: Locale, strings: object) -> dict:
        if self.options["says"] is None:
            raise ConnectionError
        return {string: StringValue(self.options["says"]) for string in strings}


@pytest.mark.parametrize(
    ("says", "kept", "message"),
    [
        ("Words", {"Words"}, "Mesin"),
        ("<!--><script>alert(1)</script>-->", set(), "Mesin"),
        (None, set(), "Mesin penerjemah tidak menjawab"),
    ],
)
def test_machine__makes_a_draft_or_says_that_it_cannot(
    sleman: Office, english: Locale, settings: Any, says: str | None, kept: set[str], message: str
) -> None:
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": f"{__name__}.Machine", "OPTIONS": {"says": says}}
    translation = begin(sleman.translator, sleman.news(), english)
    address = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    response = client_of(sleman.translator).post(address, {"next": reverse("translating:index")})
    assert message in told(response)
    assert data(translation) == kept
    assert not translation.get_target_instance().live
