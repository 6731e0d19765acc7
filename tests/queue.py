"""The queue of background tasks, looked at and worked off without a worker."""

from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult


def queued(path: str = "search.tasks.") -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path__startswith=path)


def run_tasks(path: str = "search.tasks.") -> None:
    """What the worker would do with these tasks, those they leave included."""
    while result := queued(path).order_by("enqueued_at").first():
        result.task.func(*result.args_kwargs["args"])
        result.delete()
