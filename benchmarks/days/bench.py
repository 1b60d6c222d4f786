"""The bench `days`: the start on a journal of a million rows, the memory of a long day, and a call early and late on it."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from benchmarks.days.history import Day, long_history, write_history
from benchmarks.devices import Terminal, kiosks, terminals
from benchmarks.figures import Bar, Figure, Sheet
from benchmarks.hall import HubProcess, hub_running, write_hall
from benchmarks.hub.rounds import Round, call_and_serve, issue, measured, middle
from benchmarks.hub.witness import Witness
from benchmarks.place import Place
from service_floor.zone import ZONE

ROWS: Final = 1_000_000
ROWS_TODAY: Final = 20_000
STARTS: Final = 5
TICKETS: Final = 20_000
MORE: Final = 1_000
CURVE: Final = (1_000, 10_000, 100_000)
WAITING: Final = 400
CALLS: Final = 30
WARM_UP_ROUNDS: Final = 1
ROUNDS: Final = 9
MEBIBYTE: Final = 2**20
LONG_AGAINST_SHORT: Final = f"start on {ROWS:,} rows: CPU against today's rows alone"
LATE_AGAINST_EARLY: Final = f"call at {CURVE[-1]:,} tickets: CPU against {CURVE[0]:,}"

BARS: Final[Mapping[str, Bar]] = {
    LONG_AGAINST_SHORT: Bar(at_most=1.15),
    f"memory after {TICKETS:,} tickets": Bar(at_most=150),
    # Both hubs take turns, so that chance moves the ratio by some per cent; what grows with the day would be a hundredfold.
    LATE_AGAINST_EARLY: Bar(at_most=1.1),
}


async def measure(place: Place) -> tuple[Figure, ...]:
    """Each part on journals that are written beforehand."""
    sheet = Sheet("days", BARS)
    hall = write_hall(place.folder)
    await _starts(place, hall, sheet)
    await _memory(place, hall, sheet)
    await _curve(place, hall, sheet)
    return sheet.figures()


async def _starts(place: Place, hall: Path, sheet: Sheet) -> None:
    """From the start of the process until a device has its snapshot: on a long journal, on today's rows only, on none."""
    place.say(f"writing a journal of {ROWS:,} rows")
    now = datetime.now(ZONE)
    empty, short, long = (place.folder / name for name in ("empty", "today", "million"))
    rows = write_history(long, long_history(ROWS, ROWS_TODAY, now), now)
    write_history(short, long_history(ROWS_TODAY, ROWS_TODAY, now), now)
    # The very first start compiles what has not been compiled on this machine.
    await _started(hall, empty)
    turns = []
    for n in range(STARTS):
        place.say(f"start {n + 1} of {STARTS}")
        turns.append([await _started(hall, data) for data in (long, short, empty)])
    walls, cpus = ([[each[n] for each in turn] for turn in turns] for n in (0, 1))
    wall = [median(side) for side in zip(*walls, strict=True)]
    cpu = [median(side) for side in zip(*cpus, strict=True)]
    sheet.note("rows of the journal", rows, "")
    sheet.note(f"start on {ROWS:,} rows: serving", wall[0], "s", wall[2])
    sheet.note(f"start on {ROWS:,} rows: CPU", cpu[0], "s", cpu[2])
    ratio = median(on_long / on_short for on_long, on_short, _ in cpus)
    sheet.note(LONG_AGAINST_SHORT, ratio, "x")


async def _started(hall: Path, data: Path) -> tuple[float, float]:
    """Seconds of wall clock and of the hub's processor."""
    began = perf_counter()
    async with hub_running(hall, data) as hub, kiosks(hub.floor, 1):
        return perf_counter() - began, hub.cpu_seconds()


async def _memory(place: Place, hall: Path, sheet: Sheet) -> None:
    """A hub process that has the day in memory and goes on with it, against one that has just started."""
    place.say(f"memory of a day of {TICKETS:,} tickets")
    data, now = place.folder / "memory", datetime.now(ZONE)
    write_history(data, (Day(now.date(), TICKETS - MORE),), now)
    async with hub_running(hall, place.folder / "empty") as hub:
        empty = hub.memory_bytes() / MEBIBYTE
    async with (
        hub_running(hall, data) as hub,
        kiosks(hub.floor, 8) as issuing,
        terminals(hub.floor, 8) as calling,
    ):
        witness = Witness()
        await issue(issuing, MORE, witness)
        for terminal in calling:
            await call_and_serve(terminal, MORE // len(calling), witness)
        sheet.note(f"memory after {TICKETS:,} tickets", hub.memory_bytes() / MEBIBYTE, "MiB", empty)


async def _curve(place: Place, hall: Path, sheet: Sheet) -> None:
    """One counter calls and serves, with as many waiting, when the day has seen few tickets, many, and very many. The hubs run
    side by side and take turns: measured one after the other, they would meet different moods of the machine."""
    days = {tickets: _written(place, tickets) for tickets in CURVE}
    async with AsyncExitStack() as stack:
        hubs = {tickets: await _on_day(stack, hall, data) for tickets, data in days.items()}
        rounds: dict[int, list[Round]] = {tickets: [] for tickets in CURVE}
        for n in range(WARM_UP_ROUNDS + ROUNDS):
            for tickets, (hub, terminal) in hubs.items():
                load = call_and_serve(terminal, CALLS, Witness())
                each = await measured(hub, [terminal], load)
                if n >= WARM_UP_ROUNDS:
                    rounds[tickets].append(each)
    early = middle(rounds[CURVE[0]])
    for tickets, some in rounds.items():
        what, each = f"call at {tickets:,} tickets", middle(some)
        sheet.note(f"{what}: p50", each.p50_ms, "ms", early.p50_ms)
        sheet.note(f"{what}: hub CPU", each.cpu_us, "us/command", early.cpu_us)
    pairs = zip(rounds[CURVE[-1]], rounds[CURVE[0]], strict=True)
    sheet.note(LATE_AGAINST_EARLY, median(late.cpu_us / first.cpu_us for late, first in pairs), "x")


def _written(place: Place, tickets: int) -> Path:
    """The data directory of a day with this many tickets. Written before any client connects: it blocks the event loop."""
    place.say(f"a day of {tickets:,} tickets")
    data, now = place.folder / f"day-of-{tickets}", datetime.now(ZONE)
    write_history(data, (Day(now.date(), tickets - WAITING, WAITING),), now)
    return data


async def _on_day(stack: AsyncExitStack, hall: Path, data: Path) -> tuple[HubProcess, Terminal]:
    """A hub process on that day, and a counter that is open."""
    hub = await stack.enter_async_context(hub_running(hall, data))
    (terminal,) = await stack.enter_async_context(terminals(hub.floor, 1))
    return hub, terminal
