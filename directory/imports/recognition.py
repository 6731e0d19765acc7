"""Second stage: which institution, region, awards and sector a row's texts mean.

What is not recognised is reported and left empty, never guessed; the text itself stays with the record.
"""

import re
from functools import lru_cache

from django.utils.translation import gettext as _

from directory.imports.field_kinds import References
from directory.imports.text import one_line
from directory.imports.types import Cell, Claims, Record
from directory.imports.values import is_nothing
from institutions.recognition import Owner, OwnerRecogniser
from taxonomy.models import SDG, Region, Sector
from taxonomy.recognition import AwardRecogniser, RecognisedAwards, RegionRecogniser
from taxonomy.recognition.awards import PIECES

# What sources write where the owner serves the whole country.
NATIONAL = ("", "nasional", "indonesia", "pusat")
REMEMBERED = 5000
UNIT_LENGTH = 200
CATEGORY_LENGTH = 200
RANK_LENGTH = 120
# Pieces of one cell. The most decorated innovations have ten awards; there are 17 goals.
MOST_IN_CELL = 50
# "SDG 3", "3. Kehidupan Sehat", "16.1": the goal's number; years and other long numbers are none.
_GOAL_NUMBER = re.compile(r"(?<![\d.,])(\d{1,2})(?:\.\d+)?(?!\d)")
_AFFAIR = re.compile(r"^(?:urusan\s+)?(?:pemerintahan\s+)?(?:bidang\s+)?")


class Recogniser:
    """Recognises the texts of one run. Reads the tables once; the same text is worked out once."""

    def __init__(self, references: References) -> None:
        self.references = references
        self._regions = RegionRecogniser.from_database()
        self._owners = OwnerRecogniser.from_database(self._regions)
        self._programmes = AwardRecogniser.from_database(self._regions)
        self._owner = lru_cache(REMEMBERED)(self._recognise_owner)
        self._awards = lru_cache(REMEMBERED)(self._recognise_awards)

    def recognise(self, record: Record, claims: Claims) -> None:
        """Fills the record's institution, unit, region, sectors and awards, and its notices."""
        province = self._recognise_province(record, claims)
        self._recognise_place(record, claims, province)
        if "sector" in claims:
            self._recognise_sector(record, claims)
        if "sdgs" in claims:
            self._recognise_sdgs(record, claims["sdgs"])
        if "awards" in claims:
            self._collect_awards(record, claims["awards"], one_line(claims["awards"].text))
        if "rank" in claims:
            self._collect_rank(record, claims)
        if "category" in claims:
            self._collect_category(record, claims)

    def _recognise_owner(self, text: str, province: Region | None) -> Owner:
        return self._owners.recognise(text, province)

    def _recognise_awards(self, text: str) -> RecognisedAwards:
        return self._programmes.recognise(text)

    def _recognise_province(self, record: Record, claims: Claims) -> Region | None:
        """The province a row names by code, by name, or by both; refused where the two disagree."""
        code_cell, name_cell = claims.get("province_code"), claims.get("province_name")
        code = one_line(code_cell.text) if code_cell else ""
        name = one_line(name_cell.text) if name_cell else ""
        by_code = self._regions.by_code(code) if code else None
        if code_cell and code and (by_code is None or by_code.kind != Region.Kind.PROVINCE):
            record.refuse(
                code_cell.column, _("kode provinsi “%(code)s” tidak dikenal.") % {"code": code[:40]}
            )
            return None
        if name_cell is None or name.casefold() in NATIONAL:
            return by_code
        by_name = self._province_named(name)
        if by_name is None:
            message = _("provinsi “%(name)s” tidak dikenali; dibiarkan kosong.")
            record.notice(name_cell.column, message % {"name": name[:80]})
        elif by_code and by_name != by_code:
            message = _("provinsi “%(name)s” tidak cocok dengan kode %(code)s (%(right)s).")
            record.refuse(name_cell.column, message % {"name": name[:80], "code": code, "right": by_code})
        return by_code or by_name

    def _province_named(self, name: str) -> Region | None:
        # The column names provinces only: Gorontalo is also a city and a regency.
        for text in (f"Provinsi {name}", name):
            region = self._regions.recognise(text)
            if region and region.kind == Region.Kind.PROVINCE:
                return region
        return None

    def _recognise_place(self, record: Record, claims: Claims, province: Region | None) -> None:
        cell = claims.get("owner")
        text = one_line(cell.text) if cell else ""
        owner = self._owner(text, province) if text else Owner()
        regency = self._recognise_regency(record, claims.get("regency"), province)
        region = owner.region or province
        if regency and (region is None or region == regency.province):
            region = regency
        elif regency and region != regency:
            message = _("%(owner)s bukan di %(stated)s; wilayah mengikuti instansi.")
            record.notice(claims["regency"].column, message % {"owner": region, "stated": regency})
        record.values["institution"] = owner.institution.code if owner.institution else None
        unit = one_line(claims["unit"].text) if "unit" in claims else ""
        record.values["service_unit"] = (owner.service_unit if is_nothing(unit) else unit)[:UNIT_LENGTH]
        record.values["region"] = region.code if region else None
        if cell is None or not text:
            return
        if owner.institution is None:
            message = _("instansi “%(text)s” tidak dikenali; masuk ke bagian “Pemilik belum dikenali”.")
            record.notice(cell.column, message % {"text": text[:120]})
        elif owner.unrecognised:
            message = _("sebagian tidak dikenali: “%(text)s”.")
            record.notice(cell.column, message % {"text": owner.unrecognised[:120]})
        if owner.region and province and owner.region.province_or_self != province:
            message = _("%(owner)s ada di %(actual)s, bukan di %(stated)s; wilayah mengikuti instansi.")
            names = {"owner": owner.region, "actual": owner.region.province_or_self, "stated": province}
            record.notice(cell.column, message % names)

    def _recognise_regency(self, record: Record, cell: Cell | None, province: Region | None) -> Region | None:
        text = one_line(cell.text) if cell else ""
        if cell is None or not text or text.casefold() in NATIONAL or is_nothing(text):
            return None
        region = self._regions.recognise(text, province) if province else self._regions.recognise(text)
        if region is None or region.kind == Region.Kind.PROVINCE:
            message = _("kabupaten/kota “%(text)s” tidak dikenali; dibiarkan kosong.")
            record.notice(cell.column, message % {"text": text[:80]})
            return None
        return region

    def _recognise_sector(self, record: Record, claims: Claims) -> None:
        cell = claims["sector"]
        codes, unknown = [], []
        texts = self._sector_texts(one_line(cell.text))
        if _has_too_many(record, cell, len(texts)):
            return
        for text in texts:
            sector = self._sector_named(text)
            codes += [sector.code] if sector else []
            unknown += [] if sector else [text]
        record.values["sectors"] = sorted(set(codes))
        for text in unknown:
            message = _("sektor “%(text)s” tidak dikenali; dibiarkan kosong.")
            record.notice(cell.column, message % {"text": text[:80]})

    def _sector_texts(self, text: str) -> list[str]:
        """One sector's name may hold commas: pieces only where the whole is no sector."""
        if not text or self._sector_named(text):
            return [text] if text else []
        parts = [part.strip() for part in re.split(r"[;|]", text)]
        return [part for part in parts if part]

    def _sector_named(self, text: str) -> Sector | None:
        by_name = self.references.sectors_by_name
        return by_name.get(text.casefold()) or by_name.get(_AFFAIR.sub("", text.casefold()))

    def _recognise_sdgs(self, record: Record, cell: Cell) -> None:
        """Goals by their numbers, or by their names where no number stands."""
        text = one_line(cell.text)
        record.values["sdgs"] = []
        if is_nothing(text):
            return
        goals = self.references.table(SDG)
        found = _GOAL_NUMBER.findall(text)
        if _has_too_many(record, cell, max(len(found), _pieces(text))):
            return
        numbers = dict.fromkeys(str(int(number)) for number in found)
        if not numbers:
            named = self.references.sdgs_by_name
            numbers = dict.fromkeys(goal.code for name, goal in named.items() if name in text.casefold())
        record.values["sdgs"] = sorted(number for number in numbers if number in goals)
        unknown = [number for number in numbers if number not in goals]
        if unknown or not numbers:
            message = _("tujuan SDGs “%(text)s” tidak dikenali; dibiarkan kosong.")
            record.notice(cell.column, message % {"text": ", ".join(unknown) or text[:80]})

    def _collect_awards(self, record: Record, cell: Cell, text: str) -> None:
        if _has_too_many(record, cell, _pieces(text)):
            return
        found = self._awards(text)
        if _has_too_many(record, cell, len(found.awards)):
            return
        record.values["awards"] = [
            [award.programme.code, award.year, award.rank[:RANK_LENGTH]] for award in found.awards
        ]
        for unknown in found.unrecognised:
            message = _("penghargaan “%(text)s” tidak dikenali; tetap tersimpan di baris asli.")
            record.notice(cell.column, message % {"text": unknown[:80]})

    def _collect_rank(self, record: Record, claims: Claims) -> None:
        """A competition's rank of the row's own year; the column's value map has named the competition."""
        cell, year = claims["rank"], one_line(claims["year"].text) if "year" in claims else ""
        text = "" if is_nothing(cell.text) else f"{one_line(cell.text)} {year}"
        self._collect_awards(record, cell, text)

    def _collect_category(self, record: Record, claims: Claims) -> None:
        names = [one_line(claims[claim].text) for claim in ("group", "category") if claim in claims]
        category = " – ".join(name for name in names if not is_nothing(name))[:CATEGORY_LENGTH]
        record.values["competition_categories"] = [["KIPP", record.year, category]] if category else []


def _pieces(text: str) -> int:
    return sum(1 for piece in PIECES.split(text) if piece.strip())


def _has_too_many(record: Record, cell: Cell, number: int) -> bool:
    """Refuses a cell that lists more than a record can have."""
    if number <= MOST_IN_CELL:
        return False
    message = _(
        "berisi %(found)d butir; paling banyak %(limit)d. Periksa apakah baris lain terbawa ke sel ini."
    )
    record.refuse(cell.column, message % {"found": number, "limit": MOST_IN_CELL})
    return True
