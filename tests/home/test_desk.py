"""The editors' home: what each role finds there, what is left out, and what it costs."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from accounts import sessions
from accounts.models import User
from directory.models import InnovationPage
from guides.models import GuidePage
from home.desk.contents import State, contents, in_state
from institutions import memberships
from institutions.models import Membership
from institutions.roles import Role, SectionKind, Source
from news.models import NewsPage
from tests.factories.directory import SUBMITTABLE, innovation
from tests.factories.guides import guide_index, guide_page
from tests.factories.offices import DIRECTORY, NEWS, Office, client_of, office, person, portal

pytestmark = pytest.mark.django_db
GUIDES = SectionKind.GUIDES


@pytest.fixture
def owner() -> User:
    user = portal()
    guide_index()
    return user


@pytest.fixture
def sleman(owner: User) -> Office:
    return office("sleman", NEWS, DIRECTORY, GUIDES)


def front(user: User) -> str:
    response = client_of(user).get(reverse("wagtailadmin_home"))
    assert response.status_code == 200
    return response.content.decode()


def panels(user: User) -> list[str]:
    """The ids of the panels shown, from above."""
    return re.findall(r'<section class="w-panel[^"]*" id="([\w-]+)-section"', front(user))


def listed(user: User, address: str) -> int:
    """How many rows the list behind a number has."""
    response = client_of(user).get(address.replace("&amp;", "&"))
    assert response.status_code == 200
    return len(response.context["object_list"])


def record(here: Office, title: str, **fields: object) -> InnovationPage:
    page = innovation(
        here.directory, title=title, owner=here.contributor, **{"live": False, **SUBMITTABLE, **fields}
    )
    if not page.live:
        page.save_revision(user=here.contributor)
    return page


def test_home__of_a_new_editor_says_where_to_begin(sleman: Office) -> None:
    assert panels(sleman.contributor) == ["first-steps", "institution-numbers"]
    html = front(sleman.contributor)
    assert reverse("handbook") in html
    assert (
        reverse("wagtailadmin_pages:add", args=["directory", "innovationpage", sleman.directory.pk]) in html
    )
    assert "Undang rekan Anda" not in html
    assert "Undang rekan Anda" in front(sleman.editor)
    for address in re.findall(r'href="(/admin/pages/add/[^"]+)"', html):
        assert client_of(sleman.contributor).get(address).status_code == 200
    sleman.draft()
    assert "first-steps" not in panels(sleman.contributor)


def test_home__what_awaits_the_person_comes_first(sleman: Office) -> None:
    record(sleman, "Belum pernah dijawab", live=True)
    guide_page(sleman_guides(sleman), review_date=timezone.localdate(), owner=sleman.editor)
    sleman.submitted("Menunggu saya")
    sleman.draft("Draf kontributor")
    mine = NewsPage(title="Draf editor", introduction="Ringkas.", live=False, owner=sleman.editor)
    sleman.news.add_child(instance=mine)
    mine.save_revision(user=sleman.editor)
    expected = ["awaiting", "confirmations", "due-guides", "drafts", "institution-numbers"]
    assert panels(sleman.editor) == expected
    assert panels(sleman.contributor) == ["drafts", "submitted", "institution-numbers"]


def sleman_guides(here: Office) -> Page:
    from guides.models import GuideSectionPage

    return GuideSectionPage.objects.get(institution=here.institution, locale__language_code="id")


def test_drafts__are_ones_own_the_newest_first_with_type_and_place(sleman: Office) -> None:
    other = office("bantul")
    other.draft("Draf Bantul")
    old, new = sleman.draft("Draf lama"), record(sleman, "Draf baru")
    sleman.submitted("Sudah diajukan")
    published = sleman.published("Sudah terbit")
    changed = sleman.published("Terbit lalu diubah")
    changed.title = "Terbit, berubah"
    changed.save_revision(user=sleman.contributor)
    days = {old: 3, new: 2, changed: 1}
    for page, number in days.items():
        moment = timezone.now() - datetime.timedelta(days=number)
        Page.objects.filter(pk=page.pk).update(latest_revision_created_at=moment)
    html = front(sleman.contributor)
    shown = html[html.index('id="drafts-section"') : html.index('id="submitted-section"')]
    assert re.findall(r"/admin/pages/(\d+)/edit/", shown) == [str(page.pk) for page in (changed, new, old)]
    assert "sudah terbit, perubahannya belum" in shown
    assert str(InnovationPage._meta.verbose_name).lower() in shown.lower()
    assert sleman.directory.title in shown
    assert published.title not in shown
    assert "Draf Bantul" not in html
    assert "drafts" not in panels(sleman.editor)


def test_drafts__of_an_institution_one_has_left_are_gone(sleman: Office) -> None:
    sleman.draft("Draf lama")
    memberships.end(Membership.objects.get(user=sleman.contributor))
    person(sleman.contributor.username, "bantul-baru", Role.VALIDATOR, source=Source.KIPP)
    assert "Draf lama" not in front(sleman.contributor)


def test_drafts__more_than_fit_lead_to_all_of_them(sleman: Office) -> None:
    for number in range(12):
        sleman.draft(f"Draf {number}")
    other = NewsPage(title="Draf editor", introduction="Ringkas.", live=False, owner=sleman.editor)
    sleman.news.add_child(instance=other)
    html = front(sleman.contributor)
    (address,) = re.findall(r'href="([^"]+)">\s*Semua draf saya', html)
    assert listed(sleman.contributor, address) == 12


def test_numbers__are_those_of_the_lists_behind_them(sleman: Office) -> None:
    other = office("bantul")
    record(other, "Inovasi Bantul", live=True)
    other.draft("Draf Bantul")
    record(sleman, "Terbit satu", live=True)
    record(sleman, "Terbit dua", live=True)
    record(sleman, "Konsep")
    sleman.published("Berita tahun lalu")
    NewsPage.objects.update(date=datetime.date(2020, 1, 1))
    sleman.published("Berita tahun ini")
    sleman.submitted("Menunggu")
    guide_page(sleman_guides(sleman), review_date=timezone.localdate())
    html = front(sleman.editor)
    shown = html[html.index('id="institution-numbers-section"') :]
    found = {
        label.strip(): (int(count), address)
        for address, count, label in re.findall(
            r'<a href="([^"]+)"><strong>(\d+)</strong> ([^<]+)</a>', shown
        )
    }
    assert {label: count for label, (count, _address) in found.items()} == {
        "inovasi terbit": 2,
        "draf inovasi": 1,
        "inovasi perlu konfirmasi": 2,
        "berita tahun ini": 1,
        "berita menunggu tinjauan": 1,
        "panduan terbit": 1,
        "panduan perlu ditinjau ulang": 1,
    }
    for label, (count, address) in found.items():
        assert listed(sleman.editor, address) == count, label
    assert "inovasi dikembalikan" not in shown


def test_numbers__each_role_its_own(sleman: Office, owner: User) -> None:
    validator = person("validator", "kementerian", Role.VALIDATOR, source=Source.NONE)
    page = record(sleman, "Diajukan")
    page.get_workflow().start(page, sleman.editor)
    assert panels(validator) == ["validations", "validator-numbers"]
    assert "<strong>1</strong> inovasi menunggu validasi" in front(validator)
    assert panels(owner)[-1] == "portal-numbers"
    assert "institution-numbers" not in panels(owner)
    assert "instansi menulis di portal" in front(owner)
    assert "akun aktif" not in front(owner)
    administrator = User.objects.create_superuser("akar", "akar@contoh.go.id", "rahasia")
    html = front(administrator)
    addresses = re.findall(r'<a href="([^"]+)"><strong>', html)
    assert "akun aktif" in html
    for address in addresses:
        assert client_of(administrator).get(address.replace("&amp;", "&"), follow=True).status_code == 200


def test_awaiting__who_oversees_is_told_of_what_waits_too_long(sleman: Office, owner: User) -> None:
    state = sleman.submitted("Menunggu lama")
    assert "awaiting" not in panels(owner)
    review = state.current_task_state
    review.started_at -= datetime.timedelta(days=settings.REVIEW_DAYS)
    review.save()
    assert "Terlambat ditinjau" in front(owner)
    assert "awaiting" in panels(sleman.editor)


def test_list__narrows_and_refuses_what_is_none(sleman: Office) -> None:
    other = office("bantul")
    other.draft("Draf Bantul")
    sleman.draft("Draf Sleman")
    record(sleman, "Inovasi Sleman")
    index = reverse("contents:index")
    assert listed(sleman.editor, index) == 2
    assert listed(sleman.editor, f"{index}?kind=news") == 1
    # The index of the admin's search is written after the transaction: nothing is found here, but asked for.
    for state in State.values:
        listed(sleman.editor, f"{index}?state={state}&kind=news&by=mine&q=Inovasi")
    assert listed(sleman.editor, f"{index}?by=mine") == 0
    assert listed(sleman.contributor, f"{index}?by=mine&language=id") == 2
    # Another institution's is no choice: nothing of it is shown.
    html = client_of(sleman.editor).get(f"{index}?institution={other.institution.pk}").content.decode()
    assert "Draf Bantul" not in html
    for wrong in ("state=x", "kind=x", "institution=x", "by=x"):
        assert client_of(sleman.editor).get(f"{index}?{wrong}").status_code == 200


@pytest.mark.parametrize("state", State)
def test_states__are_counted_in_one_query(sleman: Office, state: State) -> None:
    sleman.draft()
    with CaptureQueriesContext(connection) as found:
        contents(sleman.editor).filter(in_state(state)).count()
    assert len([query for query in found if "COUNT" in query["sql"]]) == 1


def _fill(here: Office, number: int) -> None:
    """So many of everything that a panel could list."""
    for one in range(number):
        here.draft(f"Draf {one}")
        here.submitted(f"Diajukan {one}")
        state = here.submitted(f"Kembali {one}")
        state.current_task_state.task.specific.on_action(state.current_task_state, here.editor, "reject")
        record(here, f"Terbit {one}", live=True)
        page = record(here, f"Validasi {one}")
        page.get_workflow().start(page, here.editor)
        guide = guide_page(sleman_guides(here), review_date=datetime.date(2024, 1, 1))
        GuidePage.objects.filter(pk=guide.pk).update(
            locked=True, locked_by=here.editor, locked_at=timezone.now()
        )


@pytest.mark.parametrize("role", ["contributor", "editor", "validator", "owner", "administrator"])
def test_home__takes_the_same_queries_for_few_and_many(
    sleman: Office, owner: User, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The note of a session falls into any request, once a minute.
    monkeypatch.setattr(sessions, "NOTED_EVERY", settings.SESSION_IDLE_SECONDS)
    people: dict[str, Callable[[], User]] = {
        "contributor": lambda: sleman.contributor,
        "editor": lambda: sleman.editor,
        "validator": lambda: person("validator", "kementerian", Role.VALIDATOR, source=Source.NONE),
        "owner": lambda: owner,
        "administrator": lambda: User.objects.create_superuser("akar", "akar@contoh.go.id", "rahasia"),
    }
    client = client_of(people[role]())

    def queries() -> int:
        if connection.vendor == "postgresql":
            # Inside a test's transaction it knows nothing of how much there is, and plans for minutes.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        client.get(reverse("wagtailadmin_home"))
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("wagtailadmin_home"))
        return len(found)

    _fill(sleman, 5)
    few = queries()
    _fill(sleman, 45)
    assert queries() <= few
    assert few <= 90
