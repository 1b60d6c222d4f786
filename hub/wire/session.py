"""State machine of one device connection, sans-I/O: frames in, effects out. Parses and validates frames; no socket,
clock or thread."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum, auto
from typing import Any, Final, assert_never

from pydantic import ValidationError
from pydantic_core import ErrorDetails, from_json

from hub.accounts.devices import Devices
from hub.accounts.enrolment import EnrolKind
from hub.accounts.rights import HAVE_ATTACHED, may_ask
from hub.messages import (
    MAX_FRAME,
    PROTOCOL,
    Answer,
    AskDossier,
    AskFrame,
    AskTicket,
    AttachedDevice,
    AttachedFrame,
    ClientFrame,
    CloseCode,
    CommandFrame,
    Enrol,
    Enrolled,
    Enrolment,
    ErrorBody,
    ErrorFrame,
    Heartbeat,
    Hello,
    ProveOfficer,
    Question,
    Topic,
    WireError,
    client_frames,
)
from plumbing.limits import BAD_FRAMES as MOST_BAD_FRAMES
from service_floor.queue.commands import Actor, Command

LONGEST_TEXT: Final = 200
LONGEST_LIST: Final = 16
LARGEST_NUMBER: Final = 1_000_000
_LONGEST_REQ: Final = 64


@dataclass(frozen=True, slots=True)
class Send:
    """Write this text to the socket."""

    text: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """The device is authenticated: bring it up to date from `position`, and subscribe it. `rows` is how many rows of
    the journal it has heard of."""

    actor: Actor
    topics: frozenset[Topic]
    position: tuple[str, int] | None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Submit:
    """Queue this request for the writer."""

    actor: Actor
    req: str
    command: Command


@dataclass(frozen=True, slots=True)
class LookUp:
    """Look this up."""

    actor: Actor
    req: str
    question: AskDossier | AskTicket


@dataclass(frozen=True, slots=True)
class CheckPin:
    """Check whether this is the officer's PIN."""

    actor: Actor
    req: str
    question: ProveOfficer


@dataclass(frozen=True, slots=True)
class StartEnrolment:
    """A device without a token asks to be enrolled."""

    kind: EnrolKind


@dataclass(frozen=True, slots=True)
class RecordHeartbeat:
    """A heartbeat."""

    actor: Actor
    seq: int
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordAttached:
    """State of everything that is attached to the device."""

    actor: Actor
    devices: tuple[AttachedDevice, ...]


@dataclass(frozen=True, slots=True)
class Close:
    """Close the connection; frames that still arrive are ignored."""

    code: CloseCode


Effect = (
    Send
    | Welcome
    | Submit
    | LookUp
    | CheckPin
    | StartEnrolment
    | RecordHeartbeat
    | RecordAttached
    | Close
)


class _Phase(Enum):
    ANONYMOUS = auto()
    ENROLLING = auto()
    AUTHENTICATED = auto()
    CLOSED = auto()


class DeviceSession:
    """One connection from its hello to its end; created by the server for each."""

    def __init__(self, devices: Devices) -> None:
        self._devices = devices
        self._phase = _Phase.ANONYMOUS
        self._actor: Actor | None = None
        self._bad_frames = 0

    def receive(self, text: str | bytes) -> list[Effect]:
        """Handle one frame."""
        if self._phase is _Phase.CLOSED:
            return []
        frame = _read(text)
        if isinstance(frame, ErrorFrame):
            return self._reject(frame)
        if isinstance(frame, Hello) and self._phase is not _Phase.ENROLLING:
            return self._authenticate(frame)
        if isinstance(frame, Enrol) and self._phase is _Phase.ANONYMOUS:
            return self._start_enrolment(frame)
        if self._actor is None or isinstance(frame, Hello | Enrol):
            return self._reject(_error(WireError.HELLO_FIRST, getattr(frame, "req", None)))
        return self._dispatch(self._actor, frame)

    def time_out_hello(self) -> list[Effect]:
        """The timeout for the hello has passed."""
        if self._phase is not _Phase.ANONYMOUS:
            return []
        return self._end(CloseCode.HELLO_TIMEOUT, _error(WireError.HELLO_FIRST))

    def show_code(self, code: str, now: datetime, expires: datetime) -> list[Effect]:
        """Send the enrolment code that the device shows."""
        return [Send(Enrolment(code=code, now=now, expires=expires).model_dump_json())]

    def enrolled(self, device: str, token: str) -> list[Effect]:
        """The device was enrolled; it reconnects with its token."""
        self._phase = _Phase.CLOSED
        told = Enrolled(device=device, token=token).model_dump_json()
        return [Send(told), Close(CloseCode.ENROLLED)]

    def not_enrolled(self, code: WireError) -> list[Effect]:
        """The code has expired, or too many devices wait already."""
        close = CloseCode.TRY_LATER
        if code is WireError.CODE_EXPIRED:
            close = CloseCode.HELLO_TIMEOUT
        return self._end(close, _error(code))

    def disconnect(self) -> list[Effect]:
        """The token of this device was revoked."""
        if self._phase is _Phase.CLOSED:
            return []
        return self._end(CloseCode.WRONG_TOKEN, _error(WireError.WRONG_TOKEN))

    def be_replaced(self) -> list[Effect]:
        """The same device has authenticated on another connection."""
        self._phase = _Phase.CLOSED
        return [Close(CloseCode.REPLACED)]

    def _dispatch(
        self, actor: Actor, frame: CommandFrame | AskFrame | Heartbeat | AttachedFrame
    ) -> list[Effect]:
        match frame:
            case CommandFrame(req=req, cmd=command):
                return [Submit(actor, req, command)]
            case AskFrame(req=req, ask=question):
                if may_ask(actor, question):
                    return [_effect_of(actor, req, question)]
                refusal = ErrorBody(code=WireError.NOT_ALLOWED, data={"kind": question.kind})
                return [Send(Answer(req=req, ok=False, error=refusal).model_dump_json())]
            case Heartbeat(seq=seq, shown=shown):
                return [RecordHeartbeat(actor, seq, shown)]
            case AttachedFrame(devices=devices):
                if actor.role in HAVE_ATTACHED:
                    return [RecordAttached(actor, devices)]
                return self._reject(_error(WireError.NOT_ALLOWED, data={"kind": frame.t}))
            case _:
                assert_never(frame)

    def _start_enrolment(self, enrol: Enrol) -> list[Effect]:
        if PROTOCOL not in enrol.proto:
            wrong = _error(WireError.NO_COMMON_PROTOCOL, data={"hub": PROTOCOL})
            return self._end(CloseCode.NO_COMMON_PROTOCOL, wrong)
        self._phase = _Phase.ENROLLING
        return [StartEnrolment(enrol.kind)]

    def _authenticate(self, hello: Hello) -> list[Effect]:
        """Check token and protocol at every hello: a session that resumes must still be authorised."""
        actor = self._devices.authenticate(hello.device, hello.token)
        if actor is None or self._actor not in (None, actor):
            return self._end(CloseCode.WRONG_TOKEN, _error(WireError.WRONG_TOKEN))
        if PROTOCOL not in hello.proto:
            wrong = _error(WireError.NO_COMMON_PROTOCOL, data={"hub": PROTOCOL})
            return self._end(CloseCode.NO_COMMON_PROTOCOL, wrong)
        self._actor, self._phase = actor, _Phase.AUTHENTICATED
        position = None
        if hello.epoch is not None and hello.seq is not None:
            position = (hello.epoch, hello.seq)
        return [Welcome(actor, frozenset(hello.topics), position, hello.rows)]

    def _reject(self, frame: ErrorFrame) -> list[Effect]:
        self._bad_frames += 1
        if self._bad_frames >= MOST_BAD_FRAMES:
            return self._end(CloseCode.BAD_FRAME, frame)
        return [Send(frame.model_dump_json())]

    def _end(self, code: CloseCode, frame: ErrorFrame) -> list[Effect]:
        self._phase = _Phase.CLOSED
        return [Send(frame.model_dump_json()), Close(code)]


def _effect_of(actor: Actor, req: str, question: Question) -> Effect:
    if isinstance(question, ProveOfficer):
        return CheckPin(actor, req, question)
    return LookUp(actor, req, question)


def _read(text: str | bytes) -> ClientFrame | ErrorFrame:
    """Parse and validate the frame, or describe what is wrong with it. Its content is not repeated: it may hold a
    token."""
    if isinstance(text, bytes):
        return _error(WireError.BAD_FRAME, data={"at": "", "problem": "binary"})
    if len(text) > MAX_FRAME:
        return _error(WireError.TOO_LARGE, data={"limit": MAX_FRAME})
    try:
        frame = client_frames.validate_json(text, strict=True)
    except ValidationError as problem:
        return _diagnose(text, problem.errors(include_url=False, include_input=False))
    if isinstance(frame, CommandFrame):
        excess = _excess(frame.cmd)
        if excess is not None:
            at = f"cmd.{frame.cmd.kind}.{excess}"
            return _error(WireError.BAD_FRAME, frame.req, {"at": at, "problem": "too_long"})
    return frame


def _diagnose(text: str, problems: list[ErrorDetails]) -> ErrorFrame:
    first = problems[0]
    if first["type"] == "json_invalid":
        return _error(WireError.NOT_JSON)
    req = _readable_req(text)
    if first["type"] == "union_tag_invalid" and "kind" in str(first["ctx"]["discriminator"]):
        return _error(WireError.UNKNOWN_COMMAND, req, {"kind": str(first["ctx"]["tag"])[:40]})
    at = ".".join(str(part)[:40] for part in first["loc"][1:6])
    return _error(WireError.BAD_FRAME, req, {"at": at, "problem": first["type"]})


def _readable_req(text: str) -> str | None:
    """The request id of a frame that is invalid elsewhere."""
    frame: Any = None
    with suppress(ValueError):
        frame = from_json(text)
    req = frame.get("req") if isinstance(frame, dict) else None
    return req[:_LONGEST_REQ] if isinstance(req, str) else None


def _excess(command: Command) -> str | None:
    """The field of a command that exceeds the limits of length or size."""
    for each in fields(command):
        value = getattr(command, each.name)
        parts: Iterable[object] = value if isinstance(value, tuple) else (value,)
        too_many = isinstance(value, tuple) and len(value) > LONGEST_LIST
        if too_many or any(_is_excessive(part) for part in parts):
            return each.name
    return None


def _is_excessive(value: object) -> bool:
    if isinstance(value, str):
        return len(value) > LONGEST_TEXT
    return isinstance(value, int) and abs(value) > LARGEST_NUMBER


def _error(
    code: WireError, req: str | None = None, data: dict[str, str | int] | None = None
) -> ErrorFrame:
    return ErrorFrame(req=req, error=ErrorBody(code=code, data=data or {}))
