"""The people and screens of a floor with a hub process that is killed: the product's own links, their retries with their outboxes, which note every answer."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.hall import BOARD, SERVICES, token
from benchmarks.hub.witness import Witness
from hub.client import Change, HubAddress, Link, Outbox, Policy
from hub.messages import Answer, Topic
from service_floor.queue.commands import (
    CallNext,
    Command,
    Finish,
    IssueTicket,
    OpenCounter,
    SignIn,
    StartServing,
)

KIOSKS: Final = 8
COUNTERS: Final = 6
BOARDS: Final = 4

# What the real programs subscribe to, and for a board all there is: it is compared with the journal.
_KIOSK_TOPICS: Final = (Topic.FLOOR, Topic.SERVICES, Topic.COUNTERS)
_COUNTER_TOPICS: Final = (Topic.FLOOR, Topic.COUNTERS, Topic.TICKETS)
_LONGEST_THOUGHT: Final = 0.02


class _Ear:
    """Counts connections; what the screens show is read from the mirrors."""

    def __init__(self, crew: "Crew") -> None:
        self._crew = crew

    def changed(self, change: Change) -> None:
        """Without effect."""

    def connected(self, up: bool) -> None:
        """Count who is in touch with the hub."""
        self._crew.come_or_go(1 if up else -1)


@dataclass(frozen=True, slots=True)
class _Hand:
    """A person at a device."""

    link: Link
    device: str
    crew: "Crew"

    async def give(self, command: Command) -> Answer:
        """Give a command, wait for its answer, and keep what the hub has acknowledged by device and request."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

        def keep(answer: Answer) -> None:
            self.crew.answers[self.device, answer.req] = answer
            if not answered.done():
                answered.set_result(answer)

        self.link.send(command, Policy.DURABLE, keep)
        return await answered


@dataclass(slots=True)
class Crew:
    """Everybody on the floor, from `working` to its end. They go on until `resting` is set, whatever becomes of the hub.

    `complete` is set while all of them are in touch with the hub.
    """

    witness: Witness = field(default_factory=Witness)
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    complete: asyncio.Event = field(default_factory=asyncio.Event)
    boards: list[Link] = field(default_factory=list)
    resting: bool = False
    _present: int = 0

    def come_or_go(self, step: int) -> None:
        """A link is up, or down."""
        self._present += step
        if self._present == KIOSKS + COUNTERS + BOARDS:
            self.complete.set()
        else:
            self.complete.clear()

    async def press(self, kiosk: _Hand, service: str) -> None:
        """Citizens at a kiosk."""
        while not self.resting:
            answer = await kiosk.give(IssueTicket((service,)))
            if answer.ok:
                self.witness.tickets.append(answer.result["ticket"])
            await _think()

    async def serve(self, terminal: _Hand, n: int) -> None:
        """An officer at a counter, who signs in once for all lives of the hub."""
        counter = f"c{n}"
        await terminal.give(SignIn(counter, f"o{n}"))
        await terminal.give(OpenCounter(counter))
        while not self.resting:
            answer = await terminal.give(CallNext(counter))
            if answer.ok:
                self.witness.calls.append(answer.result)
                await self._in_turn(terminal, StartServing(counter), Finish(counter))
            await _think()

    @staticmethod
    async def _in_turn(terminal: _Hand, *commands: Command) -> None:
        for command in commands:
            await terminal.give(command)


@asynccontextmanager
async def working(floor: str, folder: Path) -> AsyncIterator[tuple[Crew, "asyncio.Task[None]"]]:
    """A crew at work at this address, and the task that ends when all of them have come to rest."""
    crew = Crew()
    async with AsyncExitStack() as stack:

        def line(device: str, topics: tuple[Topic, ...], n: int) -> _Hand:
            outbox = Outbox(folder / f"{device}-{n}.outbox")
            stack.callback(outbox.close)
            address = HubAddress(floor, device, token(device))
            link = Link(address, topics, outbox, _Ear(crew))
            running = asyncio.create_task(link.run())
            stack.push_async_callback(_ended, running)
            return _Hand(link, device, crew)

        kiosks = [line(f"kiosk-{n}", _KIOSK_TOPICS, n) for n in range(1, KIOSKS + 1)]
        terminals = [line(f"terminal-{n}", _COUNTER_TOPICS, n) for n in range(1, COUNTERS + 1)]
        crew.boards += [line(BOARD, tuple(Topic), n).link for n in range(BOARDS)]
        work = asyncio.create_task(_all_at_work(crew, kiosks, terminals))
        stack.push_async_callback(_ended, work)
        yield crew, work


async def _all_at_work(crew: Crew, kiosks: list[_Hand], terminals: list[_Hand]) -> None:
    async with asyncio.TaskGroup() as tasks:
        for n, kiosk in enumerate(kiosks):
            tasks.create_task(crew.press(kiosk, SERVICES[n % len(SERVICES)]))
        for n, terminal in enumerate(terminals, 1):
            tasks.create_task(crew.serve(terminal, n))


async def _think() -> None:
    """A random pause, so that no press keeps step with the kills."""
    await asyncio.sleep(random.uniform(0, _LONGEST_THOUGHT))


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.wait([task])
