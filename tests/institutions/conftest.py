import pytest
from wagtail.models import Locale

from institutions.approval.workflows import provide_workflows
from institutions.provisioning import provision_portal
from institutions.recognition import OwnerRecogniser
from taxonomy.recognition import AwardRecogniser
from tests.factories.home import make_home
from tests.factories.institutions import real_recognisers
from tests.factories.news import news_index
from tests.factories.translating import Office, office

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


@pytest.fixture
def english(db: None) -> Locale:
    return Locale.objects.get(language_code="en")


@pytest.fixture
def sleman(english: Locale) -> Office:
    home = make_home()
    home.copy_for_translation(english).save_revision().publish()
    news_index()
    provision_portal()
    found = office("sleman")
    provide_workflows()
    return found


@pytest.fixture
def bantul(sleman: Office) -> Office:
    return office("bantul")
