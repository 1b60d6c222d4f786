"""Watchdog keep-alive and readiness notifications to the service manager: the datagrams of sd_notify(3).

Without a service manager that asked for them, nothing is sent.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Final

_MICROSECOND: Final = 1e-6


class ServiceManager:
    """The service manager that started the program, found through its environment; made by the composition root."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self.timeout = float(environment.get("WATCHDOG_USEC", 0)) * _MICROSECOND
        """Seconds without a keep-alive after which the manager ends the process; 0 is never."""

    def notify(self, state: str) -> None:
        """Send one state; an exception because the manager is gone is ignored."""
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire, suppress(OSError):
            wire.sendto(state.encode(), self._address)

    @asynccontextmanager
    async def kept_informed(self, is_alive: Callable[[float], bool]) -> AsyncIterator[None]:
        """Report readiness when the block begins and stopping at its end; in between a keep-alive, as long as the
        callback `is_alive` is true for the last seconds."""
        self.notify("READY=1")
        keepalives = asyncio.create_task(self._send_keepalives(is_alive))
        try:
            yield
        finally:
            keepalives.cancel()
            await asyncio.wait([keepalives])
            self.notify("STOPPING=1")

    async def _send_keepalives(self, is_alive: Callable[[float], bool]) -> None:
        # Twice within the timeout, as sd_watchdog_enabled(3) advises.
        pause = self.timeout / 2
        while pause:
            await asyncio.sleep(pause)
            if is_alive(self.timeout):
                self.notify("WATCHDOG=1")
