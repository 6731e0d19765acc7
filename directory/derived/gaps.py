"""What a profile lacks, as one whole number a database can count: a bit for each item of completeness.

The number is kept in the column `missing_items`, written with the completeness itself.
"""

from collections.abc import Iterable

# The place of an item is its bit. Stored numbers read by it: new items are added at the end, none is moved,
# and an item given up keeps its place. (A column of 64 bits holds 63.)
BITS: tuple[str, ...] = (
    *("title", "institution", "problem", "result", "summary", "region", "sectors", "sdgs"),
    *("beneficiary_groups", "contact_post", "contact_email"),
    *("narrative-background", "narrative-novelty", "narrative-how_it_works", "narrative-significance"),
    *("narrative-adaptability", "narrative-resources", "narrative-sustainability", "narrative-challenges"),
    *("narrative-conditions", "narrative-lessons"),
    *("kind", "implementation_date", "operational_status", "costs", "staff_needed", "months_to_ready"),
    *("prerequisites", "evidence", "institutionalisation", "replication_kit", "lead_image"),
)


def gap_bit(field: str) -> int:
    """The number of one item. `ValueError` for what is none."""
    return 1 << BITS.index(field)


def gaps(fields: Iterable[str]) -> int:
    """These items as one number."""
    return sum(gap_bit(field) for field in set(fields))
