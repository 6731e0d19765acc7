"""Awards named in a text: "Top 99 KIPP 2018; peserta UNPSA 2019".

An award is programme + year + rank. The rank is kept in the source's own words, also where it says only
how far an innovation came ("Finalis", "Peserta", "Lolos administrasi"): it is what the source reports,
and no more. A piece that names no programme, or no rank that can be understood, is returned unrecognised.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from taxonomy.models import AwardProgramme
from taxonomy.recognition.regions import RegionRecogniser
from taxonomy.recognition.text import Token, joined, tokenise, words

PIECES = re.compile(r"[;\n\r|•]+")
PARTS = re.compile(r",\s*|\s+(?:dan|serta|&)\s+", re.IGNORECASE)
RANK_LENGTH = 120
# What a rank may begin with. "Proposal KIPP" or "Laporan IGA" name a programme but no award.
RANK_WORDS = words(
    """top finalis juara pemenang peserta lolos besar nominasi nominator nominee honorable mention kategori
    terbaik penghargaan validasi verifikasi peringkat predikat inovatif terinovatif winner first
    second third place finalist runner unggulan harapan special kelompok"""
)
# These are honours by themselves: naming them says all.
HONOURS = ("satyalancana",)
# Words after a national programme's name that make it another programme: "KIPP Kabupaten Gowa".
ANOTHER_LEVEL = words("""provinsi propinsi prov kabupaten kab kota tingkat daerah internal lokal""")
NOISE = re.compile(r"\(?\s*tahun tidak disebut(?:kan)?\s*\)?", re.IGNORECASE)
YEAR = re.compile(r"\b(?:tahun\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
# Groups that only one programme has, in the years it had them.
KIPP_GROUP = re.compile(r"\btop\s+\d+\s+kelompok\s+(?:khusus|umum|replikasi)\b", re.IGNORECASE)
PKRI_GROUP = re.compile(r"\btop\s+(?:keberlanjutan|replikasi)\b", re.IGNORECASE)
PKRI_YEAR = 2024


@dataclass(frozen=True, slots=True)
class RecognisedAward:
    programme: AwardProgramme
    year: int | None
    rank: str


@dataclass(frozen=True, slots=True)
class RecognisedAwards:
    """What a text says of awards; `unrecognised` keeps the other pieces word by word."""

    awards: tuple[RecognisedAward, ...] = ()
    unrecognised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    """A programme named over the words from `start` up to `end`."""

    programme: AwardProgramme
    start: int
    end: int


class AwardRecogniser:
    """The index of all award programmes' names, in memory."""

    def __init__(self, programmes: Iterable[AwardProgramme], regions: RegionRecogniser) -> None:
        self._regions = regions
        self._by_code: dict[str, AwardProgramme] = {}
        self._by_name: dict[str, list[AwardProgramme]] = defaultdict(list)
        self._longest = 1
        for programme in programmes:
            self._by_code[programme.code] = programme
            names = {programme.abbreviation, programme.name_id, programme.name_en}
            for name in names | {_without_level(name) for name in names}:
                tokens = tokenise(name)
                if tokens and programme not in self._by_name[joined(tokens)]:
                    self._by_name[joined(tokens)].append(programme)
                    self._longest = max(self._longest, len(tokens))

    @classmethod
    def from_database(cls, regions: RegionRecogniser | None = None) -> "AwardRecogniser":
        """One query, and one for the regions where they are not given."""
        return cls(AwardProgramme.objects.all(), regions or RegionRecogniser.from_database())

    def recognise(self, text: str) -> RecognisedAwards:
        """The awards a text names, and its pieces that are none. Pieces are separated by semicolons."""
        awards: list[RecognisedAward] = []
        unrecognised: list[str] = []
        for piece in PIECES.split(text):
            piece = " ".join(piece.split())
            if not piece:
                continue
            found = self._awards(piece)
            if not found:
                unrecognised.append(piece)
            awards.extend(award for award in found if award not in awards)
        return RecognisedAwards(tuple(awards), tuple(unrecognised))

    def _awards(self, piece: str) -> list[RecognisedAward]:
        """The award of a piece; of "Top 99 KIPP 2018, Top 45 KIPP 2019" both, if each part is one."""
        whole = self._award(piece)
        if whole is not None:
            return [whole]
        parts = [self._award(part) for part in PARTS.split(piece)]
        return [part for part in parts if part] if all(parts) else []

    def _award(self, piece: str) -> RecognisedAward | None:
        cleaned = NOISE.sub(" ", piece)
        years = {int(year) for year in YEAR.findall(cleaned)}
        if len(years) > 1:
            return None
        year = min(years, default=None)
        tokens = tokenise(cleaned)
        named = self._programmes(tokens)
        if not named:
            return self._by_group(cleaned, year)
        if len(named) > 1:
            return None
        found = named[0]
        before, after = _outside(cleaned, tokens, found)
        rank = _rank(before, after)
        if not _is_rank(rank) and not found.programme.code.startswith(HONOURS):
            return None
        return RecognisedAward(found.programme, year, rank[:RANK_LENGTH])

    def _programmes(self, tokens: Sequence[Token]) -> list[_Named]:
        found = []
        position = 0
        while position < len(tokens):
            named = self._programme_at(tokens, position)
            if named is None:
                position += 1
                continue
            found.append(named)
            position = named.end
        return found

    def _programme_at(self, tokens: Sequence[Token], start: int) -> _Named | None:
        name, best = "", None
        for end in range(start + 1, min(start + self._longest, len(tokens)) + 1):
            name += tokens[end - 1].word
            programmes = self._by_name.get(name, ())
            if len(programmes) == 1:
                best = _Named(programmes[0], start, end)
        if best is None:
            return None
        return self._of_region(tokens, best)

    def _of_region(self, tokens: Sequence[Token], named: _Named) -> _Named | None:
        """The same programme, or that of the region named right after it, or None where we know none."""
        if named.end >= len(tokens) or tokens[named.end].breaks:
            return named
        mention = self._regions.mention_at(tokens, named.end)
        if mention is None:
            return None if tokens[named.end].word in ANOTHER_LEVEL else named
        region = mention.region
        if region is None:
            return None
        if joined(region.name_id) in joined(named.programme.name_id):
            return _Named(named.programme, named.start, mention.end)
        for name in {region.name_id, region.short_name, *region.abbreviations}:
            programmes = self._by_name.get(joined(tokens[named.start : named.end]) + joined(name), ())
            if len(programmes) == 1:
                return _Named(programmes[0], named.start, mention.end)
        return None

    def _by_group(self, piece: str, year: int | None) -> RecognisedAward | None:
        """Some groups tell their programme: KIPP's since 2020, and PKRI's in its one year."""
        code = ""
        if KIPP_GROUP.search(piece) and year != PKRI_YEAR:
            code = "kipp"
        elif PKRI_GROUP.search(piece) and year == PKRI_YEAR:
            code = "pkri"
        programme = self._by_code.get(code)
        return RecognisedAward(programme, year, _rank(piece, "")[:RANK_LENGTH]) if programme else None


def _without_level(name: str) -> str:
    """ "KIPP Provinsi Sulawesi Selatan" is also written "KIPP Sulawesi Selatan"."""
    return name.replace(" Provinsi ", " ")


def _outside(text: str, tokens: Sequence[Token], named: _Named) -> tuple[str, str]:
    return text[: tokens[named.start].start], text[tokens[named.end - 1].end :]


def _rank(before: str, after: str) -> str:
    """The words around programme and year, in the source's spelling, the first letter large."""
    text = YEAR.sub(" ", f"{before} {after}")
    text = " ".join(re.sub(r"(?:^|\s)[-–—:,]+(?=\s|$)", " ", text).split())
    text = text.strip(" -–—:,.")
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1].strip()
    return text[:1].upper() + text[1:]


def _is_rank(rank: str) -> bool:
    words = [token.word for token in tokenise(rank)]
    # "10 besar", "lima besar": the number stands first.
    return bool(words) and (words[0] in RANK_WORDS or "besar" in words[1:2])
