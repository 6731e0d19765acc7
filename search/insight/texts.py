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
# In both languages, whole or short.
_MONTH = (
    r"(?:jan(?:uar[iy])?|feb(?:ruar[iy])?|mar(?:et|ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|ag[ust]|agustus"
    r"|aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[sc](?:ember)?)"
)
_DIGIT = (
    r"(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|lapan|sembilan|belas|puluh"
    r"|zero|one|two|three|four|five|six|seven|eight|nine)"
)
_PERSONAL = re.compile(
    rf"""
    @ | :: | :// | \bmailto\b | \bhttps?\b | \bwww\b
    | [^\W\d_]\.[^\W\d_]{{2,}}                             # contoh.go.id, and degrees behind a name
    | \b(?:drs?|dra|drg|ir|prof)\.\s | \b[sm]\.\s?[a-z]{{1,4}}\b  # and before it, or short, or with a blank
    | \w_\w                                               # an account
    | \d\.\d+\.\d                                        # a machine's address
    | \b(?:gmail|yahoo|ymail|hotmail|outlook|icloud|rocketmail|protonmail)\b
    | [(\[{{]\s*at\s*[)\]}}] | \b(?:at|et)\b.*\b(?:dot|titik)\b
    | \brt\W*\d+.*\brw\W*\d+                             # a house in a street
    | \bjln?\b.*\d | \b(?:jalan|gang|gg|blok)\b.*\bno(?:mor)?\b\W*\d
    | \b\d{{1,2}}\W*{_MONTH}\W*(?:(?:19|20)\d\d|\d\d)\b       # a date of birth
    | \b[a-z]{{1,2}}[\s-]?(?!(?:19|20)\d\d\b)\d{{3,4}}[\s-]?[a-z]{{1,3}}\b   # a number plate
    | (?:\b{_DIGIT}\b\W*){{6,}}
    | \b(?:password|sandi|pin|otp)\b\W*\w*\d
    # What is called such a number and has four digits is one, unless it is a year.
    | \b(?:nik|nip|nisn|npwp|kk|ktp|paspor|bpjs|rek|rekening|norek|hp|wa|telp|telepon)\b
      \D{{0,20}}(?!(?:19|20)\d\d\b)\d(?:\W?\d){{3,}}
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
