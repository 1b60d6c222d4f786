import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.simulators.printer.bench import Setup


class Servers:
    """Runs serving functions in threads."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def __call__(self, function: Callable[..., None], *where: object, setup: Setup) -> object:
        """Start one and return the address that it reports."""
        reported: list[object] = []
        ready = threading.Event()

        def on_ready(address: object) -> None:
            reported.append(address)
            ready.set()

        thread = threading.Thread(target=function, args=(*where, setup, on_ready, self._stop))
        thread.start()
        self._threads.append(thread)
        assert ready.wait(5)
        return reported[0]

    def end(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Servers]:
    """Simulated printers that run until the test ends; their last slips are kept before the folder goes."""
    servers = Servers()
    yield servers
    servers.end()
