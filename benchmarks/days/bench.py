"""The bench `days`: the start on a journal of a million rows, the memory of a long day, and a call early and late on it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from benchmarks.days.history import Day, long_history, write_history
from benchmarks.devices import kiosks, terminals
from benchmarks.figures import Bar, Figure, Sheet
from benchmarks.hall import hub_running, write_hall
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
CALLS: Final = 100
ROUNDS: Final = 3
MEBIBYTE: Final = 2**20
LATE_AGAINST_EARLY: Final = f"call at {CURVE[-1]:,} tickets: CPU against {CURVE[0]:,}"

BARS: Final[Mapping[str, Bar]] = {
    f"start on {ROWS:,} rows: serving": Bar(below=2),
    f"memory after {TICKETS:,} tickets": Bar(at_most=150),
    # Chance moves a figure of processor time by some per cent; what grows with the day would be a hundredfold.
    LATE_AGAINST_EARLY: Bar(at_most=1.25),
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
    """From the start of the process until a device has its snapshot, against the same on an empty journal."""
    place.say(f"writing a journal of {ROWS:,} rows")
    empty, data, now = place.folder / "empty", place.folder / "million", datetime.now(ZONE)
    rows = write_history(data, long_history(ROWS, ROWS_TODAY, now), now)
    # The very first start compiles what has not been compiled on this machine.
    await _started(hall, empty)
    pairs = []
    for n in range(STARTS):
        place.say(f"start {n + 1} of {STARTS}")
        pairs.append((await _started(hall, data), await _started(hall, empty)))
    ours, without = (median(side) for side in zip(*pairs, strict=True))
    sheet.note("rows of the journal", rows, "")
    sheet.note(f"start on {ROWS:,} rows: serving", ours, "s", without)


async def _started(hall: Path, data: Path) -> float:
    began = perf_counter()
    async with hub_running(hall, data) as hub, kiosks(hub.floor, 1):
        return perf_counter() - began


async def _memory(place: Place, hall: Path, sheet: Sheet) -> None:
    """A hub that has the day in its memory and goes on with it, against one that has just begun."""
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
    """One counter alone calls and serves, with as many waiting, when the day has seen few tickets, many, and very many."""
    rounds = {tickets: await _calls(place, hall, tickets) for tickets in CURVE}
    early, late = rounds[CURVE[0]], rounds[CURVE[-1]]
    for tickets, each in rounds.items():
        what = f"call at {tickets:,} tickets"
        sheet.note(f"{what}: p50", each.p50_ms, "ms", early.p50_ms)
        sheet.note(f"{what}: hub CPU", each.cpu_us, "us/command", early.cpu_us)
    sheet.note(LATE_AGAINST_EARLY, late.cpu_us / early.cpu_us, "x")


async def _calls(place: Place, hall: Path, tickets: int) -> Round:
    place.say(f"calls at {tickets:,} tickets of the day")
    data, now = place.folder / f"day-of-{tickets}", datetime.now(ZONE)
    write_history(data, (Day(now.date(), tickets - WAITING, WAITING),), now)
    async with hub_running(hall, data) as hub, terminals(hub.floor, 1) as (terminal,):
        loads = (call_and_serve(terminal, CALLS, Witness()) for _ in range(ROUNDS))
        return middle([await measured(hub, [terminal], load) for load in loads])
