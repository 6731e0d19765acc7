"""Where documents come from: an app describes its page type once (`Source`) and registers it.

From then on publishing, withdrawing, moving, restricting, deleting and the renaming of what its pages
point at keep the index in line: what touches one page in the change's own transaction, what may touch
thousands in a background task recorded in that transaction.
"""

from search.sources.changes import follow
from search.sources.pages import PageTexts, path_of, plain_text
from search.sources.source import Source, add, address_meant, batched, batches, labels, refresh, source_of

__all__ = [
    "PageTexts",
    "Source",
    "address_meant",
    "batched",
    "batches",
    "labels",
    "path_of",
    "plain_text",
    "refresh",
    "register",
    "source_of",
]


def register(source: Source) -> None:
    """Make pages of this type findable; called in `AppConfig.ready`."""
    add(source)
    follow(source)
