"""The contract `portal`: the columns of a profile in a file, in their order. Explained in docs/export.md.

What a column holds is said by its field, how it stands in a cell by `cells`. Columns without a field are for
readers only: an import leaves them alone.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.choices import OperationalStatus
from directory.export.cells import (
    Cell,
    Code,
    Codes,
    Day,
    Number,
    Phrase,
    Section,
    Stream,
    Table,
    Text,
    Words,
)
from directory.imports.field_kinds import Rows
from directory.imports.fields import FIELDS
from directory.imports.values import FIRST_YEAR
from directory.models import Award, FormerName
from institutions.models import Institution
from taxonomy.models import SDG, AwardProgramme, BeneficiaryGroup, ReformTheme, Region, Sector

# The record's number, and the state the file was made from: what says whether it was edited since.
NUMBER, REVISION = "number", "revision"
# Streams whose rows may carry a document; its address is shown in the row.
WITH_DOCUMENTS = ("evidence", "replication_kit", "institutionalisation")
_YEAR = Number(FIRST_YEAR, 2100)
_LINES = ("summary", "problem", "result", "partners", "operational_status_reason")
_CELLS: dict[str, Cell] = {
    "former_names": Table(
        {
            "name": Text("name", model=FormerName),
            "kind": Text("kind", model=FormerName, default=FormerName.Kind.FORMER.value),
        },
        objects=True,
    ),
    "institution": Code(Institution),
    "region": Code(Region),
    "sectors": Codes(Sector),
    "sdgs": Codes(SDG),
    "reform_themes": Codes(ReformTheme),
    "beneficiary_groups": Codes(BeneficiaryGroup),
    "competition_categories": Table({"scheme": Phrase(120), "year": _YEAR, "category": Phrase(200)}),
    "tags": Words(100),
    "awards": Table(
        {"programme": Code(AwardProgramme, required=True), "year": _YEAR, "rank": Text("rank", model=Award)}
    ),
    "year": _YEAR,
    "months_to_ready": Number(0, 600),
    "trial_date": Day(),
    "implementation_date": Day(),
    "operational_status": Text("operational_status", default=OperationalStatus.UNKNOWN.value),
    **{name: Text(name, lines=True) for name in _LINES},
}


@dataclass(frozen=True)
class Column:
    """A column an import reads back. `field` is a name in `FIELDS`. `public` False: not for everybody."""

    name: str
    field: str
    cell: Cell
    public: bool = True

    def write(self, page: Any) -> str:
        """The cell of a page, or of what an export reads of one (`records`)."""
        return self.cell.write(FIELDS[self.field].get(page))


def _cell(name: str) -> Cell:
    field = FIELDS[name]
    if name.startswith("narrative."):
        return Section()
    return Stream(field) if isinstance(field, Rows) else _CELLS.get(name) or Text(name)


# What a source called the owner is not ours to change; a mailbox is asked through the portal's own form.
COLUMNS = tuple(
    Column(name.replace(".", "_"), name, _cell(name), public=name != "contact_email")
    for name in FIELDS
    if name != "institution_text"
)
BY_FIELD = {column.field: column for column in COLUMNS}
# For readers only, with what they say.
ABOUT = {
    "url": _("alamat tetap di portal"),
    "live": _("terbit atau tidak"),
    "updated": _("kapan terakhir diterbitkan atau diubah"),
    "institution_name": _("nama instansi pemilik"),
    "institution_text": _("pemilik menurut sumber"),
    "region_name": _("wilayah inovasi, atau wilayah pemiliknya"),
    "province": _("provinsinya"),
    "sources": _("catatan sumber: sumber, nomor di sana, tahun, alamat"),
    "documents": _("alamat dokumen di profil"),
    "validated": _("sudah divalidasi atau belum"),
    "badge": _("lencana konfirmasi: confirmed, due, unconfirmed, stopped"),
    "confirmed": _("tanggal konfirmasi terakhir"),
    "completeness": _("kelengkapan, 0 sampai 100 persen"),
    "evidence_level": _("tingkat bukti, 0 sampai 5"),
    "cost_band": _("rentang biaya tahun pertama, 0 sampai 5"),
    "replications": _("jumlah replikasi"),
}
NAMES = (NUMBER, REVISION, *(column.name for column in COLUMNS), *ABOUT)
# How JSON has them; every other column is a text.
LISTS = {column.name for column in COLUMNS if isinstance(column.cell, Codes | Words | Table | Stream)}
LISTS |= {"sources", "documents"}
NUMBERS = {column.name for column in COLUMNS if isinstance(column.cell, Number)}
NUMBERS |= {"completeness", "evidence_level", "replications"}
FLAGS = {"live", "validated"}
