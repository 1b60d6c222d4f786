"""Observer of the floor for the demonstration: a console client that follows the feed, and the counts of `/healthz`."""

import json
import ssl
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from centerfloor.demo.processes import DemoError
from hub.client.address import HubAddress
from hub.client.mirror import Mirror
from hub.client.session import ClientSession, SendFrame
from hub.client.trust import context_of
from hub.messages import TicketView, Topic

POLL_SECONDS = 0.02
ANSWER_SECONDS = 10.0
COUNT_SECONDS = 0.05
"""Maximum age of the cached counts, however many threads wait for them at once."""


class FloorObserver:
    """Mirrors tickets and counters in a thread of its own. A context manager."""

    def __init__(self, address: HubAddress, pages: str) -> None:
        self._mirror = Mirror()
        self._session = ClientSession(address, (Topic.TICKETS, Topic.COUNTERS), self._mirror)
        self._address = address
        self._trust = context_of(address)
        self._pages = _pages_at(pages, self._trust)
        self._counts: dict[str, int] = {}
        self._counted_at = -COUNT_SECONDS
        self._counting = threading.Lock()
        self._lock = threading.Lock()
        self._numbers: set[str] = set()
        self._wire: ClientConnection | None = None
        self._thread = threading.Thread(target=self._watch, name="demo-observer", daemon=True)

    def __enter__(self) -> "FloorObserver":
        self._wire = connect(self._address.url, ssl=self._trust, compression=None, proxy=None)
        self._wire.send(self._session.opening())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._wire is not None:
            self._wire.close()
        self._thread.join(5)
        self._pages.close()

    def tickets(self) -> list[TicketView]:
        """The open tickets."""
        with self._lock:
            return list(self._mirror.tickets.values())

    def numbers(self) -> set[str]:
        """Every ticket number seen so far."""
        with self._lock:
            return set(self._numbers)

    def counts(self) -> dict[str, int]:
        """The hub's counts of today, from its `/healthz`."""
        with self._counting:
            if time.monotonic() - self._counted_at >= COUNT_SECONDS:
                self._counts = {str(k): int(n) for k, n in self._health()["counts"].items()}
                self._counted_at = time.monotonic()
            return self._counts

    def _health(self) -> dict[str, Any]:
        try:
            return self._ask()
        except (HTTPException, OSError):
            # The hub closes idle keep-alive connections; the retry opens a new one.
            self._pages.close()
            return self._ask()

    def _ask(self) -> dict[str, Any]:
        self._pages.request("GET", "/healthz")
        health: dict[str, Any] = json.load(self._pages.getresponse())
        return health

    def wait(self, condition: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
        """Poll until the condition holds. Raises DemoError at the timeout."""
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
                    if isinstance(effect, SendFrame):
                        self._wire.send(effect.text)
        except ConnectionClosed:
            return


def _pages_at(pages: str, trust: ssl.SSLContext | None) -> HTTPConnection:
    place = urlsplit(pages).netloc
    if trust is None:
        return HTTPConnection(place, timeout=ANSWER_SECONDS)
    return HTTPSConnection(place, timeout=ANSWER_SECONDS, context=trust)
