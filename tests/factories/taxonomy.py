"""Rows of the reference tables."""

import factory
from factory.django import DjangoModelFactory

from taxonomy.models import SDG, AwardProgramme, BeneficiaryGroup, IslandGroup, ReformTheme, Region, Sector


class ReferenceFactory(DjangoModelFactory):
    class Meta:
        abstract = True
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda number: f"rujukan-{number}")
    name_id = factory.LazyAttribute(lambda entry: f"Rujukan {entry.code}")


class ProvinceFactory(ReferenceFactory):
    class Meta:
        model = Region

    code = "35"
    name_id = "Jawa Timur"
    short_name = factory.SelfAttribute("name_id")
    kind = Region.Kind.PROVINCE
    island_group = IslandGroup.JAWA


class RegencyFactory(ReferenceFactory):
    class Meta:
        model = Region

    code = "35.07"
    short_name = "Malang"
    name_id = factory.LazyAttribute(lambda region: f"Kabupaten {region.short_name}")
    kind = Region.Kind.REGENCY
    province = factory.SubFactory(ProvinceFactory)
    island_group = factory.SelfAttribute("province.island_group")


class CityFactory(RegencyFactory):
    code = "35.73"
    name_id = factory.LazyAttribute(lambda region: f"Kota {region.short_name}")
    kind = Region.Kind.CITY


class SectorFactory(ReferenceFactory):
    class Meta:
        model = Sector


class SDGFactory(ReferenceFactory):
    class Meta:
        model = SDG


class ReformThemeFactory(ReferenceFactory):
    class Meta:
        model = ReformTheme


class BeneficiaryGroupFactory(ReferenceFactory):
    class Meta:
        model = BeneficiaryGroup


class AwardProgrammeFactory(ReferenceFactory):
    class Meta:
        model = AwardProgramme
