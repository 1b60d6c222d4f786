"""Frames of the floor wire, protocol 1, as validated models. Unknown fields from a client are refused; clients
ignore those of the hub."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from hub.messages.conditions import EXCLUSIVE, Condition
from hub.messages.views import Topic
from service_floor.queue.commands import Command

PROTOCOL = 1
MAX_FRAME = 64 * 1024
# The largest integer that clients of every language can represent, JavaScript too.
Position = Annotated[int, Field(ge=0, le=2**53 - 1)]
LONGEST_STANDING = 366 * 86_400
"""Seconds; the limit to which a longer time is cut."""
MOST_ATTACHED = 8
RequestId = Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


class FromClient(BaseModel):
    """A frame that the hub accepts; unknown fields are a validation error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FromHub(BaseModel):
    """A frame that the hub sends; clients ignore fields that they do not know."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Hello(FromClient):
    """First frame of a connection. With `epoch` and `seq` the client asks to resume from that position; `rows` is how
    many rows the journal had when it last heard of it."""

    t: Literal["hello"] = "hello"
    proto: tuple[int, ...] = Field((PROTOCOL,), min_length=1, max_length=8)
    device: str = Field(max_length=40)
    token: str = Field(max_length=200, repr=False)
    topics: tuple[Topic, ...] = ()
    epoch: str | None = Field(None, max_length=40)
    seq: Position | None = None
    rows: Position | None = None


class Enrol(FromClient):
    """First frame of a device without a token: it asks for one, and shows the code that it is sent."""

    t: Literal["enrol"] = "enrol"
    proto: tuple[int, ...] = Field((PROTOCOL,), min_length=1, max_length=8)
    kind: Literal["kiosk", "counter", "board", "agent"]


class CommandFrame(FromClient):
    """Carry out a command. The client chooses `req`, stores it before sending, and retries with it until an answer
    comes."""

    t: Literal["cmd"] = "cmd"
    req: RequestId
    cmd: Annotated[Command, Field(discriminator="kind")]


class AskDossier(FromClient):
    """Where is this dossier?"""

    kind: Literal["dossier"] = "dossier"
    code: str = Field(min_length=1, max_length=200)


class AskTicket(FromClient):
    """How many are before this ticket? By id or by today's number."""

    kind: Literal["ticket"] = "ticket"
    code: str = Field(min_length=1, max_length=200)


class ProveOfficer(FromClient):
    """Is this the officer's PIN? If it is, the officer may sign in over this connection for a minute."""

    kind: Literal["prove_officer"] = "prove_officer"
    officer: str = Field(min_length=1, max_length=40)
    pin: str = Field(min_length=1, max_length=32, repr=False)


Question = Annotated[AskDossier | AskTicket | ProveOfficer, Field(discriminator="kind")]


class AskFrame(FromClient):
    """Look something up; changes nothing."""

    t: Literal["ask"] = "ask"
    req: RequestId
    ask: Question


class Heartbeat(FromClient):
    """Heartbeat of a screen: the last delta that it has applied, and the calls painted or spoken since the last one."""

    t: Literal["hb"] = "hb"
    seq: Position
    shown: tuple[Annotated[str, Field(max_length=64)], ...] = Field((), max_length=64)


class AttachedDevice(FromClient):
    """A printer of this device: its conditions, and for how many seconds they have held."""

    id: str = Field(min_length=1, max_length=20, pattern=r"^[a-z0-9-]+$")
    kind: Literal["printer"] = "printer"
    conditions: tuple[Condition, ...] = Field(min_length=1, max_length=16)
    seconds: int = Field(0, ge=0, le=LONGEST_STANDING)

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if len(self.conditions) > len(set(self.conditions)):
            raise PydanticCustomError("twice", "a condition is named twice")
        if len(self.conditions) > 1 and not EXCLUSIVE.isdisjoint(self.conditions):
            raise PydanticCustomError("stands_alone", "ready and unknown stand alone")
        return self


class AttachedFrame(FromClient):
    """State of everything that is attached to this device: after each hello, and on every change. The last one
    holds."""

    t: Literal["attached"] = "attached"
    devices: tuple[AttachedDevice, ...] = Field(max_length=MOST_ATTACHED)

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        if len(self.devices) > len({each.id for each in self.devices}):
            raise PydanticCustomError("twice", "a device is named twice")
        return self


ClientFrame = Annotated[
    Hello | Enrol | CommandFrame | AskFrame | Heartbeat | AttachedFrame, Field(discriminator="t")
]


class ErrorBody(FromHub):
    """A code with data; the sentence is in `texts/` of each program."""

    code: str
    data: dict[str, str | int] = Field(default_factory=dict)


class Put(FromHub):
    """The new value of one key; `value` null removes the key."""

    topic: Topic
    key: str
    value: dict[str, Any] | None


class Enrolment(FromHub):
    """Show this code; until it expires it can be typed in the console."""

    t: Literal["enrolment"] = "enrolment"
    code: str
    now: datetime
    expires: datetime


class Enrolled(FromHub):
    """The device's name and token; store it, then say hello over a new connection."""

    t: Literal["enrolled"] = "enrolled"
    device: str
    token: str = Field(repr=False)


class Snapshot(FromHub):
    """The whole state of the topics asked for, at `seq`; `rows` is how many rows the journal has."""

    t: Literal["snapshot"] = "snapshot"
    proto: int = PROTOCOL
    epoch: str
    seq: int
    rows: int | None = None
    now: datetime
    state: dict[Topic, dict[str, dict[str, Any]]]


class Resumed(FromHub):
    """The client's position is good; the missed deltas follow."""

    t: Literal["resumed"] = "resumed"
    proto: int = PROTOCOL
    epoch: str
    seq: int
    now: datetime


class Delta(FromHub):
    """One step of the floor; `puts` may be empty if none of the client's topics changed. `rows` is how many rows the
    journal has."""

    t: Literal["delta"] = "delta"
    epoch: str
    seq: int
    rows: int | None = None
    puts: tuple[Put, ...]


class Tick(FromHub):
    """Every five seconds: position and time of the hub."""

    t: Literal["tick"] = "tick"
    epoch: str
    seq: int
    now: datetime


class Answer(FromHub):
    """The answer to a command or a question, always the same for the same `req` of a command."""

    t: Literal["answer"] = "answer"
    req: str
    ok: bool
    result: dict[str, Any] = Field(default_factory=dict)
    error: ErrorBody | None = None
    replayed: bool = False


class ErrorFrame(FromHub):
    """Something was wrong with a frame; `req` if it could be parsed."""

    t: Literal["error"] = "error"
    req: str | None = None
    error: ErrorBody


HubFrame = Annotated[
    Enrolment | Enrolled | Snapshot | Resumed | Delta | Tick | Answer | ErrorFrame,
    Field(discriminator="t"),
]

client_frames: TypeAdapter[ClientFrame] = TypeAdapter(ClientFrame)
hub_frames: TypeAdapter[HubFrame] = TypeAdapter(HubFrame)
