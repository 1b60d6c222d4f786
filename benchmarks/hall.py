"""A generated hall, and a hub that runs in it as a process of its own, as on a floor."""

import asyncio
import os
import random
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from benchmarks.place import BenchFailedError

KIOSKS: Final = 16
COUNTERS: Final = 16
BOARD: Final = "board-1"
DATABASE: Final = "floor.db"

_PORTS: Final = range(20_000, 32_000)
_START_SECONDS: Final = 120.0
_END_SECONDS: Final = 10.0
_NO_BYTECODE: Final = "PYTHONDONTWRITEBYTECODE"

COMMON: Final = Path(__file__).with_name("hall.toml")
SERVICES: Final = ("certification", "civil-status")


def token(device: str) -> str:
    """The token of a device of this hall; it protects nothing."""
    return f"token-of-the-bench-{device}"


def write_hall(folder: Path, common: Path = COMMON) -> Path:
    """Write the configuration into a folder; `common` is the file with what the hall has beside its devices."""
    file = folder / "hall.toml"
    parts = [common.read_text(encoding="utf-8"), _device("boards", BOARD)]
    parts += [_device("kiosks", f"kiosk-{n}") for n in range(1, KIOSKS + 1)]
    parts += [_counter(n) for n in range(1, COUNTERS + 1)]
    file.write_text("\n".join(parts), encoding="utf-8")
    return file


def _device(place: str, name: str) -> str:
    return f'[[{place}]]\nname = "{name}"\ntoken = "{token(name)}"\n'


def _counter(n: int) -> str:
    tiers = f'[["{SERVICES[0]}"], ["{SERVICES[1]}"]]'
    return (
        f'[[counters]]\nid = "c{n}"\nnumber = {n}\nname = "{n}"\nprofile = {tiers}\n\n'
        f'[[officers]]\nid = "o{n}"\nname = "{n}"\n\n'
        f'{_device("counter_terminals", f"terminal-{n}")}counter = "c{n}"\n'
    )


@dataclass(frozen=True, slots=True)
class HubProcess:
    """A hub that listens at `floor`, and the database it writes."""

    floor: str
    database: Path
    _process: asyncio.subprocess.Process

    def memory_bytes(self) -> int:
        """The memory that it holds of the machine."""
        resident: int = psutil.Process(self._process.pid).memory_info().rss
        return resident

    def cpu_seconds(self) -> float:
        """Processor time that it has used since its start."""
        times = psutil.Process(self._process.pid).cpu_times()
        return times.user + times.system

    async def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        self._process.kill()
        await self._process.wait()


@asynccontextmanager
async def hub_running(
    hall: Path,
    data: Path,
    port: int = 0,
    program: str = "centerfloor",
    tree: Path | None = None,
    soft_files: int | None = None,
) -> AsyncIterator[HubProcess]:
    """`centerfloor hub`, or what stands for it, until the block is left; then SIGTERM. Port 0 takes two free ones. `tree` is
    another checkout to run it from, `soft_files` the soft limit of open files that it is started with."""
    data.mkdir(exist_ok=True)
    options = ("--config", str(hall), "--data", str(data), "--port", str(port))
    async with program_running(
        data, program, "hub", *options, tree=tree, soft_files=soft_files
    ) as running:
        yield running


@asynccontextmanager
async def program_running(
    data: Path,
    module: str,
    *arguments: str,
    tree: Path | None = None,
    soft_files: int | None = None,
) -> AsyncIterator[HubProcess]:
    """A module that serves a floor from a database in the folder, and prints its addresses, the floor's last."""
    log = data / "hub.log"
    with log.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            *_shell(soft_files), sys.executable, "-m", module, *arguments,
            stdout=asyncio.subprocess.PIPE, stderr=errors, env=as_installed(tree), cwd=tree,
        )  # fmt: skip
    try:
        floor = await _address(process, log)
        yield HubProcess(floor, data / DATABASE, process)
    finally:
        await _end(process)


def _shell(soft_files: int | None) -> tuple[str, ...]:
    """The beginning of a command line that sets the soft limit of open files."""
    return () if soft_files is None else ("sh", "-c", f'ulimit -Sn {soft_files}; exec "$0" "$@"')


def as_installed(tree: Path | None = None) -> dict[str, str]:
    """The environment of a program on a floor: it keeps its compiled modules from one start to the next. Modules come from
    `tree`, if one is given, before those that are installed."""
    environment = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    return environment if tree is None else environment | {"PYTHONPATH": str(tree)}


def free_port() -> int:
    """A port that is free, and the one above it too.

    It is not one that the system gives to clients: while a killed hub is away, a client that comes back could be given
    the hub's own port, and would be connected to itself.
    """
    while True:
        port = random.choice(_PORTS)
        with socket.socket() as lower, socket.socket() as upper, suppress(OSError):
            lower.bind(("127.0.0.1", port))
            upper.bind(("127.0.0.1", port + 1))
            return port


async def _address(process: asyncio.subprocess.Process, log: Path) -> str:
    assert process.stdout is not None
    try:
        async with asyncio.timeout(_START_SECONDS):
            async for line in process.stdout:
                name, _, address = line.decode().strip().partition(" ")
                if name == "floor":
                    return address
    except TimeoutError:
        raise BenchFailedError(f"the hub says nothing for {_START_SECONDS:.0f} s") from None
    last = log.read_text(encoding="utf-8", errors="replace").strip()
    raise BenchFailedError(f"the hub did not start: {last}")


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            async with asyncio.timeout(_END_SECONDS):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
