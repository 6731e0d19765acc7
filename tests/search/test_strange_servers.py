"""What answers under ELASTICSEARCH_URL is something else: readers get the database's results all the same."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import override_settings

from search import engines
from search.operations import state
from search.types import Query
from tests.factories.search import document, store

pytestmark = pytest.mark.django_db

NOT_ELASTICSEARCH = "is not Elasticsearch 9"
NO_ANSWER_OF_IT = "not that of an Elasticsearch 9"
ANSWERS = {
    "a proxy's page": ("text/html", b"<html></html>", NOT_ELASTICSEARCH),
    "no answers": ("application/json", b'{"responses": []}', NO_ANSWER_OF_IT),
    "too many answers": ("application/json", b'{"responses": [{}, {}, {}], "count": "all"}', NO_ANSWER_OF_IT),
    "a list": ("application/json", b"[1, 2]", NO_ANSWER_OF_IT),
}


@pytest.fixture(params=ANSWERS.values(), ids=ANSWERS.keys())
def problem(request: pytest.FixtureRequest) -> Iterator[str]:
    kind, body, problem = request.param

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            if problem == NO_ANSWER_OF_IT:
                self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with override_settings(ELASTICSEARCH_URL=f"http://127.0.0.1:{server.server_port}"):
        yield problem
    server.shutdown()
    server.server_close()


def test_strange_server__readers_get_results_and_operators_the_cause(problem: str) -> None:
    store(document("Kopi"))
    found = engines.search(Query("kopi"))
    assert (found.total, found.engine) == (1, "database")
    engines.engine().breaker.succeeded()  # type: ignore[attr-defined]
    assert [title.title for title in engines.complete("kop", "id")] == ["Kopi"]
    assert problem in state.look().problem
