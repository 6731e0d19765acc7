"""Recognises regions and awards in the messy text of real records.

Build an index once (`from_database()`, one query each) and use it for a whole import. The work itself
needs no database. What is not certain is not recognised: never guessed, always returned to be reported.
"""

from taxonomy.recognition.awards import AwardRecogniser, RecognisedAward, RecognisedAwards
from taxonomy.recognition.regions import RegionMention, RegionRecogniser
from taxonomy.recognition.text import Token, joined, tokenise, words

__all__ = [
    "AwardRecogniser",
    "RecognisedAward",
    "RecognisedAwards",
    "RegionMention",
    "RegionRecogniser",
    "Token",
    "joined",
    "tokenise",
    "words",
]
