"""Given innovations as cards: what is not public, and so not in the index, is left out."""

import uuid
from collections.abc import Iterable

from directory.cards import Card, card
from directory.search_document import key_of
from search.models import SearchDocument


def cards_of(keys: Iterable[uuid.UUID]) -> list[Card]:
    """The cards of these records (translation keys), in this order; one query."""
    wanted = [key_of(key) for key in keys]
    documents = SearchDocument.objects.filter(key__in=wanted, visible=True)
    found = dict(documents.values_list("key", "data"))
    return [card(found[key]) for key in wanted if key in found]
