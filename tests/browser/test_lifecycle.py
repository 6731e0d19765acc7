"""One innovation from draft to stop, every role in a window of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from directory.models import InnovationPage, SourceRecord
from institutions import memberships
from institutions.models import Institution
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind, Source
from taxonomy.models import Sector
from tests.factories import directory as factory
from tests.factories.home import make_home

PASSWORD = "sandi-untuk-uji"
Check = Callable[[Page], None]


def person(name: str, institution: Institution, role: Role, source: str = "") -> None:
    user = User.objects.create_user(name, f"{name}@contoh.go.id", PASSWORD)
    kinds = [] if source else [SectionKind.DIRECTORY]
    memberships.begin(user, institution, role, kinds, source)


@pytest.fixture
def record(live_server: Any) -> InnovationPage:
    """A complete draft of a regency, from KIPP."""
    make_home()
    own = factory.institution("kab-contoh", name="Pemerintah Kabupaten Contoh", region=factory.region())
    ministry = factory.institution("kemenpanrb", name="Kementerian PANRB")
    section = factory.directory_section(own)
    provision(own, [SectionKind.DIRECTORY])
    provision_portal()
    person("kontributor", own, Role.CONTRIBUTOR)
    person("editor", own, Role.EDITOR)
    person("validator", ministry, Role.VALIDATOR, Source.KIPP)
    page = factory.innovation(
        section, title="Kemitraan bidan", institution=own, live=False,
        owner=User.objects.get(username="kontributor"), narrative=factory.narrative("how_it_works"),
        sectors=[factory.reference(Sector, "kesehatan")], evidence=[factory.evidence_row("bukti-1")],
        **factory.SUBMITTABLE,
    )  # fmt: skip
    page.save_revision(user=page.owner)
    SourceRecord.objects.create(page=page, source="kipp", record_id="2014-7")
    return page


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


def test_innovation__from_draft_to_stop(
    record: InnovationPage,
    live_server: Any,
    enter: Callable[[str], Page],
    open_window: Callable[..., Page],
    axe: Check,
) -> None:
    edit = f"{live_server.url}/admin/pages/{record.pk}/edit/"
    reader = open_window(360)
    contributor = enter("kontributor")
    contributor.goto(edit)
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
    act(contributor, "[name=action-submit]")

    validator.goto(f"{live_server.url}/admin/validasi/")
    validator.get_by_role("link", name="Kemitraan bidan").click()
    validator.locator("[name=verified]").check()
    validator.get_by_label("Setujui dan terbitkan").check()
    validator.get_by_role("button", name="Kirim keputusan").click()
    expect(validator.locator("main")).to_contain_text("disetujui")
    reader.goto(live_server.url + record.url)
    expect(reader.locator("main")).to_contain_text("Diverifikasi")

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
