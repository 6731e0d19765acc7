"""Names and titles as they are completed: whole folded words, without stems, each after a blank.

What was typed stands in a title where every word of it, with a blank before, stands in the title's line.
"""

from collections.abc import Iterator

from search.analysis.tokens import Token, tokenize

# No more words are looked at: each is a condition of the query.
MOST_WORDS = 8


def line(text: str) -> str:
    """The words of a title: " layanan e ktp ektp"; one written with joints also stands there in one piece."""
    return "".join(f" {word}" for token in _tokens(text) for word in (*token.words, *token.also))


def typed_words(text: str) -> tuple[str, ...]:
    """The words typed so far; the last may be unfinished. Any text will do."""
    words = dict.fromkeys(word for token in _tokens(text) for word in token.words)
    return tuple(words)[:MOST_WORDS]


def _tokens(text: str) -> Iterator[Token]:
    # One by one: words that mean one thing together (rumah sakit) are typed one after the other.
    for part in text.split():
        yield from tokenize(part)
