"""Which texts may be kept: none that may name a person, an address or an account.

Better a topic too few than a telephone number too many. A person's bare name cannot be told from a topic:
such texts are rare, so they are not shown and soon dropped (`figures.py`, `storage.py`).
"""

import re

from search.analysis import fold
from search.models.insight import LONGEST_TEXT

MOST_DIGITS = 5
# Longer runs without a blank are keys, tokens and addresses, no words.
LONGEST_WORD = 32
_AROUND = " .,;:!?'‘’()[]{}*<>-–—_/\\|"
_QUOTES = str.maketrans("", "", '"“”„«»')
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d+")
_PERSONAL = re.compile(
    r"""
    @ | :// | \bwww\b
    | [^\W\d_]\.[^\W\d_]{2,}                             # contoh.go.id, and degrees behind a name
    | \d\.\d+\.\d                                        # a machine's address
    | \b(?:gmail|yahoo|ymail|hotmail|outlook|icloud)\b
    | [(\[{]\s*at\s*[)\]}] | \bat\b.*\bdot\b
    | \brt\W*\d+.*\brw\W*\d+                             # a house in a street
    | \b[a-z]{1,2}[\s-]?(?!(?:19|20)\d\d\b)\d{3,4}[\s-]?[a-z]{1,3}\b   # a number plate
    | (?:\b(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)\b\W*){6,}
    """,
    re.VERBOSE,
)


def keepable(text: str) -> str:
    """The text folded and trimmed, as it may be kept; "" where it may not be."""
    folded = " ".join(fold(text).translate(_QUOTES).split()).strip(_AROUND)
    if not any(map(str.isalpha, folded)) or len(folded) > LONGEST_TEXT or not folded.isprintable():
        return ""
    if any(len(word) > LONGEST_WORD for word in folded.split()):
        return ""
    return "" if _PERSONAL.search(folded) or _numbers_someone(folded) else folded


def _numbers_someone(text: str) -> bool:
    """Whether the digits may be a telephone number, an identity number, a date of birth or an address,
    however they are divided. Years are none, nor is the number of a rule before its year: 91/2021."""
    numbers = _NUMBER.findall(text)
    if sum(map(len, numbers)) <= MOST_DIGITS:
        return False
    years = [number for number in numbers if _YEAR.fullmatch(number)]
    others = [number for number in numbers if not _YEAR.fullmatch(number)]
    if not others:
        return len(years) > 2
    return len(years) != 1 or len(others) > 1 or len(others[0]) > 3
