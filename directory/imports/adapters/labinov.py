"""`labinov`: the innovation laboratories of LAN, a JSON list; contract in docs/imports.md."""

from directory.choices import Source
from directory.imports.adapter import Adapter, Column
from directory.imports.readers.json_rows import JsonRows

LABINOV = Adapter(
    name="labinov",
    source=Source.LABINOV,
    columns=(
        Column("id", "record_id"),
        Column("judul", "title"),
        Column("tahun", "year", required=False),
        # Persons: kept in the raw row. A profile names posts, people are transferred.
        Column("inovator", "", required=False),
        Column("unit_kerja", "unit", required=False),
        Column("instansi", "owner"),
        Column("kabkot", "regency", required=False),
        Column("deskripsi", "summary", required=False, shorten=True),
        Column("sdgs", "sdgs", required=False),
        Column("agency_id", "", required=False),
    ),
    read=JsonRows,
    publish=False,
)
