"""Nobody learns of another institution's unpublished work: each role of B walks all addresses of the portal.

A's drafts, private pages, files and people are made of words that stand nowhere else (`leak_words`).
"""

import pytest
from django.test import Client

from accounts.models import User
from tests.institutions.leak_answers import text_of, walk
from tests.institutions.leak_records import Leaks, build
from tests.institutions.leak_words import COMMON, word

pytestmark = pytest.mark.django_db

# Of B, or of nowhere. A contributor has no right an editor has not; the one here wrote for A before.
SEEKERS = ["editor", "pindahan", "penerjemah", "validator", "tanpa-peran", None]
# Words that no address shows even to A's own people and the portal's staff. They are sought all the same.
HELD = {
    "rancangancatatvalidasi terbatascatatvalidasi": "notes of validations: kept as history",
    "rancangancatatbukti terbatascatatbukti": "notes of verifications: kept as history",
    "rancangancatatkonfirmasi terbatascatatkonfirmasi": "notes of confirmations: kept as history",
    "rancanganmentah terbatasmentah": "rows as the source delivered them: kept",
    "remarkbagian": "a remark on a part: shown to the author until he submits again",
    "jalurimpor kolomimpor nilaiimpor": "an imported file: its columns are shown before the plan is made",
    "kunciimpor mentahimpor nilaibaris": "a row to be imported: shown beside the record it changes",
    "unggahan": "a file of an upload that was not finished",
}
STAFF_PLACES = ("/admin/imports/", "/admin/enquiries/", "/admin/redirects/", "/admin/validasi/")


@pytest.fixture
def leaks() -> Leaks:
    return build()


@pytest.mark.parametrize("who", SEEKERS)
def test_walk__finds_no_word_of_another_institution(leaks: Leaks, client: Client, who: str | None) -> None:
    if who:
        client.force_login(leaks.other.people[who], "accounts.backends.PortalBackend")
    assert walk(client, leaks) == {}
    # Readers' addresses lead to pages, so that there was something to read.
    assert leaks.other.pages["berita"].title in text_of(client.get(leaks.other.pages["berita"].get_url()))


def test_walk__finds_every_word_as_ones_own(leaks: Leaks, client: Client) -> None:
    """So that the walk of the others could find it. What is the portal's staff's alone, they find."""
    client.force_login(leaks.secret.people["editor"], "accounts.backends.PortalBackend")
    told = walk(client, leaks, search=False)
    client.force_login(User.objects.create_superuser("akar"), "accounts.backends.PortalBackend")
    for place in STAFF_PLACES:
        told |= walk(client, leaks, place, search=False)
    assert leaks.words - set().union(*told.values()) == {
        word(name) for names in HELD for name in names.split()
    }


@pytest.mark.parametrize(
    "place", ["/id/cari/", "/id/cari/saran/", "/id/inovasi/", "/id/inovasi/unduh/json/", "/id/"]
)
def test_search__answers_as_if_the_word_stood_nowhere(leaks: Leaks, client: Client, place: str) -> None:
    """Numbers tell too: of hits, in facets, in what is suggested."""
    answers = set()
    for asked in (COMMON, "qxnihlzk"):
        response = client.get(place, {"q": asked, "tampil": "semua"}, follow=True)
        assert response.status_code == 200
        answers.add(text_of(response).replace(asked, "?"))
    assert len(answers) == 1
