"""What the server is asked for suggestions while typing, and for what resembles a document."""

from collections.abc import Sequence
from typing import Any

from elasticsearch.dsl import Q

from search.engines.elasticsearch.choice import having
from search.engines.elasticsearch.mapping import HEAD
from search.engines.elasticsearch.page import BEST_FIRST, LAST
from search.engines.likeness import CANDIDATES, LEAST_WORDS, TERMS, Term
from search.index import TYPE_FACET
from search.models import SearchDocument
from search.types import TEXT_FIELDS, Exclusion


def completion(words: Sequence[str], types: Sequence[str], limit: int) -> dict[str, Any]:
    """Titles with words that begin like each of these; those that begin with all of them come first."""
    typed = [Q("prefix", titles=word) for word in words]
    start = "".join(f" {word}" for word in words)
    return {
        "size": limit,
        "track_total_hits": False,
        "_source": False,
        "query": Q(
            "bool",
            filter=[*typed, *([having(TYPE_FACET, types)] if types else [])],
            should=[Q("constant_score", filter=Q("prefix", lines=start))],
        ).to_dict(),
        "sort": [*BEST_FIRST, {"all_lines": "asc"}, LAST],
    }


def similar(asked: SearchDocument, wanted: Sequence[Term], exclude: Exclusion) -> dict[str, Any]:
    """Documents that hold some of the telling words, which `search.engines.likeness` has chosen."""
    like = Q(
        "more_like_this",
        fields=[HEAD],
        like=" ".join(term.stem for term in wanted),
        min_term_freq=1,
        # In how many documents a word stands is known; the server would look at one part of the index.
        min_doc_freq=1,
        max_query_terms=TERMS,
        minimum_should_match=min(LEAST_WORDS, len(wanted)),
    )
    left_out = [having(name, values) for name, values in exclude.items() if values]
    wanted_only = [having(TYPE_FACET, [asked.type])]
    other = Q("ids", values=[asked.key])
    return {
        "size": CANDIDATES,
        "track_total_hits": False,
        "_source": list(TEXT_FIELDS[:-1]),
        "query": Q("bool", must=[like], filter=wanted_only, must_not=[other, *left_out]).to_dict(),
    }
