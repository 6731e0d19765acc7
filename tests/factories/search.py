"""Search documents for tests; `store` writes them as a committed change would."""

import csv
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from search import index
from search.types import Document

INNOVATIONS = Path(__file__).resolve().parents[2] / "directory" / "data" / "innovations.csv"
PROVINCES = Path(__file__).resolve().parents[2] / "taxonomy" / "data" / "provinces.csv"
_numbers = count(1)


def document(title: str = "Judul", **fields: Any) -> Document:
    """A document; `keywords`, `summary` and `body` may be given as Indonesian text."""
    number = next(_numbers)
    texts = {"title": {"id": title}}
    for name in ("keywords", "summary", "body"):
        if name in fields:
            texts[name] = {"id": fields.pop(name)}
    facets = {name: tuple(values) for name, values in fields.pop("facets", {}).items()}
    defaults = {"key": f"innovation:{number}", "type": "innovation", "object_id": number}
    return Document(**{**defaults, "texts": texts, "facets": facets, **fields})


def store(*documents: Document) -> None:
    """Write documents, with the counting of words that otherwise follows the commit."""
    index.store_many(documents)
    index.recount_words()


def innovations() -> Iterator[Document]:
    """The 121 real innovations as documents, without the directory."""
    with PROVINCES.open(encoding="utf-8", newline="") as file:
        short = {row["code"]: row["abbreviations"].split("|") for row in csv.DictReader(file)}
    with INNOVATIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = [row["institution"], row["province"], *short.get(row["province_code"], []), row["sector"]]
            yield document(
                row["title"],
                keywords=" · ".join(dict.fromkeys([*names, row["award"]])),
                summary=row["summary_id"],
                facets={"province": [row["province_code"]], "sector": [row["sector"]]},
                date=f"{row['year']}-01-01" if row["year"] else "",
            )
