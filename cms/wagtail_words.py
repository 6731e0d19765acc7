"""Words that Wagtail and wagtail-localize look up too early, in the language in which the portal was started,
and names of fields that they leave to the field's English name."""

from typing import Any

from django.utils import translation
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.collections import GroupCollectionManagementPermissionFormSet
from wagtail.admin.forms.workflows import TaskChooserSearchForm, WorkflowPageForm
from wagtail.admin.views import workflows
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.documents.forms import GroupDocumentPermissionFormSet
from wagtail.images.forms import GroupImagePermissionFormSet
from wagtail.models import Locale
from wagtail.sites.views import IndexView as Sites
from wagtail.users.forms import PagePermissionsForm
from wagtail_localize.views.report import TranslationsReportFilterSet

# Words of theirs, looked up when they are shown.
theirs = lazy(translation.gettext, str)
RIGHTS: list[tuple[Any, list[tuple[str, str, str]]]] = [
    (
        GroupImagePermissionFormSet,
        [
            ("add_image", "Add", "Add/edit images you own"),
            ("change_image", "Edit", "Edit any image"),
            ("choose_image", "Choose", "Select images in choosers"),
        ],
    ),
    (
        GroupCollectionManagementPermissionFormSet,
        [
            ("add_collection", "Add", "Add collections"),
            ("change_collection", "Edit", "Edit collections"),
            ("delete_collection", "Delete", "Delete collections"),
        ],
    ),
]


class NamedTaskSearchForm(TaskChooserSearchForm):
    """The kind of a task is a field only where there are several kinds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind := self.fields.get("task_type"):
            kind.label = theirs("Task type")


def install() -> None:
    """Called once, from the app's `ready`."""
    ChooserViewSet.search_tab_label = theirs("Search")
    ChooserViewSet.edit_item_text = theirs("Edit")
    workflows.TaskChooserSearchForm = NamedTaskSearchForm
    Locale._meta.verbose_name = theirs("Locale")
    Locale._meta.verbose_name_plural = theirs("Locales")
    LoginForm.base_fields["password"].label = theirs("Password")
    for form in (WorkflowPageForm, PagePermissionsForm):
        form.base_fields["page"].label = theirs("Page")
    filters = TranslationsReportFilterSet.base_filters
    filters["source_locale"].label = _("Bahasa asal")
    filters["target_locale"].label = _("Bahasa terjemahan")
    next(column for column in Sites.columns if column.name == "root_page").label = _("Halaman akar")
    for form_set in (GroupDocumentPermissionFormSet, *(form_set for form_set, _rights in RIGHTS)):
        form_set.form.base_fields["collection"].label = theirs("Collection")
    for form_set, rights in RIGHTS:
        # The list itself: the form's choices know no other.
        form_set.permission_types[:] = [(name, theirs(short), theirs(long)) for name, short, long in rights]
