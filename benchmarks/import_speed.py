"""How long the import of 2,928 rows takes and how much memory, first and second time.

    .venv/bin/python benchmarks/import_speed.py [--rows 2928] [--existing 50000] [--file rows.csv] [--profile]

Works in a database of its own: a temporary SQLite file, or the empty one named by DATABASE_URL (PostgreSQL).
Each run is a process of its own, so that its peak memory is its own. `--existing`: so many records of other
sources are there before (`_population.py`).
"""

import argparse
import csv
import io
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = (
    "title", "institution", "province_code", "province", "year", "award", "sector", "summary_id",
    "source_url", "confidence", "note",
)  # fmt: skip
UNITS = (
    ("Kesehatan", ("Dinas Kesehatan", "Puskesmas {word}", "UPT Puskesmas {word}", "RSUD {word}")),
    ("Pendidikan", ("Dinas Pendidikan", "SDN {number} {word}", "Dinas Pendidikan dan Kebudayaan")),
    ("Administrasi Kependudukan", ("Dinas Kependudukan dan Pencatatan Sipil", "Disdukcapil")),
    ("Lingkungan Hidup", ("Dinas Lingkungan Hidup", "Kecamatan {word}", "")),
    ("Pertanian", ("Dinas Pertanian", "Dinas Pertanian dan Pangan", "")),
    ("Perizinan dan Investasi", ("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "DPMPTSP")),
    ("UMKM dan Koperasi", ("Dinas Koperasi dan Usaha Mikro", "")),
    ("Pemerintahan Desa", ("Dinas Pemberdayaan Masyarakat dan Desa", "")),
    ("Kebencanaan", ("BPBD", "Badan Penanggulangan Bencana Daerah")),
    ("Sosial", ("Dinas Sosial", "")),
)
WORDS = (
    "Sukamaju", "Mekarsari", "Karanganyar", "Sumberejo", "Tanjungsari", "Wonosari", "Cempaka", "Harapan",
    "Melati", "Kenanga",
)  # fmt: skip
NAMES = (
    "SIGAP", "GEMAS", "PELITA", "SAHABAT", "JEMPOL", "CERIA", "TANGGUH", "RAMAH", "SERASI", "MANTAP",
    "LANCAR", "PEDULI", "GESIT", "AKRAB",
)  # fmt: skip
THINGS = (
    "Ibu", "Balita", "Sampah", "Akta", "Petani", "Sekolah", "Izin", "Warung", "Banjir", "Lansia",
    "Difabel", "Desa", "Nelayan", "Pasar",
)  # fmt: skip
AWARDS = (
    "Top 99 KIPP {year}",
    "Top 45 KIPP {year}",
    "Finalis KIPP {year}",
    "Top 99 KIPP {year}; Peserta UNPSA 2019",
    "",
)


def write_rows(path: Path, count: int) -> None:
    """The same rows every time: owners as real records write them, a few of them not to be recognised."""
    draw = random.Random(2928)
    with (ROOT / "taxonomy/data/regencies.csv").open(encoding="utf-8", newline="") as file:
        regencies = list(csv.DictReader(file))
    with (ROOT / "taxonomy/data/provinces.csv").open(encoding="utf-8", newline="") as file:
        provinces = {row["code"]: row["name_id"] for row in csv.DictReader(file)}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(1, count + 1):
            writer.writerow(_row(number, draw, draw.choice(regencies), provinces))


def _row(number: int, draw: random.Random, regency: dict[str, str], provinces: dict[str, str]) -> list[str]:
    sector, units = draw.choice(UNITS)
    year = draw.randint(2014, 2025)
    name, thing, word = draw.choice(NAMES), draw.choice(THINGS), draw.choice(WORDS)
    place = regency["name_id"]
    unit = draw.choice(units).format(word=word, number=draw.randint(1, 9))
    owner = (
        f"{unit}, Pemerintah {place}" if unit and draw.random() < 0.5 else f"{unit or 'Pemerintah'} {place}"
    )
    if number % 97 == 0:
        owner = f"Forum Warga {word}"
    code = regency["code"][:2]
    summary = (
        f"{name} {thing} membantu warga {place} mendapat layanan {sector.lower()} lebih dekat, dengan jadwal "
        f"yang pasti dan petugas yang dapat dihubungi; catatan nomor {number} untuk pengukuran, tidak nyata."
    )
    return [
        f"{name} {thing} {word} {number}",
        owner,
        code,
        provinces[code],
        str(year),
        draw.choice(AWARDS).format(year=year),
        sector,
        summary,
        f"https://example.org/inovasi/{number}",
        draw.choice(("high", "medium")),
        "",
    ]


def import_kept(path: Path) -> dict:
    """As the command and the admin do it: kept, planned, applied; rows by what became of them."""
    from directory.imports import batches

    started = time.perf_counter()
    batch = batches.receive("general", path, path.name)
    batches.make_plan(batch)
    planned = time.perf_counter()
    batches.begin(batch)
    while batches.apply_some(batch):
        pass
    seconds = {"plan": round(planned - started, 1), "apply": round(time.perf_counter() - planned, 1)}
    return seconds | {action.value: count for action, count in batch.outcomes().items() if count}


def one_run(path: Path, profile: bool) -> None:
    """Imports the file once and prints what it took, as JSON."""
    import django

    django.setup()
    started, cpu = time.perf_counter(), time.process_time()
    if profile:
        import cProfile
        import pstats

        with cProfile.Profile() as profiler:
            outcomes = import_kept(path)
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(60)
    else:
        outcomes = import_kept(path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        json.dumps(
            {
                "seconds": round(time.perf_counter() - started, 1),
                "cpu_seconds": round(time.process_time() - cpu, 1),
                "peak_mb": round(peak / 1024),
                **outcomes,
            }
        )
    )


def prepare(existing: int) -> None:
    """Tables, reference tables, a front page and a directory, with `existing` records in it."""
    if existing:
        from benchmarks._population import populate

        populate(existing)
        return
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_taxonomy", verbosity=0, stdout=io.StringIO())
    from home.starter import tree

    tree.make_home()
    tree.make_site()
    tree.make_index("direktori")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=2928)
    parser.add_argument("--existing", type=int, default=0)
    parser.add_argument("--file", type=Path, help="keep the rows in this file")
    parser.add_argument("--profile", action="store_true", help="print where the first run spends its time")
    parser.add_argument("--step", choices=("prepare", "import"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    if options.step == "prepare":
        prepare(options.existing)
    elif options.step == "import":
        one_run(options.file, options.profile)
    else:
        measure(options)


def measure(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {"DATABASE_URL": f"sqlite:///{folder}/import.sqlite3", **os.environ}
        path = options.file or Path(folder) / "rows.csv"
        write_rows(path, options.rows)
        command = [sys.executable, __file__, "--file", str(path), "--existing", str(options.existing)]
        subprocess.run([*command, "--step", "prepare"], check=True, env=environment)
        for run in ("first", "second"):
            extra = ["--profile"] if options.profile and run == "first" else []
            done = subprocess.run(
                [*command, "--step", "import", *extra],
                check=True,
                env=environment,
                capture_output=True,
                text=True,
            )
            print(f"{run} run, {options.rows} rows: {done.stdout.strip()}")


if __name__ == "__main__":
    main()
