"""What readers look for, and what they look for in vain: counted by the day, shown to programme owners.

`recording` counts a search in memory, `buffer` writes the counts in the background, `figures` sums them up,
`calls` turns an unmet topic into a to-do. `docs/search-insight.md` says what is kept and what is not.
"""

from search.insight.places import Place, register
from search.insight.recording import record

__all__ = ["Place", "record", "register"]
