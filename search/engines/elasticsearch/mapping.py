"""The form of the index, and the names under which it is found.

The names hold a hash of the form: a release that wants another form finds no index of its own and leaves
the older release's alone until it has built one (`manage.py rebuild_index`).
"""

import hashlib
import json
import math
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Keyword, Long, Mapping, Object, Short, Text

from search import limits
from search.engines.elasticsearch.connection import Connection

# The server searches the parts of an index side by side: at a million documents two answer a third sooner
# than one (docs/benchmarks.md).
DOCUMENTS_PER_SHARD = 500_000
# Raised where the meaning of a document changes without a change of the mapping.
REVISION = 1
# `search.analysis` made stems of the texts: they are only divided at blanks. Places are kept, for phrases.
_STEMS: dict[str, Any] = {"analyzer": "whitespace", "norms": False}
# All three fields that say what a document is about; all its text; and the one field with all facet values.
HEAD, ANYWHERE, VALUES = "head", "anywhere", "values"
_OURS = re.compile(r"(?:-[0-9a-f]{8})?-[0-9]{14}-[0-9a-f]{6}")


def mapping(facets: Sequence[str]) -> Mapping:
    """Strict: a field nobody has declared is refused, not guessed."""
    form = Mapping()
    form.meta("dynamic", "strict")
    for name in ("title", "keywords", "summary"):
        form.field(name, Text(copy_to=[HEAD, ANYWHERE], **_STEMS))
    form.field(HEAD, Text(**_STEMS))
    form.field("body", Text(copy_to=ANYWHERE, **_STEMS))
    form.field(ANYWHERE, Text(index_options="docs", **_STEMS))
    # Titles in the words they are typed in (`search.analysis.line`): by word, by how they begin, and all in
    # one, to sort by: of several values the server would take the lowest, in whatever language.
    form.field("titles", Text(index_prefixes={"min_chars": 1, "max_chars": 8}, **_STEMS))
    form.field("lines", Keyword())
    form.field("all_lines", Keyword(index=False))
    # Each facet by itself to filter by, and all in one field: counting them together costs half.
    form.field("facets", Object(dynamic="strict", properties={name: _codes() for name in facets}))
    form.field(VALUES, _codes())
    form.field("type", _codes())
    form.field("number", Long())
    form.field("object_id", Long())
    form.field("sort_title", Keyword())
    form.field("date", Keyword())
    form.field("evidence", Short())
    form.field("replications", Long())
    # What the stored document looked like, to compare by.
    form.field("fingerprint", Keyword(index=False))
    return form


def _codes() -> Keyword:
    # Prepared when a change becomes visible, so that no reader waits for it.
    return Keyword(eager_global_ordinals=True)


def while_filling(connection: Connection, documents: int) -> dict[str, Any]:
    """Settings of a new index that nobody searches yet."""
    return {
        "number_of_shards": connection.shards or max(1, math.ceil(documents / DOCUMENTS_PER_SHARD)),
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        "max_result_window": limits.WINDOW,
        # How long it is remembered that a document was taken out: a late write must not bring it back.
        "gc_deletes": "1h",
    }


def in_use(connection: Connection) -> dict[str, Any]:
    """What is set otherwise once it is filled. Whoever passes changes on makes them visible himself."""
    return {"number_of_replicas": connection.replicas, "refresh_interval": "1s"}


def live_alias(connection: Connection, facets: Sequence[str]) -> str:
    """The name readers search under."""
    return f"{connection.index}-{_hash(tuple(facets))}"


@lru_cache(maxsize=8)
def _hash(facets: tuple[str, ...]) -> str:
    # Kept: every search asks for it, and it takes a millisecond.
    form = json.dumps([REVISION, mapping(facets).to_dict()], sort_keys=True)
    return hashlib.sha256(form.encode()).hexdigest()[:8]


def building_alias(live: str) -> str:
    """The name of the index a rebuild fills; changes made meanwhile are written to it too."""
    return f"{live}-building"


def new_index(live: str) -> str:
    """A name for another index: when it was made, and something no other has."""
    return f"{live}-{datetime.now(UTC):%Y%m%d%H%M%S}-{secrets.token_hex(3)}"


def indices(server: Elasticsearch, beginning: str) -> dict[str, list[str]]:
    """Name → aliases of our own indices whose name begins so (an installation's name, or a release's)."""
    found = server.indices.get(index=f"{beginning}-*", features="aliases", ignore_unavailable=True)
    return {
        name: list(about["aliases"])
        for name, about in found.items()
        # Another installation's name may begin like ours.
        if _OURS.fullmatch(name.removeprefix(beginning))
    }
