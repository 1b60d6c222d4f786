"""From a serial scanner's terminator to the painted dossier: a real hub with a full register, a real counter terminal, each a process."""

import asyncio
import http.client
import json
import os
import random
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Final

from benchmarks.devices import Kiosk, kiosks
from benchmarks.figures import Sheet, percentile
from benchmarks.hall import SERVICES, as_installed, free_port, hub_running, write_hall
from benchmarks.place import BenchFailedError, Place
from benchmarks.scanning.payloads import dossier
from drivers.simulators.pseudo_terminal import pseudo_terminal
from drivers.simulators.scanner import SimulatedScanner

DOSSIERS: Final = 200_000
SCANS: Final = 240
BARE_SCANS: Final = 60  # before and again after
WARM_UP: Final = 10
WAITING: Final = 60
PAUSE_SECONDS: Final = (0.1, 0.4)
ISSUE_EVERY_SECONDS: Final = 0.7
PATIENCE_SECONDS: Final = 10.0

_AT_ONCE: Final = 1_000
_CODE_SECONDS: Final = 0.02  # that the code itself takes at 9,600 baud
_KEY: Final = "key-of-the-bench-which-protects-nothing"
_API_KEY: Final = (
    f'\n[[api_keys]]\nname = "one-stop"\nkey = "{_KEY}"\n'
    'scopes = ["dossiers:read", "dossiers:write"]\nper_minute = 6000\n'
)


def code_of(number: int) -> str:
    """The code of this dossier: some of each day, as a province has them."""
    day, rest = divmod(number, 5_000)
    return f"H56.{rest % 30 + 1}-26{day // 28 % 12 + 1:02}{day % 28 + 1:02}-{rest:04}"


async def note_desk(sheet: Sheet, place: Place) -> None:
    """Bare scans, scans of dossiers at the product's desk while citizens take numbers, bare scans again."""
    place.say("scans, bare")
    bare = await _latencies_ms(place.folder, (), BARE_SCANS)
    hall, port = write_hall(place.folder), free_port()
    with hall.open("a", encoding="utf-8") as file:
        file.write(_API_KEY)
    async with hub_running(hall, place.folder / "data", port) as hub:
        place.say(f"{DOSSIERS:,} dossiers pushed into the register")
        began = monotonic()
        await asyncio.to_thread(_push, port)
        sheet.note("pushed into the register", DOSSIERS / (monotonic() - began), "dossiers/s")
        place.say(f"{SCANS} scans of dossiers at a desk")
        words = (str(hall), str(port + 1), str(place.folder / "terminal"))
        async with kiosks(hub.floor, 1) as (kiosk,), _citizens(kiosk):
            latencies = await _latencies_ms(place.folder, words, SCANS)
    bare += await _latencies_ms(place.folder, (), BARE_SCANS)
    for name, share in (("p50", 0.5), ("p99", 0.99), ("slowest", 1.0)):
        value, baseline = percentile(latencies, share), percentile(bare, share)
        sheet.note(f"terminator to painted dossier: {name}", value, "ms", baseline)
    usual, late = percentile(latencies, 0.5), percentile(latencies, 0.99)
    against = usual / percentile(bare, 0.5)
    sheet.note("terminator to painted dossier: p50 against a bare label", against, "x")
    sheet.note("terminator to painted dossier: p99 against p50", late / usual, "x")


@asynccontextmanager
async def _citizens(kiosk: Kiosk) -> AsyncIterator[None]:
    """Some wait, and more come while the context lasts: the desk draws its queue with each of them."""
    for _ in range(WAITING):
        await kiosk.issue(SERVICES[0])

    async def come() -> None:
        while True:
            await asyncio.sleep(random.uniform(0, 2 * ISSUE_EVERY_SECONDS))
            await kiosk.issue(SERVICES[0])

    coming = asyncio.create_task(come())
    try:
        yield
    finally:
        coming.cancel()
        with suppress(asyncio.CancelledError):
            await coming


def _push(port: int) -> None:
    """As one-stop software does: a thousand at a time, over one connection."""
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Authorization": f"Bearer {_KEY}"}
    for first in range(0, DOSSIERS, _AT_ONCE):
        rows = [
            dossier(code_of(number)) for number in range(first, min(first + _AT_ONCE, DOSSIERS))
        ]
        wire.request("POST", "/api/v1/dossiers/bulk", json.dumps({"dossiers": rows}), headers)
        answer = wire.getresponse()
        told = json.load(answer)
        if told.get("taken") != len(rows):
            raise BenchFailedError(f"the hub took not all dossiers: {answer.status} {told}"[:400])
    wire.close()


async def _latencies_ms(folder: Path, words: Sequence[str], scans: int) -> list[float]:
    """From the terminator on the line to the paint, for each of these scans of different dossiers."""
    chance = random.Random(scans)
    codes = [code_of(number) for number in chance.sample(range(DOSSIERS), WARM_UP + scans)]
    scanner = folder / "scanner"
    with pseudo_terminal(scanner) as line:
        async with _terminal(folder, str(scanner), *words) as said:
            await _word(said, "ready")
            times = [await _scan_ms(line, code, said) for code in codes]
    return times[WARM_UP:]


async def _scan_ms(line: int, code: str, said: asyncio.StreamReader) -> float:
    """Send the code, then its terminator; the milliseconds from there until it is painted."""
    await asyncio.sleep(random.uniform(*PAUSE_SECONDS))
    for piece in SimulatedScanner(suffix="").pieces(code.encode(), keys=False):
        os.write(line, piece)
    await asyncio.sleep(_CODE_SECONDS)
    at = monotonic()
    os.write(line, b"\r")
    return (float(await _word(said, f"painted {code}")) - at) * 1e3


async def _word(said: asyncio.StreamReader, beginning: str) -> str:
    """What follows these words on standard output, as soon as they are printed."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for spoken in said:
                text = spoken.decode().strip()
                if text.startswith(beginning):
                    return text.removeprefix(beginning)
    raise BenchFailedError(f"the counter terminal has not said {beginning!r}")


@asynccontextmanager
async def _terminal(folder: Path, *words: str) -> AsyncIterator[asyncio.StreamReader]:
    """The subprocess `terminal`, until the context is left; its standard output."""
    with (folder / "terminal.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.scanning.terminal", *words,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log,
            env={**as_installed(), "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield process.stdout
    finally:
        process.stdin.close()
        await process.wait()
