"""Player of announcements: takes calls from the queue, plays one after the other, and reports the outcome of each."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import lru_cache
from logging import getLogger
from typing import Literal, Protocol

from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Loudspeaker
from drivers.sound.espeak import synthesise
from drivers.sound.wav import chime, duration, join
from queue_display.announcer.phrases import Phrasebook
from queue_display.announcer.queue import Announcement, AnnouncementQueue
from service_floor.queue.commands import ReportAnnounced

log = getLogger("agent")

PAUSE_AFTER_CHIME = 0.15
GRACE_SECONDS = 2.0
Report = Callable[[ReportAnnounced], None]


class Sounding(Protocol):
    """A loudspeaker in its worker thread: `drivers.supervisor.Supervised`."""

    def submit(self, call: Callable[[Loudspeaker], None]) -> "Future[None]":
        """Have `call` run with the loudspeaker."""


class Player:
    """Runs as one task on the event loop; `wake` signals that the queue has changed. Without a speaker every call is reported as failed."""

    def __init__(
        self,
        queue: AnnouncementQueue,
        speaker: Sounding | None,
        speech: "Speech",
        report: Report,
    ) -> None:
        self._queue = queue
        self._speaker = speaker
        self._speech = speech
        self._report = report
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look at the queue again."""
        self._woken.set()

    async def run(self) -> None:
        """Announce until cancelled."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            while (announcement := self._queue.next()) is not None:
                await self._announce(announcement)

    async def _announce(self, announcement: Announcement) -> None:
        outcome: Literal["announced", "failed"] = "announced"
        reason = ""
        try:
            await self._sound(announcement)
        except DeviceError as error:
            log.warning("call %s not announced: %s", announcement.call.number, error)
            outcome, reason = "failed", error.reason.value
        self._report(ReportAnnounced(announcement.call.call, outcome, reason))

    async def _sound(self, announcement: Announcement) -> None:
        if self._speaker is None:
            raise DeviceError(DeviceReason.NOT_FOUND, "speaker", "none configured")
        wav = await asyncio.to_thread(self._speech.wav, announcement)
        played = asyncio.wrap_future(self._speaker.submit(lambda speaker: speaker.play(wav)))
        limit = duration(wav) + GRACE_SECONDS
        try:
            # Timeout: a sound device that hangs must not silence the calls after this one.
            await asyncio.wait_for(played, limit)
        except TimeoutError as error:
            raise DeviceError(DeviceReason.TIMEOUT, "speaker", f"{limit:.1f} s") from error


class Speech:
    """Makes one WAV of chime and words for each announcement."""

    def __init__(self, phrases: Phrasebook, voice: str, counters: Mapping[str, int]) -> None:
        self._phrases = phrases
        self._voice = voice
        self._counters = counters

    def words(self, announcement: Announcement) -> str:
        """The text of an announcement."""
        call = announcement.call
        return self._phrases.words(call, self._counters[call.counter], short=announcement.short)

    def wav(self, announcement: Announcement) -> bytes:
        """The sound of an announcement; takes some hundredths of a second."""
        spoken = synthesise(self.words(announcement), voice=self._voice)
        return join((_chime(), spoken), PAUSE_AFTER_CHIME)


@lru_cache(maxsize=1)
def _chime() -> bytes:
    return chime()
