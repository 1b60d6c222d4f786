"""Denial-of-service attacks from inside the network, each of bounded length, against connection limits and timeouts."""

import asyncio
import json
import socket
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from benchmarks.hall import BOARD, token

STRANGER: Final = "127.0.0.2"
"""Attacks come from an address of their own, as from a machine of the hall that was taken over."""
NEIGHBOUR: Final = "127.0.0.3"
PAGE_MISSED: Final = "page missed"
AT_ONCE: Final = 20
_DRIBBLE_SECONDS: Final = 0.2
_PATIENCE: Final = 40.0
_CUT: Final = (OSError, TimeoutError, ConnectionClosed, InvalidHandshake, EOFError)


@dataclass(frozen=True, slots=True)
class Target:
    """Where the hub listens."""

    http_port: int
    floor_port: int


Outcomes = Counter[str]
Assault = Callable[[Target, int], Coroutine[None, None, Outcomes]]


async def wrong_tokens(target: Target, count: int) -> Outcomes:
    """So many hellos with a token that is made up, each over a connection of its own."""
    outcomes: Outcomes = Counter()

    async def guess(n: int) -> None:
        try:
            async with _wire(target) as wire:
                hello = {"t": "hello", "device": BOARD, "token": f"guess-{n:024}"}
                await wire.send(json.dumps(hello))
                while True:
                    await wire.recv()
        except ConnectionClosed as closed:
            outcomes[str(closed.rcvd.code if closed.rcvd else "cut")] += 1
        except _CUT:
            outcomes["not listened to"] += 1

    for n in range(0, count, AT_ONCE):
        await asyncio.gather(*(guess(n + each) for each in range(min(AT_ONCE, count - n))))
    return outcomes


async def slow_handshakes(target: Target, count: int) -> Outcomes:
    """Handshakes of websockets that come letter by letter."""
    head = b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    return await _dribbled(target.floor_port, count, head)


async def slow_heads(target: Target, count: int) -> Outcomes:
    """Heads of HTTP requests that come letter by letter."""
    return await _dribbled(target.http_port, count, b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")


async def slow_bodies(target: Target, count: int) -> Outcomes:
    """Bodies that come letter by letter, behind a key that is not known."""
    head = b"POST /api/v1/dossiers/bulk HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer no\r\nContent-Length: 90000\r\n\r\n"
    return await _dribbled(target.http_port, count, head)


async def half_open(target: Target, count: int) -> Outcomes:
    """Connections to the floor that send nothing, until the timeout of a handshake."""
    return await _dribbled(target.floor_port, count, b"")


async def oversized(target: Target, count: int) -> Outcomes:
    """Frames of 1 MiB and bodies of 16 MiB, each above its limit."""
    outcomes: Outcomes = Counter()
    for _ in range(count):
        try:
            async with _wire(target) as wire:
                await wire.send("x" * 2**20)
                await wire.recv()
        except ConnectionClosed as closed:
            outcomes[str(closed.rcvd.code if closed.rcvd else "cut")] += 1
        except _CUT:
            outcomes["cut"] += 1
        outcomes[await _large_body(target)] += 1
    return outcomes


async def deaf(target: Target, count: int) -> Outcomes:
    """Boards that send hello again and again and never read: the write buffer must not grow."""
    outcomes: Outcomes = Counter()
    async with AsyncExitStack() as stack:
        wires = [await stack.enter_async_context(_wire(target, small=True)) for _ in range(count)]
        topics = ["tickets", "services", "counters", "calls"]
        hello = {"t": "hello", "device": BOARD, "token": token(BOARD), "topics": topics}
        text = json.dumps(hello)
        outcomes.update(await asyncio.gather(*(_ask_without_reading(each, text) for each in wires)))
    return outcomes


async def crowd(target: Target, count: int) -> Outcomes:
    """Hold `count` connections of the pages, a letter at a time, up to the limit per address, while a neighbour wants a page."""
    outcomes: Outcomes = Counter()
    holding = asyncio.create_task(
        _dribbled(target.http_port, count, b"GET /healthz HTTP/1.1\r\nX: ")
    )
    while not holding.done():
        outcomes["pages" if await _page(target) else PAGE_MISSED] += 1
        await asyncio.wait([holding], timeout=_DRIBBLE_SECONDS)
    return outcomes + holding.result()


async def _page(target: Target) -> bool:
    """Whether a browser at another address gets a page within a second."""
    with suppress(*_CUT):
        async with asyncio.timeout(1):
            place = ("127.0.0.1", target.http_port)
            reader, writer = await asyncio.open_connection(*place, local_addr=(NEIGHBOUR, 0))
            try:
                writer.write(
                    b"GET /console/sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                )
                return (await reader.read()).startswith(b"HTTP/1.1 200")
            finally:
                writer.transport.abort()
    return False


async def _ask_without_reading(wire: ClientConnection, hello: str) -> str:
    wire.transport.pause_reading()
    try:
        async with asyncio.timeout(_PATIENCE):
            while True:
                for _ in range(100):
                    await wire.send(hello)
                await asyncio.sleep(0.05)
    except TimeoutError:
        return "never cut"
    except _CUT:
        return "cut"
    finally:
        wire.transport.abort()


async def _large_body(target: Target) -> str:
    head = b"POST /console/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 16777216\r\n\r\n"
    with suppress(*_CUT):
        async with asyncio.timeout(30):
            reader, writer = await _opened(target.http_port)
            try:
                writer.write(head)
                for _ in range(16):
                    writer.write(b"x" * 2**20)
                    await writer.drain()
                return (await reader.readline()).decode("latin-1")[9:12] or "cut"
            finally:
                writer.transport.abort()
    return "cut"


async def _dribbled(port: int, count: int, text: bytes) -> Outcomes:
    """Hold so many connections open, a letter at a time, until each is ended from the other side."""
    outcomes: Outcomes = Counter()

    async def hold() -> None:
        reader, writer = await _opened(port)
        try:
            writer.write(text)
            reading = asyncio.create_task(reader.read())
            async with asyncio.timeout(_PATIENCE):
                while not reading.done():
                    if text:
                        writer.write(b"x")
                    await asyncio.wait([reading], timeout=_DRIBBLE_SECONDS)
            told = reading.result() if reading.exception() is None else b""
            outcomes[told[9:12].decode("latin-1") or "cut"] += 1
        except TimeoutError:
            outcomes["never ended"] += 1
        finally:
            writer.transport.abort()

    await asyncio.gather(*(hold() for _ in range(count)))
    return outcomes


async def _opened(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", port, local_addr=(STRANGER, 0))


def _wire(target: Target, small: bool = False) -> connect:
    place = ("127.0.0.1", target.floor_port)
    with socket.socket() as door:
        if small:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        door.bind((STRANGER, 0))
        door.connect(place)
        door.setblocking(False)
        kept = door.dup()
    return connect(
        f"ws://127.0.0.1:{target.floor_port}/",
        sock=kept,
        compression=None,
        proxy=None,
        close_timeout=1,
    )
