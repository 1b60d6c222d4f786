"""Attackers without a token, as a process of their own: `python -m benchmarks.attacks.besiegers HTTP_PORT FLOOR_PORT`.

All at once: silent sockets on both ports and handshakes that never end, from few addresses; requests for enrolment; wrong
PINs from many addresses. Prints what became of them as one line of JSON.
"""

import asyncio
import json
import select
import socket
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from time import monotonic
from typing import Final
from urllib.parse import urlencode

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from hub.wire.listening import allow_many_sockets

SILENT: Final = 10_000
HALF_OPEN: Final = 5_000
ENROLMENTS: Final = 200
PINS: Final = 5_000
ORIGINS: Final = 1_000
ADDRESSES: Final = tuple(f"127.0.0.{n}" for n in range(10, 30))
VICTIM: Final = "boss"
A_SECOND: Final = 2_000
"""New sockets a second."""
HELD_SECONDS: Final = 10.0
"""For which the sockets are held after the last one was opened."""
_HEAD: Final = b"GET / HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
_PIN_THREADS: Final = 24
_AT_ONCE: Final = 20
_PATIENCE: Final = 30.0


def main(http_port: int, floor_port: int) -> None:
    """Attack, and print the outcomes."""
    allow_many_sockets(SILENT + HALF_OPEN + 1_000)
    outcomes: Counter[str] = Counter()
    ports = (http_port, floor_port)
    workers = [
        threading.Thread(target=_hold_sockets, args=(ports, outcomes)),
        threading.Thread(target=lambda: asyncio.run(_enrol(floor_port, outcomes))),
        *(
            threading.Thread(target=_guess_pins, args=(http_port, n, outcomes))
            for n in range(_PIN_THREADS)
        ),
    ]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    sys.stdout.write(json.dumps(outcomes) + "\n")


def _hold_sockets(ports: tuple[int, int], outcomes: Counter[str]) -> None:
    """Open sockets at a steady pace and hold them until the hub closes them."""
    poll = select.epoll()
    held: dict[int, socket.socket] = {}
    sockets = _sockets(ports)
    began, opened, last = monotonic(), 0, None
    while last is None or monotonic() - last < HELD_SECONDS:
        while last is None and opened < (monotonic() - began) * A_SECOND:
            each = next(sockets, None)
            if each is None:
                last = monotonic()
                break
            opened += 1
            held[each.fileno()] = each
            poll.register(each.fileno(), select.EPOLLIN | select.EPOLLRDHUP)
        for number, _ in poll.poll(0.005):
            poll.unregister(number)
            held.pop(number).close()
            outcomes["sockets closed by the hub"] += 1
    outcomes["sockets left open"] += len(held)
    for each in held.values():
        each.close()


def _sockets(ports: tuple[int, int]) -> Iterator[socket.socket]:
    """Silent sockets on both ports in turn, and after every second one a handshake that never ends."""
    for n in range(SILENT):
        address = ADDRESSES[n % len(ADDRESSES)]
        yield _connected(address, ports[n // len(ADDRESSES) % 2])
        if n % (SILENT // HALF_OPEN) == 0:
            half = _connected(address, ports[1])
            with suppress(OSError):
                half.send(_HEAD)
            yield half


def _connected(address: str, port: int) -> socket.socket:
    wire = socket.socket()
    wire.bind((address, 0))
    with suppress(OSError):
        wire.settimeout(_PATIENCE)
        wire.connect(("127.0.0.1", port))
    wire.setblocking(False)
    return wire


async def _enrol(floor_port: int, outcomes: Counter[str]) -> None:
    limit = asyncio.Semaphore(_AT_ONCE)

    async def ask(n: int) -> None:
        address = (ADDRESSES[n % len(ADDRESSES)], 0)
        try:
            async with limit:
                wire = await connect(
                    f"ws://127.0.0.1:{floor_port}/",
                    local_addr=address,
                    proxy=None,
                    compression=None,
                )
                await wire.send(json.dumps({"t": "enrol", "kind": "board", "proto": [1]}))
                told = json.loads(await wire.recv())
            outcomes[f"enrolment: {told['t']}"] += 1
            await asyncio.sleep(HELD_SECONDS)
            await wire.close()
        except (OSError, TimeoutError, ConnectionClosed, InvalidHandshake):
            outcomes["enrolment: cut"] += 1

    await asyncio.gather(*(ask(n) for n in range(ENROLMENTS)))


def _guess_pins(http_port: int, first: int, outcomes: Counter[str]) -> None:
    for n in range(first, PINS, _PIN_THREADS):
        origin = n % ORIGINS
        address = f"127.1.{origin // 250}.{origin % 250 + 1}"
        form = urlencode({"officer": VICTIM, "pin": f"{n:06}", "lang": "en"})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{http_port}",
            "Connection": "close",
        }
        link = HTTPConnection("127.0.0.1", http_port, _PATIENCE, source_address=(address, 0))
        try:
            link.request("POST", "/console/sign-in", form, headers)
            outcomes[f"PIN: {link.getresponse().status}"] += 1
        except (OSError, HTTPException):
            outcomes["PIN: cut"] += 1
        finally:
            link.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
