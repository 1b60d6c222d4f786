"""The two servers that are compared, each a process of its own: the hub, and plain asyncio transports with the same frame.

`python -m benchmarks.fanout.servers hub|plain HALL DATA` prints `ready PORT`. Then each line `COUNT` on its standard input
makes it publish so many steps; it answers with the bytes for each listener and the processor time of the process in seconds.
"""

import asyncio
import struct
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from time import process_time
from typing import Final

from config.loading import load
from config.planning import floor_plan
from hub.floor.feed import EncodedPut
from hub.messages import Topic
from hub.running import HubOptions, serve
from hub.wire.listening import allow_many_sockets

Publish = Callable[[int], int]
"""Sends step n to every listener; how many bytes each was sent."""

_TEXT: Final = 0x81
_TWO_BYTES_OF_LENGTH: Final = 126
# A ticket as the hub sends it, and with it a step of 400 bytes, as it happens on a floor.
_TICKET: Final = (
    '{"id":"c0ffee0123456789","number":"A00042","state":"waiting","service":"certification",'
    '"counter":null,"next_services":[],"priority":null,"priority_confirmed":null,'
    '"issued_at":"2026-11-20T08:00:00+07:00","arrived_at":"2026-11-20T08:00:00+07:00","calls":%d}'
)


def frame(text: str) -> bytes:
    """A text of 126 to 65,535 bytes as a frame of the hub."""
    body = text.encode()
    return struct.pack("!BBH", _TEXT, _TWO_BYTES_OF_LENGTH, len(body)) + body


def step(n: int) -> str:
    """The n-th step as the feed would write it."""
    put = f'{{"topic":"tickets","key":"c0ffee0123456789","value":{_TICKET % n}}}'
    return f'{{"t":"delta","epoch":"0123456789abcdef","seq":{n},"puts":[{put}]}}'


class _SocketListener(asyncio.Protocol):
    """Whoever connects is written to from then on."""

    def __init__(self, transports: set[asyncio.Transport]) -> None:
        self._transports = transports
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._transports.add(transport)
        transport.write(b"!")

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport is not None:
            self._transports.discard(self._transport)


@asynccontextmanager
async def plain() -> AsyncIterator[tuple[int, Publish]]:
    """Nothing but transports: the frame is made once and written to each."""
    transports: set[asyncio.Transport] = set()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: _SocketListener(transports), "127.0.0.1", 0, backlog=2_048
    )

    def publish(n: int) -> int:
        data = frame(step(n))
        for transport in transports:
            transport.write(data)
        return len(data)

    async with server:
        yield server.sockets[0].getsockname()[1], publish


@asynccontextmanager
async def hub(hall: Path, data: Path) -> AsyncIterator[tuple[int, Publish]]:
    """The hub as it is. Steps go to its feed directly, so that no journal is in the figure."""
    installation = load(hall)
    plan = floor_plan(installation, date.today())
    async with serve(installation, plan, HubOptions(data)) as running:
        feed = running._floor_service.feed  # noqa: SLF001 - the feed is measured, without the writer before it

        def publish(n: int) -> int:
            feed.publish([EncodedPut(Topic.TICKETS, "c0ffee0123456789", _TICKET % n)])
            # Epoch and ticket are as long as in `step`; the number of the step is the feed's own.
            return len(frame(step(n))) + len(str(feed.seq)) - len(str(n))

        yield int(running.floor.rsplit(":", 1)[1]), publish


async def obey(port: int, publish: Publish) -> None:
    """Publish as standard input orders, until it ends."""
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    print(f"ready {port}", flush=True)
    n = 0
    while count := int(await lines.readline() or 0):
        sent, began = 0, process_time()
        for _ in range(count):
            n += 1
            sent += publish(n)
            await asyncio.sleep(0)
        print(f"{sent} {process_time() - began:.9f}", flush=True)


async def _main(kind: str, hall: Path, data: Path) -> None:
    allow_many_sockets()
    async with hub(hall, data) if kind == "hub" else plain() as (port, publish):
        await obey(port, publish)


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
