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

# Always open, and numbers enough: a round must measure the hub, not an empty roll.
_HEAD: Final = """\
[centre]
name = "Trung tâm Phục vụ hành chính công"

[hours]
public_holidays = false
stop_before_close_minutes = 0

[[hours.sessions]]
name = "all-day"
label = "Cả ngày"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
start = 00:00:00
end = 23:59:59

[[agencies]]
id = "justice"
name = "Sở Tư pháp"

[[services]]
id = "certification"
name = "Chứng thực"
agency = "justice"
series = { prefix = "A", width = 5, first = 1, last = 99999 }

[[services]]
id = "civil-status"
name = "Hộ tịch"
agency = "justice"
series = { prefix = "B", width = 5, first = 1, last = 99999 }

[[priority_classes]]
id = "elderly"
name = "Người cao tuổi"
"""
SERVICES: Final = ("certification", "civil-status")


def token(device: str) -> str:
    """The token of a device of this hall; it protects nothing."""
    return f"token-of-the-bench-{device}"


def write_hall(folder: Path) -> Path:
    """Write the configuration into a folder."""
    file = folder / "hall.toml"
    parts = [_HEAD, _device("boards", BOARD)]
    parts += [_device("kiosks", f"kiosk-{n}") for n in range(1, KIOSKS + 1)]
    parts += [_counter(n) for n in range(1, COUNTERS + 1)]
    file.write_text("\n".join(parts), encoding="utf-8")
    return file


def _device(place: str, name: str) -> str:
    return f'[[{place}]]\nname = "{name}"\ntoken = "{token(name)}"\n'


def _counter(n: int) -> str:
    tiers = f'[["{SERVICES[0]}"], ["{SERVICES[1]}"]]'
    return (
        f'[[counters]]\nid = "c{n}"\nnumber = {n}\nname = "Quầy {n}"\nprofile = {tiers}\n\n'
        f'[[officers]]\nid = "o{n}"\nname = "Công chức {n}"\n\n'
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
        """End it as a power cut would."""
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
