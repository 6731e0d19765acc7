import pytest

from institutions.recognition import OwnerRecogniser
from taxonomy.recognition import AwardRecogniser
from tests.factories.institutions import real_recognisers

Recognisers = tuple[OwnerRecogniser, AwardRecogniser]


@pytest.fixture(scope="session")
def recognisers(django_db_setup: None, django_db_blocker: object) -> Recognisers:
    """Built once: recognising needs no database."""
    with django_db_blocker.unblock():
        return real_recognisers()


@pytest.fixture(scope="session")
def owners(recognisers: Recognisers) -> OwnerRecogniser:
    return recognisers[0]


@pytest.fixture(scope="session")
def awards(recognisers: Recognisers) -> AwardRecogniser:
    return recognisers[1]
