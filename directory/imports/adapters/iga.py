"""`iga`: the Innovative Government Award of Kemendagri, a CSV; contract in docs/imports.md."""

from directory.choices import Source
from directory.imports import values
from directory.imports.adapter import Adapter, Column
from directory.imports.readers.csv_rows import CsvRows

IGA = Adapter(
    name="iga",
    source=Source.IGA,
    columns=(
        Column("id", "record_id"),
        Column("nama_inovasi", "title"),
        Column("nama_pemda", "owner"),
        Column("inisiator", "initiator", required=False, convert=values.INITIATOR),
        Column("jenis", "kind", required=False, convert=values.KIND),
        Column("bentuk", "form", required=False, convert=values.FORM),
        Column("urusan", "sector", required=False),
        Column("rancang_bangun", "narrative.how_it_works", required=False),
        Column("tujuan", "narrative.background", required=False),
        Column("manfaat", "narrative.significance", required=False),
        Column("hasil", "result", required=False, shorten=True),
        Column("waktu_uji_coba", "trial_date", required=False, convert=values.date),
        Column("waktu_penerapan", "implementation_date", required=False, convert=values.date),
        Column("tahapan", "stage", required=False, convert=values.STAGE),
        # The award's own marks: kept in the raw row, they say nothing to who wants to copy.
        Column("skor", "", required=False),
    ),
    read=CsvRows,
    publish=False,
)
