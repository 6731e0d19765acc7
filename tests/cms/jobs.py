"""Tasks for the worker's tests: a task must be importable by its path."""

from django.contrib.auth.models import Group
from django_tasks import task


@task()
def make_group(name: str) -> None:
    Group.objects.create(name=name)


@task()
def stumble() -> None:
    raise RuntimeError("stumbled")
