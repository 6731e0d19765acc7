"""The workflows, one for each kind of section, on the index pages above the sections."""

from collections.abc import Sequence

from django.db import transaction
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from institutions.models import OwnersApprovalTask, ReviewTask
from institutions.roles import SectionKind
from institutions.sections import types_of

# Names are content of the database, in the portal's first language.
_NAMES = {
    SectionKind.NEWS: "Berita",
    SectionKind.GUIDES: "Panduan",
    SectionKind.DIRECTORY: "Inovasi",
}
_tasks: dict[SectionKind, list[tuple[type[ReviewTask], str]]] = {
    kind: [(OwnersApprovalTask, "Persetujuan editor instansi")] for kind in SectionKind
}


def add_task(kind: SectionKind, task_type: type[ReviewTask], name: str) -> None:
    """A further approval, after those there are; higher apps call it in `AppConfig.ready`."""
    if (task_type, name) not in _tasks[kind]:
        _tasks[kind].append((task_type, name))


@transaction.atomic
def provide_workflows() -> list[str]:
    """Workflows and their tasks where they are missing. Returns what was made, in words for a log.

    Nothing of another workflow is taken away: an index page that has one keeps it.
    """
    made: list[str] = []
    for kind, types in _tasks.items():
        indices = _indices(kind)
        if not indices:
            continue
        workflow, new = Workflow.objects.get_or_create(name=_NAMES[kind], defaults={"active": True})
        if new:
            made.append(f"alur {workflow.name}")
        for order, (task_type, name) in enumerate(types):
            task, _new = task_type._default_manager.get_or_create(name=name)
            WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
        for index in indices:
            _used, new = WorkflowPage.objects.get_or_create(page=index, defaults={"workflow": workflow})
            if new:
                made.append(f"alur {workflow.name} untuk {index.url_path}")
    return made


def _indices(kind: SectionKind) -> Sequence[Page]:
    """The pages below which sections of a kind stand, in all languages."""
    return [
        index.page_ptr
        for section_type in types_of(kind)
        for index_type in section_type.allowed_parent_page_models()
        for index in index_type._default_manager.order_by("path")
    ]
