"""An engine with another behind it: readers get results whatever happens to the first."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from django.utils.translation import gettext

from search.engines.breaker import Breaker
from search.engines.lag import Lag, lag
from search.types import (
    NOTHING,
    EngineRefusedError,
    EngineUnavailableError,
    Exclusion,
    Query,
    Results,
    SearchEngine,
    Similar,
    Title,
)

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class GuardedEngine:
    """Asks `first`; where it fails, is left alone, or is far behind, `second` answers, with a notice."""

    def __init__(
        self,
        first: SearchEngine,
        second: SearchEngine,
        breaker: Breaker | None = None,
        lag: Callable[[], Lag] = lag,
    ) -> None:
        self.first = first
        self.second = second
        self.breaker = breaker or Breaker()
        self.lag = lag
        self.was_behind = False

    @property
    def name(self) -> str:
        return self.first.name

    def search(self, query: Query) -> Results:
        results = self._from_first(lambda engine: engine.search(query))
        if results is not None:
            return _with(results, _incomplete()) if self.lag().is_incomplete else results
        return _with(self.second.search(query), _fallen_back())

    def matches(self, query: Query) -> Sequence[int]:
        found = self._from_first(lambda engine: engine.matches(query))
        return self.second.matches(query) if found is None else found

    def similar(
        self,
        key: str,
        language: str,
        facets: Sequence[str] = (),
        exclude: Exclusion = NOTHING,
        limit: int = 3,
    ) -> Sequence[Similar]:
        found = self._from_first(lambda engine: engine.similar(key, language, facets, exclude, limit))
        return self.second.similar(key, language, facets, exclude, limit) if found is None else found

    def complete(
        self, text: str, language: str, types: tuple[str, ...] = (), limit: int = 5
    ) -> Sequence[Title]:
        found = self._from_first(lambda engine: engine.complete(text, language, types, limit))
        return self.second.complete(text, language, types, limit) if found is None else found

    def _from_first(self, ask: Callable[[SearchEngine], Answer]) -> Answer | None:
        """The answer of `first`, or None where it has none."""
        if self._is_behind() or not self.breaker.may_ask():
            return None
        try:
            answer = ask(self.first)
        except EngineRefusedError as error:
            # The fault of one query only: the next one is asked as before.
            logger.warning("%s refused a query; the database answered it. %s", self.name, error)
            self.breaker.succeeded()
            return None
        except EngineUnavailableError as error:
            if pause := self.breaker.failed():
                logger.error(
                    "%s has failed; the database answers for the next %d s: %s", self.name, pause, error
                )
            return None
        if self.breaker.succeeded():
            logger.warning("%s answers again", self.name)
        return answer

    def _is_behind(self) -> bool:
        behind = self.lag().is_far_behind
        if behind and not self.was_behind:
            logger.error(
                "the index of %s is more than a minute behind; the database answers until it has caught up: "
                "see that the worker runs (manage.py run_worker) and what its log says",
                self.name,
            )
        self.was_behind = behind
        return behind


def _with(results: Results, notice: str) -> Results:
    return replace(results, notice=" ".join(filter(None, (results.notice, notice))))


def _fallen_back() -> str:
    return gettext(
        "Mesin pencari utama sedang terganggu. Hasil ini lengkap, tetapi dicari dengan cara cadangan: "
        "urutannya bisa sedikit berbeda."
    )


def _incomplete() -> str:
    return gettext("Sebagian perubahan terbaru belum ikut dicari; kami sedang menanganinya.")
