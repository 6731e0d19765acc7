"""What a translation hangs on: its source, its approval, and that nothing of it goes live beside them."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, WorkflowState
from wagtail_localize.models import OverridableSegment, StringTranslation, Translation
from wagtail_localize.segments import OverridableSegmentValue

from accounts.models import User
from home.models import HomePage, StandardPage
from institutions import memberships
from institutions.provisioning import provision_portal
from institutions.roles import Role
from institutions.translating import queue
from institutions.translating.rights import sources_for
from news.models import NewsPage
from tests.factories.institutions import InstitutionFactory
from tests.factories.translating import (
    WORDS,
    Office,
    begin,
    change_source,
    client_of,
    live_translation,
    office,
    submitted,
    told,
    translate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("admin", "admin@contoh.go.id", "rahasia")


def submit(user: User, translation: Translation) -> Any:
    return client_of(user).post(reverse("translating:submit", args=[translation.pk]))


def decide(user: User, translation: Translation, **data: object) -> Any:
    address = reverse("translating:decide", args=[translation.pk])
    return client_of(user).post(address, {"action": "approve", **data})


def source_of(translation: Translation) -> NewsPage:
    return translation.source.get_source_instance()


def state_of(translation: Translation) -> str:
    return WorkflowState.objects.for_instance(translation.get_target_instance()).latest("pk").status


def queued(office: Office, english: Locale) -> list[str]:
    """The stages of the office's news in its translator's queue."""
    pages = queue.staged(sources_for(office.translator, english), english).type(NewsPage)
    return [queue.stage_of(page).name for page in pages]


# Nothing becomes an alias


@pytest.mark.parametrize("who", ["translator", "contributor", "editor", "administrator"])
def test_alias__is_made_of_no_translation(
    sleman: Office, english: Locale, administrator: User, who: str
) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    user = administrator if who == "administrator" else getattr(sleman, who)
    page = translation.get_target_instance()
    address = reverse("wagtail_localize:convert_to_alias", args=[page.pk])
    for answer in (client_of(user).get(address), client_of(user).post(address)):
        assert answer.status_code == 404
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client_of(user).post(edit, {"localize-convert-to-alias": "1"})
    page.refresh_from_db()
    assert (page.live, page.alias_of) == (False, None)
    assert Translation.objects.filter(pk=translation.pk, enabled=True).exists()


@pytest.mark.parametrize("who", ["translator", "editor", "administrator"])
@pytest.mark.parametrize("way", ["create_alias", "copy_for_translation", "convert_alias"])
def test_alias__the_api_makes_none_in_another_language(
    sleman: Office, english: Locale, administrator: User, who: str, way: str
) -> None:
    user = administrator if who == "administrator" else getattr(sleman, who)
    page = sleman.news()
    section = sleman.section.get_translation(english)
    data = {"destination_page_id": section.pk, "locale": "en", "alias": True, "update_slug": "lain"}
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, way])
    answer = client_of(user).post(address, data, content_type="application/json")
    assert answer.status_code in (400, 403, 404)
    assert not Page.objects.filter(alias_of=page).exists()
    assert not section.get_children().exists()


def test_alias__the_copying_form_makes_none_in_another_language(sleman: Office, english: Locale) -> None:
    page = sleman.news()
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    here, there = sleman.section, sleman.section.get_translation(english)
    data = {"new_title": "Lain", "new_slug": "lain", "alias": "on", "new_parent_page": there.pk}
    assert "Alias dalam bahasa lain" in told(client_of(sleman.editor).post(address, data))
    assert not Page.objects.filter(alias_of=page).exists()
    # Beside its original it is Wagtail's own affair.
    client_of(sleman.editor).post(address, {**data, "new_parent_page": here.pk})
    assert Page.objects.filter(alias_of=page).count() == 1


# Nothing is stopped for good


@pytest.mark.parametrize("who", ["translator", "editor", "administrator"])
def test_stop__by_nobody(sleman: Office, english: Locale, administrator: User, who: str) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    user = administrator if who == "administrator" else getattr(sleman, who)
    address = reverse("wagtail_localize:stop_translation", args=[translation.pk])
    assert client_of(user).post(address).status_code == 404
    translation.refresh_from_db()
    assert translation.enabled
    assert queued(sleman, english) == ["UNDERWAY"]


def test_editor__offers_neither_stopping_nor_aliases_nor_publishing(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    edit = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    for user in (sleman.translator, sleman.editor):
        html = client_of(user).get(edit).content.decode()
        assert "/disable/" not in html
        assert "convert_to_alias" not in html
        assert "&quot;canPublish&quot;: false" in html
        assert "Ajukan untuk disetujui" in html


def test_editor__of_a_page_without_a_source_offers_no_restart(
    sleman: Office, english: Locale, administrator: User
) -> None:
    """Wagtail's own form, which wagtail-localize would put it into."""
    translation = live_translation(sleman, english)
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    edit = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    html = client_of(administrator).get(edit).content.decode()
    assert "localize-restart-translation" not in html
    assert "localize-convert-to-alias" not in html


def test_restart__by_nobody(sleman: Office, english: Locale) -> None:
    translation = live_translation(sleman, english)
    page = translation.get_target_instance()
    source_of(translation).delete()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client_of(sleman.editor).post(edit, {"localize-restart-translation": "1"})
    assert answer.status_code == 404
    translation.refresh_from_db()
    assert not translation.enabled


# The source is withdrawn


def withdraw(translation: Translation, way: str) -> None:
    source = source_of(translation)
    source.unpublish() if way == "unpublished" else source.delete()


@pytest.mark.parametrize("way", ["unpublished", "deleted"])
def test_source_withdrawn__a_first_translation_under_review_stays_a_draft(
    sleman: Office, english: Locale, way: str
) -> None:
    translation = submitted(sleman, english)
    page = translation.get_target_instance()
    withdraw(translation, way)
    assert state_of(translation) == WorkflowState.STATUS_CANCELLED
    decide(sleman.editor, translation)
    page = NewsPage.objects.get(pk=page.pk)
    assert not page.live
    assert page.get_latest_revision_as_object().title == "Service mall opens"
    assert set(WORDS.values()) <= set(StringTranslation.objects.values_list("data", flat=True))


@pytest.mark.parametrize("way", ["unpublished", "deleted"])
def test_source_withdrawn__a_published_translation_under_review_does_not_come_back(
    sleman: Office, english: Locale, way: str
) -> None:
    translation = live_translation(sleman, english)
    submit(sleman.translator, translation)
    assert state_of(translation) == WorkflowState.STATUS_IN_PROGRESS
    withdraw(translation, way)
    decide(sleman.editor, translation)
    assert state_of(translation) == WorkflowState.STATUS_CANCELLED
    assert not translation.get_target_instance().live


def test_source_published_again__its_translation_is_submitted_again(sleman: Office, english: Locale) -> None:
    translation = submitted(sleman, english)
    source = source_of(translation)
    source.unpublish()
    assert "tidak sedang terbit" in told(submit(sleman.translator, translation))
    source.save_revision().publish()
    submit(sleman.translator, translation)
    decide(sleman.editor, translation)
    assert translation.get_target_instance().live


@pytest.mark.parametrize("way", ["decided", "workflow", "api", "bulk"])
def test_publish__not_beside_a_source_that_is_not_published(
    sleman: Office, english: Locale, administrator: User, way: str
) -> None:
    """However it came to be withdrawn: here past every signal."""
    translation = submitted(sleman, english)
    NewsPage.objects.filter(pk=source_of(translation).pk).update(live=False)
    page = translation.get_target_instance()
    client = client_of(administrator)
    if way == "decided":
        answer = decide(administrator, translation)
    elif way == "workflow":
        task = page.current_workflow_task_state
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
        answer = client.post(address, {"comment": ""})
    elif way == "api":
        answer = client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"]))
    else:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        answer = client.post(f"{address}?id={page.pk}")
    page.refresh_from_db()
    assert not page.live
    words = answer.content.decode() if way == "api" else told(answer)
    assert "tidak sedang terbit" in words
    if way in ("decided", "workflow"):
        # The review is still open: nothing of the approval is kept.
        assert state_of(translation) == WorkflowState.STATUS_IN_PROGRESS


# The source, or the page itself, is gone


@pytest.mark.parametrize(
    ("what", "gone"),
    [
        *(
            (what, gone)
            for what in ("submit", "decide", "preview", "download")
            for gone in ("source", "page")
        ),
        # Of a page that is not there Wagtail knows no editor.
        ("edit", "source"),
    ],
)
def test_gone__is_told_in_the_queue(sleman: Office, english: Locale, what: str, gone: str) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    page = translation.get_target_instance()
    (source_of(translation) if gone == "source" else page).delete()
    client = client_of(sleman.translator)
    if what == "edit":
        answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    elif what in ("submit", "decide"):
        answer = client.post(reverse(f"translating:{what}", args=[translation.pk]), {"action": "approve"})
    else:
        name = {"preview": "preview_translation", "download": "download_pofile"}[what]
        answer = client.get(reverse(f"wagtail_localize:{name}", args=[translation.pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("translating:index"))
    words = {"source": "sudah dihapus; terjemahannya", "page": "Halaman terjemahan ini sudah dihapus"}
    assert words[gone] in told(answer)


@pytest.mark.parametrize("gone", ["source", "page"])
def test_gone__is_told_where_something_is_put_in_the_place_of_a_picture(
    sleman: Office, english: Locale, gone: str
) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    segment = OverridableSegment.from_value(
        translation.source, OverridableSegmentValue("lead_image", 1, order=9)
    )
    (source_of(translation) if gone == "source" else translation.get_target_instance()).delete()
    address = reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])
    form = "application/x-www-form-urlencoded"
    answer = client_of(sleman.translator).put(address, "value=1", content_type=form)
    assert answer.status_code == 404
    words = {"source": "sudah dihapus; terjemahannya", "page": "Halaman terjemahan ini sudah dihapus"}
    assert words[gone] in answer.json()["error"]


def test_gone__a_page_is_translated_anew_with_the_texts_there_are(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    translate(translation, WORDS)
    translation.get_target_instance().delete()
    assert queued(sleman, english) == ["NONE"]
    begin(sleman.translator, source_of(translation), english)
    submit(sleman.translator, translation)
    assert translation.get_target_instance().get_latest_revision_as_object().title == "Service mall opens"


@pytest.mark.parametrize("what", ["submit", "decide"])
def test_gone__strangers_learn_nothing(sleman: Office, english: Locale, what: str) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    translation.get_target_instance().delete()
    answer = client_of(sleman.contributor).post(reverse(f"translating:{what}", args=[translation.pk]))
    assert "dihapus" not in told(answer)


# The version that is approved


def test_decide__what_was_shown(sleman: Office, english: Locale) -> None:
    translation = submitted(sleman, english)
    page = translation.get_target_instance()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = client_of(sleman.editor).get(edit).content.decode()
    assert f'name="shown" value="{page.latest_revision_id}"' in html
    shown = page.latest_revision_id
    draft = page.get_latest_revision_as_object()
    draft.title = "Something else"
    draft.save_revision()
    for said in ({"shown": shown}, {}):
        assert "berubah sesudah Anda membukanya" in told(decide(sleman.editor, translation, **said))
    assert not translation.get_target_instance().live
    decide(sleman.editor, translation, shown=draft.latest_revision_id)
    assert translation.get_target_instance().title == "Something else"


# Who may publish submits too


def test_submit__by_an_editor_is_published_at_once(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.editor, sleman.news(), english)
    assert "2 teks belum diterjemahkan" in told(submit(sleman.editor, translation))
    assert not translation.get_target_instance().live
    translate(translation, WORDS)
    assert "disetujui dan terbit" in told(submit(sleman.editor, translation))
    page = translation.get_target_instance()
    assert (page.live, page.title, page.slug) == (True, "Service mall opens", "service-mall-opens")


@pytest.mark.parametrize("is_live", [False, True])
def test_publish__not_by_wagtail_localize_whoever_asks(
    sleman: Office, english: Locale, administrator: User, is_live: bool
) -> None:
    if is_live:
        translation = live_translation(sleman, english)
        change_source(translation, "Lain.")
    else:
        translation = begin(sleman.translator, sleman.news(), english)
    before = NewsPage.objects.values("live", "title", "introduction", "latest_revision").get(
        pk=translation.get_target_instance().pk
    )
    edit = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    for user in (sleman.editor, administrator):
        assert "Ajukan untuk disetujui" in told(client_of(user).post(edit, {"action": "publish"}))
    after = NewsPage.objects.values("live", "title", "introduction", "latest_revision")
    assert after.get(pk=translation.get_target_instance().pk) == before


def test_submit__a_page_outside_the_sections_by_who_may_publish_it(
    sleman: Office, english: Locale, administrator: User
) -> None:
    page = StandardPage(title="Tentang", live=False)
    HomePage.objects.get(locale__language_code="id").add_child(instance=page)
    page.save_revision().publish()
    translator = User.objects.create_user("semua", "semua@contoh.go.id", "rahasia")
    memberships.begin(translator, InstitutionFactory(code="pusat"), Role.PORTAL_TRANSLATOR)
    provision_portal()
    translation = begin(translator, page, english)
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string, context=segment.context, locale=english, data="About us"
        )
    assert "Belum ada alur persetujuan" in told(submit(translator, translation))
    assert "disetujui dan terbit" in told(submit(administrator, translation))
    assert translation.get_target_instance().title == "About us"
    assert translation.get_target_instance().live


# Locked, and moved


def test_submit__not_a_page_that_somebody_has_locked(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    translate(translation, WORDS)
    page = translation.get_target_instance()
    page.locked, page.locked_by, page.locked_at = True, sleman.editor, timezone.now()
    page.save(update_fields=["locked", "locked_by", "locked_at"])
    before = page.latest_revision_id
    assert "dikunci" in told(submit(sleman.translator, translation))
    page.refresh_from_db()
    assert page.latest_revision_id == before
    # Who locked it works on.
    assert "disetujui dan terbit" in told(submit(sleman.editor, translation))


@pytest.mark.parametrize("is_live", [False, True])
def test_source_moved__its_translation_takes_an_address_that_is_free(
    sleman: Office, english: Locale, is_live: bool
) -> None:
    bantul = office("bantul")
    translation = live_translation(sleman, english) if is_live else submitted(sleman, english)
    taken = live_translation(bantul, english) if is_live else submitted(bantul, english)
    for one in (translation, taken):
        page = one.get_target_instance()
        NewsPage.objects.filter(pk=page.pk).update(slug="service-mall-opens")
    source = source_of(translation)
    NewsPage.objects.filter(pk=source.pk).update(slug="pindah")
    source.refresh_from_db()
    source.move(bantul.section, pos="last-child")
    page, other = translation.get_target_instance(), taken.get_target_instance()
    assert (page.get_parent().pk, page.slug) == (other.get_parent().pk, "service-mall-opens-1")
    assert other.slug == "service-mall-opens"
    assert page.url_path == f"{other.get_parent().url_path}service-mall-opens-1/"
    # The draft that waits takes the new address along.
    page.get_latest_revision().publish()
    assert translation.get_target_instance().slug == "service-mall-opens-1"
    assert Page.find_problems() == ([], [], [], [], [])
