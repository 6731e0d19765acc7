"""What can be wrong with the server, and what an operator should do about it."""

import re
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

# How Elasticsearch names its errors; others in front of it send whole pages.
_NAME = re.compile(r"[a-z][a-z_]{2,80}")
# Answers with status 400 that every other query would get as well.
_OF_ALL_QUERIES = ("index_closed_exception", "media_type_header_exception")
TOO_LARGE = (
    "the request is larger than the server, or a proxy in front of it, takes: raise the proxy's limit "
    "(client_max_body_size) to 10 MB"
)


@contextmanager
def reported() -> Iterator[None]:
    """Turn whatever the client raises into `EngineUnavailableError`, or `EngineRefusedError` where only
    this one query is to blame."""
    try:
        yield
    except (TransportError, UnsupportedProductError) as error:
        if isinstance(error, SerializationError) and str(error).startswith("Unable to serialize"):
            raise EngineRefusedError("the query holds what cannot be sent, such as half a letter") from error
        raise EngineUnavailableError(advice(error)) from error
    except ApiError as error:
        raise _error(error.meta.status, error.message) from error
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise EngineUnavailableError(
            f"the answer is not that of an Elasticsearch 9 ({error!r}): check ELASTICSEARCH_URL"
        ) from error


def check(answer: Mapping[str, Any]) -> None:
    """Raise where one of several searches failed or did not look at everything."""
    if error := answer.get("error"):
        raise _error(int(answer.get("status", 500)), str(error.get("type", "")))
    if answer["timed_out"]:
        raise EngineUnavailableError(_PARTLY)
    whole(answer)


def whole(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer. Raises where part of the index had no share in it."""
    if answer["_shards"]["failed"]:
        raise EngineUnavailableError(_PARTLY)
    return answer


def advice(error: Exception) -> str:
    """What is wrong, and what to do, in one line."""
    if isinstance(error, UnsupportedProductError):
        return "what answers is not Elasticsearch 9: check ELASTICSEARCH_URL and the server's version"
    if isinstance(error, ConnectionTimeout):
        return "the server does not answer in time: look at its load and its log, and restart it if it hangs"
    said = " ".join(str(getattr(error, "message", error)).split())[:300]
    if isinstance(error, TlsError):
        if "CERTIFICATE_VERIFY_FAILED" in said:
            return f"the server's certificate is not trusted ({said}): check ELASTICSEARCH_CA_CERTS"
        return f"no encrypted connection to the server ({said}): does it speak TLS? check ELASTICSEARCH_URL"
    if isinstance(error, SerializationError):
        return (
            "the answer cannot be read: does ELASTICSEARCH_URL lead to Elasticsearch, or to a proxy's page?"
        )
    return f"the server cannot be reached ({said}): start it, or check ELASTICSEARCH_URL and the network"


def advice_on(status: int, name: str) -> str:
    """What one of Elasticsearch's own errors means and asks for, whatever it was asked; "" where that says
    too little."""
    if name == "cluster_block_exception":
        return _block(status)
    if name == "index_closed_exception":
        return f"the index is closed ({name}): open it, or run manage.py rebuild_index"
    if status in (401, 403):
        return _SIGN_IN
    if status == 413:
        return TOO_LARGE
    if status == 406 or name == "media_type_header_exception":
        return _VERSION
    return ""


def _block(status: int) -> str:
    """What a block of the index or the cluster means."""
    if status >= 500:
        return "the server is still starting, or its cluster has no master: wait, then look at its log"
    return (
        "the index is read-only, most often because the disk is full: free space and lift the block "
        "(index.blocks.read_only_allow_delete); waiting changes are passed on by themselves"
    )


def _error(status: int, name: str) -> EngineUnavailableError:
    """The error that an answer with this status and this name of an error is."""
    is_own = bool(_NAME.fullmatch(name))
    refused = status == 413 or (status == 400 and is_own and name not in _OF_ALL_QUERIES)
    said = _own_error(status, name) if is_own else _error_of_another(status)
    return (EngineRefusedError if refused else EngineUnavailableError)(said)


def _own_error(status: int, name: str) -> str:
    if known := advice_on(status, name):
        return known
    if name == "index_not_found_exception":
        return "there is no index for this release: run manage.py rebuild_index"
    if name == "invalid_alias_name_exception":
        return "another index has the name readers search under: delete it, then run manage.py rebuild_index"
    if status == 429:
        return "the server is overloaded and turns requests away: give it more room or fewer readers"
    if status >= 500:
        return f"the index cannot be searched ({name}): look at the cluster's health and the server's log"
    return f"the server does not understand the request ({status} {name}): run manage.py rebuild_index"


def _error_of_another(status: int) -> str:
    if known := advice_on(status, ""):
        return known
    if status >= 500:
        return f"the server, or a proxy in front of it, answers with status {status}: see that it runs"
    return f"what answers (with status {status}) is not Elasticsearch: check ELASTICSEARCH_URL"


_PARTLY = "part of the index did not answer: look at the cluster's health"
_SIGN_IN = (
    "the server refuses the sign-in: check ELASTICSEARCH_API_KEY or _USER and _PASSWORD, and rights (manage, "
    "read and write on <ELASTICSEARCH_INDEX>-*)"
)
_VERSION = "the server speaks another version: Elasticsearch 9 is needed"
