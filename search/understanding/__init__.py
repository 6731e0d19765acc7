"""What a reader means: the words of a query with all they may be found under. For every engine."""

from search.understanding.concepts import (
    MAX_CHARACTERS,
    MAX_WORDS,
    Concept,
    Understanding,
    Variant,
    understand,
)

__all__ = ["MAX_CHARACTERS", "MAX_WORDS", "Concept", "Understanding", "Variant", "understand"]
