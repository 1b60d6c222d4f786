"""Ends connections of browsers that send no request, never finish one, or stop reading: their places are counted.

uvicorn waits for all three without end, so that 500 idle sockets of one phone would close the pages to everybody.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE: Final = 10.0
"""Seconds between two looks at a connection: in each of them something must have moved on."""


class ImpatientHttp(H11Protocol):
    """One browser's connection; created by uvicorn, looked at until it is gone."""

    _looking: asyncio.TimerHandle | None = None
    _seen: object = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn declares the narrower type
        """Begin to look."""
        super().connection_made(transport)
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.cancel()
        super().connection_lost(exc)

    def _look_later(self) -> None:
        self._looking = self.loop.call_later(PATIENCE, self._look)

    def _look(self) -> None:
        now = self._progress()
        if now is not None and now == self._seen:
            self.transport.abort()
            return
        self._seen = now if now is not None else object()
        self._look_later()

    def _progress(self) -> Any:
        """What must have changed at the next look; None where the hub itself is what one waits for."""
        cycle = self.cycle
        unsent = self.transport.get_write_buffer_size()
        if cycle is None or cycle.response_complete or cycle.more_body or unsent:
            return (cycle, unsent)
        return None
