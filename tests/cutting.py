"""A process that ends in the middle of its work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


class CutOffError(Exception):
    """Where the process would have ended."""


@contextmanager
def cut_off_before(beginning: str) -> Iterator[None]:
    """Nothing is done any more from the first statement on that begins so."""

    def cut(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(beginning):
            raise CutOffError(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(cut):
        yield
