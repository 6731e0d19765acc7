"""What can be wrong with the server, and what an operator should do about it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from elastic_transport import (
    ApiError,
    ConnectionTimeout,
    SerializationError,
    TlsError,
    TransportError,
)
from elasticsearch import UnsupportedProductError

from search.types import EngineRefusedError, EngineUnavailableError


@contextmanager
def reported() -> Iterator[None]:
    """Turn whatever the client raises into `EngineUnavailableError`, or `EngineRefusedError` where only
    this one query is to blame."""
    try:
        yield
    except (ApiError, TransportError, UnsupportedProductError) as error:
        if (
            isinstance(error, ApiError)
            and error.meta.status in (400, 413)
            and error.message != "media_type_header_exception"
        ):
            raise EngineRefusedError(advice(error)) from error
        raise EngineUnavailableError(advice(error)) from error
    except (KeyError, TypeError, IndexError, AttributeError, ValueError) as error:
        raise EngineUnavailableError(
            f"the answer is not that of an Elasticsearch 9 ({error!r}): check ELASTICSEARCH_URL"
        ) from error


def check(answer: Mapping[str, Any]) -> None:
    """Raise where one of several searches failed or did not look at everything."""
    if error := answer.get("error"):
        status, kind = int(answer.get("status", 500)), str(error.get("type", ""))
        refused = status in (400, 413)
        raise (EngineRefusedError if refused else EngineUnavailableError)(_of_answer(status, kind))
    if answer["timed_out"] or answer["_shards"]["failed"]:
        raise EngineUnavailableError("part of the index did not answer: look at the cluster's health")


def advice(error: Exception) -> str:
    """What is wrong, and what to do, in one line."""
    # An ApiError too.
    if isinstance(error, UnsupportedProductError):
        return "what answers is not Elasticsearch 9: check ELASTICSEARCH_URL and the server's version"
    if isinstance(error, ApiError):
        return _of_answer(error.meta.status, error.message)
    if isinstance(error, ConnectionTimeout):
        return "the server does not answer in time: look at its load and its log, and restart it if it hangs"
    if isinstance(error, TlsError):
        return f"the server's certificate is not trusted ({error.message}): check ELASTICSEARCH_CA_CERTS"
    if isinstance(error, SerializationError):
        return (
            "the answer cannot be read: does ELASTICSEARCH_URL lead to Elasticsearch, or to a proxy's page?"
        )
    return f"the server cannot be reached ({error}): start it, or check ELASTICSEARCH_URL and the network"


def _of_answer(status: int, name: str) -> str:
    if status in (401, 403) and name != "cluster_block_exception":
        return (
            "the server refuses the sign-in: check ELASTICSEARCH_API_KEY or _USER and _PASSWORD, and rights"
        )
    if name == "cluster_block_exception":
        return "the index is read-only, most often because the disk is full: free space, then run check_index"
    if name == "index_not_found_exception":
        return "there is no index for this release: run manage.py rebuild_index"
    if name == "invalid_alias_name_exception":
        return "another index has the name readers search under: delete it, then run manage.py rebuild_index"
    if status == 406 or name == "media_type_header_exception":
        return "the server speaks another version: Elasticsearch 9 is needed"
    if status == 429:
        return "the server is overloaded and turns requests away: give it more room or fewer readers"
    if status >= 500:
        return f"the index cannot be searched ({name}): look at the cluster's health and the server's log"
    return f"the server does not understand the request ({status} {name}): run manage.py rebuild_index"
