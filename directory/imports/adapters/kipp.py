"""`kipp`: the yearly competition of Kementerian PANRB, an XLSX workbook; contract in docs/imports.md."""

from directory.choices import Source
from directory.imports.adapter import Adapter, Column
from directory.imports.readers.xlsx_rows import XlsxRows
from directory.imports.text import one_line
from directory.imports.values import is_nothing


def kipp_rank(text: str) -> str:
    """ "Top 99" → "Top 99 KIPP": the column names ranks of this competition only."""
    rank = one_line(text)
    return "" if is_nothing(rank) else rank if "kipp" in rank.casefold() else f"{rank} KIPP"


KIPP = Adapter(
    name="kipp",
    source=Source.KIPP,
    columns=(
        Column("id", "record_id"),
        Column("judul", "title"),
        Column("instansi", "owner"),
        Column("upp", "unit", required=False),
        Column("provinsi", "province_name", required=False),
        Column("kabupaten_kota", "regency", required=False, aliases=("kab/kota", "kabupaten/kota")),
        Column("tahun", "year"),
        Column("kelompok", "group", required=False),
        Column("kategori", "category", required=False),
        Column("peringkat", "rank", required=False, convert=kipp_rank),
        Column("ringkasan", "summary", required=False, shorten=True),
        Column("latar_belakang", "narrative.background", required=False),
        Column("kebaruan", "narrative.novelty", required=False),
        Column("implementasi", "narrative.how_it_works", required=False),
        Column("signifikansi", "narrative.significance", required=False),
        Column("adaptabilitas", "narrative.adaptability", required=False),
        Column("sumber_daya", "narrative.resources", required=False),
        Column("strategi_keberlanjutan", "narrative.sustainability", required=False),
        Column("sdgs", "sdgs", required=False, aliases=("tpb", "tpb/sdgs")),
        Column("tautan", "url", required=False),
    ),
    read=XlsxRows,
    publish=False,
)
