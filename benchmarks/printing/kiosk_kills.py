"""`kill -9` of the real kiosk, off-screen, at random moments of each phase of printing; its hub and its printer stay up.

The toll is counted from what was reported to the hub about each slip, and from the paper.
"""

import asyncio
import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final, Self, assert_never

from benchmarks.place import BenchFailedError
from benchmarks.printing.faults import simulated
from benchmarks.printing.kills import Toll, together
from benchmarks.printing.kiosk_victim import DEMO
from config.loading import load
from config.model import Installation
from config.model.devices import TcpPort
from config.planning import floor_plan
from drivers.simulators.printer.control import tell
from hub.client import Change, HubAddress, Link, Outbox
from hub.messages import TicketView, Topic
from hub.running import HubOptions, RunningHub, serve
from service_floor.zone import ZONE

SLOW_MM: Final = 300
_PATIENCE_SECONDS: Final = 60.0
_ON_PAPER: Final = {"printed": {1}, "failed": {0}, "unknown": {0, 1}}


class _Nobody:
    """Hears the hub and makes nothing of it; the mirror is what is looked at."""

    def changed(self, change: Change) -> None:
        """Nothing is made of it."""

    def connected(self, up: bool) -> None:
        """Nothing is made of it."""


class Moment(Enum):
    """Where in the life of a slip the kiosk dies: the phase, and how long or how far into it at most."""

    ANSWERED = 0.05
    """Seconds since the hub has given the number: the answer, the spool, the first bytes."""

    PRINTING = 900
    """Dots of paper that have moved since; the slip is so long."""

    CUT = 0.2
    """Seconds since the slip was cut: its proof, and the word to the hub."""

    NEXT = 0.5
    """Seconds since the hub has given the number of the next citizen."""


class _Cradle:
    """Parent process of the kiosks: it has imported all modules and forks each kiosk as a process of its own."""

    def __init__(self) -> None:
        self._mother = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.printing.kiosk_victim"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._mother.communicate()

    @contextmanager
    def kiosk(self, *words: str) -> Iterator[None]:
        """A kiosk that is killed when the context ends."""
        assert self._mother.stdin
        assert self._mother.stdout
        print(*words, file=self._mother.stdin, flush=True)
        child = os.pidfd_open(int(self._mother.stdout.readline()))
        try:
            yield
        finally:
            signal.pidfd_send_signal(child, signal.SIGKILL)
            select.select((child,), (), ())
            os.close(child)


@dataclass(frozen=True, slots=True)
class _Stand:
    """One kiosk's place: where it begins and with which words, its installation, its hub, its printer's folder."""

    cradle: _Cradle
    hall: Installation
    hub: RunningHub
    paper: Path
    words: tuple[str, ...]

    @property
    def issued(self) -> int:
        """How many numbers the hub has given."""
        return self.hub.health().counts["issued"]

    async def printer(self, order: str = "state") -> dict[str, Any]:
        """How the printer is, after an order."""
        return await asyncio.to_thread(tell, self.paper, order)


async def kill_kiosk_often(folder: Path, kills: int, stands: int = 1, seed: int = 4) -> Toll:
    """Kill a kiosk so often, each time after a number of its life, and hold what its hub knows against its paper.

    As many stands, each of one kiosk, one hub and one printer, share the kills; each moment is met equally often.
    """
    chance = random.Random(seed)
    moments = list(islice(cycle(Moment), kills))
    chance.shuffle(moments)
    shares = [moments[at::stands] for at in range(stands)]
    with _Cradle() as cradle:
        lives = [
            _kill_at(folder / str(at), cradle, share, chance) for at, share in enumerate(shares)
        ]
        return together(await asyncio.gather(*lives))


async def _kill_at(
    folder: Path, cradle: _Cradle, moments: list[Moment], chance: random.Random
) -> Toll:
    paper, hall = folder / "paper", load(DEMO)
    folder.mkdir(parents=True, exist_ok=True)
    plan = floor_plan(hall, datetime.now(ZONE).date())
    with simulated(paper, "tcp") as port:
        assert isinstance(port, TcpPort)
        async with serve(hall, plan, HubOptions(folder / "data", floor_port=0)) as hub:
            words = (str(folder / "state"), hub.floor.rsplit(":", 1)[1], str(port.port))
            stand = _Stand(cradle, hall, hub, paper, words)
            await stand.printer(f"fault slow:{SLOW_MM}")
            for moment in moments:
                await _live_and_die(stand, moment, chance.uniform(0.0, moment.value))
            await stand.printer("heal")
            tickets = await _last_words(stand, folder)
    return _toll(len(moments), tickets, paper)


async def _live_and_die(stand: _Stand, moment: Moment, depth: float) -> None:
    before = stand.issued
    with stand.cradle.kiosk(*stand.words):
        await _until(lambda: stand.issued > before)
        start = await stand.printer()
        match moment:
            case Moment.PRINTING:
                await _until_printer(stand, "dots", start["dots"] + depth)
            case Moment.CUT:
                await _until_printer(stand, "cuts", start["cuts"] + 1)
            case Moment.NEXT:
                await _until(lambda: stand.issued > before + 1)
            case Moment.ANSWERED:
                pass  # The answer is what has just been waited for.
            case unreachable:
                assert_never(unreachable)
        if moment is not Moment.PRINTING:
            await asyncio.sleep(depth)


async def _last_words(stand: _Stand, folder: Path) -> list[TicketView]:
    """Let a last kiosk end what is left, and return the tickets as the hub then has them."""
    desk = stand.hall.counter_terminals[0]
    assert desk.token is not None
    address = HubAddress(stand.hub.floor, desk.name, desk.token.get_secret_value())
    outbox = Outbox(folder / "watch.outbox")
    watch = Link(address, (Topic.TICKETS,), outbox, _Nobody())
    watching = asyncio.create_task(watch.run())
    try:
        with stand.cradle.kiosk(*stand.words, "--idle"):
            await _until(lambda: len(watch.mirror.tickets) == stand.issued)
            await _until(lambda: all(ticket.slip for ticket in watch.mirror.tickets.values()))
    finally:
        watching.cancel()
        await asyncio.wait([watching])
        outbox.close()
    return list(watch.mirror.tickets.values())


async def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise BenchFailedError("the kiosk did not come as far as it had to")
        await asyncio.sleep(0.02)


async def _until_printer(stand: _Stand, counter: str, least: float) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while (await stand.printer())[counter] < least:
        if time.monotonic() > end:
            raise BenchFailedError("the printer did not come as far as it had to")
        await asyncio.sleep(0.01)


def _toll(kills: int, tickets: list[TicketView], paper: Path) -> Toll:
    slips = [json.loads(path.read_text("utf-8"))["lines"] for path in paper.glob("slip-*.json")]
    shown = Counter(line for lines in slips for line in lines)
    return Toll(
        kills,
        tickets=len(tickets),
        unknown=sum(ticket.slip == "unknown" for ticket in tickets),
        lost=tuple(ticket.number for ticket in tickets if not ticket.slip),
        doubled=tuple(ticket.number for ticket in tickets if shown[ticket.number] > 1),
        wrong=tuple(
            ticket.number
            for ticket in tickets
            if shown[ticket.number] not in _ON_PAPER.get(ticket.slip, set())
        ),
    )
