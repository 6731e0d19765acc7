import shutil

import pytest
from django.core.management import CommandError, call_command

from institutions import loading as institution_loading
from institutions.loading import load_all
from institutions.models import Institution, InstitutionKind, InstitutionName
from taxonomy import loading as taxonomy_loading
from taxonomy.loading import DataError, load_reference_tables
from taxonomy.models import SDG, AwardProgramme, BeneficiaryGroup, ReformTheme, Region, Sector

pytestmark = pytest.mark.django_db


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of the project's data files, to be spoilt."""
    folder = tmp_path / "data"
    shutil.copytree(taxonomy_loading.DATA, folder)
    return folder


def counts(loaded):
    return [(table.created, table.changed) for table in loaded]


def test_loading__brings_every_table():
    load_all()
    kinds = Region.Kind
    assert [
        Region.objects.filter(kind=kind).count() for kind in (kinds.PROVINCE, kinds.REGENCY, kinds.CITY)
    ] == [
        38,
        416,
        98,
    ]
    assert SDG.objects.count() == 17
    assert Sector.objects.count() == 48
    assert ReformTheme.objects.filter(parent=None).count() == 4
    assert set(ReformTheme.objects.exclude(parent=None).values_list("code", "parent__code")) == {
        ("stunting", "prioritas-presiden"),
        ("inflasi", "prioritas-presiden"),
        ("p3dn", "prioritas-presiden"),
    }
    assert BeneficiaryGroup.objects.exists()
    assert {"kipp", "pkri", "unpsa", "iga", "did"} <= set(
        AwardProgramme.objects.values_list("code", flat=True)
    )


def test_loading__gives_each_region_its_population_and_island_group():
    load_all()
    assert not Region.objects.filter(population=None).exists()
    surabaya = Region.objects.get(code="35.78")
    assert (surabaya.name_id, surabaya.name_en, surabaya.short_name) == (
        "Kota Surabaya",
        "Surabaya City",
        "Surabaya",
    )
    assert (surabaya.province.code, surabaya.island_group) == ("35", "jawa")


def test_loading__gives_each_region_one_government():
    load_all()
    governments = Institution.objects.filter(
        kind__in=[InstitutionKind.PROVINCE, InstitutionKind.REGENCY, InstitutionKind.CITY]
    )
    assert governments.count() == Region.objects.count() == 552
    singkil = Institution.objects.get(code="pemkab-11-10")
    assert (singkil.name, singkil.abbreviation) == (
        "Pemerintah Kabupaten Aceh Singkil",
        "Pemkab Aceh Singkil",
    )
    assert singkil.region.code == "11.10"
    assert Institution.objects.get(code="pemprov-11").name == "Pemerintah Aceh"


def test_loading__has_48_ministries_at_work():
    load_all()
    assert Institution.objects.filter(kind=InstitutionKind.MINISTRY, is_active=True).count() == 48


@pytest.mark.parametrize(
    ("predecessor", "successors"),
    [
        ("klhk", {"kemenhut", "klh-bplh"}),
        ("kemenkumham", {"kemenkum", "kemenham", "kemenimipas"}),
        ("kemendikbudristek", {"kemendikdasmen", "kemdiktisaintek", "kemenbud"}),
        ("kemenpupr", {"kementerian-pu", "kementerian-pkp"}),
        ("kominfo", {"komdigi"}),
        ("kementerian-bumn", {"bp-bumn"}),
    ],
)
def test_loading__predecessors_are_inactive_and_linked(predecessor, successors):
    load_all()
    institution = Institution.objects.get(code=predecessor)
    assert not institution.is_active
    assert set(institution.successors.values_list("code", flat=True)) == successors


def test_loading_again__changes_nothing():
    load_all()
    again = load_all()
    assert set(counts(again)) == {(0, 0)}
    assert sum(table.unchanged for table in again) > 1700


def test_loading__takes_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        load_all()
    with django_assert_max_num_queries(16):
        load_all()


def test_loading__updates_a_changed_row_and_keeps_what_it_does_not_know():
    load_all()
    Sector.objects.filter(code="kesehatan").update(name_id="Sehat", is_active=False)
    Institution.objects.filter(code="lan").update(website="https://lan.go.id", is_active=False)
    InstitutionName.objects.create(institution=Institution.objects.get(code="lan"), name="Nama dari admin")
    changed = {table.table: table.changed for table in load_all() if table.changed}
    assert changed == {"sektor": 1}
    sector, lan = Sector.objects.get(code="kesehatan"), Institution.objects.get(code="lan")
    assert (sector.name_id, sector.is_active) == ("Kesehatan", False)
    assert (lan.website, lan.is_active) == ("https://lan.go.id", False)
    assert lan.names.filter(name="Nama dari admin").exists()


def spoil(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "provinces.csv",
            "5623479",
            "banyak",
            "provinces.csv, baris 2, kolom population: bukan bilangan bulat",
        ),
        (
            "provinces.csv",
            "sumatera,5623479",
            "mars,5623479",
            "provinces.csv, baris 2, kolom island_group: “mars”",
        ),
        ("provinces.csv", "population", "penduduk", "provinces.csv, baris 1: kolom tidak ada: population"),
        (
            "regencies.csv",
            "regency,11,239629",
            "regency,12,239629",
            "regencies.csv, baris 2, kolom province_code",
        ),
        ("regencies.csv", "regency,11,239629", "regency,10,239629", "kode “10” tidak ada"),
        (
            "regencies.csv",
            "\n11.02,",
            "\n11.01,",
            "regencies.csv, baris 3, kolom code: kode “11.01” sudah ada",
        ),
        ("sdgs.csv", "Tanpa Kemiskinan", "", "sdgs.csv, baris 2, kolom name_id: kosong"),
        ("sdgs.csv", "Tanpa Kemiskinan", "x" * 201, "sdgs.csv, baris 2, kolom name_id"),
        ("sdgs.csv", "Tanpa Kemiskinan", "a,b,c", "sdgs.csv, baris 2: jumlah kolom"),
        (
            "reform_themes.csv",
            "prioritas-presiden\n",
            "tidak-ada\n",
            "reform_themes.csv, baris 6, kolom parent_code",
        ),
    ],
)
def test_loading__bad_data_names_file_row_and_column(copied, file, old, new, message):
    spoil(copied / file, old, new)
    with pytest.raises(DataError) as caught:
        load_reference_tables(copied)
    assert message in str(caught.value)


def test_loading__file_that_is_not_there_or_not_text(copied):
    (copied / "sdgs.csv").write_bytes(b"code,name_id,name_en\n1,\xff\xfe,x\n")
    with pytest.raises(DataError, match=r"sdgs.csv: bukan UTF-8"):
        load_reference_tables(copied)
    (copied / "sdgs.csv").unlink()
    with pytest.raises(DataError, match=r"sdgs.csv: berkas tidak ada"):
        load_reference_tables(copied)


def test_command__bad_data_writes_nothing(copied, monkeypatch):
    (copied / "institutions").mkdir()
    bad = copied / "institutions"
    for path in institution_loading.DATA.glob("*.csv"):
        shutil.copy(path, bad)
    spoil(bad / "successions.csv", "kemenhut,klhk", "kemenhut,klhx")
    monkeypatch.setattr(institution_loading.load_institutions, "__defaults__", (bad,))
    with pytest.raises(CommandError, match=r"successions.csv, baris 2, kolom predecessor_code"):
        call_command("load_taxonomy")
    assert not Region.objects.exists()


def test_command__says_what_it_did(capsys):
    call_command("load_taxonomy")
    assert "provinsi" in capsys.readouterr().out
    call_command("load_taxonomy")
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(" 0 baru" in line and " 0 berubah" in line for line in lines)
