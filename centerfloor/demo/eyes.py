"""The demonstration's own eyes on the floor: a console that follows the feed, and the hub's counts."""

import json
import threading
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from centerfloor.demo.processes import DemoError
from hub.client.address import HubAddress
from hub.client.mirror import Mirror
from hub.client.session import ClientSession, Send
from hub.messages import TicketView, Topic

POLL_SECONDS = 0.02


class Eyes:
    """Sees tickets and counters as the hub tells them. Entered and left as a context."""

    def __init__(self, address: HubAddress, pages: str) -> None:
        self._mirror = Mirror()
        self._session = ClientSession(address, (Topic.TICKETS, Topic.COUNTERS), self._mirror)
        self._address = address
        self._pages = pages
        self._lock = threading.Lock()
        self._numbers: set[str] = set()
        self._wire: ClientConnection | None = None
        self._thread = threading.Thread(target=self._watch, name="demo-eyes", daemon=True)

    def __enter__(self) -> "Eyes":
        self._wire = connect(self._address.url, compression=None, proxy=None)
        self._wire.send(self._session.opening())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._wire is not None:
            self._wire.close()
        self._thread.join(5)

    def tickets(self) -> list[TicketView]:
        """Tickets that are not over yet."""
        with self._lock:
            return list(self._mirror.tickets.values())

    def numbers(self) -> set[str]:
        """Every number that has been given."""
        with self._lock:
            return set(self._numbers)

    def health(self) -> dict[str, Any]:
        """What `/healthz` of the hub says."""
        with urllib.request.urlopen(f"{self._pages}/healthz", timeout=10) as answer:
            health: dict[str, Any] = json.load(answer)
            return health

    def counts(self) -> dict[str, int]:
        """The hub's counts of today."""
        return {str(name): int(n) for name, n in self.health()["counts"].items()}

    def wait(self, condition: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
        """Wait until the condition holds."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise DemoError(f"waited {seconds:.0f} s in vain for: {what}")
            threading.Event().wait(POLL_SECONDS)

    def _watch(self) -> None:
        assert self._wire is not None
        try:
            for text in self._wire:
                with self._lock:
                    effects = self._session.receive(text)
                    self._numbers |= {t.number for t in self._mirror.tickets.values()}
                for effect in effects:
                    if isinstance(effect, Send):
                        self._wire.send(effect.text)
        except ConnectionClosed:
            return
