"""One innovation from the first word to its stop, every role in a window of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from directory.models import InnovationPage
from institutions import memberships
from institutions.models import Institution
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind, Source
from taxonomy.models import Sector
from tests.factories import directory as factory
from tests.factories.home import make_home

PASSWORD = "sandi-untuk-uji"
EVIDENCE = {"indicator": "Persalinan oleh bidan", "baseline": "62", "result": "97", "unit": "persen"}
Check = Callable[[Page], None]


def person(name: str, institution: Institution, role: Role, source: str = "") -> None:
    user = User.objects.create_user(name, f"{name}@contoh.go.id", PASSWORD)
    kinds = [] if source else [SectionKind.DIRECTORY]
    memberships.begin(user, institution, role, kinds, source)


@pytest.fixture
def people(live_server: Any, settings: Any) -> None:
    """Of a regency who writes and who approves; of the ministry who validates records of no source."""
    # By hand alone: how far one has typed after five seconds depends on the machine.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    make_home()
    own = factory.institution("kab-contoh", name="Pemerintah Kabupaten Contoh", region=factory.region())
    ministry = factory.institution("kemenpanrb", name="Kementerian PANRB")
    factory.directory_section(own)
    factory.reference(Sector, "kesehatan", name_id="Kesehatan")
    provision(own, [SectionKind.DIRECTORY])
    provision_portal()
    person("kontributor", own, Role.CONTRIBUTOR)
    person("editor", own, Role.EDITOR)
    person("validator", ministry, Role.VALIDATOR, Source.NONE)


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


def act(page: Page, button: str) -> None:
    """A button of the editing form's menu, which may be behind its arrow."""
    found = page.locator(f"footer {button}").first
    if not found.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").click()
    with page.expect_event("load"):
        found.click()


def write(page: Page) -> InnovationPage:
    """A record as somebody types it who begins on the admin's front page; saved as a draft."""
    page.get_by_role("link", name="Tulis inovasi pertama Anda").click()
    page.wait_for_url("**/add/directory/innovationpage/**")
    page.fill("[name=title]", "Kemitraan bidan")
    for name, words in factory.SUBMITTABLE.items():
        page.fill(f"[name={name}]", words)
    page.locator('[data-profile-field="sectors"]').get_by_label("Kesehatan").check()
    page.get_by_role("tab", name="Cara kerja").click()
    page.locator("[data-narrative-section=how_it_works] [contenteditable=true]").click()
    page.keyboard.type("Bidan dan dukun berkunjung bersama.")
    page.get_by_role("tab", name="Bukti").click()
    page.locator('[data-profile-field="evidence"] .c-sf-add-button').click()
    for name, words in EVIDENCE.items():
        page.fill(f"[name=evidence-0-value-{name}]", words)
    act(page, "button.action-save")
    return InnovationPage.objects.get()


def test_innovation__from_draft_to_stop(
    people: None,
    live_server: Any,
    enter: Callable[[str], Page],
    open_window: Callable[..., Page],
    axe: Check,
) -> None:
    reader = open_window(360)
    contributor = enter("kontributor")
    record = write(contributor)
    edit = f"{live_server.url}/admin/pages/{record.pk}/edit/"
    act(contributor, "[name=action-submit]")

    editor = enter("editor")
    editor.get_by_role("link", name="Kemitraan bidan").first.click()
    editor.wait_for_url(edit)
    act(editor, "[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])")

    validator = enter("validator")
    validator.get_by_role("link", name="Kemitraan bidan").click()
    expect(validator.frame_locator("iframe").locator("h1")).to_have_text("Kemitraan bidan")
    axe(validator)
    validator.get_by_label("Bukti", exact=True).fill("Sebutkan halaman sumbernya.")
    validator.get_by_label("Kembalikan untuk diperbaiki").check()
    validator.get_by_role("button", name="Kirim keputusan").click()
    expect(validator.locator("main")).to_contain_text("dikembalikan untuk diperbaiki")
    assert reader.goto(live_server.url + record.url).status == 404

    contributor.goto(f"{live_server.url}/admin/")
    returned = contributor.locator("section, div").filter(has_text="Perlu Anda perbaiki").last
    expect(contributor.locator("main")).to_contain_text("Sebutkan halaman sumbernya.")
    expect(returned).to_be_visible()
    contributor.get_by_role("heading", name="Kemitraan bidan").get_by_role("link").click()
    contributor.wait_for_url(edit)
    expect(contributor.locator("main")).to_contain_text("Sebutkan halaman sumbernya.")
    contributor.get_by_role("tab", name="Bukti").click()
    contributor.fill("[name=evidence-0-value-source]", "Profil Kesehatan 2022, halaman 34")
    act(contributor, "[name=action-submit]")

    validator.goto(f"{live_server.url}/admin/validasi/")
    validator.get_by_role("link", name="Kemitraan bidan").click()
    expect(validator.locator("main")).to_contain_text("Sumber: Profil Kesehatan 2022, halaman 34")
    shown = validator.frame_locator("iframe").locator("main")
    expect(shown).to_contain_text("Profil Kesehatan 2022, halaman 34")
    validator.locator("[name=verified]").check()
    validator.get_by_label("Setujui dan terbitkan").check()
    validator.get_by_role("button", name="Kirim keputusan").click()
    expect(validator.locator("main")).to_contain_text("disetujui")
    reader.goto(live_server.url + record.url)
    expect(reader.locator("main")).to_contain_text("Diverifikasi")
    expect(reader.locator("main")).to_contain_text("Profil Kesehatan 2022, halaman 34")

    for answer, reason, shown in (
        ("Masih berjalan", "", "Masih berjalan"),
        ("Sudah berhenti", "Anggarannya dialihkan.", "Berhenti"),
    ):
        editor.goto(f"{live_server.url}/admin/konfirmasi/{record.pk}/")
        editor.get_by_label(answer, exact=True).check()
        editor.get_by_label("Alasan").fill(reason)
        editor.get_by_role("button", name="Simpan jawaban").click()
        editor.wait_for_url("**/konfirmasi/")
        reader.goto(live_server.url + record.url)
        expect(reader.locator("main")).to_contain_text(shown)
    expect(reader.locator("main")).to_contain_text("Anggarannya dialihkan.")
