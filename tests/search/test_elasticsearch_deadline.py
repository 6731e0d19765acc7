"""A request that is given up leaves nothing behind: no thread, and no connection that later ones lack."""

import socket
import ssl
import threading
from pathlib import Path

import pytest
from elastic_transport import ConnectionTimeout

from search.engines.elasticsearch.connection import Connection, client
from tests import fake_servers
from tests.fake_servers import JSON, accepting, dripping

# As many as a node has.
CONNECTIONS = 10
ANSWER = (
    "HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\n"
    f"Content-Type: {JSON}\r\nContent-Length: 12\r\n\r\n" + '{"count": 7}'
)


@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
def test_given_up__ends_at_once_and_frees_its_connection(encrypted: bool, tmp_path: Path) -> None:
    certificate = fake_servers.certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.file, certificate.key)
    taken: list[socket.socket] = []

    def drip_then_answer(connection: socket.socket, over: threading.Event) -> None:
        taken.append(connection)
        is_late = len(taken) > CONNECTIONS
        if encrypted:
            connection = context.wrap_socket(connection, server_side=True)
        if not is_late:
            dripping(connection, over)
        connection.recv(65_536)
        connection.sendall(ANSWER.encode())

    before = set(threading.enumerate())
    with accepting(drip_then_answer) as address:
        address = address.replace("http:", "https:") if encrypted else address
        server = client(Connection(address, ca_certs=str(certificate.file), timeout=1.0))
        for _turn in range(CONNECTIONS):
            with pytest.raises(ConnectionTimeout):
                server.count(index="uji")
        left = {one for one in threading.enumerate() if one.name == "elasticsearch"} - before
        for request in left:
            request.join(5)
        assert not [request for request in left if request.is_alive()]
        # Busy machines take their time for a handshake.
        assert server.options(request_timeout=10).count(index="uji")["count"] == 7
    assert len(taken) == CONNECTIONS + 1
