"""Judging pairs in the admin, for those with the right to it."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from accounts.models import User
from directory.merging.verdicts import call_different
from directory.models import DuplicatePair, DuplicateSearch, InnovationPage, Merge
from tests.factories import directory as factory
from tests.factories.home import make_home
from tests.queue import queued, run_tasks

pytestmark = pytest.mark.django_db

VERDICTS = ("merge", "different")


def user_with(*rights: str) -> User:
    user = User.objects.create_user(f"orang-{'-'.join(rights)}", f"{'-'.join(rights)}@example.org", "x")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *rights]))
    return user


@pytest.fixture
def merger(client: Client) -> Client:
    make_home()
    client.force_login(user_with("merge_innovations"))
    return client


def live(**fields: object) -> InnovationPage:
    page = factory.innovation(**fields)
    page.save_revision().publish()
    return InnovationPage.objects.get(pk=page.pk)


@pytest.fixture
def pair(merger: Client) -> DuplicatePair:
    one = live(title="Kemitraan Bidan dan Dukun", partners="PKK", year=2019)
    other = live(title="Kemitraan Bidan & Dukun", contact_post="Kepala Dinas", year=2019, summary="Lain.")
    return DuplicatePair.objects.create(one=one, other=other, score=97, why="judul sama")


def address(pair: DuplicatePair, swapped: bool = False) -> str:
    numbers = [pair.one.registry_number, pair.other.registry_number]
    return reverse("merging:pair", args=numbers[::-1] if swapped else numbers)


def see(client: Client, url: str, **query: str) -> str:
    response = client.get(url, query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_list__names_the_pairs_and_leads_to_them(merger: Client, pair: DuplicatePair) -> None:
    html = see(merger, reverse("merging:index"))
    assert "97%: judul sama" in html
    # The more complete one is kept unless a person says otherwise.
    assert address(pair, swapped=True) in html
    assert "Tidak ada pasangan." in see(merger, reverse("merging:index"), state="different")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"province": "35"}, True),
        ({"province": "33"}, False),
        ({"source": "kipp"}, True),
        ({"source": "iga"}, False),
        ({"province": "x", "source": "x", "state": "x", "p": "x"}, True),
    ],
)
def test_list__is_narrowed_down(merger: Client, query: dict[str, str], found: bool) -> None:
    factory.region("33")
    one = factory.full_innovation()
    DuplicatePair.objects.create(one=one, other=factory.innovation(), score=91, why="mirip")
    assert ("91%: mirip" in see(merger, reverse("merging:index"), **query)) is found


def test_list__in_a_constant_number_of_queries(merger: Client, pair: DuplicatePair) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            see(merger, reverse("merging:index"))
        return len(captured)

    queries()
    before = queries()
    for number in range(5):
        owner = factory.institution(f"pemkot-{number}")
        page = factory.full_innovation(
            factory.directory_section(owner), region=factory.region(f"3{number}.01")
        )
        DuplicatePair.objects.create(one=pair.one, other=page, score=90)
    assert queries() == before


def test_pair__shows_both_and_what_would_be_added(merger: Client, pair: DuplicatePair) -> None:
    html = see(merger, address(pair))
    assert re.search(r"Judul<br><span[^>]*>berbeda", html)
    assert not re.search(r"Tahun<br><span[^>]*>berbeda", html)
    added = html[html.index("Yang ditambahkan pada") :]
    assert "Kepala Dinas" in added
    assert "PKK" not in added
    swapped = see(merger, address(pair, swapped=True))
    assert "PKK" in swapped[swapped.index("Yang ditambahkan pada") :]


def test_pair__merged_shows_what_became_of_it(merger: Client, pair: DuplicatePair) -> None:
    response = merger.post(address(pair), {"merge": "1"}, follow=True)
    html = response.content.decode()
    assert "Kemitraan Bidan &amp; Dukun" in html
    assert "Lain." in html
    merge = Merge.objects.get()
    assert (merge.page, merge.user.username) == (pair.one, "orang-merge_innovations")
    assert not DuplicatePair.objects.exists()
    entry = PageLogEntry.objects.get(action="directory.merge")
    assert (entry.page_id, entry.user) == (pair.one_id, merge.user)
    assert "menjadi bagian dari catatan ini" in entry.formatter.format_message(entry)
    # Who comes late, with either decision, is told.
    for again in (merger.get(address(pair)), *(merger.post(address(pair), {name: "1"}) for name in VERDICTS)):
        assert again.headers["Location"] == reverse("merging:result", args=[merge.number])
    assert merger.get(f"/id/admin/merging/{2**80}/1/").status_code == 404


def test_pair__told_apart_stays_on_the_list_of_these(merger: Client, pair: DuplicatePair) -> None:
    merger.post(address(pair, swapped=True), {"different": "1"})
    assert "Tidak ada pasangan." in see(merger, reverse("merging:index"))
    html = see(merger, reverse("merging:index"), state="different")
    assert "Bukan inovasi yang sama, orang-merge_innovations" in html
    pair.refresh_from_db()
    assert (pair.state, pair.score) == ("different", 97)
    assert InnovationPage.objects.count() == 2


def test_pair__that_cannot_be_merged_says_why(merger: Client, pair: DuplicatePair) -> None:
    InnovationPage.objects.filter(pk=pair.one_id).update(locked=True)
    assert "halaman dikunci" in see(merger, address(pair))
    response = merger.post(address(pair), {"merge": "1"}, follow=True)
    assert "halaman dikunci" in response.content.decode()
    assert InnovationPage.objects.count() == 2


def test_numbers__lead_to_a_pair_nobody_found(merger: Client) -> None:
    one, other = live(title="Apa saja"), live(title="Sesuatu yang lain")
    url = reverse("merging:index")
    query = {"first": one.registry_code, "second": str(other.registry_number)}
    response = merger.get(url, query)
    target = reverse("merging:pair", args=[one.registry_number, other.registry_number])
    assert response.headers["Location"] == target
    assert "Anda yang memilihnya" in see(merger, target)
    merger.post(target, {"different": "1"})
    assert DuplicatePair.objects.get().state == "different"
    for wrong in ("99999", "INO-x", "9" * 24, "-1", one.registry_code):
        assert "error-message" in see(merger, url, first=one.registry_code, second=wrong)


@pytest.mark.parametrize("said", [None, *VERDICTS])
def test_pair__of_a_record_with_itself_is_refused(merger: Client, said: str | None) -> None:
    number = live().registry_number
    url = reverse("merging:pair", args=[number, number])
    response = merger.post(url, {said: "1"}, follow=True) if said else merger.get(url, follow=True)
    assert response.redirect_chain[-1][0] == reverse("merging:index")
    assert "Kedua nomor sama" in response.content.decode()
    assert not DuplicatePair.objects.exists()


def test_search__again_by_a_button(merger: Client) -> None:
    assert "Belum pernah dicari." in see(merger, reverse("merging:index"))
    assert merger.get(reverse("merging:search")).status_code == 405
    live(title="Kemitraan Bidan dan Dukun")
    live(title="Kemitraan Bidan & Dukun")
    merger.post(reverse("merging:search"))
    assert queued("directory.tasks.").count() == 1
    assert "Pencarian berjalan" in see(merger, reverse("merging:index"))
    run_tasks("directory.tasks.")
    html = see(merger, reverse("merging:index"))
    assert "2 catatan dibandingkan" in html
    assert "Kemitraan Bidan &amp; Dukun" in html
    assert DuplicateSearch.objects.get().finished_at


def test_rights__nothing_without_them(merger: Client, pair: DuplicatePair) -> None:
    other = Client()
    other.force_login(user_with("import_kipp"))
    call_different(pair.one, pair.other)
    merge_url = reverse("merging:result", args=[1])
    for url in (reverse("merging:index"), address(pair), merge_url):
        # Wagtail answers a denied page of its admin with its front page and a message.
        assert other.get(url).status_code == 302
    assert other.post(reverse("merging:search")).status_code == 302
    assert other.post(address(pair), {"merge": "1"}).status_code == 302
    assert InnovationPage.objects.count() == 2
    assert not DuplicateSearch.objects.exists()
    assert reverse("merging:index") not in other.get("/admin/", follow=True).content.decode()
    assert reverse("merging:index") in merger.get("/admin/").content.decode()


def test_rights__a_group_is_given_them_in_the_admin(client: Client) -> None:
    client.force_login(User.objects.create_superuser("admin", "admin@example.org", "x"))
    html = client.get(reverse("wagtailusers_groups:add")).content.decode()
    for name in ("Menggabungkan catatan ganda", "Mengimpor berkas KIPP"):
        assert name in html
