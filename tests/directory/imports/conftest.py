"""A small portal to import into: two provinces, a few governments, a directory, and a way to write files."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Site

from directory.imports.run import Summary, get_adapter, run_import
from directory.models import DirectoryIndexPage
from institutions.models import InstitutionKind
from taxonomy.models import AwardProgramme, IslandGroup
from tests.factories.directory import directory_index
from tests.factories.institutions import InstitutionFactory
from tests.factories.taxonomy import CityFactory, ProvinceFactory, RegencyFactory, SectorFactory

HEADER = (
    "title", "institution", "province_code", "province", "year", "award", "sector", "summary_id",
    "source_url", "confidence", "note",
)  # fmt: skip
GOOD = {
    "title": "Teropong Jiwa",
    "institution": "Puskesmas Gitik, Pemerintah Kabupaten Banyuwangi",
    "province_code": "35",
    "province": "Jawa Timur",
    "year": "2020",
    "award": "Top 99 KIPP 2020",
    "sector": "Kesehatan",
    "summary_id": "Terapi kerja bagi ODGJ yang sudah stabil.",
    "source_url": "https://example.org/teropong",
    "confidence": "high",
    "note": "",
}

Write = Callable[..., Path]
Import = Callable[..., Summary]


@pytest.fixture
def portal(db: None) -> DirectoryIndexPage:
    """Reference rows and a directory without a section."""
    east = ProvinceFactory()
    middle = ProvinceFactory(code="33", name_id="Jawa Tengah", short_name="Jawa Tengah")
    ProvinceFactory(code="73", name_id="Sulawesi Selatan", island_group=IslandGroup.SULAWESI)
    regions = (
        RegencyFactory(code="35.10", short_name="Banyuwangi", province=east),
        RegencyFactory(code="33.04", short_name="Banjarnegara", province=middle),
        CityFactory(code="35.78", short_name="Surabaya", province=east),
    )
    for region in regions:
        kind = InstitutionKind.CITY if region.kind == "city" else InstitutionKind.REGENCY
        name = f"Pemerintah {region.name_id}"
        InstitutionFactory(code=f"gov-{region.code.replace('.', '-')}", name=name, kind=kind, region=region)
    InstitutionFactory(
        code="gov-35", name="Pemerintah Provinsi Jawa Timur", kind=InstitutionKind.PROVINCE, region=east
    )
    SectorFactory(code="kesehatan", name_id="Kesehatan")
    SectorFactory(code="pendidikan", name_id="Pendidikan")
    AwardProgramme.objects.get_or_create(
        code="kipp", defaults={"name_id": "Kompetisi Inovasi Pelayanan Publik", "abbreviation": "KIPP"}
    )
    index = directory_index()
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": index.get_parent()}
    )
    return index


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes rows (dicts that change `GOOD`, or lists of cells) as a CSV file and returns its path."""

    def write_file(
        rows: Iterable[dict[str, str] | list[str]],
        header: Iterable[str] = HEADER,
        name: str = "uji.csv",
        encoding: str = "utf-8",
        **dialect: Any,
    ) -> Path:
        path, columns = tmp_path / name, list(header)
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, **dialect)
            writer.writerow(columns)
            for row in rows:
                cells = row if isinstance(row, list) else [(GOOD | row).get(name, "") for name in columns]
                writer.writerow(cells)
        return path

    return write_file


@pytest.fixture
def general(portal: DirectoryIndexPage) -> Import:
    """Imports a file as `general`, with commit unless told otherwise."""

    def run(path: Path, commit: bool = True, **options: Any) -> Summary:
        return run_import(get_adapter("general"), path, commit=commit, index=portal, **options)

    return run


def problems(summary: Summary) -> list[tuple[int, str]]:
    """Where the summary's problems are: row and column."""
    return [(problem.row, problem.column) for problem in summary.problems]
