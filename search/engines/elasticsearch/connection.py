"""Where the Elasticsearch is and how it is spoken to."""

import base64
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch, OrjsonSerializer

from search.engines.elasticsearch.deadline import PunctualNode
from search.types import EngineUnavailableError

# How long work waits that nobody waits for.
PATIENCE_SECONDS = 60.0
# Narrower than the server's own rule: no sign that means something where several names are asked for.
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


@dataclass(frozen=True, slots=True)
class Connection:
    """One server (or cluster) and the name our indices begin with there. `timeout` in seconds."""

    url: str
    index: str = "jippnas"
    # Not shown where a connection is printed.
    api_key: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)
    ca_certs: str = ""
    verify_certs: bool = True
    timeout: float = 1.0
    shards: int | None = None
    replicas: int = 0

    @classmethod
    def from_settings(cls) -> "Connection | None":
        """None where no server is set."""
        if not settings.ELASTICSEARCH_URL:
            return None
        return cls(
            url=settings.ELASTICSEARCH_URL,
            index=settings.ELASTICSEARCH_INDEX,
            api_key=settings.ELASTICSEARCH_API_KEY,
            user=settings.ELASTICSEARCH_USER,
            password=settings.ELASTICSEARCH_PASSWORD,
            ca_certs=settings.ELASTICSEARCH_CA_CERTS,
            verify_certs=settings.ELASTICSEARCH_VERIFY_CERTS,
            timeout=settings.ELASTICSEARCH_TIMEOUT,
            shards=settings.ELASTICSEARCH_SHARDS,
            replicas=settings.ELASTICSEARCH_REPLICAS,
        )


@lru_cache(maxsize=8)
def client(connection: Connection) -> Elasticsearch:
    """A client that gives up after `timeout` and never tries twice: a reader is waiting.

    Raises `EngineUnavailableError` where the settings are such that nothing can be asked.
    """
    try:
        return _client(connection)
    except (OSError, TypeError, ValueError) as error:
        raise EngineUnavailableError(
            f"there is a mistake in the settings ELASTICSEARCH_*: {error}"
        ) from error


def _client(connection: Connection) -> Elasticsearch:
    if connection.timeout <= 0:
        raise ValueError(f"ELASTICSEARCH_TIMEOUT must be more than 0, not {connection.timeout:g}")
    if not _NAME.fullmatch(connection.index):
        raise ValueError(
            "ELASTICSEARCH_INDEX must be made of small letters, digits, _ and -, and begin with a letter or "
            f"digit, not {connection.index[:100]!r}"
        )
    options: dict[str, Any] = {}
    if connection.api_key:
        options["api_key"] = connection.api_key
    elif connection.user:
        # Written out here: the client takes letters of ASCII only.
        account = f"{connection.user}:{connection.password}".encode()
        options["basic_auth"] = base64.b64encode(account).decode()
    if connection.url.startswith("https:"):
        options["verify_certs"] = connection.verify_certs
        if connection.ca_certs:
            options["ca_certs"] = connection.ca_certs
        if not connection.verify_certs:
            options["ssl_show_warn"] = False
    return Elasticsearch(
        connection.url,
        node_class=PunctualNode,
        request_timeout=connection.timeout,
        max_retries=0,
        retry_on_timeout=False,
        http_compress=False,
        serializer=OrjsonSerializer(),
        **options,
    )


def patient(connection: Connection, seconds: float | None = None) -> Elasticsearch:
    """The same client for work nobody waits for."""
    return client(connection).options(request_timeout=seconds or PATIENCE_SECONDS)
