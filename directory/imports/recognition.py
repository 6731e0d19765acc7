"""Second stage: which institution, region, awards and sector a row's texts mean.

What is not recognised is reported and left empty, never guessed; the text itself stays with the record.
"""

from functools import lru_cache

from django.utils.translation import gettext as _

from directory.imports.fields import References
from directory.imports.text import one_line
from directory.imports.types import Claims, Record
from institutions.recognition import Owner, OwnerRecogniser
from taxonomy.models import Region
from taxonomy.recognition import AwardRecogniser, RecognisedAwards, RegionRecogniser

# What sources write where the owner serves the whole country.
NATIONAL = ("", "nasional", "indonesia", "pusat")
REMEMBERED = 5000
UNIT_LENGTH = 200
RANK_LENGTH = 120


class Recogniser:
    """Recognises the texts of one run. Reads the tables once; the same text is worked out once."""

    def __init__(self, references: References) -> None:
        self._references = references
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
        if "awards" in claims:
            self._collect_awards(record, claims)

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
        region = owner.region or province
        record.values["institution"] = owner.institution.code if owner.institution else None
        record.values["service_unit"] = owner.service_unit[:UNIT_LENGTH]
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

    def _recognise_sector(self, record: Record, claims: Claims) -> None:
        cell = claims["sector"]
        text = one_line(cell.text)
        sector = self._references.sectors_by_name.get(text.casefold())
        record.values["sectors"] = [sector.code] if sector else []
        if text and sector is None:
            record.notice(
                cell.column, _("sektor “%(text)s” tidak dikenali; dibiarkan kosong.") % {"text": text[:80]}
            )

    def _collect_awards(self, record: Record, claims: Claims) -> None:
        cell = claims["awards"]
        found = self._awards(one_line(cell.text))
        record.values["awards"] = [
            [award.programme.code, award.year, award.rank[:RANK_LENGTH]] for award in found.awards
        ]
        for text in found.unrecognised:
            message = _("penghargaan “%(text)s” tidak dikenali; tetap tersimpan di baris asli.")
            record.notice(cell.column, message % {"text": text[:80]})
