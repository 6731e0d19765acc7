"""Institutions and their other names, and recognisers over the real ones."""

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from institutions.loading import load_all
from institutions.models import Institution, InstitutionKind, InstitutionName
from institutions.recognition import OwnerRecogniser
from taxonomy.recognition import AwardRecogniser


class InstitutionFactory(DjangoModelFactory):
    class Meta:
        model = Institution
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda number: f"instansi-{number}")
    name = factory.LazyAttribute(lambda institution: f"Instansi {institution.code}")
    kind = InstitutionKind.AGENCY


class InstitutionNameFactory(DjangoModelFactory):
    class Meta:
        model = InstitutionName

    institution = factory.SubFactory(InstitutionFactory)
    name = factory.Sequence(lambda number: f"Nama lain {number}")


def real_recognisers() -> tuple[OwnerRecogniser, AwardRecogniser]:
    """Recognisers over the project's own tables; the database is left as it was."""
    with transaction.atomic():
        load_all()
        owners = OwnerRecogniser.from_database()
        awards = AwardRecogniser.from_database(owners.regions)
        transaction.set_rollback(True)
    return owners, awards
