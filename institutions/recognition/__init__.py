"""Recognises who owns an innovation in the messy text of real records.

`OwnerRecogniser.from_database()` builds the index once, with a fixed number of queries; `recognise(text,
province)` then needs no database. What is not certain is not recognised: never guessed, always reported.
"""

from institutions.recognition.owners import Owner, OwnerRecogniser

__all__ = ["Owner", "OwnerRecogniser"]
