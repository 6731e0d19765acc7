"""National bodies, police units, universities and enterprises named in a text."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from institutions.models import Institution, InstitutionKind, InstitutionName
from institutions.recognition.words import MAY_FOLLOW_NATIONAL, is_organ
from taxonomy.recognition import RegionRecogniser, Token, joined, tokenise

GOVERNMENTS = (InstitutionKind.PROVINCE, InstitutionKind.REGENCY, InstitutionKind.CITY)
# So short an abbreviation is also a word: it counts only in capitals.
SHORT = 3


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body named over the words from `start` up to `end`; `certain` is false for a name of several."""

    start: int
    end: int
    institution: Institution
    certain: bool = True


class BodyIndex:
    """All names of the institutions that are not regional governments, in memory.

    `governments` maps a region's primary key to its government.
    """

    def __init__(
        self,
        institutions: Iterable[Institution],
        names: Iterable[InstitutionName],
        regions: RegionRecogniser,
    ) -> None:
        self._regions = regions
        self.governments: dict[int, Institution] = {}
        self._by_name: dict[str, dict[int, Institution]] = defaultdict(dict)
        self._longest = 1
        bodies: dict[int, Institution] = {}
        for institution in institutions:
            # What has become part of another is called by its old names still, and means that other.
            meant = institution.merged_into or institution
            if institution.kind not in GOVERNMENTS:
                bodies[institution.pk] = meant
                self._add(meant, institution.name)
                self._add(meant, institution.abbreviation)
            elif institution.region_id and meant.is_active:
                self.governments[institution.region_id] = meant
        for name in names:
            if name.institution_id in bodies:
                self._add(bodies[name.institution_id], name.name)

    def _add(self, institution: Institution, name: str) -> None:
        tokens = tokenise(name)
        if tokens:
            self._by_name[joined(tokens)][institution.pk] = institution
            self._longest = max(self._longest, len(tokens) + 1)

    def mentions(self, tokens: Sequence[Token]) -> list[BodyMention]:
        """Every body named, from left to right, never overlapping; a name of several counts as doubt."""
        found = []
        position = 0
        while position < len(tokens):
            mention = self._mention_at(tokens, position)
            if mention is None:
                position += 1
            else:
                found.append(mention)
                position = mention.end
        return found

    def _mention_at(self, tokens: Sequence[Token], start: int) -> BodyMention | None:
        name, best = "", 0
        for end in range(start + 1, min(start + self._longest, len(tokens)) + 1):
            name += tokens[end - 1].word
            if name in self._by_name and not _is_doubtful(tokens[start:end]):
                best = end
        if not best or _is_within_an_organ(tokens, start):
            return None
        candidates = list(self._by_name[joined(tokens[start:best])].values())
        certain = len(candidates) == 1 and self._ends_cleanly(tokens, best)
        return BodyMention(start, best, candidates[0], certain)

    def _ends_cleanly(self, tokens: Sequence[Token], end: int) -> bool:
        if end >= len(tokens) or tokens[end].breaks or tokens[end].word in MAY_FOLLOW_NATIONAL:
            return True
        following = self._regions.mention_at(tokens, end)
        return following is not None and bool(following.regions)


def _is_doubtful(tokens: Sequence[Token]) -> bool:
    """A short abbreviation in small letters, or a short name with a break in its middle."""
    if len(tokens) == 1:
        return len(tokens[0].word) <= SHORT and not tokens[0].original.isupper()
    return len(tokens) < SHORT and any(token.breaks for token in tokens[1:])


def _is_within_an_organ(tokens: Sequence[Token], start: int) -> bool:
    """ "Dinas Kominfo Kota Malang" is not the ministry, though its field has the ministry's short name."""
    if tokens[start].word.startswith(("kementerian", "kemen", "kemd", "kemn")):
        return False
    position = start
    while position > 0 and not tokens[position].breaks:
        position -= 1
        if is_organ(tokens, position):
            return True
    return False
