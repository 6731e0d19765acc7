"""Background work: bringing the index in line after a change that touches many pages."""

from django.apps import apps
from django.db.models import QuerySet
from django_tasks import task
from wagtail.models import Page

from search.sources.source import Source, refresh, source_of


@task()
def refresh_using(type: str, model: str, pk: int) -> None:
    """Refresh the documents of a type that repeat words of a renamed row ("app.model", its key)."""
    source = source_of(type)
    _refresh(source, source.using(apps.get_model(model), pk))


@task()
def refresh_below(type: str, path: str) -> None:
    """Refresh the documents of a type at or below a tree path."""
    source = source_of(type)
    _refresh(source, source.pages().filter(path__startswith=path))


def _refresh(source: Source, pages: QuerySet[Page]) -> None:
    # `refresh` writes in transactions of its own, so that readers and writers can go on between them.
    refresh(source, list(pages.values_list("translation_key", flat=True)))
