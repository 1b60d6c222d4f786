"""Connection timeouts: ends HTTP connections that send no request, never finish one, or stop reading.

uvicorn waits for all three without a limit, so that 500 idle sockets of one phone would close the pages to everyone.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from plumbing.limits import IDLE_SECONDS_OF_REQUEST as PATIENCE
from plumbing.limits import LONGEST_BODY_SECONDS as LONGEST_BODY

PEER = "peer"
"""Key of `state` in the scope of a request: the peer name of its connection, whatever address a proxy reports."""


class TimeoutHttp(H11Protocol):
    """The connection of one browser; made by uvicorn, checked until it is lost."""

    _check_handle: asyncio.TimerHandle | None = None
    _seen: object = None
    _body_bytes: int = 0
    _body_since: float = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn declares the narrower type
        """Start to check."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, PEER: transport.get_extra_info("peername")}
        self._check_later()

    def connection_lost(self, exc: Exception | None) -> None:
        """Check no more."""
        if self._check_handle is not None:
            self._check_handle.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes of a body count as progress; of a head only its end does."""
        if self._is_sending_body():
            self._body_bytes += len(data)
        else:
            self._body_since = self.loop.time()
        super().data_received(data)

    def _is_sending_body(self) -> bool:
        """Whether the server still waits for the body of a request. Bytes after the answer do not count."""
        cycle = self.cycle
        return cycle is not None and cycle.more_body and not cycle.response_complete

    def _check_later(self) -> None:
        self._check_handle = self.loop.call_later(PATIENCE, self._check)

    def _check(self) -> None:
        now = self._progress()
        if now is not None and now == self._seen:
            self.transport.abort()
            return
        self._seen = now if now is not None else object()
        self._check_later()

    def _progress(self) -> Any:
        """What must have changed at the next check; None while the browser waits for the server."""
        cycle = self.cycle
        unsent = self.transport.get_write_buffer_size()
        if self._is_sending_body() and self.loop.time() - self._body_since < LONGEST_BODY:
            return (cycle, unsent, self._body_bytes)
        if cycle is None or cycle.response_complete or cycle.more_body or unsent:
            return (cycle, unsent)
        return None
