"""The bench `hub`: durable issues and calls of a real hub process, against the commit floor of the same disk."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.devices import Answer, Kiosk, kiosks, terminals
from benchmarks.figures import Bar, Figure, Sheet
from benchmarks.hall import SERVICES, hub_running, write_hall
from benchmarks.hub.floors import CommitFloor, Sample, commit_floor, sample_of
from benchmarks.hub.rounds import (
    Round,
    call_and_serve,
    issue,
    issue_and_call,
    issue_for,
    measured,
    middle,
)
from benchmarks.hub.witness import Witness
from benchmarks.place import Place

BARS: Final[Mapping[str, Bar]] = {
    "issue, 8 clients: rate": Bar(at_least=600),
    "issue, 8 clients: p99": Bar(below=20),
    "duplicate numbers": Bar(at_most=0),
    "double calls": Bar(at_most=0),
    "acknowledged, not in journal": Bar(at_most=0),
    "wrong repeats": Bar(at_most=0),
}
# A slow disk is not the hub's fault: from this fsync on, speed is told and not judged.
SLOW_FSYNC_MS: Final = 1.0
NEEDS_FAST_DISK: Final = frozenset({"issue, 8 clients: rate", "issue, 8 clients: p99"})

CLIENTS: Final = 8
WARM_UP_SECONDS: Final = 2.0
ROUNDS: Final = 3
ROUND_SECONDS: Final = 3.0
FLOOR_SECONDS: Final = 1.0
MIXED_KIOSKS: Final = 10
MIXED_COUNTERS: Final = 6
MIXED_TICKETS: Final = 1_700  # issued and called in each round: over 10,000 of both in three
REPEATS: Final = 1_000
CALLS: Final = 300
FEW_TICKETS: Final = 1_000
MANY_TICKETS: Final = 10_000


async def measure(place: Place) -> tuple[Figure, ...]:
    """Run all parts, each on a hub and a database of its own."""
    sheet = Sheet("hub", bars_for(place.fsync_ms))
    hall = write_hall(place.folder)
    sheet.note("fsync of 4 KiB: p50", place.fsync_ms, "ms")
    floor = await _issues(place, hall, sheet)
    await _issues_and_calls(place, hall, sheet, floor)
    await _repeats(place, hall, sheet)
    await _calls_in_a_long_day(place, hall, sheet)
    return sheet.figures()


def bars_for(fsync_ms: float) -> dict[str, Bar]:
    """The bars that hold on a disk of this speed."""
    slow = fsync_ms >= SLOW_FSYNC_MS
    return {name: bar for name, bar in BARS.items() if not (slow and name in NEEDS_FAST_DISK)}


async def _issues(place: Place, hall: Path, sheet: Sheet) -> CommitFloor:
    """Kiosks only. Floor and hub take turns, so that both see the same disk."""
    witness, rounds, floors = Witness(), list[Round](), list[CommitFloor]()
    async with (
        hub_running(hall, place.folder / "issues") as hub,
        kiosks(hub.floor, CLIENTS) as clients,
    ):
        place.say("durable issue: warm-up")
        await issue_for(clients, WARM_UP_SECONDS, witness)
        sample = sample_of(hub.database, len(witness.tickets))
        for n in range(ROUNDS):
            place.say(f"durable issue: round {n + 1} of {ROUNDS}")
            floors.append(commit_floor(place.folder / f"floor-{n}.db", sample, FLOOR_SECONDS))
            load = issue_for(clients, ROUND_SECONDS, witness)
            rounds.append(await measured(hub, clients, load))
    floor = CommitFloor(
        median(each.per_second for each in floors), median(each.p50_ms for each in floors)
    )
    _note_floor(sheet, floor, sample)
    _note_round(sheet, f"issue, {CLIENTS} clients", middle(rounds), floor)
    return floor


async def _issues_and_calls(place: Place, hall: Path, sheet: Sheet, floor: CommitFloor) -> None:
    """Kiosks issue while counters call and serve; everything that was acknowledged is checked against everything else."""
    witness, rounds = Witness(), list[Round]()
    async with (
        hub_running(hall, place.folder / "calls") as hub,
        kiosks(hub.floor, MIXED_KIOSKS) as issuing,
        terminals(hub.floor, MIXED_COUNTERS) as calling,
    ):
        for n in range(ROUNDS):
            place.say(f"issues and calls: round {n + 1} of {ROUNDS}")
            load = issue_and_call(issuing, calling, MIXED_TICKETS, witness)
            rounds.append(await measured(hub, [*issuing, *calling], load))
    clients = MIXED_KIOSKS + MIXED_COUNTERS
    _note_round(sheet, f"issue and call, {clients} clients", middle(rounds), floor)
    sheet.note("issues and calls checked", len(witness.tickets) + len(witness.calls), "")
    sheet.note("duplicate numbers", witness.duplicate_numbers(), "")
    sheet.note("double calls", witness.double_calls(), "")
    sheet.note("acknowledged, not in journal", witness.not_in_journal(hub.database), "")


async def _repeats(place: Place, hall: Path, sheet: Sheet) -> None:
    """Press again after a lost answer: half of the repeats to the same hub, half to one that was killed and started again."""
    place.say("repeated requests, with a killed hub in between")
    requests = [secrets.token_hex(16) for _ in range(REPEATS)]
    data = place.folder / "repeats"
    async with hub_running(hall, data) as hub, kiosks(hub.floor, 1) as (kiosk,):
        first = [await _press(kiosk, req) for req in requests]
        again = [await _press(kiosk, req) for req in requests[: REPEATS // 2]]
        await hub.kill()
    async with hub_running(hall, data) as hub, kiosks(hub.floor, 1) as (kiosk,):
        again += [await _press(kiosk, req) for req in requests[REPEATS // 2 :]]
    sheet.note("wrong repeats", wrong_repeats(first, again), f"of {REPEATS:,}")


async def _press(kiosk: Kiosk, req: str) -> Answer:
    return await kiosk.repeat(req, "issue_ticket", services=[SERVICES[0]])


def wrong_repeats(first: list[Answer], again: list[Answer]) -> int:
    """Repeats that are not the first answer, marked as a repeat."""
    right = (one["ok"] and {**one, "replayed": True} == other for one, other in zip(first, again, strict=True))  # fmt: skip
    return sum(not each for each in right)


async def _calls_in_a_long_day(place: Place, hall: Path, sheet: Sheet) -> None:
    """One counter alone, early on a day and late on a very long one."""
    witness, rounds = Witness(), list[Round]()
    async with (
        hub_running(hall, place.folder / "day") as hub,
        kiosks(hub.floor, CLIENTS) as issuing,
        terminals(hub.floor, 1) as (terminal,),
    ):
        for tickets in (FEW_TICKETS, MANY_TICKETS):
            await issue(issuing, tickets - len(witness.tickets), witness)
            place.say(f"calls at {tickets:,} tickets of the day")
            load = call_and_serve(terminal, CALLS, witness)
            rounds.append(await measured(hub, [terminal], load))
    few, many = rounds
    what = f"call and serve at {FEW_TICKETS:,} tickets"
    sheet.note(f"{what}: p50", few.p50_ms, "ms")
    sheet.note(f"{what}: hub CPU", few.cpu_us, "us/command")
    what = f"call and serve at {MANY_TICKETS:,} tickets"
    sheet.note(f"{what}: p50", many.p50_ms, "ms", few.p50_ms)
    sheet.note(f"{what}: hub CPU", many.cpu_us, "us/command", few.cpu_us)


def _note_floor(sheet: Sheet, floor: CommitFloor, sample: Sample) -> None:
    what = f"commit floor, {sample.rows_per_commit} rows"
    sheet.note(f"{what}: rate", floor.per_second, "1/s")
    sheet.note(f"{what}: p50", floor.p50_ms, "ms")


def _note_round(sheet: Sheet, what: str, each: Round, floor: CommitFloor) -> None:
    sheet.note(f"{what}: rate", each.per_second, "1/s", floor.per_second)
    sheet.note(f"{what}: p50", each.p50_ms, "ms", floor.p50_ms)
    sheet.note(f"{what}: p99", each.p99_ms, "ms", floor.p50_ms)
    sheet.note(f"{what}: hub CPU", each.cpu_us, "us/command")
