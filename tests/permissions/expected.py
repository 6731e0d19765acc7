"""Who gets in where: what is expected of every address of the admin, its API and the documents.

One line for each address, by the name it has in the URL configuration (or by its route, where it has none).
An address that is not here fails the test. The rules are in `rules`.
"""

from wagtail.fields import StreamField

from directory.models import InnovationPage
from guides.models import GuidePage
from institutions.roles import SectionKind
from news.models import NewsPage
from tests.permissions.rules import (
    ADD,
    CHANGE,
    CHANGE_FILES,
    CHOOSE_FILES,
    EXPLORE,
    LIST_FILES,
    PUBLISH,
    TRANSLATE,
    UPLOAD,
    VALIDATE,
    Row,
    Rule,
    action,
    administrator,
    approvers,
    editors,
    everybody,
    form,
    nobody,
    of_portal,
    only,
    overseers,
    pages,
    pages_somewhere,
    reads,
    signed_in,
    stored,
    translators,
    validators,
    with_password,
    with_sections,
)

# Wagtail reads these without asking whether they were sent.
STREAMS = {
    f"{field.name}-count": "0"
    for model in (NewsPage, GuidePage, InnovationPage)
    for field in model._meta.get_fields()
    if isinstance(field, StreamField)
}
# What is asked of every ending of an institution.
ENDING = {"on": "2024-10-21", "reason": "Perpres 140 Tahun 2024", "sure": "on"}
UPLOADED = {
    "image": (
        "titik.gif",
        "GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;",
    ),
    "document": ("catatan.txt", "Catatan."),
}


def _reference(name: str, *, app: str = "taxonomy", model: str = "", delete: Rule = nobody) -> dict[str, Row]:
    """A table of reference: who oversees keeps it; what stands in records is not taken away."""
    model = model or name
    view = of_portal(f"{app}.view_{model}")
    return {
        f"{name}:index": reads(view), f"{name}:index_results": reads(view),
        f"{name}:add": form(of_portal(f"{app}.add_{model}")),
        f"{name}:edit": form(of_portal(f"{app}.change_{model}")),
        f"{name}:delete": form(delete),
        f"{name}:history": reads(view), f"{name}:history_results": reads(view), f"{name}:usage": reads(view),
    }  # fmt: skip


def _of_administrators(space: str, *, copy: bool = True) -> dict[str, Row]:
    names = ["index", "index_results", "history", "history_results", "usage"]
    forms = ["add", "edit", "delete", *(["copy"] if copy else [])]
    return {
        **{f"{space}:{name}": reads(administrator) for name in names},
        **{f"{space}:{name}": form(administrator) for name in forms},
    }


EXPECTED: dict[str, Row] = {
    # The way in, and what every page needs.
    "wagtailadmin_login": form(everybody),
    "wagtailadmin_password_reset": form(everybody),
    "wagtailadmin_password_reset_done": reads(everybody),
    "wagtailadmin_password_reset_confirm": form(everybody),
    "wagtailadmin_password_reset_complete": reads(everybody),
    "wagtailadmin_javascript_catalog": reads(everybody),
    "wagtailadmin_sprite": form(everybody),
    "wagtailadmin_logout": form(nobody),
    # Without a code that is awaited they lead on.
    "two_factor:enter": form(with_password),
    # With a code of the app that has just been set up.
    "two_factor:set_up": Row(with_password, nobody, unfit=with_password),
    "two_factor:leave": action(nobody),
    "two_factor_state": form(signed_in),
    "two_factor_renew": action(signed_in),
    "two_factor_turn_off": action(signed_in),
    "wagtailadmin_home": reads(signed_in),
    "wagtailadmin_account": form(signed_in),
    "wagtailadmin_dismissibles": reads(signed_in),
    # Of no block in particular there is nothing to see.
    "wagtailadmin_block_preview": reads(nobody),
    "admin/test404/": reads(signed_in),
    "admin/.*/$": form(nobody),
    # The tree of pages.
    "wagtailadmin_explore_root": reads(with_sections),
    "wagtailadmin_explore": reads(EXPLORE),
    "wagtailadmin_explore_results": reads(EXPLORE),
    "wagtailadmin_pages:search": reads(with_sections),
    "wagtailadmin_pages:search_results": reads(with_sections),
    "wagtailadmin_pages:type_use": reads(with_sections),
    "wagtailadmin_pages:type_use_results": reads(with_sections),
    "wagtailadmin_pages:choose_parent": form(signed_in),
    # It names of the chosen pages only those one knows of: `test_leaks`.
    "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/": form(signed_in, query="id={page}"),
    "contents:index": reads(with_sections),
    "contents:index_results": reads(with_sections),
    "handbook": reads(signed_in),
    "innovations:index": reads(with_sections),
    "innovations:index_results": reads(with_sections),
    "innovations:choose_parent": form(signed_in),
    # One page.
    "wagtailadmin_pages:add_subpage": form(ADD),
    "wagtailadmin_pages:add": form(ADD, data=STREAMS),
    "wagtailadmin_pages:preview_on_add": form(ADD, data=STREAMS),
    "wagtailadmin_pages:edit": form(CHANGE, data=STREAMS),
    "wagtailadmin_pages:preview_on_edit": form(CHANGE, data=STREAMS),
    "wagtailadmin_pages:view_draft": form(CHANGE),
    "admin/pages/<int:page_id>/delete/": form(CHANGE),
    "wagtailadmin_pages:unpublish": form(PUBLISH, state="live"),
    "wagtailadmin_pages:usage": reads(CHANGE),
    "wagtailadmin_pages:move": form(CHANGE),
    "wagtailadmin_pages:move_confirm": Row(EXPLORE, CHANGE),
    "wagtailadmin_pages:set_page_position": action(PUBLISH),
    "wagtailadmin_pages:copy": form(CHANGE, data={"new_parent_page": "{section}"}),
    # Of a page that is no alias there is nothing to convert.
    "wagtailadmin_pages:convert_alias": form(nobody),
    "wagtailadmin_pages:set_privacy": form(PUBLISH),
    "wagtailadmin_pages:lock": action(pages("lock_page")),
    "wagtailadmin_pages:unlock": action(pages("unlock_page"), state="locked"),
    "wagtailadmin_pages:revisions_index": form(EXPLORE),
    "wagtailadmin_pages:revisions_view": reads(CHANGE),
    "wagtailadmin_pages:revisions_revert": form(CHANGE, data=STREAMS),
    "wagtailadmin_pages:revisions_unschedule": form(PUBLISH, state="scheduled"),
    "wagtailadmin_pages:revisions_compare": reads(CHANGE),
    "wagtailadmin_pages:history": reads(CHANGE),
    "wagtailadmin_pages:history_results": reads(CHANGE),
    "wagtailadmin_pages:workflow_history": reads(CHANGE),
    "wagtailadmin_pages:workflow_history_detail": reads(CHANGE, state="submitted"),
    "wagtailadmin_pages:workflow_action": form(approvers, state="submitted"),
    "wagtailadmin_pages:collect_workflow_action_data": form(approvers, state="submitted"),
    "wagtailadmin_pages:confirm_workflow_cancellation": form(EXPLORE, state="submitted"),
    "wagtailadmin_pages:workflow_preview": reads(approvers, state="submitted"),
    "wagtailadmin_editing_sessions:ping": action(CHANGE),
    "wagtailadmin_editing_sessions:release": action(signed_in),
    # Choosing pages and tags.
    "admin/choose-page/": reads(signed_in),
    "admin/choose-page/<int:parent_page_id>/": reads(signed_in),
    "admin/choose-page/chosen-multiple/": reads(signed_in),
    "wagtailadmin_choose_page_search": reads(signed_in),
    "wagtailadmin_choose_page_external_link": form(signed_in, data={"external-link-chooser-url": "x"}),
    "wagtailadmin_choose_page_email_link": form(signed_in),
    "wagtailadmin_choose_page_phone_link": form(signed_in),
    "wagtailadmin_choose_page_anchor_link": form(signed_in),
    "admin/tag-autocomplete/": form(signed_in),
    "admin/tag-autocomplete/<slug:app_name>/<slug:model_name>/": form(signed_in),
    "wagtailembeds:chooser": form(signed_in),
    "wagtailembeds:chooser_upload": form(signed_in),
    # The admin's API.
    "wagtailadmin_api:pages:listing": reads(signed_in),
    "wagtailadmin_api:pages:find": reads(EXPLORE, state="live", query="html_path={path}"),
    "wagtailadmin_api:pages:detail": reads(EXPLORE),
    "wagtailadmin_api:pages:action": action(PUBLISH, state="live"),
    "wagtailadmin_api:documents:listing": reads(signed_in),
    "wagtailadmin_api:documents:find": reads(nobody),
    "wagtailadmin_api:documents:detail": reads(CHOOSE_FILES),
    "wagtailadmin_api:images:listing": reads(signed_in),
    "wagtailadmin_api:images:find": reads(nobody),
    "wagtailadmin_api:images:detail": reads(CHOOSE_FILES),
    # Images and documents.
    **{
        f"{space}:{name}": row
        for space, number in (("wagtailimages", "image"), ("wagtaildocs", "document"))
        for name, row in {
            "index": reads(LIST_FILES),
            "index_results": reads(LIST_FILES),
            "add": form(UPLOAD),
            "add_multiple": form(
                UPLOAD, data={"collection": "{collection}"}, files={"files[]": UPLOADED[number]}
            ),
            "edit": form(CHANGE_FILES),
            "delete": form(CHANGE_FILES),
            "edit_multiple": action(CHANGE_FILES),
            "delete_multiple": action(CHANGE_FILES),
            f"{number}_usage": reads(CHANGE_FILES),
            # Of an upload that is not one's own, or is not there.
            f"create_multiple_from_uploaded_{number}": action(nobody),
            "delete_upload_multiple": action(nobody),
        }.items()
    },
    # The portal makes no addresses of images on demand.
    "wagtailimages:url_generator": reads(nobody),
    "wagtailimages:url_generator_output": reads(nobody),
    "wagtailimages:preview": form(CHANGE_FILES),
    **{
        f"{space}:{name}": row
        for space in ("wagtailimages_chooser", "wagtaildocs_chooser")
        for name, row in {
            "choose": reads(signed_in),
            "choose_results": reads(signed_in),
            "chosen": reads(CHOOSE_FILES),
            "chosen_multiple": reads(signed_in),
            "create": form(UPLOAD),
        }.items()
    },
    "wagtailimages_chooser:select_format": form(CHOOSE_FILES),
    "collection_names": reads(signed_in),
    "wagtaildocs_serve": reads(nobody),
    "documents/\\d{19,}/": form(nobody),
    "wagtaildocs_authenticate_with_password": form(nobody),
    # Reports.
    **{
        f"admin/{report}/{part}": reads(rule)
        for part in ("", "results/")
        for report, rule in {
            "reports/site-history": signed_in,
            "reports/workflow": with_sections,
            "reports/locked": pages_somewhere("unlock_page"),
            "localize/reports/translations": signed_in,
        }.items()
    },
    **{
        f"wagtailadmin_reports:{name}{part}": reads(with_sections)
        for part in ("", "_results")
        for name in ("workflow_tasks", "aging_pages")
    },
    "admin/reports/page-types-usage/": reads(overseers),
    "admin/reports/page-types-usage/results/": reads(overseers),
    # Translating.
    "wagtail_localize:javascript_catalog": reads(signed_in),
    # Of what is published.
    "admin/localize/submit/page/<int:page_id>/": form(TRANSLATE, state="live"),
    # No snippet and no table of reference is translatable.
    "wagtail_localize:submit_snippet_translation": form(nobody),
    "admin/localize/update/<int:translation_source_id>/": form(TRANSLATE, state="live"),
    "admin/localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/": stored(
        TRANSLATE, {"value": "News"}
    ),
    # Only of news there is something that something else could stand for: its picture.
    "admin/localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/": stored(
        only(SectionKind.NEWS, TRANSLATE), {"value": "{image}"}
    ),
    "admin/localize/translate/<int:translation_id>/pofile/download/": form(TRANSLATE),
    # Of another translation: who may translate is told so.
    "admin/localize/translate/<int:translation_id>/pofile/upload/": action(
        TRANSLATE,
        data={"next": "/admin/pages/"},
        files={"file": ("en.po", 'msgid ""\nmsgstr "X-WagtailLocalize-TranslationID: 0"\n')},
    ),
    # There is no machine.
    "admin/localize/translate/<int:translation_id>/machine_translate/": action(nobody),
    "translating:index": reads(translators),
    "translating:submit": action(TRANSLATE, state="live"),
    # None is under review here; who decides then is told in `test_translating`.
    "translating:decide": action(nobody),
    "admin/localize/translate/<int:translation_id>/preview/": form(TRANSLATE),
    "admin/localize/translate/<int:translation_id>/preview/<str:mode>/": form(nobody),
    # A stopped translation would be in no queue.
    "admin/localize/translate/<int:translation_id>/disable/": form(nobody),
    # Nor does one become an alias.
    "admin/localize/page/<int:page_id>/convert_to_alias/": form(nobody, state="live"),
    "wagtail_localize:snippets_api_listing": reads(nobody),
    "wagtail_localize:snippets_api_detail": reads(nobody),
    # Members, and the ways of the portal's own.
    "members:index": form(pages_somewhere("lock_page")),
    # Into the sections one edits oneself.
    "members:institution": Row(
        editors,
        approvers,
        unfit=editors,
        data={"email": "tamu@contoh.go.id", "role": "contributor", "kinds": "{kind}"},
    ),
    # Of sections one decides over.
    "members:take_back": action(approvers),
    "failed_mail": form(administrator),
    "members:portal": form(
        administrator,
        data={
            "email": "former-member@contoh.go.id",
            "role": "validator",
            "source": "kipp",
            "institution": "{institution}",
        },
    ),
    "members:end_portal": action(administrator),
    # Within the sections one edits oneself.
    "members:member": form(approvers, data={"role": "translator", "kinds": "{kind}"}),
    "lifecycle:index": reads(of_portal("institutions.end_institution")),
    "lifecycle:choose": form(of_portal("institutions.end_institution")),
    "lifecycle:retire": form(of_portal("institutions.end_institution"), data=ENDING),
    "lifecycle:merge": form(of_portal("institutions.end_institution"), data=ENDING),
    # There is no reason to: the institution is there.
    "lifecycle:reinstate": Row(administrator, nobody, unfit=administrator),
    "confirming:index": form(signed_in),
    "confirming:ask": form(only(SectionKind.DIRECTORY, approvers), state="live", data={"status": "running"}),
    "confirming:from_mail": form(signed_in),
    "validating:index": reads(validators),
    "validating:review": form(VALIDATE, state="approved", data={"action": "approve"}),
    "validating:preview": reads(VALIDATE, state="approved"),
    "validating:hand_on": action(VALIDATE, state="approved"),
    # What oversees the whole portal.
    "imports:index": form(of_portal("directory.view_importbatch")),
    "imports:upload": form(of_portal("directory.import_general")),
    "imports:template": form(of_portal("directory.import_kipp")),
    "imports:export": form(of_portal("directory.import_portal")),
    **{
        f"imports:{name}": form(of_portal("directory.view_importbatch"))
        for name in ("batch", "compare", "refused", "reverse")
    },
    **{
        f"imports:{name}": action(of_portal("directory.import_general"))
        for name in ("columns", "apply", "cancel")
    },
    **{
        f"quality:{name}": form(of_portal("directory.view_data_quality"))
        for name in ("index", "institutions", "institutions_file")
    },
    **{
        f"merging:{name}": form(of_portal("directory.merge_innovations"))
        for name in ("index", "pair", "result")
    },
    "merging:search": action(of_portal("directory.merge_innovations")),
    **{
        f"insight:{name}": form(of_portal("search.view_search_insight"))
        for name in ("index", "file", "calls", "new_call", "call")
    },
    "insight:attach": action(of_portal("search.view_search_insight")),
    "audit:index": reads(overseers),
    "audit:results": reads(overseers),
    "search_state": reads(administrator),
    **_reference("enquiries", app="contact", model="enquiry", delete=administrator),
    # Readers write them, and nobody else.
    "enquiries:add": form(nobody),
    "enquiries:inspect": reads(of_portal("contact.view_enquiry")),
    **_reference(
        "synonyms", app="search", model="synonymgroup", delete=of_portal("search.delete_synonymgroup")
    ),
    **_reference("institution", app="institutions"),
    **{
        key: row
        for name in ("region", "sector", "sdg", "reformtheme", "beneficiarygroup", "awardprogramme")
        for key, row in _reference(name).items()
    },
    **{
        f"{space}:{name}": reads(signed_in)
        for space in ("region_chooser", "institution_chooser")
        for name in ("choose", "choose_results", "chosen", "chosen_multiple")
    },
    **{
        f"wagtailredirects:{name}": form(of_portal("wagtailredirects.add_redirect"))
        for name in ("add", "edit", "delete", "start_import")
    },
    "wagtailredirects:index": reads(of_portal("wagtailredirects.add_redirect")),
    "wagtailredirects:index_results": reads(of_portal("wagtailredirects.add_redirect")),
    # What only administrators do.
    **_of_administrators("wagtaillocales"),
    **_of_administrators("wagtailsites"),
    **_of_administrators("wagtailusers_users"),
    # Whoever was a member is switched off instead: the history names him.
    "wagtailusers_users:delete": reads(administrator),
    **_of_administrators("wagtailusers_groups", copy=False),
    "wagtailadmin_collections:index": reads(administrator),
    **{f"wagtailadmin_collections:{name}": form(administrator) for name in ("add", "edit", "set_privacy")},
    # Not with anything in it.
    "wagtailadmin_collections:delete": reads(administrator),
    **{
        f"wagtailadmin_workflows:{name}": reads(administrator)
        for name in ("index", "index_results", "usage", "usage_results", "task_index", "task_index_results")
    },
    **{
        f"wagtailadmin_workflows:{name}": form(administrator)
        for name in ("add", "disable", "edit", "add_task", "select_task_type", "edit_task", "disable_task")
    },
    **{
        f"wagtailadmin_workflows:{name}": action(administrator)
        for name in ("enable", "remove", "enable_task")
    },
    "wagtailadmin_workflows:task_chooser": reads(signed_in),
    "wagtailadmin_workflows:task_chooser_results": reads(signed_in),
    # Seen by all, with nothing to choose from but for administrators.
    "wagtailadmin_workflows:task_chooser_create": Row(
        signed_in,
        administrator,
        unfit=signed_in,
        query="create_model=institutions.ownersapprovaltask",
        data={"create-task-name": "Periksa"},
    ),
    "wagtailadmin_workflows:task_chosen": form(signed_in),
    "wagtailsettings:edit": form(administrator),
    # Settings have no page to be seen on.
    "wagtailsettings:preview_on_edit": form(nobody),
    # Leads on to the address above.
    "admin/settings/<slug:app_name>/<slug:model_name>/": form(signed_in),
    # No institution has snippets of its own; there are none in the whole portal.
    "wagtailsnippets:index": reads(nobody),
}

# A page of Wagtail's that fails on purpose, so that the page of errors can be looked at.
# And the second step of a form in two: it fails where the first, which asks for the same right, was left out.
LEFT_OUT = {"wagtailadmin_error_test", "wagtailredirects:process_import"}
