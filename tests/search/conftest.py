from collections.abc import Iterator

import pytest

from search import engines, synonyms
from search.insight import recording
from search.insight.buffer import Buffer
from search.types import SearchEngine


@pytest.fixture(params=sorted(engines.ENGINES))
def engine(request: pytest.FixtureRequest, db: None) -> SearchEngine:
    """Every engine there is: what the contract says is tried on each."""
    return engines.engine(request.param)


@pytest.fixture
def supplied_synonyms(db: None) -> None:
    synonyms.load()


@pytest.fixture
def counted() -> Iterator[Buffer]:
    """The counts of searches that wait in memory: none before and none after the test."""
    recording.buffer.clear()
    yield recording.buffer
    recording.buffer.clear()
