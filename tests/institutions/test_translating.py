"""A translator's way: begun, submitted, approved, kept in step with the source."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, PageLogEntry, WorkflowState
from wagtail_localize.models import StringTranslation, Translation

from accounts.models import User
from institutions import memberships
from institutions.provisioning import provision_portal
from institutions.roles import Role
from news.models import NewsPage
from tests.factories.institutions import InstitutionFactory
from tests.factories.translating import (
    WORDS,
    Office,
    begin,
    client_of,
    live_translation,
    submitted,
    told,
    translate,
)

pytestmark = pytest.mark.django_db


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


def test_publish__not_by_a_translator(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    translate(translation, WORDS)
    page = translation.get_target_instance()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client_of(sleman.translator).post(address, {"action": "publish"})
    assert not translation.get_target_instance().live
