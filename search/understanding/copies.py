"""The copies in memory and when they are renewed: one small query a search tells."""

from dataclasses import dataclass

from search.models import SearchState
from search.understanding import thesaurus, vocabulary
from search.understanding.thesaurus import Thesaurus
from search.understanding.vocabulary import Vocabulary


@dataclass(slots=True)
class _Copies:
    vocabulary_token: str | None = None
    synonyms_token: str | None = None
    vocabulary: Vocabulary | None = None
    thesaurus: Thesaurus | None = None


_copies = _Copies()


def current() -> tuple[Vocabulary, Thesaurus]:
    """Vocabulary and thesaurus as they stand in the database."""
    state = SearchState.objects.filter(pk=1).values_list("vocabulary", "synonyms").first() or ("", "")
    if _copies.vocabulary is None or _copies.vocabulary_token != state[0]:
        _copies.vocabulary, _copies.vocabulary_token = vocabulary.load(), state[0]
    if _copies.thesaurus is None or _copies.synonyms_token != state[1]:
        _copies.thesaurus, _copies.synonyms_token = thesaurus.load(), state[1]
    return _copies.vocabulary, _copies.thesaurus
