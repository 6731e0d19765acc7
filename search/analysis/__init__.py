"""The one text analysis, for every engine: tokens, folding, stems. Pure Python, no database."""

from search.analysis.beginnings import line, typed_words
from search.analysis.stems import is_root, stem
from search.analysis.terms import Analysed, analysed, index_terms, possible_terms
from search.analysis.tokens import Token, fold, tokenize

__all__ = [
    "Analysed",
    "Token",
    "analysed",
    "fold",
    "index_terms",
    "is_root",
    "line",
    "possible_terms",
    "stem",
    "tokenize",
    "typed_words",
]
