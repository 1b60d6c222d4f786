"""Announcements through a real engine into a loudspeaker."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.model.devices import WavFolderSpeaker as WavFolderSettings
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import DeviceStatus, Health, Loudspeaker
from drivers.registry import open_speaker
from drivers.sound.espeak import synthesise
from drivers.sound.wav import chime, duration
from drivers.supervisor import Supervised
from hub.messages import CallView
from plumbing.sentences import load_sentences
from queue_display.announcer import player as player_module
from queue_display.announcer.phrases import phrasebook
from queue_display.announcer.player import PAUSE_AFTER_CHIME, Player, Speech
from queue_display.announcer.queue import AnnouncementQueue
from service_floor.queue.commands import ReportAnnounced

SPEECH = Speech(phrasebook(load_sentences("queue_display", "vi")), "vi", {"c1": 3})
PHRASE = "Xin mời công dân có số thứ tự a không hai năm, đến quầy số ba."


def call(name: str) -> CallView:
    return CallView(
        call=name, ticket=f"ticket-{name}", number="A025", counter="c1", attempt=1,
        priority=False, called_at=datetime.now(UTC), over=False,
    )  # fmt: skip


class Desk:
    """A player at work with the reports that it gives."""

    def __init__(self, speaker: Supervised[Loudspeaker] | None) -> None:
        self.queue = AnnouncementQueue(("c1",))
        self.reports: asyncio.Queue[ReportAnnounced] = asyncio.Queue()
        self.player = Player(self.queue, speaker, SPEECH, self.reports.put_nowait)

    def call(self, *names: str) -> None:
        self.queue.follow({name: call(name) for name in names}, datetime.now(UTC))
        self.player.wake()

    async def report(self) -> ReportAnnounced:
        return await asyncio.wait_for(self.reports.get(), 10)


@contextlib.asynccontextmanager
async def at_work(open_device: Callable[[], Loudspeaker] | None) -> AsyncIterator[Desk]:
    speaker = Supervised("hall", open_device) if open_device else None
    desk = Desk(speaker)
    task = asyncio.create_task(desk.player.run())
    try:
        yield desk
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        if speaker is not None:
            await asyncio.to_thread(speaker.close)


async def test_a_call_becomes_one_sound_of_chime_and_words(tmp_path: Path) -> None:
    settings = WavFolderSettings(kind="wav-folder", folder=str(tmp_path))
    async with at_work(lambda: open_speaker(settings, "hall")) as desk:
        desk.call("one")

        assert await desk.report() == ReportAnnounced("one", "announced")

    (wav,) = [file.read_bytes() for file in tmp_path.glob("*.wav")]
    spoken = duration(synthesise(PHRASE))
    assert spoken > 2
    assert duration(wav) == pytest.approx(duration(chime()) + PAUSE_AFTER_CHIME + spoken, abs=0.01)


async def test_without_a_loudspeaker_every_call_is_told_as_failed_and_the_next_one_follows() -> (
    None
):
    async with at_work(None) as desk:
        desk.call("one", "two")

        reports = {await desk.report(), await desk.report()}

    assert reports == {
        ReportAnnounced("one", "failed", "not_found"),
        ReportAnnounced("two", "failed", "not_found"),
    }


class Moody:
    """A loudspeaker that does what it is told to do at the next sounds."""

    def __init__(self, *moods: Callable[[], None]) -> None:
        self._moods = list(moods)
        self.playing = 0
        self.most_at_once = 0

    def play(self, wav: bytes) -> None:
        self.playing += 1
        self.most_at_once = max(self.most_at_once, self.playing)
        try:
            self._moods.pop(0)()
        finally:
            self.playing -= 1

    def status(self) -> DeviceStatus:
        return DeviceStatus(Health.READY)

    def close(self) -> None:
        """Nothing is held."""


def fine() -> None:
    """The sound is heard."""


def broken() -> None:
    raise DeviceError(DeviceReason.FAULT, "hall", "amplifier off")


async def test_a_sound_that_fails_does_not_silence_the_next_one() -> None:
    async with at_work(lambda: Moody(broken, fine)) as desk:
        desk.call("one", "two")

        reports = [await desk.report(), await desk.report()]

    assert [(report.outcome, report.reason) for report in reports] == [
        ("failed", "fault"),
        ("announced", ""),
    ]


async def test_calls_are_said_one_after_the_other() -> None:
    speaker = Moody(*[fine] * 5)
    async with at_work(lambda: speaker) as desk:
        desk.call(*(f"k{n}" for n in range(5)))
        for _ in range(5):
            assert (await desk.report()).outcome == "announced"

    assert speaker.most_at_once == 1


async def test_a_sound_device_that_never_comes_back_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    released = threading.Event()
    monkeypatch.setattr(player_module, "duration", lambda wav: 0.0)
    monkeypatch.setattr(player_module, "GRACE_SECONDS", 0.05)
    async with at_work(lambda: Moody(lambda: (released.wait(10), None)[1])) as desk:
        desk.call("one")

        assert await desk.report() == ReportAnnounced("one", "failed", "timeout")
        released.set()


async def test_a_missing_engine_is_told_as_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = WavFolderSettings(kind="wav-folder", folder=str(tmp_path))
    monkeypatch.setenv("PATH", "")
    async with at_work(lambda: open_speaker(settings, "hall")) as desk:
        desk.call("one")

        assert await desk.report() == ReportAnnounced("one", "failed", "library_missing")
