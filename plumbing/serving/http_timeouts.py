"""Connection timeouts: ends HTTP connections that send no request, never finish one, or stop reading.

uvicorn waits for all three without a limit, so that 500 idle sockets of one phone would close the pages to everyone.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE: Final = 10.0
"""Seconds between two checks of a connection: there must be progress in each of them."""
LONGEST_BODY: Final = 600.0
"""Seconds that the body of a request may take as long as there is progress: 2 MiB at 4 KB/s, and not a byte an hour."""


class TimeoutHttp(H11Protocol):
    """The connection of one browser; made by uvicorn, checked until it is lost."""

    _check_handle: asyncio.TimerHandle | None = None
    _seen: object = None
    _body_bytes: int = 0
    _body_since: float = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn declares the narrower type
        """Start to check."""
        super().connection_made(transport)
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
