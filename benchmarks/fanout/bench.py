"""The bench `fanout`: one step of the feed to 50, 200 and 1,000 screens, and 1,000 screens that come back at once."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from statistics import median
from typing import IO, Final

from benchmarks.devices import kiosks
from benchmarks.fanout.listeners import arriving, connected, read_all
from benchmarks.figures import Bar, Figure, Sheet
from benchmarks.hall import SERVICES, as_installed, hub_running, write_hall
from benchmarks.hub.rounds import issue
from benchmarks.hub.witness import Witness
from benchmarks.place import BenchFailedError, Place
from hub.wire.listening import allow_many_sockets

SCREENS: Final = (50, 200, 1_000)
MOST_TIMES_PLAIN: Final = 1.6
BARS: Final[Mapping[str, Bar]] = {
    **{f"{n:,} screens: CPU against plain": Bar(at_most=MOST_TIMES_PLAIN) for n in SCREENS},
    "1,000 screens come back: hub CPU": Bar(at_most=1.5),
}

ROUNDS: Final = 9
DELIVERIES: Final = 20_000
"""Messages that arrive in one round, whatever the number of screens."""
AT_ONCE: Final = 10
"""Steps between two waits for the slowest screen."""
STORMS: Final = 5
WAITING: Final = 60


@dataclass(frozen=True, slots=True)
class Server:
    """One of the two processes that are compared."""

    port: int
    _told: IO[str]
    _says: IO[str]

    def publish(self, count: int, wires: tuple[socket, ...]) -> float:
        """Let it publish so many steps and read them all; its processor time in seconds."""
        print(count, file=self._told, flush=True)
        words = self._says.readline().split()
        if len(words) != 2:
            raise BenchFailedError("a server has gone")
        read_all(wires, int(words[0]))
        return float(words[1])


async def measure(place: Place) -> tuple[Figure, ...]:
    """Compare with plain transports, then let a hall come back."""
    allow_many_sockets()
    sheet = Sheet("fanout", BARS)
    hall = write_hall(place.folder)
    with _server("hub", hall, place.folder) as hub, _server("plain", hall, place.folder) as plain:
        for screens in SCREENS:
            place.say(f"one step to {screens:,} screens")
            await asyncio.to_thread(_compare, sheet, hub, plain, screens)
    await _come_back(place, hall, sheet)
    return sheet.figures()


def _compare(sheet: Sheet, hub: Server, plain: Server, screens: int) -> None:
    """Rounds in turn, so that both see the same machine; the ratio is the median of the rounds' own."""
    count = max(AT_ONCE, DELIVERIES // screens)
    with ExitStack() as stack:
        storm = stack.enter_context(arriving(hub.port, screens))
        bare = stack.enter_context(connected(plain.port, screens))
        pairs = [
            (_round(hub, storm.wires, count), _round(plain, bare, count)) for _ in range(ROUNDS)
        ]
    ours, theirs = (median(side) for side in zip(*pairs, strict=True))
    what = f"{screens:,} screens"
    sheet.note(f"{what}: CPU for a message", ours, "us", theirs)
    against = median(one / other for one, other in pairs)
    sheet.note(f"{what}: CPU against plain", against, "x")


def _round(server: Server, wires: tuple[socket, ...], count: int) -> float:
    """Microseconds of the server's processor for each delivered message."""
    used = sum(server.publish(AT_ONCE, wires) for _ in range(count // AT_ONCE))
    return used / (count // AT_ONCE * AT_ONCE * len(wires)) * 1e6


async def _come_back(place: Place, hall: Path, sheet: Sheet) -> None:
    """The hub as a program of its own, with people waiting, and the whole hall at its door."""
    screens = max(SCREENS)
    seconds, used = list[float](), list[float]()
    async with hub_running(hall, place.folder / "storm") as hub:
        async with kiosks(hub.floor, len(SERVICES)) as clients:
            await issue(clients, WAITING, Witness())
        port = int(hub.floor.rsplit(":", 1)[1])
        for n in range(STORMS):
            place.say(f"{screens:,} screens come back: {n + 1} of {STORMS}")
            before = hub.cpu_seconds()
            took, size = await asyncio.to_thread(_storm, port, screens)
            seconds.append(took)
            used.append(hub.cpu_seconds() - before)
    sheet.note("snapshot", size, "bytes")
    sheet.note(f"{screens:,} screens come back: slowest", median(seconds), "s")
    sheet.note(f"{screens:,} screens come back: hub CPU", median(used), "s")


def _storm(port: int, screens: int) -> tuple[float, int]:
    with arriving(port, screens) as storm:
        return storm.seconds, storm.snapshot_bytes


@contextmanager
def _server(kind: str, hall: Path, folder: Path) -> Iterator[Server]:
    """Start one of the servers; it ends with its standard input."""
    arguments = ("-m", "benchmarks.fanout.servers", kind, str(hall), str(folder / kind))
    with subprocess.Popen(
        (sys.executable, *arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, env=as_installed(),
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            ready, _, port = process.stdout.readline().partition(" ")
            if ready != "ready":
                raise BenchFailedError(f"the server {kind} did not start")
            yield Server(int(port), process.stdin, process.stdout)
        finally:
            process.stdin.close()
