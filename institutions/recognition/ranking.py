"""How strongly a text says that a region's government is the owner."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum

from institutions.recognition.words import (
    LOCAL_ONLY,
    NOT_BARE,
    PROVINCIAL_ONLY,
    VERTICAL,
    WHERE,
    is_facility,
    is_organ,
)
from taxonomy.models import Region
from taxonomy.recognition import RegionMention, Token

JAKARTA = "31"


class Strength(IntEnum):
    """From a place that merely occurs to a government that is named."""

    PLACE = 0  # "RSUD Ulin Banjarmasin": a name, no statement
    LOCATION = 1  # "Kantor BPS, Kota Bogor": says where, not whose
    ALONE = 2  # "RSUD Ulin, Provinsi Kalimantan Selatan"
    FACILITY = 3  # "Puskesmas Gitik Kabupaten Banyuwangi"
    ORGAN = 4  # "Dinas Kesehatan Kab. Malang"
    GOVERNMENT = 5  # "Pemerintah Kabupaten Bantul"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words between two breaks, from `start` up to `end`."""

    start: int
    end: int

    def holds(self, position: int) -> bool:
        return self.start <= position < self.end


def phrases(tokens: Sequence[Token]) -> list[Phrase]:
    """The phrases of a text."""
    starts = [position for position, token in enumerate(tokens) if position == 0 or token.breaks]
    return [Phrase(start, end) for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True)]


def strength(
    tokens: Sequence[Token],
    mention: RegionMention,
    whole: list[Phrase],
    body_ends: Collection[int],
    region_ends: Collection[int],
) -> Strength:
    """How strongly `mention` claims the ownership.

    `whole`: the text's phrases; `body_ends`, `region_ends`: where names of national bodies and of regions
    end. A region named right after one of them says where that is.
    """
    if mention.government:
        return Strength.GOVERNMENT
    if _is_name_of_an_office(tokens, mention):
        return Strength.PLACE
    index = next(number for number, phrase in enumerate(whole) if phrase.holds(mention.start))
    phrase = whole[index]
    alone = phrase.start == mention.start
    after_region = not alone and mention.start in region_ends
    says_where = not alone and tokens[mention.start - 1].word == "di"
    if says_where or after_region or any(phrase.start < end <= mention.start for end in body_ends):
        return Strength.LOCATION if mention.marked else Strength.PLACE
    if alone:
        found = _alone(tokens, mention, index)
    else:
        head = _head(tokens, mention, whole, index)
        unit = tokens[min(head, phrase.start) : mention.start]
        found = _attached(tokens, mention, head, unit)
    if found > Strength.LOCATION and _contradicts_level(tokens, mention, whole):
        return Strength.LOCATION
    return found


def _alone(tokens: Sequence[Token], mention: RegionMention, index: int) -> Strength:
    if index == 0:
        # The region itself, named where an owner is asked for; or first, with its office after it.
        after = mention.end
        whole = after == len(tokens) or (tokens[after].breaks and _is_of_a_region(tokens, after))
        return Strength.ALONE if mention.marked or whole else Strength.PLACE
    if not mention.marked:
        return Strength.PLACE
    before = [token.word for token in tokens[: mention.start]]
    if VERTICAL.intersection(before):
        return Strength.LOCATION
    return Strength.ALONE if _is_of_a_region(tokens, 0) else Strength.LOCATION


def _is_of_a_region(tokens: Sequence[Token], head: int) -> bool:
    """Whether the office whose name begins with word `head` belongs to some regional government."""
    return (
        is_organ(tokens, head)
        or is_facility(tokens, head)
        or tokens[head].word in PROVINCIAL_ONLY | {"balai"}
    )


def _is_name_of_an_office(tokens: Sequence[Token], mention: RegionMention) -> bool:
    """ "Kecamatan Kota Utara", "Puskesmas Kota Wates": no city, the office is called so."""
    if mention.regions or mention.kinds != {Region.Kind.CITY} or mention.start == 0:
        return False
    return not tokens[mention.start].breaks and tokens[mention.start - 1].word in LOCAL_ONLY


def _attached(tokens: Sequence[Token], mention: RegionMention, head: int, unit: Sequence[Token]) -> Strength:
    said = {token.word for token in unit}
    nothing = Strength.LOCATION if mention.marked else Strength.PLACE
    if (VERTICAL | WHERE).intersection(said):
        return nothing
    if is_organ(tokens, head):
        if mention.marked:
            return Strength.ORGAN
        ends = mention.end == len(tokens) or tokens[mention.end].breaks
        return Strength.ORGAN if ends and not NOT_BARE.intersection(said) else Strength.PLACE
    if mention.marked and is_facility(tokens, head):
        return Strength.FACILITY
    return nothing


def _head(tokens: Sequence[Token], mention: RegionMention, whole: list[Phrase], index: int) -> int:
    """The word that begins the name of the office a region is named with.

    That is the last organ before the region ("Bidang Gizi Dinas Kesehatan Kab. Sikka"), also over commas
    ("Dinas Kependudukan, Pemberdayaan ... Kota Batam"), else the first word of the phrase.
    """
    here = whole[index]
    organ = _last_organ(tokens, here.start, mention.start)
    if organ is not None:
        return organ
    if is_facility(tokens, here.start):
        return here.start
    for phrase in reversed(whole[:index]):
        organ = _last_organ(tokens, phrase.start, phrase.end)
        if organ is not None:
            return organ
        if is_facility(tokens, phrase.start):
            break
    return here.start


def _last_organ(tokens: Sequence[Token], start: int, end: int) -> int | None:
    return next((place for place in range(end - 1, start - 1, -1) if is_organ(tokens, place)), None)


def _contradicts_level(tokens: Sequence[Token], mention: RegionMention, whole: list[Phrase]) -> bool:
    """A puskesmas of a province, a secondary school of a city: then the region says only where it is."""
    region = mention.region
    if region is None:
        return False
    heads = {tokens[phrase.start].word for phrase in whole}
    if region.kind != Region.Kind.PROVINCE:
        return bool(PROVINCIAL_ONLY.intersection(heads))
    organ_named = any(is_organ(tokens, phrase.start) for phrase in whole)
    return region.code != JAKARTA and bool(LOCAL_ONLY.intersection(heads)) and not organ_named
