"""The bench `board`: from the officer's press to the painted call, with a real hub and the real page in a real Chromium."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Browser, Page

from benchmarks.board.floors import pushes_ms
from benchmarks.board.screen import SIZE, chromium, clock_ahead, painted, script, wait_for
from benchmarks.devices import Answer, Terminal, kiosks, terminals
from benchmarks.figures import Bar, Figure, Sheet, percentile
from benchmarks.hall import BOARD, COUNTERS, hub_running, write_hall
from benchmarks.hub.rounds import issue
from benchmarks.hub.witness import Witness
from benchmarks.place import BenchFailedError, Place
from config.loading import load
from queue_display.boards.description import describe
from queue_display.boards.server import PageServer

BARS: Final[Mapping[str, Bar]] = {
    "call to painted: p50 against the bare page": Bar(at_most=15),
    "call to painted: p95 against the bare page": Bar(at_most=15),
    "calls not shown": Bar(at_most=0),
}

CALLS: Final = 110
PUSHES: Final = 60  # before and again after the calls
BURSTS: Final = 2
BURST_SECONDS: Final = 1.0
# A call stands on the board for 5 s at least, and the board holds 12. Called faster than that, a call rightly waits
# for its place, and the wait would be measured.
PAUSE_SECONDS: Final = (0.3, 0.8)
SETTLED_SECONDS: Final = 6.0
STAYS_CALLED: Final = 4
PATIENCE_SECONDS: Final = 15.0
LIVE: Final = 'document.querySelector("#board[data-connection=live]") !== null'


async def measure(place: Place) -> tuple[Figure, ...]:
    """Bare pushes, calls at irregular moments, bare pushes again, and ten calls within a second."""
    sheet = Sheet("board", BARS)
    hall = write_hall(place.folder)
    async with (
        chromium() as browser,
        hub_running(hall, place.folder / "data") as hub,
        terminals(hub.floor, COUNTERS) as desks,
    ):
        async with kiosks(hub.floor, 1) as issuing:
            await issue(issuing, CALLS + BURSTS * COUNTERS, Witness())
        place.say("push to a bare page")
        floor = await pushes_ms(browser, PUSHES)
        async with _board(browser, hall, hub.floor) as page:
            place.say(f"{CALLS} calls at irregular moments")
            latencies = await _calls_ms(page, desks)
            bursts = [await _burst(place, page, desks) for _ in range(BURSTS)]
        floor += await pushes_ms(browser, PUSHES)
    _note_latencies(sheet, "push to painted, bare page", floor, [])
    _note_latencies(sheet, "call to painted", latencies, floor)
    sheet.note("calls not shown", sum(missing for missing, _ in bursts), f"of {BURSTS * COUNTERS}")
    sheet.note(
        f"{COUNTERS} calls in a second: slowest", max(slowest for _, slowest in bursts), "ms"
    )
    return sheet.figures()


@asynccontextmanager
async def _board(browser: Browser, hall: Path, floor: str) -> AsyncIterator[Page]:
    """The board's page as its program serves it, connected to the hub and watched from the outside."""
    installation = load(hall)
    board = next(each for each in installation.boards if each.name == BOARD)
    async with PageServer(describe(installation, board, floor)) as pages:
        page = await browser.new_page(viewport=SIZE)
        await page.goto(pages.url)
        await wait_for(page, LIVE, PATIENCE_SECONDS)
        await page.evaluate(script("observer.js"))
        yield page
        await page.close()


async def _calls_ms(page: Page, desks: Sequence[Terminal]) -> list[float]:
    """The times from press to painted."""
    ahead = await clock_ahead(page)
    pressed: dict[str, float] = {}
    calls: list[Answer] = []
    for n in range(CALLS):
        await asyncio.sleep(random.uniform(*PAUSE_SECONDS))
        at = time.time()
        call = await _called(desks[n % COUNTERS])
        pressed[call["call"]] = at
        calls.append(call)
        if n >= STAYS_CALLED:
            await asyncio.sleep(PAUSE_SECONDS[0] / 2)
            await desks[(n - STAYS_CALLED) % COUNTERS].serve()
    for n in range(CALLS - STAYS_CALLED, CALLS):
        await desks[n % COUNTERS].serve()
    seen = await painted(page, pressed, PATIENCE_SECONDS)
    _compare(calls, seen)
    return [seen[call]["at"] - (at + ahead) * 1e3 for call, at in pressed.items()]


async def _burst(place: Place, page: Page, desks: Sequence[Terminal]) -> tuple[int, float]:
    """All counters call within one second: how many calls never stood on the board, and how long the slowest took."""
    await asyncio.sleep(SETTLED_SECONDS)
    place.say(f"{len(desks)} calls within {BURST_SECONDS:g} s")
    ahead = await clock_ahead(page)

    async def calling(n: int, desk: Terminal) -> tuple[float, Answer]:
        await asyncio.sleep(BURST_SECONDS * n / len(desks))
        return time.time(), await _called(desk)

    called = await asyncio.gather(*(calling(n, desk) for n, desk in enumerate(desks)))
    seen = await painted(page, {call["call"] for _, call in called}, PATIENCE_SECONDS)
    for desk in desks:
        await desk.serve()
    shown = [(at, call) for at, call in called if call["call"] in seen]
    _compare([call for _, call in shown], seen)
    slowest = max(
        (seen[call["call"]]["at"] - (at + ahead) * 1e3 for at, call in shown), default=0.0
    )
    return len(called) - len(shown), slowest


async def _called(desk: Terminal) -> Answer:
    call = await desk.call_next()
    if call is None:
        raise BenchFailedError("nobody is waiting any more")
    return call


def _compare(calls: Sequence[Answer], seen: Mapping[str, Any]) -> None:
    """A call counts as shown only with its own number and its counter in two digits."""
    for call in calls:
        counter = int(call["ticket"]["counter"].removeprefix("c"))
        wanted = (call["ticket"]["number"], f"{counter:02}")
        there = seen.get(call["call"])
        if there is None or (there["number"], there["counter"]) != wanted:
            raise BenchFailedError(f"the board shows {there} for the call of {wanted}")


def _note_latencies(
    sheet: Sheet, what: str, times: Sequence[float], floor: Sequence[float]
) -> None:
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        baseline = percentile(floor, share) if floor else None
        value = percentile(times, share)
        sheet.note(f"{what}: {name}", value, "ms", baseline)
        if baseline is not None:
            sheet.note(f"{what}: {name} against the bare page", value / baseline, "x")
