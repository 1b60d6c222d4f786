"""Control port of the simulated printer: parses orders, one per line, on loopback; each is answered by a line of JSON.

The number of the port stands in the file `control` beside the slips while the printer runs.
"""

import contextlib
import json
import os
import select
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

CONTROL_FILE = "control"

_MOST_BYTES = 1024
_MOST_HANDS = 8
_SECONDS = 5.0

Obey = Callable[[str], dict[str, Any]]


class ControlPort:
    """Listens for orders; `obey` carries each out and returns its answer."""

    def __init__(self, folder: Path, obey: Obey) -> None:
        self._obey = obey
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._hands: dict[int, tuple[socket.socket, bytearray]] = {}
        self._file = folder / CONTROL_FILE
        fresh = folder / f".{CONTROL_FILE}.{os.getpid()}"
        fresh.write_text(str(self._listener.getsockname()[1]), encoding="ascii")
        fresh.replace(self._file)

    @property
    def waits_for(self) -> dict[int, int]:
        """The descriptors to poll."""
        return dict.fromkeys((self._listener.fileno(), *self._hands), select.POLLIN)

    def serve(self, ready: set[int]) -> None:
        """Take orders from the descriptors that are ready."""
        for fd in ready & self._hands.keys():
            self._hear(fd)
        if self._listener.fileno() in ready:
            hand, _ = self._listener.accept()
            if len(self._hands) >= _MOST_HANDS:
                hand.close()
                return
            hand.settimeout(_SECONDS)
            self._hands[hand.fileno()] = (hand, bytearray())

    def close(self) -> None:
        """Stop listening; the file goes."""
        for fd in list(self._hands):
            self._let_go(fd)
        self._listener.close()
        self._file.unlink(missing_ok=True)

    def _hear(self, fd: int) -> None:
        hand, heard = self._hands[fd]
        try:
            data = hand.recv(_MOST_BYTES)
        except OSError:
            data = b""
        heard += data
        while b"\n" in heard:
            line, _, rest = bytes(heard).partition(b"\n")
            heard[:] = rest
            answer = json.dumps(self._obey(line.decode("utf-8", "replace").strip())).encode()
            with contextlib.suppress(OSError):
                hand.sendall(answer + b"\n")
        if not data or len(heard) > _MOST_BYTES:
            self._let_go(fd)

    def _let_go(self, fd: int) -> None:
        hand, _ = self._hands.pop(fd)
        hand.close()


def tell(folder: Path, order: str) -> dict[str, Any]:
    """Give one order to the printer that keeps its slips in `folder`; OSError where none runs there."""
    port = int((folder / CONTROL_FILE).read_text(encoding="ascii"))
    with socket.create_connection(("127.0.0.1", port), _SECONDS) as hand:
        hand.sendall(order.encode() + b"\n")
        with hand.makefile("rb") as answers:
            return dict(json.loads(answers.readline(100_000)))
