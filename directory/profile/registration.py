"""What apps above the directory add to a profile, registered in their `AppConfig.ready`.

`register_panel` adds what stands under "Sudah ditiru di"; `register_replication_counts` says how
often innovations were replicated, and `counts_changed` that this has changed. Without either, nothing is
known and nothing is invented.
"""

from collections.abc import Callable, Iterable, Mapping

from django.http import HttpRequest

from directory.models import InnovationPage
from search.sources import refresh

# page, request → safe HTML, or "" where there is nothing to show
Panel = Callable[[InnovationPage, HttpRequest], str]
# source-language page ids → (replications, of these still running)
Counts = Callable[[Iterable[int]], Mapping[int, tuple[int, int]]]

_panels: list[Panel] = []
_counts: list[Counts] = []


def register_panel(panel: Panel) -> None:
    """Show `panel` on every profile, after the panels already there; once only."""
    if panel not in _panels:
        _panels.append(panel)


def register_replication_counts(counts: Counts) -> None:
    """Take the numbers of replications from `counts`; a later registration replaces an earlier one."""
    _counts[:] = [counts]


def counts_changed(page_ids: Iterable[int]) -> None:
    """Have the directory and every search show new numbers of replications of these pages.

    Written in the caller's transaction, the one that changes the numbers; call it after the change.
    """
    # The document takes its numbers from here.
    from directory.search_document import SOURCE

    pages = InnovationPage.objects.filter(pk__in=list(page_ids))
    refresh(SOURCE, pages.values_list("translation_key", flat=True))


def panels(page: InnovationPage, request: HttpRequest) -> list[str]:
    """The registered panels that have something to say about `page`."""
    return [html for panel in _panels if (html := panel(page, request))]


def replication_counts(page_ids: Iterable[int]) -> Mapping[int, tuple[int, int]]:
    """Replications and how many of them run, for those of these pages that have any."""
    return _counts[0](page_ids) if _counts else {}
