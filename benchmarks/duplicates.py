"""How well likely duplicates are told from near misses, and how fast among many records.

    python benchmarks/duplicates.py [--records 50000]
    python benchmarks/duplicates.py --write     # the labelled pairs anew, from the 121 real innovations

The pairs (`benchmarks/duplicate_pairs.json`) are variations of real records as sources write them: the owner
abbreviated or named by its office, the acronym without its long form, the year missing, a typing error, words
of the trade before the name; half are near misses: another edition or version, the same programme elsewhere,
another innovation of the same owner with a similar name.
"""

import argparse
import csv
import json
import os
import random
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from directory.imports.duplicates import LIKELY, DuplicateFinder, Entry, likeness
from institutions.loading import load_all
from institutions.recognition import OwnerRecogniser
from taxonomy.recognition import RegionRecogniser

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT / "benchmarks" / "duplicate_pairs.json"
INNOVATIONS = ROOT / "directory" / "data" / "innovations.csv"
Row = dict[str, str]
ELSEWHERE = (
    ("Pemerintah Kabupaten Malang", "Jawa Timur"),
    ("Pemerintah Kota Bandung", "Jawa Barat"),
    ("Pemerintah Kabupaten Kupang", "Nusa Tenggara Timur"),
    ("Pemerintah Kota Padang", "Sumatera Barat"),
)


def changed(row: Row, **values: str) -> Row:
    return {**row, **values}


def typing_error(text: str, chance: random.Random) -> str:
    places = [
        place for place in range(2, len(text) - 2) if text[place].isalpha() and text[place + 1].isalpha()
    ]
    place = chance.choice(places)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def abbreviated(owner: str) -> str:
    return (
        owner.replace("Pemerintah Kabupaten", "Pemkab")
        .replace("Pemerintah Kota", "Pemkot")
        .replace("Pemerintah Provinsi", "Pemprov")
        .replace("Dinas Kependudukan dan Pencatatan Sipil", "Disdukcapil")
        .replace("Kabupaten", "Kab.")
    )


def without_brackets(title: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", title) or title


def same(row: Row, number: int, chance: random.Random) -> tuple[Row, str]:
    """The record as another source writes it."""
    title, owner = row["title"], row["institution"]
    kinds = (
        ("owner abbreviated", changed(row, institution=abbreviated(owner), title=title.upper())),
        ("year missing, typing error", changed(row, year="", title=typing_error(title, chance))),
        ("acronym alone", changed(row, title=without_brackets(title))),
        ("words of the trade before it", changed(row, title=f"Inovasi Pelayanan Publik {title}")),
        ("owner by its office", changed(row, institution=f"Bagian Organisasi, {owner}", title=title.lower())),
        (
            "another year, typing error",
            changed(row, year=str(int(row["year"] or 2019) + 2), title=typing_error(title, chance)),
        ),
        (
            "signs and blanks",
            changed(row, title=title.replace(" ", "  ").replace("(", "- ")),
        ),
    )
    kind, variant = kinds[number % len(kinds)]
    return variant, kind


def other(row: Row, rows: list[Row], number: int) -> tuple[Row, str]:
    """Another innovation that looks like it."""
    title = row["title"]
    name = without_brackets(title)
    place, province = next(one for one in ELSEWHERE[number % 4 :] + ELSEWHERE if one[1] != row["province"])
    kinds = (
        ("the same programme elsewhere", changed(row, institution=place, province=province)),
        ("another edition", changed(row, title=f"{name} Tahun 2023")),
        ("a later version", changed(row, title=f"{name} Jilid II")),
        (
            "another innovation of the owner",
            changed(row, title=f"{name.split()[0]} Sehat Warga Tangguh"),
        ),
        ("the most similar real one", None),
    )
    kind, variant = kinds[number % len(kinds)]
    if variant is None:
        from rapidfuzz import fuzz

        others = [one for one in rows if one is not row]
        variant = max(others, key=lambda one: fuzz.token_set_ratio(one["title"].lower(), title.lower()))
    return variant, kind


def write_pairs() -> None:
    with INNOVATIONS.open(encoding="utf-8") as file:
        rows = [
            {name: row[name] for name in ("title", "institution", "province", "year")}
            for row in csv.DictReader(file)
        ]
    chance = random.Random(11)
    pairs = []
    for number, row in enumerate(rows):
        for (variant, kind), label in ((same(row, number, chance), True), (other(row, rows, number), False)):
            pairs.append({"duplicate": label, "kind": kind, "a": row, "b": variant})
    PAIRS.write_text(json.dumps(pairs, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(pairs)} pairs")


def entries() -> list[tuple[dict, Entry, Entry]]:
    """The pairs as the import recognises them. Needs the reference tables."""
    regions = RegionRecogniser.from_database()
    owners = OwnerRecogniser.from_database(regions)

    def entry(number: int, row: Row) -> Entry:
        province = regions.recognise(f"Provinsi {row['province']}") if row["province"] != "Nasional" else None
        owner = owners.recognise(row["institution"], province)
        region = owner.region or province
        return Entry(
            number,
            row["title"],
            owner.institution.code if owner.institution else "",
            region.code if region else "",
            int(row["year"]) if row["year"] else None,
        )

    pairs = json.loads(PAIRS.read_text(encoding="utf-8"))
    return [(pair, entry(2 * n, pair["a"]), entry(2 * n + 1, pair["b"])) for n, pair in enumerate(pairs)]


def judged(pairs: list[tuple[dict, Entry, Entry]]) -> tuple[float, float, list[str]]:
    """Precision, recall, and what was judged wrongly."""
    right = wrong = missed = 0
    mistakes = []
    for pair, one, two in pairs:
        found = likeness(one, two)
        if found.is_likely and pair["duplicate"]:
            right += 1
        elif found.is_likely:
            wrong += 1
        elif pair["duplicate"]:
            missed += 1
        if found.is_likely != pair["duplicate"]:
            mistakes.append(f"{pair['kind']}: {one.title} | {two.title}: {found.score:.0f} {found.why}")
    return right / (right + wrong), right / (right + missed), mistakes


def speed(count: int) -> None:
    chance = random.Random(3)
    words = [
        f"{a}{b}"
        for a in ("si", "pela", "ber", "ka", "mo", "ra", "ta")
        for b in ("pan", "desa", "sehat", "lin", "ku", "tani")
    ]
    made = [
        Entry(
            number,
            f"{' '.join(chance.choices(words, k=4))} {chance.randrange(9000)}",
            f"gov-{chance.randrange(650)}",
            f"{chance.randrange(11, 90)}",
            chance.randrange(2014, 2026),
        )
        for number in range(count + 3000)
    ]
    began = time.perf_counter()
    finder = DuplicateFinder(made[:count])
    built = time.perf_counter()
    for entry in made[count:]:
        finder.likely(entry)
    done = time.perf_counter()
    print(
        f"{count} records indexed in {built - began:.1f} s; 3,000 new ones compared in {done - built:.1f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.write:
        write_pairs()
        return
    setup_test_environment()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        load_all()
        pairs = entries()
    finally:
        teardown_databases(old, verbosity=0)
    precision, recall, mistakes = judged(pairs)
    print(f"{len(pairs)} pairs, threshold {LIKELY:.0f}: precision {precision:.3f}, recall {recall:.3f}")
    for mistake in mistakes:
        print("  ", mistake)
    speed(options.records)


if __name__ == "__main__":
    main()
