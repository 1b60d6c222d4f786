"""The bench `house`: this checkout against another one, in turn in one run: speed, start, memory, encoding, disk.

`python -m benchmarks house --against PATH` takes the other checkout; its programs run in this environment's Python. A pair
is measured on the same machine within seconds, so that ratios hold where seconds do not.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple, TypeVar

from benchmarks.devices import Device, kiosks, terminals
from benchmarks.figures import Bar, Figure, Sheet
from benchmarks.hall import COMMON, HubProcess, as_installed, hub_running, write_hall
from benchmarks.hub.bench import CALLING, CLIENTS, ISSUING, Work
from benchmarks.hub.rounds import Round, call_and_serve, issue, measured
from benchmarks.hub.witness import Witness
from benchmarks.place import BenchFailedError, BenchSkippedError, Place
from benchmarks.printing.ticket import STRATEGIES

PAIRS: Final = 7
STARTS: Final = 9
ENCODINGS: Final = 5
ROUND_SECONDS: Final = 2.0
WARM_UP_SECONDS: Final = 2.0
TICKETS: Final = 2_000
_DEVICES: Final = 4
_MEBIBYTE: Final = 2**20
_OURS: Final = Path(__file__).resolve().parents[2]
_SPEED: Final = Bar(at_least=0.95)
_COST: Final = Bar(at_most=1 / 0.97)

BARS: Final[Mapping[str, Bar]] = {
    "issue: rate against the other": _SPEED,
    "call and serve: rate against the other": _SPEED,
    "start, known database: CPU against the other": Bar(at_most=0.75),
    "start, new database: CPU against the other": Bar(at_most=0.75),
    "idle: memory against the other": _COST,
    **{f"encode, {text}: CPU against the other": Bar(at_most=1.5) for text in STRATEGIES},
    "1,000 tickets: disk against the other": Bar(at_most=0.5),
}

_ENCODE: Final = """
import json
from statistics import median
from time import thread_time
from benchmarks.printing.ticket import STRATEGIES, printer, ticket
from drivers.escpos.encoder import encode
slip, found = ticket(), {}
for text in STRATEGIES:
    settings, times = printer(text), []
    for _ in range(200):
        began = thread_time()
        encode(slip, settings)
        times.append((thread_time() - began) * 1e3)
    found[text] = median(times)
print(json.dumps(found))
"""


class Start(NamedTuple):
    """Cost of a hub process until it prints its addresses: seconds of processor time, and bytes."""

    cpu: float
    memory: int


class Trees(NamedTuple):
    """One value for each checkout."""

    ours: Path
    theirs: Path


Halls = Mapping[Path, Path]
Values = list[tuple[float, float]]
T = TypeVar("T")
_numbers = count()


async def measure(place: Place) -> tuple[Figure, ...]:
    """Every part in pairs; within a pair the two take turns at being first."""
    if place.against is None:
        raise BenchSkippedError("it needs --against PATH, another checkout of this repository")
    trees = Trees(_OURS, place.against.resolve())
    if not (trees.theirs / "centerfloor").is_dir():
        raise BenchFailedError(f"{trees.theirs} is not a checkout of this repository")
    sheet, halls = Sheet("house", BARS), _halls(place, trees)
    await _starts(place, trees, halls, sheet)
    await _speed(place, trees, halls, sheet)
    await _encoding(place, trees, sheet)
    await _disk(place, trees, halls, sheet)
    return sheet.figures()


def _halls(place: Place, trees: Trees) -> Halls:
    """The same devices for both; the rest as each checkout's own benchmarks have it, whose settings it knows."""
    halls = {}
    for tree, name in zip(trees, trees._fields, strict=True):
        folder = place.folder / name
        folder.mkdir()
        halls[tree] = write_hall(folder, tree / COMMON.relative_to(_OURS))
    return halls


async def in_turn(
    pairs: int, trees: Trees, measure_one: Callable[[Path], Awaitable[T]]
) -> list[tuple[T, T]]:
    """Measure both checkouts this many times: ours first in even pairs, second in odd ones."""
    found: list[tuple[T, T]] = []
    for n in range(pairs):
        if n % 2 == 0:
            ours = await measure_one(trees.ours)
            theirs = await measure_one(trees.theirs)
        else:
            theirs = await measure_one(trees.theirs)
            ours = await measure_one(trees.ours)
        found.append((ours, theirs))
    return found


def note_pairs(sheet: Sheet, name: str, unit: str, values: Values) -> None:
    """Both medians, and the median of the pairs' ratios, which is judged."""
    ours, theirs = (median(side) for side in zip(*values, strict=True))
    sheet.note(name, ours, unit, theirs)
    sheet.note(f"{name} against the other", median(one / other for one, other in values), "x")


async def _starts(place: Place, trees: Trees, halls: Halls, sheet: Sheet) -> None:
    """Processor time until the hub process prints its addresses, on a new data directory and on a known one."""
    known = {tree: _fresh(place) for tree in trees}

    async def on_known(tree: Path) -> Start:
        return await _start(halls[tree], known[tree], tree)

    async def on_new(tree: Path) -> Start:
        return await _start(halls[tree], _fresh(place), tree)

    place.say(f"{2 * STARTS} starts of each")
    # The first start of a checkout compiles its modules and makes the database.
    await in_turn(1, trees, on_known)
    on_both = {"known": await in_turn(STARTS, trees, on_known)}
    on_both["new"] = await in_turn(STARTS, trees, on_new)
    for which, pairs in on_both.items():
        note_pairs(sheet, f"start, {which} database: CPU", "s", [(a.cpu, b.cpu) for a, b in pairs])
    memory = [(a.memory / _MEBIBYTE, b.memory / _MEBIBYTE) for a, b in on_both["known"]]
    note_pairs(sheet, "idle: memory", "MiB", memory)


async def _start(hall: Path, data: Path, tree: Path) -> Start:
    async with hub_running(hall, data, tree=tree) as hub:
        return Start(hub.cpu_seconds(), hub.memory_bytes())


async def _speed(place: Place, trees: Trees, halls: Halls, sheet: Sheet) -> None:
    """Both hubs run the whole time; while one is measured, the other is idle."""
    async with AsyncExitStack() as stack:
        hubs = {
            tree: await stack.enter_async_context(
                hub_running(halls[tree], _fresh(place), tree=tree)
            )
            for tree in trees
        }
        for name, work in (("issue", ISSUING), ("call and serve", CALLING)):
            place.say(f"{name}: {PAIRS} pairs of {ROUND_SECONDS:.0f} s")
            pairs = await _rounds(trees, hubs, work)
            rates = [(ours.per_second, theirs.per_second) for ours, theirs in pairs]
            note_pairs(sheet, f"{name}: rate", "1/s", rates)
            used = [(ours.cpu_us, theirs.cpu_us) for ours, theirs in pairs]
            note_pairs(sheet, f"{name}: hub CPU", "us/command", used)


async def _rounds(
    trees: Trees, hubs: Mapping[Path, HubProcess], work: Work
) -> list[tuple[Round, Round]]:
    async with AsyncExitStack() as stack:
        devices: dict[Path, Sequence[Device]] = {}
        for tree in trees:
            clients = work.clients(hubs[tree].floor, CLIENTS)
            devices[tree] = await stack.enter_async_context(clients)
            await work.load(devices[tree], WARM_UP_SECONDS, Witness())

        async def one(tree: Path) -> Round:
            load = work.load(devices[tree], ROUND_SECONDS, Witness())
            return await measured(hubs[tree], devices[tree], load)

        return await in_turn(PAIRS, trees, one)


async def _encoding(place: Place, trees: Trees, sheet: Sheet) -> None:
    """Each checkout encodes its own ticket in a process of its own; what it imports is not counted."""
    place.say("encoding")
    pairs = await in_turn(ENCODINGS, trees, _encode)
    for text in STRATEGIES:
        times = [(ours[text], theirs[text]) for ours, theirs in pairs]
        note_pairs(sheet, f"encode, {text}: CPU", "ms", times)


async def _encode(tree: Path) -> dict[str, float]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _ENCODE, cwd=tree, env=as_installed(tree), stdout=asyncio.subprocess.PIPE
    )  # fmt: skip
    told, _ = await process.communicate()
    if process.returncode:
        raise BenchFailedError(f"{tree}: the ticket could not be encoded")
    found: dict[str, float] = json.loads(told)
    return found


async def _disk(place: Place, trees: Trees, halls: Halls, sheet: Sheet) -> None:
    """Megabytes of the database for 1,000 tickets that were issued, called, served and finished."""

    async def one(tree: Path) -> float:
        place.say(f"disk of {TICKETS:,} tickets")
        async with (
            hub_running(halls[tree], _fresh(place), tree=tree) as hub,
            kiosks(hub.floor, _DEVICES) as issuing,
            terminals(hub.floor, _DEVICES) as calling,
        ):
            await issue(issuing, TICKETS, Witness())
            share = TICKETS // _DEVICES
            await asyncio.gather(*(call_and_serve(each, share, Witness()) for each in calling))
        # The hub has ended: its write-ahead log is folded into the one file.
        return hub.database.stat().st_size / TICKETS / 1e3

    note_pairs(sheet, "1,000 tickets: disk", "MB", await in_turn(1, trees, one))


def _fresh(place: Place) -> Path:
    return place.folder / f"data-{next(_numbers)}"
