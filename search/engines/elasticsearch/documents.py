"""What Elasticsearch keeps of a stored document: stems and facets, and what to sort and compare by."""

from collections.abc import Iterable, Sequence
from typing import Any

from search import textindex
from search.analysis import line
from search.engines.elasticsearch.mapping import VALUES
from search.index import LONGEST_VALUE
from search.models import SearchDocument
from search.types import TEXT_FIELDS

# What `documents` needs of a row.
COLUMNS = (
    "pk", "key", "type", "object_id", "facets", "sort_title", "date", "evidence", "replications",
    "fingerprint", "texts__title",
)  # fmt: skip
Body = dict[str, Any]


def documents(keys: Iterable[str], facets: Sequence[str]) -> dict[str, Body]:
    """Key → body of those of these documents that are there and visible, in two statements."""
    return from_rows(SearchDocument.objects.filter(key__in=keys, visible=True).values_list(*COLUMNS), facets)


def from_rows(rows: Iterable[tuple[Any, ...]], facets: Sequence[str]) -> dict[str, Body]:
    """Key → body of rows of `COLUMNS` of visible documents, in one statement."""
    rows = list(rows)
    stems = textindex.read([row[0] for row in rows])
    empty = ("",) * len(TEXT_FIELDS)
    return {row[1]: _body(row, stems.get(row[0], empty), facets) for row in rows}


def _body(row: tuple[Any, ...], stems: Sequence[str], facets: Sequence[str]) -> Body:
    number, _key, type_, object_id, values, sort_title, date, evidence, replications, print_, titles = row
    chosen = {name: [str(value)[:LONGEST_VALUE] for value in values.get(name, ())] for name in facets}
    # PostgreSQL keeps no order of a JSON object's keys: the Indonesian title first, as it is stored.
    by_language = sorted((titles or {}).items(), key=lambda title: (title[0] != "id", title[0]))
    lines = [line(title) for _language, title in by_language]
    body: Body = dict(zip(TEXT_FIELDS, stems, strict=True))
    body |= {
        "titles": lines,
        "lines": lines,
        "all_lines": "\n".join(lines),
        "type": type_,
        "facets": chosen,
        VALUES: [f"{name}={value}" for name in facets for value in chosen[name]],
        "number": number,
        "object_id": object_id,
        "sort_title": sort_title,
        "date": date,
        "evidence": evidence,
        "replications": replications,
        "fingerprint": print_,
    }
    return body
