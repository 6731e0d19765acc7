"""Records as rows of the contract: one cell of text for each column."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from directory.derived.confirmation import badge_for
from directory.export.cells import DOCUMENT, dump
from directory.export.contract import ABOUT, COLUMNS, NUMBER, REVISION, WITH_DOCUMENTS, Column
from directory.imports.fields import FIELDS
from directory.models.registry import registry_code
from directory.profile.data import public_documents
from directory.profile.registration import replication_counts

# Records whose documents are looked up together.
TOGETHER = 200


class Table:
    """The rows of an export. `site` is the portal's address ("https://..."); `public`: what everybody may
    have, without the columns that are not for everybody."""

    def __init__(self, records: Iterable[Any], site: str, *, public: bool = True) -> None:
        self._records = records
        self._site = site.rstrip("/")
        with override("id"):
            # Asked for each record, it would be a tenth of the time.
            first = reverse("directory:permanent-address", args=[0])
        self._address = self._site + first.removesuffix("0/")
        self._columns = [column for column in COLUMNS if column.public or not public]
        self.names = (NUMBER, REVISION, *(column.name for column in self._columns), *ABOUT)

    def __iter__(self) -> Iterator[list[str]]:
        """Rows in the order of `names`."""
        remaining = iter(self._records)
        while part := list(islice(remaining, TOGETHER)):
            documents = self._documents(part)
            counts = replication_counts([record.pk for record in part])
            for record in part:
                cells = [registry_code(record.registry_number), record.revision]
                cells += [self._cell(record.content, column, documents) for column in self._columns]
                yield cells + self._about(record, documents, counts.get(record.pk, (0, 0))[0])

    def _cell(self, content: Any, column: Column, documents: dict[int, str]) -> str:
        if column.field not in WITH_DOCUMENTS:
            return column.write(content)
        rows = FIELDS[column.field].get(content)
        for row, stored in zip(rows, getattr(content, column.field).raw_data, strict=True):
            if stored["value"].get("document") in documents:
                row[DOCUMENT] = documents[stored["value"]["document"]]
        return column.cell.write(rows)

    def _about(self, record: Any, documents: dict[int, str], replications: int) -> list[str]:
        last = max(record.confirmations.all(), key=lambda row: row[1], default=(None, None))
        confirmed = timezone.localdate(last[1]) if last[1] else None
        changed = record.last_published_at or record.latest_revision_created_at
        place = record.own_place or record.owner_place or ""
        province = (record.own_province if record.own_place else record.owner_province) or place
        files = [row["value"].get("document") for row in record.content.documents.raw_data]
        about = {
            "url": f"{self._address}{record.registry_number}/",
            "live": "yes" if record.live else "no",
            "updated": timezone.localtime(changed).isoformat(timespec="seconds") if changed else "",
            "institution_name": record.owner_name or "",
            "institution_text": record.content.institution_text,
            "region_name": place,
            "province": province,
            "sources": dump(record.source_records.all()),
            "documents": "; ".join(documents[pk] for pk in files if pk in documents),
            "validated": "yes" if record.validations.all() else "no",
            "badge": badge_for(record.operational_status, last[0], confirmed).value,
            "confirmed": confirmed.isoformat() if confirmed else "",
            "completeness": str(record.completeness),
            "evidence_level": str(record.evidence_level),
            "cost_band": record.cost_band,
            "replications": str(replications),
        }
        return [about[name] for name in ABOUT]

    def _documents(self, records: Sequence[Any]) -> dict[int, str]:
        """The addresses of the public documents these records point at, by id."""
        streams = [
            getattr(record.content, name) for record in records for name in (*WITH_DOCUMENTS, "documents")
        ]
        ids = {row["value"].get("document") for stream in streams for row in stream.raw_data}
        found = public_documents([pk for pk in ids if pk]) if any(ids) else {}
        return {pk: self._site + quote(document.url) for pk, document in found.items()}
