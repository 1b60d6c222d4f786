"""Ends connections of browsers that send no request, never finish one, or stop reading: their places are counted.

uvicorn waits for all three without end, so that 500 idle sockets of one phone would close the pages to everybody.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE: Final = 10.0
"""Seconds between two looks at a connection: in each of them something must have moved on."""
LONGEST_BODY: Final = 600.0
"""Seconds that the body of a request may take as long as it moves: 2 MiB at 4 KB/s, and no letter an hour."""


class TimeoutHttp(H11Protocol):
    """One browser's connection; created by uvicorn, looked at until it is gone."""

    _looking: asyncio.TimerHandle | None = None
    _seen: object = None
    _bodied: int = 0
    _body_since: float = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn declares the narrower type
        """Begin to look."""
        super().connection_made(transport)
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """What comes of a body counts as movement; of a head only its end does."""
        if self._is_sending_body():
            self._bodied += len(data)
        else:
            self._body_since = self.loop.time()
        super().data_received(data)

    def _is_sending_body(self) -> bool:
        """Whether the hub still waits for the body of a request. What comes after the answer is for nobody."""
        cycle = self.cycle
        return cycle is not None and cycle.more_body and not cycle.response_complete

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
        if self._is_sending_body() and self.loop.time() - self._body_since < LONGEST_BODY:
            return (cycle, unsent, self._bodied)
        if cycle is None or cycle.response_complete or cycle.more_body or unsent:
            return (cycle, unsent)
        return None
