import pytest

from search import engines, synonyms
from search.types import SearchEngine


@pytest.fixture(params=sorted(engines.ENGINES))
def engine(request: pytest.FixtureRequest, db: None) -> SearchEngine:
    """Every engine there is: what the contract says is tried on each."""
    return engines.engine(request.param)


@pytest.fixture
def supplied_synonyms(db: None) -> None:
    synonyms.load()
