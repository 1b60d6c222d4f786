"""The bench `kills`: the hub is killed 200 times at moments of chance while a whole floor works; nothing may be lost or doubled."""

import asyncio
import logging
import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks.figures import Bar, Figure, Sheet
from benchmarks.hall import HubProcess, free_port, hub_running, write_hall
from benchmarks.kills.crew import Crew, working
from benchmarks.kills.judgement import (
    Wrongs,
    chain_breaks,
    double_calls,
    folded,
    lost,
    unlike_boards,
)
from benchmarks.kills.losses import FAULTS, Losses, note_fault, note_power_cut
from benchmarks.place import BenchFailedError, Place
from hub.journal.mark import mark_folder

BARS: Final[Mapping[str, Bar]] = {
    "kills": Bar(at_least=200),
    "acknowledged, lost": Bar(at_most=0),
    "duplicate numbers": Bar(at_most=0),
    "double calls": Bar(at_most=0),
    "boards unlike the journal": Bar(at_most=0),
    "broken chains": Bar(at_most=0),
    "starts after a fault": Bar(at_least=200),
    "rows lost silently": Bar(at_most=0),
    "good journals refused": Bar(at_most=0),
    "power cuts": Bar(at_least=40),
    "power cuts not reported": Bar(at_most=0),
    "longest loss by a power cut": Bar(at_most=1.0),
}

KILLS: Final = 200
# A new day for every few kills: the boards are compared more often, and the replay stays short.
KILLS_A_DAY: Final = 25
FAULTS_A_DAY: Final = 28
POWER_CUTS_A_DAY: Final = 8
LONGEST_WORK: Final = 0.5
# So many lives end while the devices are still coming back; in the others the whole floor is at work.
ONE_TOO_EARLY_IN: Final = 4
REST_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class KilledDay:
    """What a day with its kills brought."""

    kills: int
    acknowledged: int
    repeated: int
    wrongs: Wrongs
    left: Path
    """What the last kill has left, before the hub was started again."""


async def measure(place: Place) -> tuple[Figure, ...]:
    """Kill through several days, each on a database of its own."""
    sheet = Sheet("kills", BARS)
    hall = write_hall(place.folder)
    days: list[KilledDay] = []
    losses, chance = Losses(), random.Random(10)
    began = perf_counter()
    for n in range(KILLS // KILLS_A_DAY):
        place.say(f"kills {n * KILLS_A_DAY + 1} to {(n + 1) * KILLS_A_DAY} of {KILLS}")
        days.append(await killed_day(place.folder / f"day-{n}", hall, KILLS_A_DAY))
        await note_losses(days[-1].left, losses, chance)
    wrongs = sum((day.wrongs for day in days), Wrongs())
    sheet.note("kills", sum(day.kills for day in days), "")
    sheet.note("acknowledged", sum(day.acknowledged for day in days), "")
    sheet.note("answered by the stored answer", sum(day.repeated for day in days), "")
    sheet.note("acknowledged, lost", wrongs.lost, "")
    sheet.note("duplicate numbers", wrongs.duplicates, "")
    sheet.note("double calls", wrongs.double_calls, "")
    sheet.note("boards unlike the journal", wrongs.unlike_boards, "")
    sheet.note("broken chains", wrongs.chain_breaks, "")
    sheet.note("starts after a fault", losses.starts, "")
    sheet.note("of these refused", losses.refused, "")
    sheet.note("rows lost silently", losses.silent, "")
    sheet.note("good journals refused", losses.wrongly_refused, "")
    sheet.note("power cuts", losses.power_cuts, "")
    sheet.note("power cuts not reported", losses.unreported, "")
    sheet.note("longest loss by a power cut", losses.longest, "s")
    sheet.note("took", perf_counter() - began, "s")
    return sheet.figures()


async def note_losses(left: Path, losses: Losses, chance: random.Random) -> None:
    """Try every fault on what a kill has left, and power cuts."""
    logging.getLogger("hub").setLevel(logging.CRITICAL)
    for n in range(FAULTS_A_DAY):
        await note_fault(left, list(FAULTS.values())[n % len(FAULTS)], chance, losses)
    for _ in range(POWER_CUTS_A_DAY):
        await note_power_cut(left, chance, losses)


async def killed_day(folder: Path, hall: Path, kills: int) -> KilledDay:
    """One floor with a hub process that lives so many times and is left in peace in its last life until everybody has come to rest."""
    folder.mkdir()
    data, port = folder / "data", free_port()
    async with working(f"ws://127.0.0.1:{port + 1}", folder) as (crew, work):
        for n in range(kills):
            async with hub_running(hall, data, port) as hub:
                if n % ONE_TOO_EARLY_IN:
                    await _all_back(crew)
                await asyncio.sleep(random.uniform(0, LONGEST_WORK))
                await hub.kill()
        left = _copied(data, folder / "left")
        async with hub_running(hall, data, port) as hub:
            wrongs = await _at_rest(crew, work, hub)
    repeated = sum(answer.replayed for answer in crew.answers.values())
    return KilledDay(kills, len(crew.answers), repeated, wrongs, left)


def _copied(data: Path, left: Path) -> Path:
    for source, target in ((data, left), (mark_folder(data), mark_folder(left))):
        shutil.copytree(source, target)
    return left


async def _all_back(crew: Crew) -> None:
    try:
        async with asyncio.timeout(REST_SECONDS):
            await crew.complete.wait()
    except TimeoutError:
        raise BenchFailedError(f"not all devices are back in {REST_SECONDS:.0f} s") from None


async def _at_rest(crew: Crew, work: "asyncio.Task[None]", hub: HubProcess) -> Wrongs:
    """Let everybody finish what was begun, wait for the boards, and judge."""
    crew.resting = True
    try:
        async with asyncio.timeout(REST_SECONDS):
            await work
            while not _all_shown(crew, hub.database):
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise BenchFailedError(f"the floor does not come to rest in {REST_SECONDS:.0f} s") from None
    mirrors = [board.mirror for board in crew.boards]
    return Wrongs(
        lost(crew.answers, hub.database),
        crew.witness.duplicate_numbers(),
        crew.witness.double_calls() + double_calls(hub.database),
        unlike_boards(mirrors, hub.database),
        chain_breaks(hub.database),
    )


def _all_shown(crew: Crew, database: Path) -> bool:
    """Whether every board has heard of the last ticket; with it came everything before."""
    waiting = {ticket.id for ticket in folded(database).unfinished()}
    return all(set(board.mirror.tickets) == waiting for board in crew.boards)
