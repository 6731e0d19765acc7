"""A profile becomes English and follows its source, each person in a window of their own."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation

from accounts.models import User
from directory.models import InnovationPage
from institutions import memberships
from institutions.approval.workflows import provide_workflows
from institutions.models import Institution
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind
from taxonomy.models import Sector
from tests.factories import directory as factory
from tests.factories.home import make_home
from tests.queue import run_tasks

PASSWORD = "sandi-untuk-uji"


def person(name: str, institution: Institution, role: Role) -> None:
    user = User.objects.create_user(name, f"{name}@contoh.go.id", PASSWORD)
    memberships.begin(user, institution, role, [SectionKind.DIRECTORY])


@pytest.fixture
def record(live_server: Any) -> InnovationPage:
    """A published profile of a regency that has a translator and an editor."""
    home = make_home()
    home.copy_for_translation(Locale.objects.get(language_code="en")).save_revision().publish()
    own = factory.institution("kab-contoh", name="Pemerintah Kabupaten Contoh", region=factory.region())
    section = factory.directory_section(own)
    provision(own, [SectionKind.DIRECTORY])
    provision_portal()
    provide_workflows()
    person("penerjemah", own, Role.TRANSLATOR)
    person("editor", own, Role.EDITOR)
    page = factory.innovation(
        section, title="Kemitraan bidan", institution=own, live=False,
        narrative=factory.narrative("how_it_works"), sectors=[factory.reference(Sector, "kesehatan")],
        evidence=[factory.evidence_row("bukti-1")], **factory.SUBMITTABLE,
    )  # fmt: skip
    page.save_revision().publish()
    return InnovationPage.objects.get(pk=page.pk)


@pytest.fixture
def enter(live_server: Any, open_window: Callable[..., Page]) -> Callable[[str], Page]:
    """`enter(name)`: a window in which this person has signed in, on the admin's front page."""

    def enter_as(name: str) -> Page:
        page = open_window()
        page.goto(f"{live_server.url}/admin/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    return enter_as


def translate_the_rest(page: InnovationPage) -> None:
    """Every text that has no English yet gets some."""
    english = Locale.objects.get(language_code="en")
    for segment in StringSegment.objects.filter(source__object_id=page.translation_key):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string, context=segment.context, locale=english,
            defaults={"data": f"English of text {segment.order}"},
        )  # fmt: skip


def translate(window: Page, original: str, words: str) -> None:
    """One text, in wagtail-localize's editor."""
    segment = window.locator("li").filter(has_text=original).last
    segment.get_by_role("button", name="Terjemahkan", exact=True).click()
    segment.locator("textarea").fill(words)
    segment.get_by_role("button", name="Simpan", exact=True).click()
    expect(segment.get_by_role("button", name="Ubah", exact=True)).to_be_visible()


def approve(editor: Page, live_server: Any, page: InnovationPage) -> None:
    english = page.get_translation(Locale.objects.get(language_code="en"))
    editor.goto(f"{live_server.url}/admin/pages/{english.pk}/edit/")
    expect(editor.locator("footer [value=publish]")).to_have_count(0)
    expect(editor.locator("footer [data-w-action-url-value='']")).to_be_hidden()
    editor.get_by_role("button", name="Setujui dan terbitkan").click()
    expect(editor.locator("body")).to_contain_text("Putusan disimpan.")


def test_profile__translated_changed_and_translated_again(
    record: InnovationPage, live_server: Any, enter: Callable[[str], Page], open_window: Callable[..., Page],
    axe: Callable[..., None],
) -> None:  # fmt: skip
    reader = open_window(360)
    reader.goto(live_server.url + record.url)
    # There is no translation yet: the record itself, in the English frame.
    reader.get_by_role("link", name="English").click()
    expect(reader.locator("html")).to_have_attribute("lang", "en")
    expect(reader.locator("h1")).to_have_attribute("lang", "id")
    expect(reader.locator("main")).to_contain_text("Only in Indonesian")
    axe(reader)

    translator = enter("penerjemah")
    translator.get_by_role("link", name="Belum diterjemahkan").click()
    axe(translator)
    translator.get_by_role("link", name="Mulai menerjemahkan Kemitraan bidan").click()
    translator.get_by_role("button", name="Kirim").click()
    translate(translator, "Kemitraan bidan", "Midwives and birth attendants")
    # Stopping: there for wagtail-localize's script only.
    expect(translator.locator("footer [data-w-action-url-value='']")).to_be_hidden()
    translator.get_by_role("button", name="Ajukan untuk disetujui").click()
    expect(translator.locator("body")).to_contain_text("teks belum diterjemahkan, antara lain")
    translate_the_rest(record)
    translator.get_by_role("button", name="Ajukan untuk disetujui").click()
    expect(translator.locator("body")).to_contain_text("Terjemahan diajukan")

    editor = enter("editor")
    approve(editor, live_server, record)
    reader.goto(live_server.url + record.url)
    reader.get_by_role("link", name="English").click()
    expect(reader.locator("h1")).to_have_text("Midwives and birth attendants")
    axe(reader)

    record.refresh_from_db()
    record.summary = "Ringkasan yang baru."
    record.save_revision().publish()
    run_tasks("institutions.translating.")
    reader.reload()
    expect(reader.locator("main")).to_contain_text("reflects the Indonesian text of")

    translator.goto(f"{live_server.url}/admin/terjemahan/?stage=changed")
    translator.get_by_text("1 teks menunggu").click()
    expect(translator.locator("main")).to_contain_text("Ringkasan yang baru.")
    translator.get_by_role("link", name="Kemitraan bidan", exact=True).click()
    translate(translator, "Ringkasan yang baru.", "The new summary.")
    translator.get_by_role("button", name="Ajukan untuk disetujui").click()
    approve(editor, live_server, record)
    reader.reload()
    expect(reader.locator("main")).to_contain_text("The new summary.")
    expect(reader.locator("main")).not_to_contain_text("reflects the Indonesian text of")
    reader.get_by_role("link", name="Bahasa Indonesia").click()
    expect(reader.locator("h1")).to_have_text("Kemitraan bidan")
