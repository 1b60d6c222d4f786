"""Tells the service manager that the hub is ready, and from then on that it still works: the datagrams of sd_notify(3).

Without a service manager that asked for it nothing is told.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Final

_MICROSECOND: Final = 1e-6


class ServiceManager:
    """Whoever started the program, as its environment says; made by the composition root."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self.patience = float(environment.get("WATCHDOG_USEC", 0)) * _MICROSECOND
        """Seconds of silence after which it ends the program; 0 is never."""

    def tell(self, state: str) -> None:
        """Send one word; a manager that has gone is no reason to stop."""
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire, suppress(OSError):
            wire.sendto(state.encode(), self._address)

    @asynccontextmanager
    async def informed(self, works: Callable[[float], bool]) -> AsyncIterator[None]:
        """Ready when the block begins, stopping at its end. In between a sign of life, as long as `works` says so of the last seconds."""
        self.tell("READY=1")
        signs = asyncio.create_task(self._give_signs(works))
        try:
            yield
        finally:
            signs.cancel()
            await asyncio.wait([signs])
            self.tell("STOPPING=1")

    async def _give_signs(self, works: Callable[[float], bool]) -> None:
        # Twice in the time that is allowed, as sd_watchdog_enabled(3) advises.
        pause = self.patience / 2
        while pause:
            await asyncio.sleep(pause)
            if works(self.patience):
                self.tell("WATCHDOG=1")
