"""What search keeps: documents, facet values, the vocabulary, synonyms, and what is to be passed on."""

from search.models.documents import DocumentFacets, FacetValue, SearchDocument
from search.models.outbox import OutboxEntry
from search.models.titles import DocumentTitles
from search.models.vocabulary import SearchState, SynonymGroup, Word

__all__ = [
    "DocumentFacets",
    "DocumentTitles",
    "FacetValue",
    "OutboxEntry",
    "SearchDocument",
    "SearchState",
    "SynonymGroup",
    "Word",
]
