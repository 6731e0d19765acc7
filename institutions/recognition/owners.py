"""Who owns an innovation: the government or body, the office of it, the region."""

from collections.abc import Sequence
from dataclasses import dataclass

from institutions.models import Institution, InstitutionKind, InstitutionName
from institutions.recognition.national import BodyIndex, BodyMention
from institutions.recognition.ranking import Phrase, Strength, phrases, strength
from institutions.recognition.words import CONNECTORS
from taxonomy.models import Region
from taxonomy.recognition import RegionMention, RegionRecogniser, Token, tokenise

# Longer text is no name of an owner.
MAX_LENGTH = 1_000
UNIT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Owner:
    """What a text says of the owner. Without an institution, `unrecognised` holds the text."""

    institution: Institution | None = None
    service_unit: str = ""
    region: Region | None = None
    unrecognised: str = ""


@dataclass(frozen=True, slots=True)
class _Claim:
    """A region named, and how strongly it is said to be the owner."""

    mention: RegionMention
    strength: Strength


class OwnerRecogniser:
    """The index of all institutions and regions, in memory: build it once, use it for a whole import."""

    def __init__(self, regions: RegionRecogniser, bodies: BodyIndex) -> None:
        self.regions = regions
        self._bodies = bodies

    @classmethod
    def from_database(cls, regions: RegionRecogniser | None = None) -> "OwnerRecogniser":
        """Two queries, and one for the regions where they are not given."""
        regions = regions or RegionRecogniser.from_database()
        institutions = Institution.objects.select_related("region__province", "merged_into__region__province")
        return cls(regions, BodyIndex(institutions, InstitutionName.objects.all(), regions))

    def recognise(self, text: str, province: Region | None = None) -> Owner:
        """The owner a text names. `province`, where the record says it, settles names that several regions
        share, and is the region of a national body's office. Never raises."""
        text = " ".join(text.split())
        tokens = tokenise(text) if len(text) <= MAX_LENGTH else []
        if not tokens:
            return Owner(unrecognised=text)
        reading = _Reading(tokens, self.regions, self._bodies, province)
        body, region = reading.body(), reading.region()
        if body is not None:
            place = body.institution.region or province
            unit = reading.unit(text, (body.start, body.end), keep_around=True)
            return Owner(body.institution, unit, place)
        government = self._bodies.governments.get(region.mention.regions[0].pk) if region else None
        if region is None or government is None:
            return Owner(unrecognised=text)
        unit = reading.unit(text, (region.mention.start, region.mention.end), keep_around=False)
        return Owner(government, unit, region.mention.region)


class _Reading:
    """One text, read: at most one of `body()` and `region()` is found."""

    def __init__(
        self,
        tokens: Sequence[Token],
        regions: RegionRecogniser,
        bodies: BodyIndex,
        province: Region | None,
    ) -> None:
        self._tokens = tokens
        self._phrases = phrases(tokens)
        self._bodies = bodies.mentions(tokens)
        inside = {place for body in self._bodies for place in range(body.start, body.end)}
        mentions = [
            mention for mention in regions.mentions(tokens, province) if mention.end - 1 not in inside
        ]
        body_ends = {body.end for body in self._bodies}
        region_ends = {mention.end for mention in mentions}
        self._claims = [
            _Claim(mention, strength(tokens, mention, self._phrases, body_ends, region_ends))
            for mention in mentions
        ]

    def body(self) -> BodyMention | None:
        """The national body that owns, or None where none does, or two do, or a government does as well."""
        if not self._bodies or not all(body.certain for body in self._bodies):
            return None
        if any(claim.strength >= Strength.FACILITY for claim in self._claims):
            return None
        chosen = _innermost(self._bodies)
        if chosen is None or not self._agrees_on_place(chosen.institution):
            return None
        return chosen

    def _agrees_on_place(self, institution: Institution) -> bool:
        home = institution.region
        if home is None:
            return True
        named = [claim.mention for claim in self._claims if claim.mention.marked]
        return all(mention.region and _nested(mention.region, home) for mention in named)

    def region(self) -> _Claim | None:
        """The region whose government owns, or None where the text leaves any doubt."""
        if self._bodies:
            return None
        claims = [claim for claim in self._claims if claim.strength > Strength.LOCATION]
        if not claims:
            return None
        top = max(claim.strength for claim in claims)
        best = [claim for claim in claims if claim.strength == top]
        chosen = best[0]
        if top == Strength.ALONE:
            # "Kabupaten Bantul, DI Yogyakarta": the inner one owns, the outer one says where.
            chosen = next((claim for claim in best if _is_inside_all(claim, best)), chosen)
        if chosen.mention.region is None:
            return None
        return chosen if all(self._agrees(claim, chosen) for claim in self._claims) else None

    def _agrees(self, claim: _Claim, chosen: _Claim) -> bool:
        region, owner = claim.mention.region, chosen.mention.region
        if claim is chosen or region == owner or claim.strength == Strength.PLACE:
            return True
        if not claim.mention.marked and claim.strength <= Strength.LOCATION:
            return True
        if region is None or owner is None:
            # A kind of region and no name we know: in an office's own name ("Puskesmas Kota") only.
            return chosen.strength == Strength.GOVERNMENT and claim.mention.kinds == {Region.Kind.CITY}
        if claim.strength >= Strength.ORGAN:
            return False
        if claim.strength == Strength.FACILITY:
            return region.province == owner
        return _nested(region, owner)

    def unit(self, text: str, chosen: tuple[int, int], *, keep_around: bool) -> str:
        """The office: the text without the owner's name and without places that say only where.

        `keep_around` keeps a phrase whole that goes on after the owner's name ("BPS Kota Bogor").
        """
        parts = []
        for phrase in self._phrases:
            if _only_noise(self._tokens[phrase.start : phrase.end]):
                continue
            ranges = self._left_out(phrase, chosen, keep_around=keep_around)
            parts.extend(_outside(text, self._tokens, phrase, ranges))
        return ", ".join(part for part in parts if part)[:UNIT_LENGTH].strip()

    def _left_out(
        self, phrase: Phrase, chosen: tuple[int, int], *, keep_around: bool
    ) -> list[tuple[int, int]]:
        start, end = chosen
        ranges = []
        if phrase.holds(start):
            covers_end = end >= phrase.end or _only_noise(self._tokens[end : phrase.end])
            if not keep_around or covers_end:
                ranges.append((start, phrase.end if covers_end else end))
        elif start < phrase.start and phrase.end <= end:
            ranges.append((phrase.start, phrase.end))
        for claim in self._claims:
            mention = claim.mention
            is_whole = (mention.start, mention.end) == (phrase.start, phrase.end)
            follows = not keep_around and mention.start == end
            only_where = mention.marked or (not keep_around and self._says_where(mention, start))
            if phrase.holds(mention.start) and (is_whole or follows) and only_where:
                ranges.append((mention.start, mention.end))
        return sorted(set(ranges))

    def _says_where(self, mention: RegionMention, chosen_start: int) -> bool:
        """Whether a bare name is the owner's own or its province's: "Kabupaten Bima - NTB"."""
        owner = next(claim.mention for claim in self._claims if claim.mention.start == chosen_start).region
        return owner is not None and mention.region in (owner, owner.province)


def _innermost(bodies: Sequence[BodyMention]) -> BodyMention | None:
    """The one body named; of police units the smaller one ("Polres Madiun, Polda Jawa Timur")."""
    different = {body.institution.pk: body for body in bodies}
    if len(different) == 1:
        return bodies[0]
    if any(body.institution.kind != InstitutionKind.POLICE for body in bodies):
        return None
    ordered = sorted(different.values(), key=lambda body: _depth(body.institution.region), reverse=True)
    inner, *outer = ordered
    for body in outer:
        region = body.institution.region
        if region is None:
            continue
        if inner.institution.region is None or inner.institution.region.province != region:
            return None
    return inner


def _depth(region: Region | None) -> int:
    if region is None:
        return 0
    return 2 if region.province_id else 1


def _nested(one: Region, other: Region) -> bool:
    return other in (one, one.province) or one == other.province


def _is_inside_all(claim: _Claim, others: Sequence[_Claim]) -> bool:
    region = claim.mention.region
    return region is not None and all(other.mention.region in (region, region.province) for other in others)


def _only_noise(tokens: Sequence[Token]) -> bool:
    return all(token.word in ("ri", "republik", "indonesia", "persero", "tbk") for token in tokens)


def _outside(text: str, tokens: Sequence[Token], phrase: Phrase, ranges: list[tuple[int, int]]) -> list[str]:
    """The text of a phrase without the words of `ranges`, in pieces."""
    pieces = []
    position = phrase.start
    for start, end in [*ranges, (phrase.end, phrase.end)]:
        if position < start:
            piece = text[tokens[position].start : _text_end(text, tokens, start)]
            pieces.append(CONNECTORS.sub("", piece.strip(" -–—.,;:()/")))
        position = max(position, end)
    return pieces


def _text_end(text: str, tokens: Sequence[Token], position: int) -> int:
    return tokens[position - 1].end
