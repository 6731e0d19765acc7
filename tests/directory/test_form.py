"""The editing form over HTTP: what a draft and a submission need, and what the form is made of."""

import json
import re
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupApprovalTask, GroupPagePermission, Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import nested_form_data, streamfield

from accounts.models import User
from directory.blocks import NARRATIVE_SECTIONS
from directory.models import InnovationPage
from taxonomy.models import Sector
from tests.factories.directory import (
    SUBMITTABLE,
    directory_index,
    directory_section,
    full_innovation,
    innovation,
    institution,
    narrative,
    reference,
    region,
)

pytestmark = pytest.mark.django_db

STREAMS = [
    "plan_priorities", "competition_categories", "costs", "prerequisites", "evidence", "institutionalisation",
    "replication_kit", "gallery", "documents",
]  # fmt: skip


def contentstate(text):
    block = {
        "key": "a",
        "text": text,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    return json.dumps({"blocks": [block] if text else [], "entityMap": {}})


def form_data(sections=None, **fields):
    """What the browser posts: all ten sections of the narrative, `sections` of them with words."""
    told = dict.fromkeys(NARRATIVE_SECTIONS, "") | (sections or {})
    data = {
        "narrative": streamfield([(name, contentstate(text)) for name, text in told.items()]),
        "operational_status": "unknown",
        **{name: streamfield([]) for name in STREAMS},
        **{name: inline() for name in ("former_names", "awards", "comments")},
    }
    return nested_form_data(data | fields)


def inline():
    return {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}


@pytest.fixture
def section():
    return directory_section(institution(region=region()))


@pytest.fixture
def workflow():
    flow = Workflow.objects.create(name="Alur")
    WorkflowTask.objects.create(workflow=flow, task=GroupApprovalTask.objects.create(name="Periksa"))
    WorkflowPage.objects.create(workflow=flow, page=directory_index())
    return flow


def add_url(section):
    return reverse("wagtailadmin_pages:add", args=("directory", "innovationpage", section.pk))


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


def complete_data(section, **fields):
    data = form_data(
        sections={"how_it_works": "Bidan dan dukun berkunjung bersama."},
        title="Kemitraan",
        institution=section.institution.pk,
        **(SUBMITTABLE | fields),
    )
    return {**data, "sectors": [reference(Sector, "kesehatan").pk]}


def draft_of(page):
    return InnovationPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def block_state(html, name):
    found = re.search(rf"""id="{name}" data-block .*?data-w-block-arguments-value='([^']*)'""", html)
    return json.loads(unescape(found[1]))[0]


def test_draft__needs_only_title_owner_problem_and_result(admin_client, section):
    data = form_data(
        title="Kemitraan",
        institution=section.institution.pk,
        problem=SUBMITTABLE["problem"],
        result=SUBMITTABLE["result"],
    )
    response = admin_client.post(add_url(section), data)
    page = InnovationPage.objects.get()
    assert response.status_code == 302
    assert (page.title, page.live, page.institution) == ("Kemitraan", False, section.institution)
    assert page.registry_number
    assert page.slug == "kemitraan"
    assert list(page.narrative) == []


def test_draft__region_comes_from_the_owner(admin_client, section):
    admin_client.post(add_url(section), form_data(title="Kemitraan", institution=section.institution.pk))
    assert InnovationPage.objects.get().region == section.institution.region


def test_draft__autosave_answers_in_json(admin_client, section):
    page = innovation(section, live=False)
    data = form_data(title="Judul baru", institution=section.institution.pk, slug=page.slug)
    response = admin_client.post(edit_url(page), data, headers={"accept": "application/json"})
    assert response.json()["success"] is True
    assert draft_of(page).title == "Judul baru"


def test_draft__same_title_twice_gets_an_address_of_its_own(admin_client, section):
    for _ in range(2):
        data = form_data(title="Kemitraan", slug="kemitraan", institution=section.institution.pk)
        assert admin_client.post(add_url(section), data).status_code == 302
    assert sorted(InnovationPage.objects.values_list("slug", flat=True)) == ["kemitraan", "kemitraan-2"]


def test_submission__with_the_eight(admin_client, section, workflow):
    response = admin_client.post(add_url(section), complete_data(section, **{"action-submit": "1"}))
    page = InnovationPage.objects.get()
    assert response.status_code == 302
    assert page.current_workflow_state.workflow == workflow
    assert [block.block_type for block in draft_of(page).narrative] == ["how_it_works"]


@pytest.mark.parametrize("action", ["action-submit", "action-publish"])
def test_submission__names_everything_missing_and_what_to_do(admin_client, section, workflow, action):
    data = form_data(title="Kemitraan", **{action: "1"})
    response = admin_client.post(add_url(section), data)
    errors = response.context["form"].errors
    assert InnovationPage.objects.count() == 0
    assert set(errors) == {
        "institution", "problem", "result", "summary", "sectors", "contact_email", "narrative",
    }  # fmt: skip
    assert "“Ringkasan” wajib diisi sebelum diajukan. Tulis" in errors["summary"][0]
    html = response.content.decode()
    assert "“Cara kerja” wajib diisi sebelum diajukan." in html
    assert '"blockErrors":{"2"' in html


@pytest.mark.parametrize("name", ["problem", "result", "summary", "contact_email"])
def test_submission__blank_text_is_missing(admin_client, section, workflow, name):
    data = complete_data(section, **{name: "   ", "action-submit": "1"})
    response = admin_client.post(add_url(section), data)
    assert list(response.context["form"].errors) == [name]


def test_submission__stopped_needs_its_reason(admin_client, section, workflow):
    data = complete_data(section, **{"action-submit": "1", "operational_status": "stopped"})
    response = admin_client.post(add_url(section), data)
    assert list(response.context["form"].errors) == ["operational_status_reason"]


def test_workflow__incomplete_record_can_still_be_returned(admin_client, section, workflow):
    page = innovation(section, live=False)
    page.save_revision()
    state = workflow.start(page, None)
    data = form_data(title=page.title, slug=page.slug, **{"action-cancel-workflow": "1"})
    assert admin_client.post(edit_url(page), data).status_code == 302
    state.refresh_from_db()
    assert state.status == state.STATUS_CANCELLED


def test_form__has_the_five_tabs_and_only_those(admin_client, section):
    html = admin_client.get(add_url(section)).content.decode()
    tabs = [unescape(label.strip()) for label in re.findall(r'role="tab"[^>]*>\s*([^<]+)<', html)]
    form_tabs = re.findall(r'id="tab-label-([\w-]+)"', html)
    assert form_tabs[:5] == ["masalah-hasil", "cara-kerja", "biaya-syarat", "bukti", "berkas"]
    assert tabs[:5] == ["Masalah & hasil", "Cara kerja", "Biaya & syarat", "Bukti", "Berkas"]


@pytest.mark.parametrize(
    "name",
    ["registry_number", "completeness", "evidence_level", "cost_band", "institution_text", "show_in_menus"],
)
def test_form__leaves_derived_values_off(name):
    fields = InnovationPage.get_edit_handler().get_form_class().base_fields
    assert name not in fields


def test_form__suggests_the_sections_owner(admin_client, section):
    form = admin_client.get(add_url(section)).context["form"]
    assert form["institution"].value() == section.institution.pk
    assert form["region"].value() == section.institution.region_id


def test_form__every_field_has_words_of_help(admin_client, section):
    page = admin_client.get(add_url(section)).content.decode()
    inputs = {"title", "institution", "problem", "result", "summary", "region", "sectors", "contact_email"}
    for name in inputs:
        help_text = re.search(
            rf'id="p-child-(?:contact-child-)?{name}-helptext"[^>]*>(.*?)</div>', page, re.S
        )
        assert help_text
        assert "help" in help_text[1]


def test_form__list_of_what_is_missing(admin_client, section):
    page = innovation(section, live=False, problem="Masalahnya.")
    html = admin_client.get(edit_url(page)).content.decode()
    shown = set(re.findall(r'data-profile-item="([\w-]+)" data-weight="\d+">', html))
    assert {"result", "summary", "narrative-how_it_works", "costs"} <= shown
    assert not {"title", "problem", "institution"} & shown
    assert page.registry_code in html


def test_narrative__ten_sections_in_order_whatever_is_stored(admin_client, section):
    page = innovation(section, live=False, narrative=narrative("lessons", "background"))
    html = admin_client.get(edit_url(page)).content.decode()
    state = block_state(html, "narrative")
    assert [child["type"] for child in state] == list(NARRATIVE_SECTIONS)
    assert {child["type"] for child in state if "Uraian" in child["value"]} == {"lessons", "background"}
    assert len({child["id"] for child in state}) == 10


def test_narrative__is_stored_in_order_without_empty_sections(admin_client, section):
    page = innovation(section, live=False, narrative=narrative("lessons", "background"))
    sections = {"lessons": "Mulai kecil.", "background": "", "novelty": "  ", "how_it_works": "Begini."}
    data = form_data(sections=sections, title=page.title, slug=page.slug)
    assert admin_client.post(edit_url(page), data).status_code == 302
    stored = draft_of(page).narrative
    assert [child.block_type for child in stored] == ["how_it_works", "lessons"]


def test_narrative__keeps_the_ids_of_sections(admin_client, section):
    page = innovation(section, live=False, narrative=narrative("background"))
    data = form_data(sections={"background": "Baru."}, title=page.title, slug=page.slug)
    data |= {"narrative-0-id": "uraian-background"}
    admin_client.post(edit_url(page), data)
    assert draft_of(page).narrative[0].id == "uraian-background"


def test_narrative__too_long_says_which_section(admin_client, section):
    page = innovation(section, live=False)
    data = form_data(sections={"novelty": "a" * 10_001}, title=page.title, slug=page.slug)
    response = admin_client.post(edit_url(page), data)
    error = response.context["form"].errors.as_data()["narrative"][0]
    assert list(error.block_errors) == [1]


def test_narrative__survives_copy_and_comparison(admin_client, section):
    page = innovation(section, live=False, narrative=narrative("lessons", "how_it_works"))
    first = page.save_revision()
    page.narrative = narrative("lessons", "how_it_works", "novelty")
    second = page.save_revision()
    compare = reverse("wagtailadmin_pages:revisions_compare", args=(page.pk, first.pk, second.pk))
    html = admin_client.get(compare).content.decode()
    assert "Kebaruan" in html or "(novelty)" in html
    copy = page.copy(update_attrs={"slug": "salinan"})
    assert len(copy.narrative) == 3
    assert copy.registry_number != page.registry_number


def test_derived_values__cannot_be_typed(admin_client, section):
    page = innovation(section, live=False)
    data = form_data(
        title=page.title, slug=page.slug, evidence_level="5", completeness="100", registry_number="9"
    )
    admin_client.post(edit_url(page), data)
    saved = InnovationPage.objects.get()
    assert (saved.evidence_level, saved.registry_number) == (0, page.registry_number)
    assert saved.completeness < 50


@pytest.mark.parametrize("kind", ["empty", "full"])
def test_form__page_is_under_250_kb(admin_client, section, kind):
    url = add_url(section) if kind == "empty" else edit_url(full_innovation(section))
    assert len(admin_client.get(url).content) < 250_000


def test_form__queries_do_not_grow_with_the_record(admin_client, section, django_assert_max_num_queries):
    page = full_innovation(section)
    admin_client.get(edit_url(page))
    with django_assert_max_num_queries(61):
        admin_client.get(edit_url(page))


@pytest.mark.parametrize(
    ("query", "expected"),
    [("q=35.99", []), ("q=Kota", ["35.78"]), ("q=%00", None), ("province=999999", None), ("p=99999", 404)],
)
def test_region_chooser__finds_by_name(admin_client, query, expected):
    region("35.78")
    response = admin_client.get(reverse("region_chooser:choose_results") + "?" + query, follow=True)
    if expected == 404:
        assert response.status_code == 404
    else:
        assert response.status_code == 200
        if expected is not None:
            assert [row.code for row in response.context["results"]] == expected


def test_region_chooser__province_with_its_parts(admin_client):
    region("35.78")
    region("36.71")
    province = region("35")
    response = admin_client.get(reverse("region_chooser:choose_results"), {"province": province.pk})
    assert [row.code for row in response.context["results"]] == ["35", "35.78"]


def test_institution_chooser__leaves_out_those_that_are_no_more(admin_client):
    institution("ada")
    institution("sudah-bubar", is_active=False)
    response = admin_client.get(reverse("institution_chooser:choose"), {"kind": "city"})
    assert response.status_code == 200
    assert [row.code for row in response.context["results"]] == ["ada"]


@pytest.fixture
def editor(client, section):
    """Edits and publishes in one section."""
    group = Group.objects.create(name="Penyunting bagian")
    for name in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(codename=name, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=section, permission=permission)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("penyunting", "penyunting@example.org", "x")
    user.groups.add(group)
    client.force_login(user)
    return client


def owned_by(other, section, page=None):
    data = form_data(title="Kemitraan", institution=other.pk, **({"slug": page.slug} if page else {}))
    return edit_url(page) if page else add_url(section), data


@pytest.mark.parametrize("exists", [True, False])
def test_owner__a_sections_editor_cannot_give_its_record_away(editor, section, exists):
    page = innovation(section, live=False) if exists else None
    url, data = owned_by(institution("lain"), section, page)
    errors = editor.post(url, data).context["form"].errors
    assert list(errors) == ["institution"]
    assert f"Pilih {section.institution}" in errors["institution"][0]


def test_owner__may_stay_the_one_the_programme_chose(editor, section):
    page = innovation(section, live=False, institution=institution("lain"))
    url, data = owned_by(page.institution, section, page)
    assert editor.post(url, data).status_code == 302


@pytest.mark.parametrize("into", [True, False])
def test_owner__one_that_is_gone_is_not_brought_back_by_an_open_form(admin_client, section, into):
    gone = institution("hilang")
    page = innovation(section, live=False, institution=gone)
    url, data = owned_by(gone, section, page)
    # Meanwhile it is merged into the section's owner, or retired and the record given to him.
    page.institution = section.institution
    page.save_revision()
    page.save()
    gone.is_active, gone.merged_into = False, section.institution if into else None
    gone.save()
    answer = admin_client.post(url, {**data, "title": "Judul yang baru"})
    errors = answer.context["form"].errors
    assert list(errors) == ["institution"]
    assert ("sudah digabung ke" if into else "sudah tidak ada") in errors["institution"][0]
    # What was typed is still there.
    assert "Judul yang baru" in answer.content.decode()


def test_owner__one_that_is_gone_may_stay(admin_client, section):
    gone = institution("hilang", is_active=False)
    page = innovation(section, live=False, institution=gone)
    url, data = owned_by(gone, section, page)
    assert admin_client.post(url, data).status_code == 302


def test_owner__the_sections_own_may_be_chosen(editor, section):
    url, data = owned_by(section.institution, section)
    assert editor.post(url, data).status_code == 302


def test_owner__programme_editors_may_choose_any(admin_client, section):
    url, data = owned_by(institution("lain"), section)
    assert admin_client.post(url, data).status_code == 302
    assert InnovationPage.objects.get().institution == institution("lain")


def test_owner__in_the_section_without_one_any_may_be_chosen(editor, section):
    section.institution = None
    section.save()
    url, data = owned_by(institution("lain"), section)
    assert editor.post(url, data).status_code == 302
