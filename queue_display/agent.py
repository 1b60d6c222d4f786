"""Agent: the program that drives the hall's own devices, its loudspeaker and its LED signs.

Order of events: names and sentences from the configuration → devices, each in its own worker thread → link to the hub.
Then the feed's calls go into the announcement queue, and the counters' states onto the signs, until SIGTERM.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from config.model import Installation
from config.model.devices import Sign
from config.model.programs import Agent
from drivers.protocols import CounterSign, Loudspeaker
from drivers.registry import open_sign, open_speaker
from drivers.supervisor import Supervised
from hub.client import (
    Change,
    Enroller,
    EnrolmentSettings,
    HubAddress,
    Link,
    Outbox,
    Policy,
    address_of,
)
from hub.messages import Topic
from plumbing.sentences import Sentences, load_sentences
from plumbing.stop_signals import asked_to_stop
from queue_display.announcer.phrases import language_of, phrasebook
from queue_display.announcer.player import Player, Speech
from queue_display.announcer.queue import AnnouncementQueue
from queue_display.signs.line import Signs
from queue_display.signs.showing import OUT_OF_DATE
from service_floor.queue.commands import ReportAnnounced

TOPICS = (Topic.CALLS, Topic.COUNTERS, Topic.FLOOR)
_LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class AgentProgram:
    """Made by `compose`; `run` lives until SIGTERM or SIGINT."""

    address: HubAddress
    settings: Agent
    numbers: dict[str, int]
    announced: frozenset[str]
    sentences: Sentences
    outbox: Path

    async def run(self, on_ready: Callable[[], None] = lambda: None) -> None:
        """Drive the hall's devices until asked to stop; the callback `on_ready` is called when everything runs."""
        with asked_to_stop() as asked:
            async with self.running() as hall:
                on_ready()
                stop: asyncio.Future[Any] = asyncio.ensure_future(asked.wait())
                await asyncio.wait([stop, hall.broken], return_when=asyncio.FIRST_COMPLETED)
                stop.cancel()
                if hall.broken.done():
                    hall.broken.result()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["Hall"]:
        """The agent at work for the time of the block."""
        with contextlib.ExitStack() as devices:
            speaker = self._speaker(devices)
            signs = {sign.counter: self._sign(sign, devices) for sign in self.settings.signs}
            outbox = Outbox(self.outbox)
            devices.callback(outbox.close)
            hall = Hall(self, outbox, speaker, signs)
            async with hall:
                yield hall

    def _speaker(self, devices: contextlib.ExitStack) -> Supervised[Loudspeaker] | None:
        settings, name = self.settings.speaker, f"{self.settings.name}-speaker"
        if settings is None:
            return None
        speaker = Supervised(name, lambda: open_speaker(settings, name))
        devices.callback(speaker.close)
        return speaker

    def _sign(self, settings: Sign, devices: contextlib.ExitStack) -> Supervised[CounterSign]:
        name = f"{self.settings.name}-sign-{settings.counter}"
        sign = Supervised(name, lambda: open_sign(settings, name))
        devices.callback(sign.close)
        return sign


class Hall:
    """Link to the hub with the devices behind it, and its event handler. Runs inside its context."""

    def __init__(
        self,
        program: AgentProgram,
        outbox: Outbox,
        speaker: Supervised[Loudspeaker] | None,
        signs: dict[str, Supervised[CounterSign]],
    ) -> None:
        settings = program.settings
        # The enrolment codes go to the log: an agent has no screen.
        enroller = Enroller(EnrolmentSettings("agent", program.outbox.parent), lambda _: None)
        self._link = Link(program.address, TOPICS, outbox, self, enroller=enroller)
        self._queue = AnnouncementQueue(program.announced)
        speech = Speech(phrasebook(program.sentences), settings.voice, program.numbers)
        self._player = Player(self._queue, speaker, speech, self._report)
        self._signs = Signs(signs, program.numbers, program.sentences)
        self._told: tuple[datetime, float] | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def __aenter__(self) -> "Hall":
        for name, work in (
            ("link", self._link.run()),
            ("player", self._player.run()),
            ("signs", self._keep_signs()),
        ):
            task = asyncio.create_task(work, name=f"agent-{name}")
            task.add_done_callback(self._tell_broken)
            self._tasks.append(task)
        return self

    async def __aexit__(self, *failure: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.broken.cancel()

    def changed(self, change: Change) -> None:
        """Handler of every change in the feed: follow its calls and counters."""
        if change.now is not None:
            self._told = (change.now, self._moment())
        if change.touches(Topic.CALLS):
            for dropped in self._queue.follow(self._link.mirror.calls, self._now()):
                self._report(ReportAnnounced(dropped.call, "dropped", dropped.reason.value))
            self._player.wake()
        if change.touches(Topic.CALLS, Topic.COUNTERS):
            self._show_signs()

    def connected(self, up: bool) -> None:
        """Handler of a reconnection: the signs get their whole state again."""
        if up:
            self._signs.repeat()

    def _tell_broken(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and not self.broken.done():
            self.broken.set_exception(task.exception() or RuntimeError(task.get_name()))

    @staticmethod
    def _moment() -> float:
        return asyncio.get_running_loop().time()

    def _silence(self) -> timedelta:
        assert self._told is not None, "the hub's first frame tells the time"
        return timedelta(seconds=self._moment() - self._told[1])

    def _now(self) -> datetime:
        assert self._told is not None, "the hub's first frame tells the time"
        return self._told[0] + self._silence()

    def _report(self, report: ReportAnnounced) -> None:
        # A refused one (the call was reported before) needs no more.
        self._link.send(report, Policy.DURABLE)

    def _show_signs(self) -> None:
        mirror = self._link.mirror
        # Signs without an update for a minute must not go on calling people.
        counters = mirror.counters if self._silence() < OUT_OF_DATE else {}
        self._signs.show(counters, mirror.calls, self._now(), self._moment())

    async def _keep_signs(self) -> None:
        """Blinking ends, data grows old and signs lose power without any news from the hub."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if self._told is not None:
                self._show_signs()


def announced_counters(installation: Installation, settings: Agent) -> frozenset[str]:
    """The counters of this agent's announcements. Without a loudspeaker: those that no other agent announces."""
    counters = {counter.id for counter in installation.counters}
    mine = counters & set(settings.counters or counters)
    if settings.speaker is None:
        for other in installation.agents:
            if other.speaker is not None:
                mine -= set(other.counters or counters)
    return frozenset(mine)


def compose(installation: Installation, settings: Agent, state: Path) -> AgentProgram:
    """Put the agent of these settings together; `state` is the folder of its outbox."""
    return AgentProgram(
        address=address_of(installation, settings.name, settings.token, state),
        settings=settings,
        numbers={counter.id: counter.number for counter in installation.counters},
        announced=announced_counters(installation, settings),
        sentences=load_sentences("queue_display", language_of(settings.voice)),
        outbox=state / f"{settings.name}.outbox",
    )
