"""The real kiosk is killed while it prints: every ticket's slip is reported, as it is on paper, and no number is there twice."""

import asyncio
import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from benchmarks.printing.faults import simulated
from benchmarks.printing.kiosk_victim import DEMO
from config.loading import load
from config.planning import floor_plan
from drivers.simulators.printer.control import tell
from hub.client import HubAddress, Link, Outbox
from hub.messages import Topic
from hub.running import Surroundings, serve
from service_floor.queue.hours import ZONE

KILLS = 3


class Nobody:
    """Hears the hub and makes nothing of it."""

    def changed(self, _change) -> None: ...

    def connected(self, _up) -> None: ...

    def answered(self, _answer) -> None: ...


LIVING: "list[subprocess.Popen[bytes]]" = []


@pytest.fixture(autouse=True)
def no_kiosk_outlives_its_test():
    yield
    for victim in LIVING:
        victim.kill()
        victim.wait()
    LIVING.clear()


def kiosk(folder: Path, floor: int, printer: int, *more: str) -> "subprocess.Popen[bytes]":
    words = ["benchmarks.printing.kiosk_victim", str(folder / "state"), str(floor), str(printer)]
    command = [sys.executable, "-m", *words, *more]
    LIVING.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
    return LIVING[-1]


def numbers_on(paper: Path) -> Counter[str]:
    slips = [json.loads(path.read_text("utf-8"))["lines"] for path in paper.glob("slip-*.json")]
    return Counter(
        line for lines in slips for line in lines if line[:1] == "C" and line[1:].isdecimal()
    )


async def until(condition, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        await asyncio.sleep(0.02)


@pytest.fixture
def printer(tmp_path):
    with simulated(tmp_path / "paper", "tcp") as port:
        tell(tmp_path / "paper", "fault slow:300")
        yield port.port


async def test_no_slip_is_lost_or_doubled_when_the_kiosk_is_killed(
    tmp_path, printer, monkeypatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    chance, hall, paper = random.Random(4), load(DEMO), tmp_path / "paper"
    plan = floor_plan(hall, datetime.now(ZONE).date())
    async with serve(hall, plan, Surroundings(tmp_path / "data", floor_port=0)) as hub:
        floor = int(hub.floor.rsplit(":", 1)[1])
        for _ in range(KILLS):
            issued = hub.health().counts["issued"]
            victim = kiosk(tmp_path, floor, printer)
            await until(lambda before=issued: hub.health().counts["issued"] > before)
            await asyncio.to_thread(threading.Event().wait, chance.uniform(0.0, 1.2))
            victim.kill()
            victim.wait()
        tell(paper, "heal")
        desk = hall.counter_terminals[0]
        address = HubAddress(hub.floor, desk.name, desk.token.get_secret_value())
        outbox = Outbox(tmp_path / "watch.outbox")
        watch = Link(address, (Topic.TICKETS,), outbox, Nobody())
        watching = asyncio.create_task(watch.run())
        last = kiosk(tmp_path, floor, printer, "--idle")
        await until(lambda: len(watch.mirror.tickets) == hub.health().counts["issued"])
        await until(lambda: all(ticket.slip for ticket in watch.mirror.tickets.values()))
        last.kill()
        last.wait()
        watching.cancel()
        await asyncio.wait([watching])
        outbox.close()
    shown = numbers_on(paper)
    tickets = watch.mirror.tickets.values()
    assert len(tickets) >= KILLS
    assert not [number for number, count in shown.items() if count > 1]
    expected = {"printed": {1}, "failed": {0}, "unknown": {0, 1}}
    assert [(t.number, t.slip) for t in tickets if shown[t.number] not in expected[t.slip]] == []
