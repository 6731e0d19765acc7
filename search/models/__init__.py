"""What search keeps: documents, facet values, the vocabulary, synonyms, what is to be passed on, and what
readers look for."""

from search.models.documents import DocumentFacets, FacetValue, SearchDocument
from search.models.insight import (
    UNFINISHED,
    CallStatus,
    ModelCall,
    ModelCallChange,
    ModelCallTopic,
    SearchedFilter,
    SearchedText,
)
from search.models.outbox import OutboxEntry
from search.models.titles import DocumentTitles
from search.models.vocabulary import SearchState, SynonymGroup, Word

__all__ = [
    "UNFINISHED",
    "CallStatus",
    "DocumentFacets",
    "DocumentTitles",
    "FacetValue",
    "ModelCall",
    "ModelCallChange",
    "ModelCallTopic",
    "OutboxEntry",
    "SearchDocument",
    "SearchState",
    "SearchedFilter",
    "SearchedText",
    "SynonymGroup",
    "Word",
]
