"""The changes that reach the index, whoever makes them."""

from functools import partial
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.privacy import restricted_paths
from search import tasks
from search.sources.source import Source, refresh


def follow(source: Source) -> None:
    """Keep the documents of this source in line from now on."""
    for signal in (page_published, page_unpublished, post_delete):
        _connect(signal, _on_page, source, source.model)
    _connect(page_slug_changed, _on_address, source)
    _connect(post_page_move, _on_move, source)
    for signal in (post_save, post_delete):
        _connect(signal, _on_restriction, source, PageViewRestriction)
    for model in source.pointers:
        _connect(post_save, _on_row, source, model)


def refresh_using(source: Source, model: type[Model], pk: int) -> None:
    """Have the documents that repeat words of this row written anew by the worker, if there are any."""
    if source.using(model, pk).exists():
        tasks.refresh_using.enqueue(source.type, model._meta.label_lower, pk)


def _connect(signal: Any, receiver: Any, source: Source, sender: type[Model] | None = None) -> None:
    signal.connect(partial(receiver, source), sender=sender, weak=False)


def _on_page(source: Source, instance: Page, **kwargs: Any) -> None:
    refresh(source, [instance.translation_key])


def _on_address(source: Source, instance: Page, **kwargs: Any) -> None:
    """The page itself at once; what is below it, however much, later."""
    below = source.pages().filter(path__startswith=instance.path)
    refresh(source, below.filter(path=instance.path).values_list("translation_key", flat=True))
    if below.exclude(path=instance.path).exists():
        tasks.refresh_below.enqueue(source.type, instance.path)


def _on_move(source: Source, instance: Page, **kwargs: Any) -> None:
    if instance.path.startswith(restricted_paths()):
        _refresh_below(source, instance.path)
    else:
        _on_address(source, instance)


def _on_restriction(source: Source, instance: PageViewRestriction, **kwargs: Any) -> None:
    pages = Page.objects.filter(Q(pk=instance.page_id) | Q(alias_of=instance.page_id))
    for path in pages.values_list("path", flat=True):
        _refresh_below(source, path)


def _refresh_below(source: Source, path: str) -> None:
    """At once, however many: what has become private must not be found until the worker comes round."""
    below = source.pages().filter(path__startswith=path)
    refresh(source, below.values_list("translation_key", flat=True))


def _on_row(source: Source, sender: type[Model], instance: Model, created: bool, **kwargs: Any) -> None:
    # A new row is used by nobody; asking first spares the queue when a whole table is loaded.
    if not created:
        refresh_using(source, sender, instance.pk)
