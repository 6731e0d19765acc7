"""`general`: a CSV of innovations from any source; see `directory/data/innovations.csv`."""

from directory.choices import Source
from directory.imports.adapter import Adapter, Column
from directory.imports.readers.csv_rows import CsvRows

GENERAL = Adapter(
    name="general",
    source=Source.OTHER,
    columns=(
        Column("title", "title"),
        Column("institution", "owner"),
        Column("province_code", "province_code"),
        Column("province", "province_name"),
        Column("year", "year"),
        Column("award", "awards"),
        Column("sector", "sector"),
        Column("summary_id", "summary"),
        Column("source_url", "url"),
        Column("id", "record_id", required=False),
        # What the compiler of the file thought of the row: kept in the raw row, not on the profile.
        Column("confidence", "", required=False),
        Column("note", "", required=False),
    ),
    read=CsvRows,
    publish=True,
)
