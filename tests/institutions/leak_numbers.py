"""What stands in the place of each parameter of an address: the numbers of A's rows, and of some of B's."""

from typing import Any

from django.contrib.auth.models import Group
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    Locale,
    PageViewRestriction,
    Site,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail_localize.models import OverridableSegment, StringSegment, Translation, TranslationSource

from cms.models import CustomDocument, CustomImage
from contact.models import Enquiry
from directory.models import ImportBatch, InnovationPage
from institutions.models import Institution, Invitation, Membership
from taxonomy.models import SDG, AwardProgramme, BeneficiaryGroup, ReformTheme, Region, Sector
from tests.institutions.leak_records import Leaks

REFERENCES = (Institution, Region, Sector, SDG, ReformTheme, BeneficiaryGroup, AwardProgramme)


class UnknownParameterError(Exception):
    """An address with a parameter of which nobody has said what stands there."""


class Numbers:
    """Built once for a walk."""

    def __init__(self, leaks: Leaks) -> None:
        secret, other = leaks.secret, leaks.other
        pages = [page.pk for page in secret.pages.values()] + [other.pages["berita"].pk]
        some = [*(secret.pages[name].pk for name in ("rancangan", "berita", "perubahan", "tertutup", "lama")),
                other.pages["berita"].pk]  # fmt: skip
        # Where every page is tried with every other.
        few = [secret.pages["rancangan"].pk, secret.pages["lama"].pk, other.pages["berita"].pk]
        sections = [secret.pages[name].get_parent() for name in ("berita", "rancangan", "panduan")]
        above = [*sections, sections[0].get_parent(), other.pages["berita"].get_parent()]
        innovations = InnovationPage.objects.all()
        # (part of the address, parameter) → values; the first that fits.
        self._by_address: list[tuple[str, str, list[Any]]] = [
            *((f"rujukan/{table.__name__.lower()}/", "pk", _pks(table)[:1]) for table in REFERENCES),
            ("region_chooser/", "pk", _pks(Region)[:1]),
            ("institution_chooser/", "pk", _pks(Institution)),
            ("documents/", "pk", _pks(CustomDocument)),
            ("images/", "pk", _pks(CustomImage)),
            ("api/main/^pages/", "pk", pages),
            ("collections/", "pk", _pks(Collection)),
            ("workflows/tasks/", "pk", _pks(Task)[:1]),
            ("workflows/", "pk", _pks(Workflow)),
            ("imports/", "pk", _pks(ImportBatch)),
            ("panggilan/", "pk", [1]),
            ("enquiries/", "pk", _pks(Enquiry)),
            ("synonyms/", "pk", [1]),
            ("locales/", "pk", _pks(Locale)[:1]),
            ("sites/", "pk", _pks(Site)),
            ("users/", "pk", [user.pk for user in secret.people.values()]),
            ("groups/", "pk", _pks(Group)[:2]),
            ("settings/", "pk", _pks(Site)),
            ("localize/", "pk", [1]),
            ("/edit/", "page_id", pages),
            ("/action/", "page_id", few),
            ("workflow/", "page_id", few),
            ("workflow/", "task_id", _pks(Task)),
            ("workflow_history/detail", "page_id", few),
            ("/confirm/", "page_to_move_id", few),
            ("editing-sessions/", "object_id", few),
            ("imports/", "number", [2]),
            ("merging/", "number", [1]),
            ("inovasi/<int", "number", [page.registry_number for page in innovations]),
            ("inovasi/<registry_code", "number", [page.registry_code for page in innovations]),
            ("innovations/<int", "number", [page.registry_number for page in innovations]),
            ("innovations/<registry_code", "number", [page.registry_code for page in innovations]),
            ("/<slug:kind>/", "kind", ["csv", "xlsx", "json"]),
            ("editing-sessions/", "app_label", ["news"]),
            ("editing-sessions/", "model_name", ["newspage"]),
            ("pages/create/", "app_label", ["news"]),
            ("pages/create/", "model_name", ["newspage"]),
            ("settings/", "app_name", ["home"]),
            ("settings/", "model_name", ["portalsettings"]),
            ("tag-autocomplete/", "app_name", ["taggit"]),
            ("tag-autocomplete/", "model_name", ["tag"]),
            ("localize/", "app_label", ["taxonomy"]),
            ("localize/", "model_name", ["sector"]),
            ("tasks/add", "app_label", ["wagtailcore"]),
            ("tasks/add", "model_name", ["groupapprovaltask"]),
        ]
        self._by_name: dict[str, list[Any]] = {
            "page_id": some, "page_pk": few, "page_to_move_id": few, "destination_id": few,
            "parent_page_id": [*some, *(page.pk for page in above)], "object_id": some,
            "document_id": _pks(CustomDocument), "doc_id": _pks(CustomDocument),
            "image_id": _pks(CustomImage),
            "uploaded_file_id": _pks(UploadedFile), "collection_id": _pks(Collection),
            "redirect_id": _pks(Redirect), "task_state_id": _pks(TaskState)[-2:], "task_id": _pks(Task),
            "workflow_state_id": _pks(WorkflowState), "workflow_pk": _pks(Workflow)[:1],
            "review_id": _pks(TaskState), "session_id": _pks(EditingSession),
            "institution_id": _pks(Institution), "into_id": _pks(Institution),
            "membership_id": _pks(Membership), "invitation_id": _pks(Invitation),
            "page_view_restriction_id": _pks(PageViewRestriction), "restriction_id": [1],
            "translation_id": _pks(Translation),
            "translation_source_id": _pks(TranslationSource),
            "string_segment_id": _pks(StringSegment)[:2],
            "overridable_segment_id": _pks(OverridableSegment)[:2],
            "mode": ["bawaan"], "first": few[:2], "second": few[1:], "source": ["kipp", "iga"],
            "section": _sitemap_parts(), "content_type_app_name": ["news"],
            "content_type_model_name": ["newspage"], "action_name": ["approve"],
            "filter_spec": ["width-20"], "table": ["texts"], "lang": ["id", "en"],
        }  # fmt: skip

    def of(self, route: str, parameter: str) -> list[Any]:
        """Raises `UnknownParameterError`."""
        for part, name, values in self._by_address:
            if name == parameter and part in route:
                return values
        if parameter not in self._by_name:
            raise UnknownParameterError(f"{route}: {parameter}")
        return self._by_name[parameter]


def _pks(model: Any) -> list[Any]:
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def _sitemap_parts() -> list[str]:
    from cms.crawlers import SITEMAPS

    return list(SITEMAPS)
