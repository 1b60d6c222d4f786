"""The agent in a real hall: a real hub, a sign on a pseudo-terminal, a loudspeaker that keeps its sounds."""

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import AsyncIterator, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from config.loading import load
from drivers.protocols import SignState
from drivers.simulators.pseudo_terminal import pseudo_terminal, readable
from drivers.simulators.signs.led_sign import LedSignLine
from queue_display.agent import announced_counters, compose
from service_floor.queue.commands import Finish, PauseCounter, Recall, StartServing

DEMO = Path(str(resources.files("config"))) / "examples" / "demo.toml"


class WatchedSigns:
    """All signs of one line on a pseudo-terminal, and what each showed in its time."""

    def __init__(self, line: int) -> None:
        self._line = line
        self._signs = LedSignLine()
        self.shown: dict[int, list[SignState]] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read, name="signs")

    def __enter__(self) -> "WatchedSigns":
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._stop.set()
        self._thread.join()

    def now(self, address: int) -> SignState | None:
        """What a sign shows."""
        return self.shown[address][-1] if address in self.shown else None

    def _read(self) -> None:
        while not self._stop.is_set():
            if not readable(self._line, 0.05):
                continue
            with contextlib.suppress(BlockingIOError):
                for address in self._signs.take(os.read(self._line, 4096)):
                    sign = self._signs.signs[address]
                    self.shown.setdefault(address, []).append(SignState(sign.text, sign.blink))


@pytest.fixture
def signs(tmp_path: Path) -> Iterator[WatchedSigns]:
    with pseudo_terminal(tmp_path / "signs") as line, WatchedSigns(line) as watched:
        yield watched


def one_sign(tmp_path: Path, **more: object) -> dict[str, object]:
    """The demonstration's agent with the sign of counter 1 on this test's line."""
    port = {"wire": "serial", "path": str(tmp_path / "signs")}
    sign = {"kind": "led-sign", "counter": "c1", "address": 1, "port": port}
    folder = {"kind": "wav-folder", "folder": str(tmp_path / "sound")}
    return {"agents[0].signs": [sign], "agents[0].speaker": folder, **more}


@contextlib.asynccontextmanager
async def at_work(hall: Any) -> AsyncIterator[None]:
    program = compose(hall.installation, hall.installation.agents[0], hall.folder)
    async with program.running():
        yield


def sounds(tmp_path: Path) -> int:
    return len(list((tmp_path / "sound").glob("*.wav")))


async def test_a_call_is_heard_seen_and_reported(
    open_hall: Any, eventually: Any, signs: WatchedSigns, tmp_path: Path
) -> None:
    async with open_hall(one_sign(tmp_path)) as hall, at_work(hall):
        await eventually(lambda: signs.now(1) == SignState("----"))
        await hall.open("terminal-1", "an")
        await eventually(lambda: signs.now(1) == SignState("QUAY 1"))

        number = await hall.call("certification")

        await eventually(lambda: signs.now(1) == SignState(number, blink=True))
        await eventually(lambda: sounds(tmp_path) == 1)
        await eventually(lambda: hall.hub.health().counts["announced"] == 1)

        await hall.order("terminal-1", StartServing("c1"))
        await eventually(lambda: signs.now(1) == SignState(number))

        await hall.order("terminal-1", PauseCounter("c1", "break"))
        await hall.order("terminal-1", Finish("c1"))
        await eventually(lambda: signs.now(1) == SignState("NGHI"))
        assert sounds(tmp_path) == 1


async def test_a_recall_is_heard_again(
    open_hall: Any, eventually: Any, signs: WatchedSigns, tmp_path: Path
) -> None:
    overrides = one_sign(tmp_path, **{"calling.recall_hold_off_seconds": 0})
    async with open_hall(overrides) as hall, at_work(hall):
        await hall.open("terminal-1", "an")
        await hall.call("certification")
        await eventually(lambda: sounds(tmp_path) == 1)

        await hall.order("terminal-1", Recall("c1"))

        await eventually(lambda: sounds(tmp_path) == 2)
        await eventually(lambda: hall.hub.health().counts["announced"] == 2)


async def test_without_signs_and_loudspeaker_the_agent_goes_on_and_says_so(
    open_hall: Any, eventually: Any, tmp_path: Path
) -> None:
    missing = one_sign(tmp_path, **{"agents[0].speaker": None})
    async with open_hall(missing) as hall, at_work(hall):
        await hall.open("terminal-1", "an")
        before = hall.hub.health().journal_rows

        await hall.call("certification")

        # Issued, called, and the agent's word that nobody heard it.
        await eventually(lambda: hall.hub.health().journal_rows == before + 3)
        assert hall.hub.health().counts["announced"] == 0


def test_an_agent_without_loudspeaker_leaves_the_calls_to_the_one_that_has_one() -> None:
    hall = load(DEMO)
    (first,) = hall.agents
    quiet = first.model_copy(update={"name": "agent-2", "speaker": None})
    both = hall.model_copy(update={"agents": (first, quiet)})

    assert announced_counters(both, quiet) == frozenset()
    assert announced_counters(both, first) == {f"c{n}" for n in range(1, 7)}


async def test_sigterm_ends_the_agent_cleanly(
    open_hall: Any, signs: WatchedSigns, tmp_path: Path
) -> None:
    def ready() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    async with open_hall(one_sign(tmp_path)) as hall:
        program = compose(hall.installation, hall.installation.agents[0], hall.folder)

        await asyncio.wait_for(program.run(ready), 10)
