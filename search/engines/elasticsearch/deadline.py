"""One deadline for the whole of a request.

The usual time-outs begin anew with every address tried and every packet that comes, and do not hold at all
while a name is looked up: a server may hang in many more ways than by saying nothing.
"""

import threading
from queue import Empty, SimpleQueue
from typing import Any

from elastic_transport import ConnectionTimeout, Urllib3HttpNode
from elastic_transport.client_utils import DEFAULT


class PunctualNode(Urllib3HttpNode):
    """The client's way to the server, given up after `request_timeout` seconds whatever it is doing.

    A request that is given up comes to its end in a thread of its own.
    """

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: Any = None,
        request_timeout: Any = DEFAULT,
    ) -> Any:
        seconds = self.config.request_timeout if request_timeout is DEFAULT else request_timeout
        ended: SimpleQueue[tuple[Any, Exception | None]] = SimpleQueue()

        def ask() -> None:
            try:
                answer = Urllib3HttpNode.perform_request(self, method, target, body, headers, seconds)
            except Exception as error:
                ended.put((None, error))
            else:
                ended.put((answer, None))

        threading.Thread(target=ask, name="elasticsearch", daemon=True).start()
        try:
            answer, error = ended.get(timeout=seconds)
        except Empty:
            raise ConnectionTimeout(f"no complete answer within {seconds:g} s") from None
        if error is not None:
            raise error
        return answer
