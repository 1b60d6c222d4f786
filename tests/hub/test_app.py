"""The hub as a process of its own: asked to stop, killed in the middle of its work, and on a disk that is full."""

import asyncio
import json
import os
import resource
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, text
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from hub.app import HubProgram
from hub.database.storage import database_in, open_store
from hub.running import HubOptions, RunningHub, serve
from hub.upkeep.verification import verify

pytestmark = pytest.mark.floor

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import asyncio, json, sys
from datetime import date
from pathlib import Path
from config.loading import load
from config.planning import floor_plan
from hub.app import HubProgram

installation = load(Path(sys.argv[1]))
program = HubProgram.compose(
    installation, floor_plan(installation, date.today()), Path(sys.argv[2]), 0, 0
)
asyncio.run(program.run(lambda addresses: print(json.dumps(addresses), flush=True)))
"""
HALL = Path(__file__).parent / "hall.toml"


@asynccontextmanager
async def hub_process(folder):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, str(HALL), str(folder), cwd=ROOT, stdout=-1, stderr=-1
    )
    try:
        async with asyncio.timeout(60):
            line = await process.stdout.readline()
        assert line, (await process.stderr.read()).decode()
        yield process, json.loads(line)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


class Kiosk:
    """Presses with many requests on the way, and remembers what was sent and what was acknowledged."""

    def __init__(self, name) -> None:
        self.name = name
        self.on_acknowledged = lambda: None
        self.sent = []
        self.acknowledged = {}

    async def press_until_the_hub_dies(self, url) -> None:
        async with connect(url, compression=None, proxy=None) as wire:
            await wire.send(self.hello())
            reading = asyncio.create_task(self.read(wire))
            try:
                while True:
                    self.sent.append(f"{self.name}-{len(self.sent):06}")
                    await wire.send(self.frame(self.sent[-1]))
                    await asyncio.sleep(0.001)
            except ConnectionClosed:
                await reading

    async def press_again(self, url) -> dict:
        """Send everything once more, as an outbox would; the answers by request."""
        answers = {}
        async with connect(url, compression=None, proxy=None) as wire:
            await wire.send(self.hello())
            for start in range(0, len(self.sent), 100):
                reqs = self.sent[start : start + 100]
                for req in reqs:
                    await wire.send(self.frame(req))
                while len(answers) < start + len(reqs):
                    frame = json.loads(await wire.recv())
                    if frame["t"] == "answer":
                        answers[frame["req"]] = frame
        return answers

    async def read(self, wire) -> None:
        try:
            while True:
                frame = json.loads(await wire.recv())
                if frame["t"] == "answer":
                    assert frame["ok"], frame
                    self.acknowledged[frame["req"]] = frame["result"]["ticket"]["id"]
                    self.on_acknowledged()
        except ConnectionClosed:
            return

    async def press(self, wire) -> dict:
        """One press and its answer."""
        self.sent.append(f"{self.name}-{len(self.sent):06}")
        await wire.send(self.frame(self.sent[-1]))
        async with asyncio.timeout(60):
            while True:
                frame = json.loads(await wire.recv())
                if frame["t"] == "answer":
                    return frame

    def hello(self) -> str:
        return json.dumps(
            {"t": "hello", "device": self.name, "token": f"{self.name}-0123456789abcdef"}
        )

    @staticmethod
    def frame(req) -> str:
        command = {"kind": "issue_ticket", "services": ["certify"]}
        return json.dumps({"t": "cmd", "req": req, "cmd": command})


async def test_nothing_acknowledged_is_lost_when_the_hub_is_killed(tmp_path, hall, plan) -> None:
    kiosks = [Kiosk(f"k{n}") for n in range(1, 5)]
    enough = asyncio.Event()

    def count() -> None:
        # Long before the numbers of the service are used up, however slow the machine is.
        if sum(len(kiosk.acknowledged) for kiosk in kiosks) >= 300:
            enough.set()

    for kiosk in kiosks:
        kiosk.on_acknowledged = count
    async with hub_process(tmp_path) as (process, addresses):
        pressing = [
            asyncio.create_task(kiosk.press_until_the_hub_dies(addresses["floor"]))
            for kiosk in kiosks
        ]
        async with asyncio.timeout(60):
            await enough.wait()
            process.send_signal(signal.SIGKILL)
            await asyncio.gather(*pressing)
    assert any(len(kiosk.sent) > len(kiosk.acknowledged) for kiosk in kiosks)
    async with serve(hall, plan, HubOptions(tmp_path)) as hub:
        await _check_after_the_restart(hub, kiosks)
    engine = create_engine(database_in(tmp_path))
    assert verify(engine).broken is None
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT number, ticket FROM ticket_numbers")).all()
    engine.dispose()
    sent = sum(len(kiosk.sent) for kiosk in kiosks)
    assert len({row.number for row in rows}) == len(rows) == sent


async def _check_after_the_restart(hub: RunningHub, kiosks: list[Kiosk]) -> None:
    for kiosk in kiosks:
        answers = await kiosk.press_again(hub.floor)
        for req, ticket in kiosk.acknowledged.items():
            assert answers[req]["replayed"]
            assert answers[req]["result"]["ticket"]["id"] == ticket
        assert all(answers[req]["ok"] for req in kiosk.sent)


async def test_a_hub_that_is_asked_to_stop_finishes_cleanly(tmp_path) -> None:
    async with hub_process(tmp_path) as (process, addresses):
        async with connect(addresses["floor"], compression=None, proxy=None) as wire:
            await wire.send(Kiosk("k1").hello())
            await wire.recv()
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(60):
                await wire.wait_closed()
                assert wire.close_code == 1001
                await process.wait()
        assert process.returncode == 0
    assert os.listdir(tmp_path) == ["floor.db"]


async def test_on_a_full_disk_the_hub_refuses_and_goes_on_by_itself_when_there_is_room(
    tmp_path,
) -> None:
    kiosk = Kiosk("k1")
    async with hub_process(tmp_path) as (process, addresses):
        limits = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        async with connect(addresses["floor"], compression=None, proxy=None) as wire:
            await wire.send(kiosk.hello())
            answers = [await kiosk.press(wire) for _ in range(5)]
            # No file of the hub may grow any more: to it, this is a disk without room.
            full = max(path.stat().st_size for path in tmp_path.iterdir())
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (full, limits[1]))
            while answers[-1]["ok"]:
                answers.append(await kiosk.press(wire))
            assert answers[-1]["error"]["code"] == "storage"
            await until(healthy(addresses["http"], False))
            refused = [await kiosk.press(wire) for _ in range(20)]
            assert {answer["error"]["code"] for answer in refused} == {"storage"}
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, limits)
            await until(healthy(addresses["http"], True))
            answers += [await kiosk.press(wire) for _ in range(5)]
        process.kill()
    issued = [a["result"]["ticket"]["number"] for a in answers if a["ok"]]
    assert issued == [f"A{n:05}" for n in range(1, len(issued) + 1)]
    assert len(issued) == len(answers) - 1
    engine = open_store(database_in(tmp_path))
    assert verify(engine).broken is None
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT number FROM ticket_numbers ORDER BY number"))
        assert [row.number for row in rows] == issued
    engine.dispose()


def healthy(http, ok):
    """Asks whether the hub says of itself that it is, or is not, in order."""

    def ask() -> bool:
        answer = httpx.get(f"{http}/healthz", timeout=10)
        return answer.json()["ok"] is ok and answer.is_success is ok

    return ask


async def until(condition) -> None:
    async with asyncio.timeout(60):
        while not await asyncio.to_thread(condition):
            await asyncio.sleep(0.05)


def test_a_program_takes_the_configured_ports_unless_it_is_told_others(
    hall, plan, tmp_path
) -> None:
    configured = HubProgram.compose(hall, plan, tmp_path).options
    assert (configured.http_port, configured.floor_port) == (8710, 8711)
    told = HubProgram.compose(hall, plan, tmp_path, 0, 0).options
    assert (told.http_port, told.floor_port) == (0, 0)
