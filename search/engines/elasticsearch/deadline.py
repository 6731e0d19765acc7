"""One deadline for the whole of a request.

The usual time-outs begin anew with every address tried and every packet that comes, and do not hold at all
while a name is looked up: a server may hang in many more ways than by saying nothing.
"""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from elastic_transport import ConnectionTimeout, NodeConfig, Urllib3HttpNode
from elastic_transport.client_utils import DEFAULT
from urllib3.connection import HTTPConnection, HTTPSConnection


class PunctualNode(Urllib3HttpNode):
    """The client's way to the server, given up after `request_timeout` seconds whatever it is doing."""

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self.pool.ConnectionCls = _EncryptedConnection if config.scheme == "https" else _Connection

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: Any = None,
        request_timeout: Any = DEFAULT,
    ) -> Any:
        seconds = self.config.request_timeout if request_timeout is DEFAULT else request_timeout
        perform = super().perform_request
        request = _Request(lambda: perform(method, target, body, headers, seconds))
        request.start()
        try:
            answer, error = request.ended.get(timeout=seconds)
        except Empty:
            request.break_off()
            raise ConnectionTimeout(f"no complete answer within {seconds:g} s") from None
        if error is not None:
            raise error
        return answer


class _Request(threading.Thread):
    """A request in a thread of its own. Broken off, it ends at once and frees its place among the node's
    connections; only the look-up of a name cannot be broken off, and ends by itself."""

    def __init__(self, perform: Callable[[], Any]) -> None:
        super().__init__(name="elasticsearch", daemon=True)
        self.ended: SimpleQueue[tuple[Any, Exception | None]] = SimpleQueue()
        self._perform = perform
        self._socket: socket.socket | None = None
        self._is_broken_off = False

    def run(self) -> None:
        try:
            answer = self._perform()
        except Exception as error:
            self.ended.put((None, error))
        else:
            self.ended.put((answer, None))

    def uses(self, connected: socket.socket) -> None:
        self._socket = connected
        if self._is_broken_off:
            _shut(connected)

    def break_off(self) -> None:
        self._is_broken_off = True
        if self._socket is not None:
            _shut(self._socket)


def _shut(connected: socket.socket) -> None:
    """Whoever waits for this socket, in whichever thread, finds it ended."""
    with suppress(OSError):
        # Not an encrypted socket's own way, which takes from the waiting thread what it is reading with.
        socket.socket.shutdown(connected, socket.SHUT_RDWR)


class _Connection(HTTPConnection):
    """Tells the request that uses it of its socket."""

    def connect(self) -> None:
        super().connect()
        self._tell()

    def request(self, *args: Any, **options: Any) -> None:
        self._tell()
        super().request(*args, **options)

    def _tell(self) -> None:
        request = threading.current_thread()
        if isinstance(request, _Request) and self.sock is not None:
            request.uses(self.sock)


class _EncryptedConnection(_Connection, HTTPSConnection):
    """The same over TLS."""
