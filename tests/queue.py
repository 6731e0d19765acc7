"""The queue of background tasks, looked at and worked off without a worker."""

from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult


def queued(path: str = "search.tasks.") -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path__startswith=path)


def run_tasks() -> None:
    """What the worker would do with the tasks of the search."""
    for result in queued():
        result.task.func(*result.args_kwargs["args"])
        result.delete()
