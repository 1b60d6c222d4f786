"""The bench `hub`: durable issues and calls of a real hub process, against what the same disk and wire allow without its rules."""

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from statistics import mean, median
from typing import Any, Final, NamedTuple

from benchmarks.devices import Answer, Device, Kiosk, kiosks, terminals
from benchmarks.figures import Bar, Figure, Sheet
from benchmarks.hall import DATABASE, SERVICES, HubProcess, hub_running, program_running, write_hall
from benchmarks.hub.floors import CommitFloor, commit_floor, group_sizes, sample_of
from benchmarks.hub.rounds import (
    Round,
    call_for,
    issue_and_call,
    issue_for,
    measured,
    middle,
)
from benchmarks.hub.witness import Witness
from benchmarks.place import Place

CLIENTS: Final = 16
ISSUE: Final = f"issue, {CLIENTS} clients"
CALL: Final = f"call and serve, {CLIENTS} clients"
SLOWER: Final = "commit 5 ms slower"

# Rates and latencies belong to a machine: they are reported, and their ratio to the prototype of the same run is judged.
BARS: Final[Mapping[str, Bar]] = {
    f"{what}{measure}": bar
    for what in (ISSUE, CALL)
    for measure, bar in (
        (": rate against the wire floor", Bar(at_least=0.5)),
        (": p99 against the wire floor", Bar(at_most=3)),
        (f", {SLOWER}: commands in a commit", Bar(at_least=CLIENTS / 2)),
    )
} | {
    "duplicate numbers": Bar(at_most=0),
    "double calls": Bar(at_most=0),
    "acknowledged, not in journal": Bar(at_most=0),
    "wrong repeats": Bar(at_most=0),
}

WARM_UP_SECONDS: Final = 2.0
ROUNDS: Final = 3
ROUND_SECONDS: Final = 2.0
FLOOR_SECONDS: Final = 0.5
MIXED_KIOSKS: Final = 10
MIXED_COUNTERS: Final = 6
MIXED_TICKETS: Final = 1_700  # issued and called in each round: over 10,000 of both in three
REPEATS: Final = 1_000


class Work(NamedTuple):
    """What the clients do: who they are, their load, and the event that it brings first."""

    name: str
    kind: str
    clients: Callable[[str, int], AbstractAsyncContextManager[Sequence[Any]]]
    load: Callable[[Any, float, Witness], Awaitable[None]]


ISSUING: Final = Work(ISSUE, "ticket_issued", kiosks, issue_for)
CALLING: Final = Work(CALL, "ticket_called", terminals, call_for)


async def measure(place: Place) -> tuple[Figure, ...]:
    """Run all parts, each on a hub and a database of its own."""
    sheet = Sheet("hub", BARS)
    hall = write_hall(place.folder)
    sheet.note("fsync of 4 KiB: p50", place.fsync_ms, "ms")
    await _pace(place, hall, sheet)
    await _pace_on_a_slower_disk(place, hall, sheet)
    await _issues_and_calls(place, hall, sheet)
    await _repeats(place, hall, sheet)
    return sheet.figures()


async def _pace(place: Place, hall: Path, sheet: Sheet) -> None:
    """Issues, then calls of the tickets that were issued."""
    async with hub_running(hall, place.folder / "pace") as hub:
        for work in (ISSUING, CALLING):
            async with work.clients(hub.floor, CLIENTS) as devices:
                place.say(f"{work.name}: warm-up")
                witness = Witness()
                await work.load(devices, WARM_UP_SECONDS, witness)
                if work is ISSUING:
                    _note_commit_floors(place, sheet, hub.database, len(witness.tickets))
                ours, floor = await _in_turn(place, work, hub, devices)
            _note_round(sheet, work.name, ours, floor)
            share = ours.per_second / floor.per_second
            sheet.note(f"{work.name}: rate against the wire floor", share, "x")
            later = ours.p99_ms / floor.p99_ms
            sheet.note(f"{work.name}: p99 against the wire floor", later, "x")


async def _in_turn(
    place: Place, work: Work, hub: HubProcess, devices: Sequence[Device]
) -> tuple[Round, Round]:
    """Rounds of the hub and of its prototype in turn, so that both see the same machine."""
    data = place.folder / work.kind
    data.mkdir()
    what = (str(hub.database), str(data / DATABASE), work.kind)
    ours, theirs = list[Round](), list[Round]()
    async with (
        program_running(data, "benchmarks.hub.prototype", *what) as prototype,
        work.clients(prototype.floor, CLIENTS) as bare,
    ):
        for n in range(ROUNDS):
            place.say(f"{work.name}: round {n + 1} of {ROUNDS}")
            for server, clients, rounds in ((prototype, bare, theirs), (hub, devices, ours)):
                load = work.load(clients, ROUND_SECONDS, Witness())
                rounds.append(await measured(server, clients, load))
    return middle(ours), middle(theirs)


def _note_commit_floors(place: Place, sheet: Sheet, database: Path, issues: int) -> None:
    """What bare SQLite does with the rows of an issue: each for itself, and in groups as large as the hub's were."""
    sample, sizes = sample_of(database, issues), group_sizes(database)
    for name, grouped in (("one by one", (1,)), ("in groups", sizes)):
        floors = [
            commit_floor(place.folder / f"{name}-{n}.db", sample, FLOOR_SECONDS, grouped)
            for n in range(ROUNDS)
        ]
        floor = CommitFloor(
            median(each.per_second for each in floors), median(each.p50_ms for each in floors)
        )
        what = f"SQLite alone, {sample.rows_per_commit} rows, {name}"
        sheet.note(f"{what}: rate", floor.per_second, "1/s")
        sheet.note(f"{what}: p50", floor.p50_ms, "ms")


async def _pace_on_a_slower_disk(place: Place, hall: Path, sheet: Sheet) -> None:
    """The same hub where each commit takes longer: what counts is how many presses share one."""
    data = place.folder / "slower"
    async with hub_running(hall, data, program="benchmarks.hub.slow_disk") as hub:
        for work in (ISSUING, CALLING):
            place.say(f"{work.name}, {SLOWER}")
            async with work.clients(hub.floor, CLIENTS) as devices:
                await work.load(devices, WARM_UP_SECONDS, Witness())
                earlier = len(group_sizes(hub.database))
                rounds = [
                    await measured(hub, devices, work.load(devices, ROUND_SECONDS, Witness()))
                    for _ in range(ROUNDS)
                ]
            _note_round(sheet, f"{work.name}, {SLOWER}", middle(rounds))
            sizes = group_sizes(hub.database)[earlier:]
            sheet.note(f"{work.name}, {SLOWER}: commands in a commit", mean(sizes), "")


async def _issues_and_calls(place: Place, hall: Path, sheet: Sheet) -> None:
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
    _note_round(sheet, f"issue and call, {clients} clients", middle(rounds))
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


def _note_round(sheet: Sheet, what: str, each: Round, floor: Round | None = None) -> None:
    sheet.note(f"{what}: rate", each.per_second, "1/s", floor.per_second if floor else None)
    sheet.note(f"{what}: p50", each.p50_ms, "ms", floor.p50_ms if floor else None)
    sheet.note(f"{what}: p99", each.p99_ms, "ms", floor.p99_ms if floor else None)
    sheet.note(f"{what}: hub CPU", each.cpu_us, "us/command", floor.cpu_us if floor else None)
