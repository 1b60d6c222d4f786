"""`kill -9` of the real kiosk, off-screen, at random moments of printing; its hub and its printer stay up.

The toll is reckoned from what the hub was told of each ticket's slip, and from the paper.
"""

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from benchmarks.place import BenchFailedError
from benchmarks.printing.faults import simulated
from benchmarks.printing.kills import Toll
from benchmarks.printing.kiosk_victim import DEMO
from config.loading import load
from config.model import Installation
from config.model.devices import TcpPort
from config.planning import floor_plan
from drivers.simulators.printer.control import tell
from hub.client import Change, HubAddress, Link, Outbox
from hub.messages import Answer, TicketView, Topic
from hub.running import RunningHub, Surroundings, serve
from service_floor.queue.hours import ZONE

SLOW_MM: Final = 300
_LONGEST_LIFE: Final = 1.2
_PATIENCE_SECONDS: Final = 60.0
_ON_PAPER: Final = {"printed": {1}, "failed": {0}, "unknown": {0, 1}}


class _Nobody:
    """Hears the hub and makes nothing of it; the mirror is what is looked at."""

    def changed(self, change: Change) -> None:
        """Nothing is made of it."""

    def connected(self, up: bool) -> None:
        """Nothing is made of it."""

    def answered(self, answer: Answer) -> None:
        """Nothing is made of it."""


async def kill_kiosk_often(folder: Path, kills: int, seed: int = 4) -> Toll:
    """Kill the kiosk so often, each time after a ticket of its life, and hold what the hub knows against the paper."""
    folder.mkdir(parents=True, exist_ok=True)
    paper, hall = folder / "paper", load(DEMO)
    plan = floor_plan(hall, datetime.now(ZONE).date())
    chance = random.Random(seed)
    with simulated(paper, "tcp") as port:
        assert isinstance(port, TcpPort)
        tell(paper, f"fault slow:{SLOW_MM}")
        async with serve(hall, plan, Surroundings(folder / "data", floor_port=0)) as hub:
            words = (str(folder / "state"), hub.floor.rsplit(":", 1)[1], str(port.port))
            for _ in range(kills):
                await _live_and_die(hub, words, chance.uniform(0.0, _LONGEST_LIFE))
            tell(paper, "heal")
            tickets = await _last_words(hall, hub, words, folder)
    return _toll(kills, tickets, paper)


async def _live_and_die(hub: RunningHub, words: Iterable[str], seconds: float) -> None:
    before = hub.health().counts["issued"]
    kiosk = _kiosk(*words)
    try:
        await _until(lambda: hub.health().counts["issued"] > before)
        await asyncio.sleep(seconds)
    finally:
        kiosk.kill()
        kiosk.wait()


async def _last_words(
    hall: Installation, hub: RunningHub, words: Iterable[str], folder: Path
) -> list[TicketView]:
    """Let a last kiosk end what is left, and return the tickets as the hub then has them."""
    desk = hall.counter_terminals[0]
    assert desk.token is not None
    address = HubAddress(hub.floor, desk.name, desk.token.get_secret_value())
    outbox = Outbox(folder / "watch.outbox")
    watch = Link(address, (Topic.TICKETS,), outbox, _Nobody())
    watching = asyncio.create_task(watch.run())
    kiosk = _kiosk(*words, "--idle")
    try:
        await _until(lambda: len(watch.mirror.tickets) == hub.health().counts["issued"])
        await _until(lambda: all(ticket.slip for ticket in watch.mirror.tickets.values()))
    finally:
        kiosk.kill()
        kiosk.wait()
        watching.cancel()
        await asyncio.wait([watching])
        outbox.close()
    return list(watch.mirror.tickets.values())


def _kiosk(*words: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.printing.kiosk_victim", *words],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


async def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise BenchFailedError("the kiosk did not come as far as it had to")
        await asyncio.sleep(0.02)


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
