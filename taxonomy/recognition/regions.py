"""Regions named in a text: "Kab. Malang", "Pemkot Surabaya", "Jawa Timur", "Babel"."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from taxonomy.models import Region
from taxonomy.recognition.text import Token, joined, tokenise, words

PROVINCE, REGENCY, CITY = Region.Kind.PROVINCE, Region.Kind.REGENCY, Region.Kind.CITY

KIND_WORDS = {
    "kabupaten": REGENCY,
    "kab": REGENCY,
    "kota": CITY,
    "kotamadya": CITY,
    "kodya": CITY,
    "provinsi": PROVINCE,
    "propinsi": PROVINCE,
    "prov": PROVINCE,
    "prop": PROVINCE,
}
CONTRACTIONS = {"pemkab": REGENCY, "pemkot": CITY, "pemprov": PROVINCE, "pemprop": PROVINCE}
GOVERNMENT_WORDS = {"pemerintah", "pemerintahan", "pemda"}
# After these "kota" is no kind of region: "Dinas Tata Kota", "Puskesmas Pusat Kota".
NOT_A_CITY_AFTER = {"tata", "pusat", "dalam", "luar", "antar", "lintas", "ibu", "perkotaan", "taman"}
# Names that say by themselves that a province is meant.
SPECIAL_PROVINCES = ("daerahistimewa", "daerahkhusus", "diyogya", "dijogja", "diy", "dkijakarta", "dkj")
# What may follow a region's name in the same phrase. Anything else may belong to the name ("Solok
# Selatn"), so that the name is not certain.
MAY_FOLLOW = words(
    """melalui via dinas badan bagian biro kantor sekretariat inspektorat puskesmas uptd upt rsud kecamatan
    kelurahan desa cq bekerja bersama ri republik indonesia tahun jl jalan unit di pada oleh"""
)


@dataclass(frozen=True, slots=True)
class RegionMention:
    """A region named in a text, over the words from `start` up to `end`.

    `regions` holds every region the name may mean: exactly one when it is certain, none when a kind of
    region is named ("Kabupaten ...") but no known name follows. `marked`: the kind of region is said;
    `government`: its government is.
    """

    start: int
    end: int
    regions: tuple[Region, ...]
    marked: bool = False
    government: bool = False
    kinds: frozenset[str] = frozenset()

    @property
    def region(self) -> Region | None:
        return self.regions[0] if len(self.regions) == 1 else None


@dataclass(frozen=True, slots=True)
class _Prefix:
    """The words before a name: how many, the kinds of region they allow, whether a government is said."""

    length: int
    kinds: frozenset[str]
    government: bool


class RegionRecogniser:
    """The index of all regions' names, in memory."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._by_code: dict[str, Region] = {}
        self._by_name: dict[str, dict[str, Region]] = defaultdict(dict)
        self._longest = 1
        for region in regions:
            self._by_code[region.code] = region
            # "Kabupaten" and "Kota" are read as words of their own, so that they may be abbreviated.
            full = region.name_id if region.kind == PROVINCE else region.short_name
            for name in _spellings({full, region.short_name, *region.abbreviations}, region.kind):
                tokens = tokenise(name)
                self._by_name[joined(tokens)][region.code] = region
                # A name written apart ("Gunung Kidul") has more words than ours.
                self._longest = max(self._longest, len(tokens) + 1)
        self._by_name.pop("", None)

    @classmethod
    def from_database(cls) -> "RegionRecogniser":
        """One query."""
        return cls(Region.objects.select_related("province"))

    def by_code(self, code: str) -> Region | None:
        """The region of a Kemendagri code, also when written without its point (`3578`)."""
        code = code.strip()
        if code.isascii() and code.isdigit() and len(code) == 4:
            code = f"{code[:2]}.{code[2:]}"
        return self._by_code.get(code)

    def recognise(self, text: str, province: Region | None = None) -> Region | None:
        """The one region a text that holds nothing else names, or None. `province` settles same names."""
        tokens = tokenise(text)
        if not tokens:
            return None
        found = self.by_code(text)
        if found:
            return found
        mention = self.mention_at(tokens, 0, province)
        if mention is None or mention.region is None:
            return None
        rest = tokens[mention.end :]
        if rest:
            # "Kabupaten Bantul, DI Yogyakarta": what follows may only be its province.
            outer = self.mention_at(tokens, mention.end, province)
            if outer is None or outer.end != len(tokens) or outer.region != mention.region.province:
                return None
        return mention.region

    def mentions(self, tokens: Sequence[Token], province: Region | None = None) -> list[RegionMention]:
        """Every region named, from left to right, never overlapping."""
        found = []
        position = 0
        while position < len(tokens):
            mention = self.mention_at(tokens, position, province)
            if mention is None:
                position += 1
            else:
                found.append(mention)
                position = mention.end
        return found

    def mention_at(
        self, tokens: Sequence[Token], start: int, province: Region | None = None
    ) -> RegionMention | None:
        """The region named from word `start` on, with the words that say its kind, or None."""
        previous = tokens[start - 1].word if start and not tokens[start].breaks else ""
        for prefix in _prefixes(tokens, start, previous):
            name_start = start + prefix.length
            end = self._name_end(tokens, name_start, continues=prefix.length > 0)
            if end is None or (not prefix.length and _is_preposition(tokens[start])):
                continue
            name = joined(tokens[name_start:end])
            candidates = list(self._by_name[name].values())
            if prefix.kinds:
                candidates = [region for region in candidates if region.kind in prefix.kinds]
            if not self._ends_cleanly(tokens, end):
                candidates = []
            marked = bool(prefix.kinds) or name.startswith(SPECIAL_PROVINCES)
            if marked and not prefix.kinds:
                candidates = [region for region in candidates if region.kind == PROVINCE]
            return RegionMention(
                start,
                end,
                tuple(_within(candidates, province)),
                marked,
                prefix.government,
                prefix.kinds,
            )
        return _unknown(tokens, start, previous)

    def _name_end(self, tokens: Sequence[Token], start: int, *, continues: bool) -> int | None:
        """Where the longest known name from `start` on ends."""
        if start >= len(tokens) or (continues and tokens[start].breaks):
            return None
        name, best = "", None
        for end in range(start + 1, min(start + self._longest, len(tokens)) + 1):
            if end > start + 1 and tokens[end - 1].breaks:
                break
            name += tokens[end - 1].word
            if name in self._by_name:
                best = end
        return best

    def _ends_cleanly(self, tokens: Sequence[Token], end: int) -> bool:
        if end >= len(tokens) or tokens[end].breaks:
            return True
        word = tokens[end].word
        if word in MAY_FOLLOW or _is_year(word):
            return True
        if word in ("dan", "serta"):
            end += 1
        return end < len(tokens) and self._names_region(tokens, end)

    def _names_region(self, tokens: Sequence[Token], start: int) -> bool:
        return any(
            self._name_end(tokens, start + prefix.length, continues=prefix.length > 0)
            for prefix in _prefixes(tokens, start, tokens[start - 1].word)
        )


def _spellings(names: set[str], kind: str) -> set[str]:
    """The names, and how they are also written: "Kep. Riau", "Sumatra Barat", "Kabupaten Mentawai"."""
    islands = {name for name in names if name.startswith("Kepulauan ")}
    written = names | {name.replace("Kepulauan ", "Kep ") for name in names}
    if kind == REGENCY:
        bare = {name.removeprefix("Kepulauan ") for name in names} if islands else set()
        written |= bare | {f"Kepulauan {name}" for name in bare} | {f"Kep {name}" for name in bare}
    return written | {name.replace("Sumatera", "Sumatra") for name in written}


def _prefixes(tokens: Sequence[Token], start: int, previous: str) -> list[_Prefix]:
    """The readings of the words before a name, the longest first; the last is that there are none."""
    position, government = start, False
    kinds: set[str] = set()
    if tokens[position].word in CONTRACTIONS:
        kinds.add(CONTRACTIONS[tokens[position].word])
        government = True
        position += 1
    elif tokens[position].word in GOVERNMENT_WORDS:
        government = True
        position += 1
    readings = [_Prefix(position - start, frozenset(kinds), government)]
    if government and not kinds and _word(tokens, position) == "daerah":
        readings.insert(0, _Prefix(position + 1 - start, frozenset(), True))
        position += 1
    while _continues(tokens, start, position) and not _is_common_word(tokens, position, start, previous):
        kinds.add(KIND_WORDS[tokens[position].word])
        position += 1
        if _word(tokens, position) == "administrasi":
            position += 1
        readings.insert(0, _Prefix(position - start, frozenset(kinds), government))
    # "Daerah Istimewa Yogyakarta" may follow "Pemerintah": the shorter prefix leaves the name whole.
    return readings


def _is_preposition(token: Token) -> bool:
    """ "di Yogyakarta" says where; "DI Yogyakarta" and "Provinsi di Yogyakarta" are the province."""
    return token.word == "di" and not token.original.isupper()


def _continues(tokens: Sequence[Token], start: int, position: int) -> bool:
    """Whether a word that says the kind of region stands here, in the same phrase."""
    if _word(tokens, position) not in KIND_WORDS:
        return False
    return position == start or not tokens[position].breaks


def _is_common_word(tokens: Sequence[Token], position: int, start: int, previous: str) -> bool:
    before = tokens[position - 1].word if position > start else previous
    return tokens[position].word == "kota" and before in NOT_A_CITY_AFTER


def _unknown(tokens: Sequence[Token], start: int, previous: str) -> RegionMention | None:
    """A kind of region without a known name: said, so that nobody takes another name for it."""
    prefix = _prefixes(tokens, start, previous)[0]
    end = start + prefix.length
    if not prefix.kinds or end >= len(tokens) or tokens[end].breaks:
        return None
    return RegionMention(start, start + prefix.length, (), True, prefix.government, prefix.kinds)


def _within(candidates: list[Region], province: Region | None) -> list[Region]:
    """Of several regions with one name those in `province`, where that leaves any."""
    if province is None or len(candidates) < 2:
        return candidates
    return [region for region in candidates if region.province_or_self == province] or candidates


def _word(tokens: Sequence[Token], position: int) -> str:
    return tokens[position].word if position < len(tokens) else ""


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word.startswith(("19", "20"))
