"""The translators' queue: what it shows of which pages, and the panel that leads to it."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from accounts.models import User
from institutions import memberships
from institutions.provisioning import provision_portal
from institutions.roles import Role
from institutions.translating import queue
from institutions.translating.rights import sources_for
from news.models import NewsPage
from tests.factories.institutions import InstitutionFactory
from tests.factories.translating import (
    Office,
    begin,
    change_source,
    client_of,
    live_translation,
    submitted,
    translate,
)

pytestmark = pytest.mark.django_db


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
