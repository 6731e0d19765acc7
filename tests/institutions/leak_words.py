"""Words that stand nowhere else, for what an institution keeps to itself."""

import re

COMMON = "qxumumzk"
WORD = re.compile(r"qx[a-z]+zk")
_made: set[str] = {COMMON}


def word(name: str) -> str:
    """One that begins with `qx` and ends with `zk`: a search through an answer finds whatever slipped out."""
    _made.add(f"qx{name}zk")
    return f"qx{name}zk"


def text(name: str) -> str:
    """A word, and the one that all texts share: one query asks for all of them."""
    return f"{word(name)} {COMMON}"


def all_words() -> frozenset[str]:
    """Those made so far."""
    return frozenset(_made)
