import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def printer_thread(tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Start simulated printers that live as long as the test, and end before its folder; the address of each."""
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def start(function: Callable[..., None], *where: object, setup: object) -> object:
        reported: list[object] = []
        ready = threading.Event()

        def on_ready(address: object) -> None:
            reported.append(address)
            ready.set()

        threads.append(
            threading.Thread(target=function, args=(*where, setup, on_ready, stop), daemon=True)
        )
        threads[-1].start()
        assert ready.wait(5)
        return reported[0]

    yield start
    stop.set()
    for thread in threads:
        thread.join(5)
