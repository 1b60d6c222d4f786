"""A generated hall, and a hub that runs in it as a program of its own, as on a floor."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from benchmarks.place import BenchFailedError

KIOSKS: Final = 10
COUNTERS: Final = 10
BOARD: Final = "board-1"

_START_SECONDS: Final = 30.0
_END_SECONDS: Final = 10.0

_COMMON: Final = Path(__file__).with_name("hall.toml")
SERVICES: Final = ("certification", "civil-status")


def token(device: str) -> str:
    """The token of a device of this hall; it protects nothing."""
    return f"token-of-the-bench-{device}"


def write_hall(folder: Path) -> Path:
    """Write the configuration into a folder."""
    file = folder / "hall.toml"
    parts = [_COMMON.read_text(encoding="utf-8"), _device("boards", BOARD)]
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

    def cpu_seconds(self) -> float:
        """Processor time that it has used since its start."""
        times = psutil.Process(self._process.pid).cpu_times()
        return times.user + times.system

    async def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        self._process.kill()
        await self._process.wait()


@asynccontextmanager
async def hub_running(hall: Path, data: Path) -> AsyncIterator[HubProcess]:
    """`centerfloor hub` on free ports until the block is left; then SIGTERM."""
    data.mkdir(exist_ok=True)
    log = data / "hub.log"
    options = ("--config", str(hall), "--data", str(data), "--port", "0")
    with log.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "centerfloor", "hub", *options,
            stdout=asyncio.subprocess.PIPE, stderr=errors,
        )  # fmt: skip
    try:
        floor = await _address(process, log)
        yield HubProcess(floor, data / "floor.db", process)
    finally:
        await _end(process)


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
