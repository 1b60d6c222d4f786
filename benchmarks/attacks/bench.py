"""The bench `attacks`: memory of a hub under attack behind its limits and timeouts, and how long a kiosk waits meanwhile."""

import asyncio
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

from benchmarks.attacks.assaults import (
    PAGE_MISSED,
    Assault,
    Outcomes,
    Target,
    crowd,
    deaf,
    half_open,
    oversized,
    slow_bodies,
    slow_handshakes,
    slow_heads,
    wrong_tokens,
)
from benchmarks.attacks.siege import SOFT_FILES, besiege, guesses, prepare
from benchmarks.devices import Device, kiosks
from benchmarks.figures import Bar, Figure, Sheet, percentile
from benchmarks.hall import SERVICES, HubProcess, free_port, hub_running, write_hall
from benchmarks.place import Place
from hub.wire.listening import allow_many_sockets

MOST_MORE_MIB: Final = 64.0
LONGEST_WAIT: Final = 1.0

ASSAULTS: Final[Mapping[str, tuple[Assault, int]]] = {
    "wrong tokens": (wrong_tokens, 10_000),
    "handshakes letter by letter": (slow_handshakes, 400),
    "heads letter by letter": (slow_heads, 400),
    "bodies letter by letter": (slow_bodies, 400),
    "connections that say nothing": (half_open, 400),
    "frames and bodies too large": (oversized, 50),
    "boards that never read": (deaf, 20),
    "connections of one address": (crowd, 600),
}
BARS: Final[Mapping[str, Bar]] = {
    **{f"{name}: memory more": Bar(at_most=MOST_MORE_MIB) for name in ASSAULTS},
    **{f"{name}: slowest number": Bar(at_most=LONGEST_WAIT) for name in ASSAULTS},
    "never ended by the hub": Bar(at_most=0),
    "pages that a neighbour missed": Bar(at_most=0),
    "lines of the log": Bar(at_most=200),
    "numbers not in the journal": Bar(at_most=0),
    "siege: p99 of numbers, times that in calm": Bar(at_most=10),
    "siege: devices that did not come back": Bar(at_most=0),
    "siege: slowest device that came back": Bar(at_most=3),
    "siege: phones without their page": Bar(at_most=0),
    "siege: pages that the supervisor missed": Bar(at_most=0),
    "siege: pages that the supervisor saw": Bar(at_least=10),
    "siege: guesses of all origins": Bar(at_most=120),
    "siege: enrolments of honest devices lost": Bar(at_most=0),
    "siege: memory more": Bar(at_most=MOST_MORE_MIB),
    "siege: log": Bar(at_most=200),
}
_PRESS_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Suffered:
    """What one attack did to the hub and to a kiosk that went on meanwhile."""

    outcomes: Outcomes
    more_mib: float
    waits: tuple[float, ...]


async def measure(place: Place) -> tuple[Figure, ...]:
    """One attack after the other on one hub."""
    allow_many_sockets()
    sheet = Sheet("attacks", BARS)
    hall, data, port = write_hall(place.folder), place.folder / "data", free_port()
    outcomes, numbers = Outcomes(), 0
    async with hub_running(hall, data, port) as hub:
        sheet.note("memory before", hub.memory_bytes() / 2**20, "MiB")
        for name, (assault, count) in ASSAULTS.items():
            place.say(f"{count:,} {name}")
            suffered = await under(hub, Target(port, port + 1), assault, count)
            place.say(json.dumps(suffered.outcomes))
            sheet.note(f"{name}: memory more", suffered.more_mib, "MiB")
            sheet.note(f"{name}: slowest number", max(suffered.waits), "s")
            sheet.note(f"{name}: p99 of numbers", percentile(suffered.waits, 0.99) * 1e3, "ms")
            outcomes += suffered.outcomes
            numbers += len(suffered.waits)
        sheet.note("memory after", hub.memory_bytes() / 2**20, "MiB")
    sheet.note("never ended by the hub", outcomes["never ended"] + outcomes["never cut"], "")
    sheet.note("pages that a neighbour missed", outcomes[PAGE_MISSED], "")
    log = (data / "hub.log").read_text("utf-8").splitlines()
    sheet.note("lines of the log", len(log), "")
    sheet.note("numbers not in the journal", numbers - _issued(hub.database), "")
    await _under_siege(place, sheet)
    return sheet.figures()


async def _under_siege(place: Place, sheet: Sheet) -> None:
    """All attacks without a token at the same time."""
    folder = place.folder / "siege"
    folder.mkdir()
    hall, data, port = write_hall(folder), folder / "data", free_port()
    prepare(hall, data)
    place.say("a siege: all of them at the same time")
    async with hub_running(hall, data, port, soft_files=SOFT_FILES) as hub:
        siege = await besiege(hub, port)
    place.say(json.dumps(siege.outcomes))
    back = [each for each in siege.returns if each is not None]
    seen = [each for each in siege.phones if each is not None]
    calm, besieged = percentile(siege.calm, 0.99), percentile(siege.besieged, 0.99)
    sheet.note("siege: p99 of numbers in calm", calm * 1e3, "ms")
    sheet.note("siege: p99 of numbers", besieged * 1e3, "ms")
    sheet.note("siege: p99 of numbers, times that in calm", besieged / calm, "")
    sheet.note("siege: devices that did not come back", len(siege.returns) - len(back), "")
    sheet.note("siege: slowest device that came back", max(back, default=0.0), "s")
    sheet.note("siege: phones without their page", len(siege.phones) - len(seen), "")
    sheet.note("siege: slowest page of a phone", max(seen, default=0.0), "s")
    missed = [each for each in siege.pages if each != HTTPStatus.OK]
    sheet.note("siege: pages that the supervisor missed", len(missed), "")
    sheet.note("siege: pages that the supervisor saw", len(siege.pages) - len(missed), "")
    sheet.note("siege: guesses of all origins", guesses(hub.database), "")
    sheet.note("siege: enrolments of honest devices lost", int(not siege.enrolment_kept), "")
    sheet.note("siege: memory more", siege.more_mib, "MiB")
    sheet.note("siege: log", (data / "hub.log").stat().st_size / 1024, "KiB")


async def under(hub: HubProcess, target: Target, assault: Assault, count: int) -> Suffered:
    """Attack while a kiosk goes on giving numbers."""
    before = peak = hub.memory_bytes()
    async with kiosks(hub.floor, 1) as (kiosk,):
        attack = asyncio.create_task(assault(target, count))
        while not attack.done():
            await _press(kiosk)
            peak = max(peak, hub.memory_bytes())
            await asyncio.wait([attack], timeout=_PRESS_SECONDS)
        await _press(kiosk)
        return Suffered(attack.result(), (peak - before) / 2**20, tuple(kiosk.latencies))


async def _press(kiosk: Device) -> None:
    await kiosk.must("issue_ticket", services=[SERVICES[0]])


def _issued(database: Path) -> int:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as store:
        query = "SELECT count(*) FROM journal WHERE kind = 'ticket_issued'"
        count: int = store.execute(query).fetchone()[0]
        return count
