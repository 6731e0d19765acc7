"""Small servers on loopback for what no real Elasticsearch can be brought to do."""

import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

from tests.tools import require

HOST = "127.0.0.1"
PRODUCT = {"X-Elastic-Product": "Elasticsearch"}
Served = TypeVar("Served", bound="Answers")
JSON = "application/vnd.elasticsearch+json;compatible-with=9"


@dataclass
class Asked:
    """One request that came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: str


@dataclass
class Answers:
    """What a server says, to everything unless `answer` knows better, and what it was asked."""

    status: int = 200
    body: str = "{}"
    type: str = JSON
    headers: Mapping[str, str] = field(default_factory=lambda: PRODUCT)
    asked: list[Asked] = field(default_factory=list)
    url: str = ""

    def answer(self, asked: Asked) -> "Answers":
        """What it says to this request."""
        return self


def error(status: int, kind: str, **headers: str) -> Answers:
    """An error as Elasticsearch tells it."""
    said = {"error": {"root_cause": [{"type": kind}], "type": kind, "reason": "as told"}, "status": status}
    return Answers(status, json.dumps(said), headers=headers or PRODUCT)


def page(status: int, title: str) -> Answers:
    """A page for people, as a proxy sends it."""
    return Answers(status, f"<html>\r\n<head><title>{title}</title></head>\r\n</html>", "text/html", {})


@contextmanager
def serving(answers: Served, certificate: "Certificate | None" = None) -> Iterator[Served]:
    """A server that answers so; over TLS where it has a certificate."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length).decode()
            asked = Asked(self.command, self.path, dict(self.headers), body)
            answers.asked.append(asked)
            said = answers.answer(asked)
            content = said.body.encode()
            self.send_response(said.status)
            for name, value in {"Content-Type": said.type, **said.headers}.items():
                self.send_header(name, value)
            if "Content-Length" not in said.headers:
                self.send_header("Content-Length", str(len(content)))
            else:
                self.close_connection = True
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = answer  # noqa: N815

        def log_message(self, *args: Any) -> None:
            """Not into the output of the tests."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: Any) -> None:
            """A client that breaks off the handshake is what is tried here."""

    with Quiet((HOST, 0), Handler) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate.file, certificate.key)
            server.socket = context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        answers.url = f"{'https' if certificate else 'http'}://{HOST}:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
        thread.start()
        try:
            yield answers
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def accepting(behave: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """The address of a server that takes connections and does this with each, until the event is set."""
    over = threading.Event()

    def serve(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _address = listener.accept()
                threading.Thread(target=handle, args=[connection], daemon=True).start()

    def handle(connection: socket.socket) -> None:
        with closing(connection), suppress(OSError):
            behave(connection, over)

    with socket.create_server((HOST, 0)) as listener:
        thread = threading.Thread(target=serve, args=[listener], daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{listener.getsockname()[1]}"
        finally:
            over.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def silent(connection: socket.socket, over: threading.Event) -> None:
    """Takes the request and never answers."""
    over.wait()


def dripping(connection: socket.socket, over: threading.Event) -> None:
    """Answers, but so slowly that no single wait is long."""
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999\r\n\r\n")
    while not over.wait(0.2):
        connection.sendall(b" ")


def hanging_up(connection: socket.socket, over: threading.Event) -> None:
    """Ends the connection without a word."""
    connection.recv(65_536)


@contextmanager
def full() -> Iterator[str]:
    """The address of a server that takes no further connections: whoever connects waits."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen(0)
        waiting = [socket.socket() for _number in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        try:
            yield f"http://{HOST}:{listener.getsockname()[1]}"
        finally:
            for one in waiting:
                one.close()


@contextmanager
def nobody() -> Iterator[str]:
    """An address where nothing listens."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        yield f"http://{HOST}:{taken.getsockname()[1]}"


@dataclass(frozen=True)
class Certificate:
    file: Path
    key: Path


def certificate(folder: Path) -> Certificate:
    """A certificate for 127.0.0.1 that nobody has signed but itself."""
    require(shutil.which("openssl"), "needs openssl: apt-get install openssl")
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    name = f"subjectAltName=IP:{HOST}"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=uji",
         "-addext", name, "-keyout", str(made.key), "-out", str(made.file)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return made
