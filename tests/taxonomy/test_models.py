import pytest
from django.utils.translation import override

from taxonomy.models import PopulationBand, Region, Sector
from tests.factories.taxonomy import RegencyFactory, SectorFactory


@pytest.mark.parametrize(
    ("population", "band"),
    [
        (0, "1"),
        (99_999, "1"),
        (100_000, "2"),
        (250_000, "3"),
        (500_000, "4"),
        (1_000_000, "5"),
        (2_999_999, "5"),
        (3_000_000, "6"),
    ],
)
def test_population_band__bounds(population, band):
    assert PopulationBand.of(population) == band
    assert Region(population=population).population_band == band


def test_population_band__unknown_population_has_none():
    assert Region(population=None).population_band is None


@pytest.mark.parametrize(
    ("language", "name_en", "expected"),
    [("id", "Health", "Kesehatan"), ("en", "Health", "Health"), ("en", "", "Kesehatan")],
)
def test_name__falls_back_to_indonesian(language, name_en, expected):
    sector = Sector(name_id="Kesehatan", name_en=name_en)
    assert sector.name_in(language) == expected
    with override(language):
        assert str(sector) == expected


@pytest.mark.django_db
def test_active__leaves_retired_rows_out():
    kept, retired = SectorFactory(), SectorFactory(is_active=False)
    assert list(Sector.objects.active()) == [kept]
    assert retired in Sector.objects.all()


@pytest.mark.django_db
def test_province_or_self__of_both():
    regency = RegencyFactory()
    assert regency.province_or_self == regency.province
    assert regency.province.province_or_self == regency.province
