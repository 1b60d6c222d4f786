"""Devices of a bench: bare websocket clients with plain JSON, one command at a time, so that little but the hub is measured."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from time import perf_counter
from typing import Any, Final, TypeVar

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from benchmarks.hall import token
from benchmarks.place import BenchFailedError

Answer = dict[str, Any]

# What the real programs subscribe to: a kiosk that heard nothing would flatter the hub.
KIOSK_TOPICS: Final = ("floor", "services", "counters")
COUNTER_TOPICS: Final = ("floor", "counters", "tickets")

_LARGEST_SNAPSHOT: Final = 64 * 1024 * 1024

D = TypeVar("D", bound="Device")


class Device:
    """One device, signed in by `hello`; from then on `listen` must run, since a device that does not read is cut off.

    `latencies` holds the seconds from each command to its answer.
    """

    def __init__(self, wire: ClientConnection, name: str) -> None:
        self.name = name
        self.latencies: list[float] = []
        self._wire = wire
        self._awaited: dict[str, asyncio.Future[Answer]] = {}

    async def hello(self, topics: tuple[str, ...]) -> None:
        """Sign in and wait for the snapshot."""
        hello = {"t": "hello", "device": self.name, "token": token(self.name), "topics": topics}
        await self._wire.send(json.dumps(hello))
        frame = json.loads(await self._wire.recv())
        if frame["t"] != "snapshot":
            raise BenchFailedError(f"the hub refused {self.name}: {frame}")

    async def listen(self) -> None:
        """Read frames until the hub closes the connection; commands that still wait then raise an exception."""
        with suppress(ConnectionClosed):
            async for text in self._wire:
                self._hear(json.loads(text))
        for awaited in self._awaited.values():
            if not awaited.done():
                awaited.set_exception(BenchFailedError(f"{self.name}: the hub has gone"))

    async def order(self, kind: str, **what: Any) -> Answer:
        """Send a command under a fresh request id; returns the answer, also a refusal."""
        return await self.repeat(secrets.token_hex(16), kind, **what)

    async def repeat(self, req: str, kind: str, **what: Any) -> Answer:
        """Send a command under this request id: a retry, if it was sent before."""
        text = json.dumps({"t": "cmd", "req": req, "cmd": {"kind": kind, **what}})
        awaited: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._awaited[req] = awaited
        began = perf_counter()
        try:
            await self._wire.send(text)
            answer = await awaited
        except ConnectionClosed as closed:
            raise BenchFailedError(f"{self.name}: the hub has gone: {closed}") from closed
        finally:
            del self._awaited[req]
        self.latencies.append(perf_counter() - began)
        return answer

    async def must(self, kind: str, **what: Any) -> Answer:
        """Give a command that the hub has to accept; its result."""
        answer = await self.order(kind, **what)
        if not answer.get("ok"):
            raise BenchFailedError(f"{self.name}: {kind} was refused: {answer.get('error')}")
        result: Answer = answer["result"]
        return result

    def _hear(self, frame: Answer) -> None:
        awaited = self._awaited.get(frame.get("req") or "")
        if awaited is not None and not awaited.done():
            awaited.set_result(frame)


class Kiosk(Device):
    """Issues tickets."""

    async def issue(self, service: str) -> Answer:
        """Take one ticket; the ticket."""
        result = await self.must("issue_ticket", services=[service])
        ticket: Answer = result["ticket"]
        return ticket


class Terminal(Device):
    """Stands at a counter; `open` seats its officer."""

    def __init__(self, wire: ClientConnection, n: int) -> None:
        super().__init__(wire, f"terminal-{n}")
        self.counter = f"c{n}"
        self._officer = f"o{n}"

    async def open(self) -> None:
        """Sign in and begin to call."""
        await self.must("sign_in", counter=self.counter, officer=self._officer)
        await self.must("open_counter", counter=self.counter)

    async def call_next(self) -> Answer | None:
        """Call whoever is next; the result of the call, None if the queue is empty."""
        answer = await self.order("call_next", counter=self.counter)
        if answer.get("ok"):
            result: Answer = answer["result"]
            return result
        if answer["error"]["code"] == "nobody_waiting":
            return None
        raise BenchFailedError(f"{self.name}: call_next was refused: {answer['error']}")

    async def serve(self) -> None:
        """Serve who was called, to the end."""
        await self.must("start_serving", counter=self.counter)
        await self.must("finish", counter=self.counter)


@asynccontextmanager
async def kiosks(floor: str, count: int) -> AsyncIterator[list[Kiosk]]:
    """This many kiosks, signed in."""

    def made(wire: ClientConnection, n: int) -> Kiosk:
        return Kiosk(wire, f"kiosk-{n}")

    async with _signed_in(floor, count, made, KIOSK_TOPICS) as devices:
        yield devices


@asynccontextmanager
async def terminals(floor: str, count: int) -> AsyncIterator[list[Terminal]]:
    """This many counter terminals, signed in, their counters open."""
    async with _signed_in(floor, count, Terminal, COUNTER_TOPICS) as devices:
        for terminal in devices:
            await terminal.open()
        yield devices


@asynccontextmanager
async def _signed_in(
    floor: str, count: int, made: Callable[[ClientConnection, int], D], topics: tuple[str, ...]
) -> AsyncIterator[list[D]]:
    async with AsyncExitStack() as stack:
        devices, listening = list[D](), list[asyncio.Task[None]]()
        for n in range(1, count + 1):
            wire = await stack.enter_async_context(
                connect(floor, compression=None, max_size=_LARGEST_SNAPSHOT, proxy=None)
            )
            device = made(wire, n)
            await device.hello(topics)
            devices.append(device)
            listening.append(asyncio.create_task(device.listen()))
        stack.push_async_callback(_ended, listening)
        yield devices


async def _ended(listening: list["asyncio.Task[None]"]) -> None:
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
