"""The client's side of the floor wire, sans-I/O: frames in, effects out. It knows no socket, clock or thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from pydantic import ValidationError

from hub.client.address import HubAddress
from hub.client.mirror import Change, Mirror, MirrorStep, change_of_delta, change_of_snapshot
from hub.messages import (
    Answer,
    AskFrame,
    AttachedDevice,
    AttachedFrame,
    CommandFrame,
    Delta,
    Enrolled,
    Enrolment,
    ErrorBody,
    ErrorFrame,
    Heartbeat,
    Hello,
    HubFrame,
    Question,
    Resumed,
    Snapshot,
    Tick,
    Topic,
    hub_frames,
)
from hub.messages.envelopes import FromClient
from service_floor.queue.commands import Command


@dataclass(frozen=True, slots=True)
class SendFrame:
    """Put this text on the wire."""

    text: str


@dataclass(frozen=True, slots=True)
class Ready:
    """The hub has accepted us; what waits in the outbox may go."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The mirror has changed."""

    change: Change


@dataclass(frozen=True, slots=True)
class Answered:
    """A request has its answer."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Complained:
    """The hub rejected a frame of ours; a request that was in it has its answer too."""

    error: ErrorBody


Effect = SendFrame | Ready | Changed | Answered | Complained


class ClientSession:
    """One conversation with the hub after another, over a mirror that outlives each connection."""

    def __init__(self, address: HubAddress, topics: Iterable[Topic], mirror: Mirror) -> None:
        self._address = address
        self._topics = tuple(topics)
        self._mirror = mirror
        self._asking_position = False

    def come_as(self, address: HubAddress) -> None:
        """Use this address for the next hello: the device has a new token."""
        self._address = address

    def opening(self) -> str:
        """The hello that begins a connection or mends a gap; it asks to go on where the mirror stands."""
        self._asking_position = True
        mirror = self._mirror
        return Hello(
            device=self._address.device,
            token=self._address.token,
            topics=self._topics,
            epoch=mirror.epoch,
            seq=mirror.seq if mirror.epoch else None,
            rows=mirror.rows,
        ).model_dump_json()

    def heartbeat(self, shown: tuple[str, ...] = ()) -> str:
        """A sign of life with what has been applied and shown."""
        return Heartbeat(seq=self._mirror.seq, shown=shown).model_dump_json()

    @staticmethod
    def attached(devices: tuple[AttachedDevice, ...]) -> str:
        """How everything is that is attached to this device."""
        return AttachedFrame(devices=devices).model_dump_json()

    def receive(self, text: str | bytes) -> list[Effect]:
        """Take one frame of the hub; a frame of a kind that we do not know is ignored."""
        try:
            frame: HubFrame = hub_frames.validate_json(text)
        except ValidationError:
            return []
        match frame:
            case Snapshot():
                self._asking_position = False
                return [Ready(), self._take(change_of_snapshot(frame))]
            case Resumed():
                self._asking_position = False
                return [Ready(), self._hear(frame.now)]
            case Delta():
                return self._apply(frame)
            case Tick():
                return self._keep_time(frame)
            case Answer():
                return [Answered(frame)]
            case Enrolment() | Enrolled():
                return []
            case ErrorFrame():
                return _rejected(frame)
            case _:
                assert_never(frame)

    def _apply(self, delta: Delta) -> list[Effect]:
        match self._mirror.step(delta.epoch, delta.seq):
            case MirrorStep.NEXT:
                return [self._take(change_of_delta(delta))]
            case MirrorStep.GAP:
                return self._mend()
            case MirrorStep.KNOWN:
                return []
            case unknown:
                assert_never(unknown)

    def _keep_time(self, tick: Tick) -> list[Effect]:
        if tick.epoch != self._mirror.epoch or tick.seq > self._mirror.seq:
            return self._mend()
        return [self._hear(tick.now)]

    def _hear(self, now: datetime) -> Changed:
        mirror = self._mirror
        return self._take(Change(mirror.epoch or "", mirror.seq, now=now))

    def _take(self, change: Change) -> Changed:
        self._mirror.take(change)
        return Changed(change)

    def _mend(self) -> list[Effect]:
        return [] if self._asking_position else [SendFrame(self.opening())]


def _rejected(frame: ErrorFrame) -> list[Effect]:
    complaint = Complained(frame.error)
    if frame.req is None:
        return [complaint]
    return [complaint, Answered(Answer(req=frame.req, ok=False, error=frame.error))]


def frame_of(req: str, request: Command | Question) -> str:
    """The frame of a command or of a question."""
    if isinstance(request, FromClient):
        return AskFrame(req=req, ask=request).model_dump_json()
    return CommandFrame(req=req, cmd=request).model_dump_json()
