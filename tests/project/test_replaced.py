"""What of Wagtail's we replace by its name is there still. A name that is no more would be set, registered or
routed all the same, and do nothing: this says at once what a newer Wagtail has moved."""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import wagtail
import wagtail_localize
from django.conf import settings
from django.urls import URLPattern, URLResolver, resolve, reverse
from django_filters.filters import QuerySetRequestMixin
from wagtail import hooks
from wagtail.admin import filters
from wagtail.admin import urls as admin_urls
from wagtail.admin.api.urls import admin_api
from wagtail.admin.views import home
from wagtail.admin.views import workflows as admin_workflows
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic.workflow import BaseWorkflowFormView
from wagtail.admin.views.pages import edit
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.documents.views import chooser as document_chooser
from wagtail.images.views import chooser as image_chooser
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

from cms import holding
from directory.editing import urls as deleting
from institutions.approval import mails
from institutions.collection_names import choosers
from institutions.page_policy import SectionedPagePolicy
from institutions.scoping import bulk, guard, panels, reports
from institutions.scoping import urls as scoping
from institutions.translating import editor, localize_urls

ROOT = Path(wagtail.__file__).parent
TEMPLATES = Path(__file__).parents[2] / "templates" / "wagtailadmin"


@cache
def sources() -> str:
    """All of Wagtail's own code, and wagtail-localize's."""
    roots = (ROOT, Path(wagtail_localize.__file__).parent)
    files = (file for root in roots for file in root.rglob("*.py") if "tests" not in file.parts)
    return "\n".join(file.read_text() for file in files)


def routes(patterns: Any, before: str = "") -> Iterator[str]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, here)
        else:
            assert isinstance(one, URLPattern)
            yield here


def test_addresses__before_which_ours_stand() -> None:
    ours = set(routes([*scoping.urlpatterns, *localize_urls.urlpatterns, *deleting.urlpatterns]))
    assert not ours - set(routes(admin_urls.urlpatterns))


@pytest.mark.parametrize(
    "name", [*editor.NOT_HERE, "canPublish", "stopTranslationUrl", "convertToAliasUrl", '"publish"']
)
def test_translations__what_their_editor_is_not_to_offer(name: str) -> None:
    assert name in sources()


@pytest.mark.parametrize("name", [*guard.NUMBERS, *holding.NUMBERS])
def test_parameters__that_are_numbers_of_pages(name: str) -> None:
    assert any(f"<int:{name}>" in route for route in routes(admin_urls.urlpatterns))


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (edit, "send_notification"),
        (filters, "popular_tags_for_model"),
        (image_chooser, "popular_tags_for_model"),
        (admin_workflows, "TaskChooserSearchForm"),
    ],
    ids=lambda value: value.__name__ if isinstance(value, ModuleType) else value,
)
def test_names__in_modules(module: ModuleType, name: str) -> None:
    """The module binds it and uses it: read from its source, since ours is in its place already."""
    tree = ast.parse(inspect.getsource(module))
    bound = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    } | {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert name in bound & used


@pytest.mark.parametrize(
    ("filter_set", "name"),
    [
        (PageFilterSet, "owner"),
        (PageFilterSet, "edited_by"),
        (reports.locked_pages.LockedPagesReportFilterSet, "locked_by"),
        (reports.workflows.WorkflowReportFilterSet, "requested_by"),
    ],
)
def test_filters__that_offer_people(filter_set: Any, name: str) -> None:
    assert isinstance(filter_set.base_filters[name], QuerySetRequestMixin)


@pytest.mark.parametrize(
    ("address", "view"),
    [
        ("wagtailimages_chooser:choose", choosers.ImageChooseView),
        ("wagtailimages_chooser:choose_results", choosers.ImageChooseResultsView),
        ("wagtaildocs_chooser:choose", choosers.DocumentChooseView),
        ("wagtaildocs_chooser:choose_results", choosers.DocumentChooseResultsView),
    ],
)
def test_choosers__are_ours(address: str, view: type) -> None:
    func: Any = resolve(reverse(address)).func
    assert issubclass(func.view_class, view)


@pytest.mark.parametrize(
    ("base", "names"),
    [
        (image_chooser.ImageChooseView, ["filter_form_class", "collections"]),
        (document_chooser.DocumentChooseView, ["filter_form_class", "collections"]),
        (BulkAction, ["get_actionable_objects"]),
        (BaseWorkflowFormView, ["get_form_class"]),
        (SectionedPagePolicy.__base__, ["instances_user_has_any_permission_for", "explorable_instances"]),
        (reports.audit_logging.SiteHistoryReportFilterSet, ["get_users_queryset"]),
        (reports.audit_logging.LogEntriesView, ["filterset_class"]),
        (reports.locked_pages.LockedPagesView, ["filterset_class"]),
        (reports.workflows.WorkflowView, ["filterset_class"]),
        (reports.LocalizeReportView, ["get_queryset"]),
    ],
)
def test_classes__have_what_ours_override(base: type, names: list[str]) -> None:
    assert [name for name in names if not hasattr(base, name)] == []


def test_bulk_actions__come_from_one_registry() -> None:
    bulk.bulk_action_registry._scan_for_bulk_actions()
    models = bulk.bulk_action_registry.actions["wagtailcore"]
    assert all(issubclass(action, BulkAction) for action in models["page"].values())


def test_endpoints__of_the_admins_api_are_ours() -> None:
    found = {name: view.__module__.split(".")[0] for name, view in admin_api._endpoints.items()}
    assert found == {"pages": "directory", "images": "institutions", "documents": "institutions"}


def test_panels__of_the_front_page() -> None:
    shown = inspect.getsource(home.HomeView)
    assert [panel for panel in panels.REPLACED if f"{panel.__name__}(" not in shown] == []


@pytest.mark.parametrize("signal", [workflow_submitted, workflow_approved, workflow_rejected])
def test_mails__of_workflows_are_ours(signal: Any) -> None:
    """Wagtail's go to the superusers."""
    receivers, _async = signal._live_receivers(WorkflowState)
    assert [one.__module__ for one in receivers] == [mails.__name__]


def test_hooks__are_called_by_wagtail() -> None:
    hooks.search_for_hooks()
    apps = {name.split(".")[0] for name in settings.INSTALLED_APPS} - {"wagtail", "wagtail_localize"}
    ours = {
        name
        for name, functions in hooks._hooks.items()
        if any(function.__module__.split(".")[0] in apps for function, _order in functions)
    }
    assert ours
    assert [name for name in sorted(ours) if name not in sources() and name not in templates()] == []


@cache
def templates() -> str:
    return "\n".join(file.read_text() for file in (ROOT / "admin" / "templates").rglob("*.html"))


def test_settings__are_read_by_wagtail() -> None:
    ours = [name for name in dir(settings) if name.startswith("WAGTAIL")]
    assert [name for name in ours if name not in sources()] == []


def test_templates__stand_before_wagtails() -> None:
    ours = [file.relative_to(TEMPLATES) for file in TEMPLATES.rglob("*.html")]
    assert ours
    theirs = ROOT / "admin" / "templates" / "wagtailadmin"
    assert [str(name) for name in ours if not (theirs / name).exists()] == []
