"""Field values in the words people use: names for codes, labels for choices."""

from typing import Any

from directory.imports.field_kinds import Awards, Reference, ReferenceList, References, Scalar
from directory.imports.fields import FIELDS
from directory.imports.text import as_text
from directory.models import InnovationPage
from taxonomy.models import AwardProgramme


def in_words(name: str, value: Any, references: References) -> str:
    """A value of the field `name` for people, "" for an empty one. A code nobody knows stays a code."""
    field = FIELDS[name]
    if isinstance(field, Reference | ReferenceList):
        codes = value if isinstance(field, ReferenceList) else [value]
        known = references.table(field.model)
        return "; ".join(str(known.get(code, code)) for code in codes or () if code)
    if isinstance(field, Awards):
        known = references.table(AwardProgramme)
        rows = ((rank, known.get(code, code), year) for code, year, rank in value or ())
        return "; ".join(" ".join(str(part) for part in row if part) for row in rows)
    if isinstance(field, Scalar):
        choices = dict(InnovationPage._meta.get_field(name).flatchoices)
        return str(choices.get(value, as_text(value)))
    return as_text(value)
