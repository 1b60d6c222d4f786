"""A siege: all attacks without a token at the same time, and what the people with one notice of it.

A kiosk gives numbers, every other device is sent away and comes back, a supervisor works on, phones behind an attacker's
address ask for their page. The hub is a process of its own with the soft limit of open files that systemd gives a service.
"""

import asyncio
import json
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from benchmarks.attacks.besiegers import ADDRESSES, VICTIM
from benchmarks.devices import Kiosk, kiosks
from benchmarks.hall import BOARD, COUNTERS, KIOSKS, SERVICES, HubProcess, token
from config.loading import load
from hub.accounts.roster import roster_of
from hub.accounts.store import Accounts
from hub.database.storage import close_store, database_in, open_store
from service_floor.zone import ZONE

SOFT_FILES: Final = 1_024
PHONES: Final = 400
PHONES_A_SECOND: Final = 40
CALM_PRESSES: Final = 300
PIN: Final = "482913"
BOSS: Final = f'\n[[officers]]\nid = "{VICTIM}"\nname = "The Boss"\nrole = "supervisor"\n'
_PRESS_SECONDS: Final = 0.05
_LOOK_SECONDS: Final = 0.5
_BEFORE_RETURN: Final = 4.0
_PATIENCE: Final = 10.0
_CUT: Final = (OSError, TimeoutError, ConnectionClosed, InvalidHandshake, EOFError)


@dataclass(slots=True)
class Siege:
    """What was measured. Times in seconds."""

    calm: list[float] = field(default_factory=list)
    besieged: list[float] = field(default_factory=list)
    returns: list[float | None] = field(default_factory=list)
    phones: list[float | None] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    outcomes: dict[str, int] = field(default_factory=dict)
    more_mib: float = 0.0
    enrolment_kept: bool = False


def prepare(hall: Path, data: Path) -> None:
    """Give the hall a supervisor with a PIN."""
    with hall.open("a", encoding="utf-8") as file:
        file.write(BOSS)
    data.mkdir(exist_ok=True)
    engine = open_store(database_in(data))
    accounts = Accounts(engine, roster_of(load(hall)))
    accounts.set_pin(VICTIM, PIN, "bench", datetime.now(ZONE))
    close_store(engine)


async def besiege(hub: HubProcess, http_port: int) -> Siege:
    """Measure in calm, then under attack."""
    siege = Siege()
    pages = f"http://127.0.0.1:{http_port}"
    names = [f"kiosk-{n}" for n in range(2, KIOSKS + 1)]
    names += [f"terminal-{n}" for n in range(1, COUNTERS + 1)] + [BOARD]
    async with kiosks(hub.floor, 1) as (kiosk,), _supervisor(pages) as supervisor:
        for name in names:
            await _hello(hub.floor, name)
        ticket = await _press_calmly(kiosk, siege)
        before = hub.memory_bytes()
        async with connect(hub.floor, proxy=None, compression=None) as newcomer:
            await newcomer.send(json.dumps({"t": "enrol", "kind": "board", "proto": [1]}))
            attack = asyncio.create_task(_attackers(http_port, http_port + 1))
            beside = asyncio.gather(
                _come_back(hub.floor, names, siege),
                _look(supervisor, attack, siege),
                _phones(http_port, ticket, siege),
            )
            while not attack.done() or not beside.done():
                await kiosk.issue(SERVICES[0])
                siege.more_mib = max(siege.more_mib, (hub.memory_bytes() - before) / 2**20)
                await asyncio.sleep(_PRESS_SECONDS)
            await beside
            siege.outcomes = attack.result()
            siege.enrolment_kept = newcomer.close_code is None
    siege.besieged = kiosk.latencies[len(siege.calm) :]
    return siege


def guesses(database: Path) -> int:
    """PINs of the victim that were really checked."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as store:
        query = "SELECT coalesce(sum(guesses), 0) FROM pin_tries WHERE officer = ? AND origin = ''"
        count: int = store.execute(query, (VICTIM,)).fetchone()[0]
        return count


async def _press_calmly(kiosk: Kiosk, siege: Siege) -> str:
    for _ in range(CALM_PRESSES):
        ticket = await kiosk.issue(SERVICES[0])
        await asyncio.sleep(_PRESS_SECONDS / 5)
    siege.calm = list(kiosk.latencies)
    return str(ticket["id"])


async def _attackers(http_port: int, floor_port: int) -> dict[str, int]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.attacks.besiegers", str(http_port), str(floor_port),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    told, _ = await process.communicate()
    outcomes: dict[str, int] = json.loads(told)
    return outcomes


async def _hello(floor: str, name: str) -> float | None:
    """The seconds until this device has its snapshot; None if it is not let in."""
    began = perf_counter()
    with suppress(*_CUT):
        async with asyncio.timeout(_PATIENCE), connect(floor, compression=None, proxy=None) as wire:
            hello = {"t": "hello", "device": name, "token": token(name), "topics": ["floor"]}
            await wire.send(json.dumps(hello))
            frame: dict[str, Any] = json.loads(await wire.recv())
            return perf_counter() - began if frame["t"] == "snapshot" else None
    return None


async def _come_back(floor: str, names: list[str], siege: Siege) -> None:
    """In the middle of the attack the whole hall reconnects, each device with one try."""
    await asyncio.sleep(_BEFORE_RETURN)
    siege.returns = list(await asyncio.gather(*(_hello(floor, name) for name in names)))


@asynccontextmanager
async def _supervisor(pages: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=pages, trust_env=False, timeout=_PATIENCE) as browser:
        await _sign_in(browser, pages)
        yield browser


async def _sign_in(browser: httpx.AsyncClient, pages: str) -> int:
    form = {"officer": VICTIM, "pin": PIN, "lang": "en"}
    answer = await browser.post("/console/sign-in", data=form, headers={"Origin": pages})
    return answer.status_code


async def _look(
    supervisor: httpx.AsyncClient, attack: "asyncio.Task[dict[str, int]]", siege: Siege
) -> None:
    """The supervisor opens the overview, signs out of nothing, and signs in again once in a while."""
    pages = str(supervisor.base_url).rstrip("/")
    while not attack.done():
        try:
            siege.pages.append((await supervisor.get("/console/overview")).status_code)
            again = await _sign_in(supervisor, pages) if len(siege.pages) % 10 == 0 else 303
            if again != 303:
                siege.pages.append(again)
        except httpx.TransportError:
            siege.pages.append(0)
        await asyncio.sleep(_LOOK_SECONDS)


async def _phones(http_port: int, ticket: str, siege: Siege) -> None:
    """Phones behind the first attacker's address ask for their page, each once."""

    async def ask(n: int) -> float | None:
        await asyncio.sleep(n / PHONES_A_SECOND)
        began = perf_counter()
        with suppress(*_CUT):
            async with asyncio.timeout(_PATIENCE):
                reader, writer = await asyncio.open_connection(
                    "127.0.0.1", http_port, local_addr=(ADDRESSES[0], 0)
                )
                try:
                    head = f"GET /t/{ticket} HTTP/1.1\r\nHost: 127.0.0.1:{http_port}\r\nConnection: close\r\n\r\n"
                    writer.write(head.encode())
                    page = await reader.read()
                finally:
                    writer.transport.abort()
                seen = page.startswith(b"HTTP/1.1 200") and page.rstrip().endswith(b"</html>")
                return perf_counter() - began if seen else None
        return None

    siege.phones = list(await asyncio.gather(*(ask(n) for n in range(PHONES))))
