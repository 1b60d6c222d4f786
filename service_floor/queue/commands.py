"""What people and programs ask of the floor. Plain data; `kind` names each on the wire and in the journal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Literal

_CLOSED_SHAPE = {"extra": "forbid"}


class Role(StrEnum):
    """Who may do what is a table over these."""

    KIOSK = "kiosk"
    COUNTER = "counter"
    BOARD = "board"
    AGENT = "agent"
    GREETER = "greeter"
    TECHNICIAN = "technician"
    SUPERVISOR = "supervisor"
    HUB = "hub"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who sends a command: the device, its role, and the counter it stands at. `proven`: the officer whose PIN was right there."""

    device: str
    role: Role
    counter: str | None = None
    proven: str | None = None


@dataclass(frozen=True, slots=True)
class IssueTicket:
    """Give a ticket for one or more services, visited in this order."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    services: tuple[str, ...]
    priority: str | None = None
    kind: Literal["issue_ticket"] = "issue_ticket"


@dataclass(frozen=True, slots=True)
class LeaseNumbers:
    """Set up to `count` numbers of a service aside for this kiosk, to be given while the hub cannot be reached."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    service: str
    count: int
    kind: Literal["lease_numbers"] = "lease_numbers"


@dataclass(frozen=True, slots=True)
class ReturnNumbers:
    """Give leased numbers back that were given to nobody and never will be."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    lease: str
    numbers: tuple[str, ...]
    kind: Literal["return_numbers"] = "return_numbers"


@dataclass(frozen=True, slots=True)
class HandInTicket:
    """A leased number was given to a citizen at `issued_at` by the kiosk's estimate of the hub's time.

    `instead_of` is the request of the same press that was sent before the line broke: whatever became of it, it is
    undone.
    """

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    lease: str
    number: str
    service: str
    issued_at: datetime
    priority: str | None = None
    instead_of: str | None = None
    kind: Literal["hand_in_ticket"] = "hand_in_ticket"


@dataclass(frozen=True, slots=True)
class SignIn:
    """An officer takes a place at a counter."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    officer: str
    kind: Literal["sign_in"] = "sign_in"


@dataclass(frozen=True, slots=True)
class SignOut:
    """The officer leaves; the counter closes."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    kind: Literal["sign_out"] = "sign_out"


@dataclass(frozen=True, slots=True)
class OpenCounter:
    """Open a closed counter, or go on after a pause."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    kind: Literal["open_counter"] = "open_counter"


@dataclass(frozen=True, slots=True)
class PauseCounter:
    """Stop calling for a while; `reason` is a code of the centre's list."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    reason: str
    kind: Literal["pause_counter"] = "pause_counter"


@dataclass(frozen=True, slots=True)
class CloseCounter:
    """Close the counter; the officer stays signed in."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    kind: Literal["close_counter"] = "close_counter"


@dataclass(frozen=True, slots=True)
class CallNext:
    """Call whoever is next for this counter by the rules."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    kind: Literal["call_next"] = "call_next"


@dataclass(frozen=True, slots=True)
class CallTicket:
    """Call a chosen ticket. Where it is not the next by the rules, `reason` must say why."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    ticket: str
    reason: str = ""
    kind: Literal["call_ticket"] = "call_ticket"


@dataclass(frozen=True, slots=True)
class Recall:
    """Call the counter's called ticket once more."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    kind: Literal["recall"] = "recall"


@dataclass(frozen=True, slots=True)
class StartServing:
    """The called citizen has come."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    kind: Literal["start_serving"] = "start_serving"


@dataclass(frozen=True, slots=True)
class MarkNoShow:
    """The called citizen did not come."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    kind: Literal["mark_no_show"] = "mark_no_show"


@dataclass(frozen=True, slots=True)
class Readmit:
    """Somebody who missed the call is back."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    ticket: str
    kind: Literal["readmit"] = "readmit"


@dataclass(frozen=True, slots=True)
class Park:
    """Put the served ticket aside for `minutes`; it stays this counter's."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    minutes: int
    reason: str = ""
    kind: Literal["park"] = "park"


@dataclass(frozen=True, slots=True)
class CallParked:
    """Call a ticket that this counter had parked."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    ticket: str
    kind: Literal["call_parked"] = "call_parked"


@dataclass(frozen=True, slots=True)
class Transfer:
    """Send the served ticket to another service, or to one counter of it; with `back` it returns here afterwards."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    service: str
    to_counter: str | None = None
    back: bool = False
    kind: Literal["transfer"] = "transfer"


@dataclass(frozen=True, slots=True)
class Finish:
    """The service is done; a ticket with further stops goes on to the next one."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    outcome: str = ""
    kind: Literal["finish"] = "finish"


@dataclass(frozen=True, slots=True)
class ConfirmPriority:
    """The officer has seen, or not seen, what the claimed priority rests on."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    counter: str
    confirmed: bool
    kind: Literal["confirm_priority"] = "confirm_priority"


@dataclass(frozen=True, slots=True)
class CancelTicket:
    """Take a ticket that is not being served out of the queue."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    ticket: str
    reason: str
    kind: Literal["cancel_ticket"] = "cancel_ticket"


class ReprintReason(StrEnum):
    """Why a slip is wanted again: none came out, nobody can read it, or it is gone."""

    NOT_PRINTED = "not_printed"
    UNREADABLE = "unreadable"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ReprintSlip:
    """Print a ticket's slip again, marked with its count, at this kiosk; without one at the kiosk that gave the ticket."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    ticket: str
    reason: ReprintReason
    kiosk: str | None = None
    kind: Literal["reprint_slip"] = "reprint_slip"


@dataclass(frozen=True, slots=True)
class ReportSlip:
    """What became of a ticket's paper: printed, failed or unknown; `reprint` counts from 1, 0 is the first print."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    ticket: str
    outcome: Literal["printed", "failed", "unknown"]
    reason: str = ""
    reprint: int = 0
    kind: Literal["report_slip"] = "report_slip"


@dataclass(frozen=True, slots=True)
class ReportAnnounced:
    """Whether a call was heard in the hall."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    call: str
    outcome: Literal["announced", "dropped", "failed"]
    reason: str = ""
    kind: Literal["report_announced"] = "report_announced"


@dataclass(frozen=True, slots=True)
class EndDay:
    """Close the business day; whoever still waits expires."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    kind: Literal["end_day"] = "end_day"


@dataclass(frozen=True, slots=True)
class PassTime:
    """Nothing was asked; the hub lets the clock do what is due."""

    __pydantic_config__: ClassVar = _CLOSED_SHAPE
    kind: Literal["pass_time"] = "pass_time"


Command = (
    IssueTicket
    | LeaseNumbers
    | ReturnNumbers
    | HandInTicket
    | SignIn
    | SignOut
    | OpenCounter
    | PauseCounter
    | CloseCounter
    | CallNext
    | CallTicket
    | Recall
    | StartServing
    | MarkNoShow
    | Readmit
    | Park
    | CallParked
    | Transfer
    | Finish
    | ConfirmPriority
    | CancelTicket
    | ReprintSlip
    | ReportSlip
    | ReportAnnounced
    | EndDay
    | PassTime
)


@dataclass(frozen=True, slots=True)
class Order:
    """A command with who gives it, when (aware, the hub's clock), and a fresh id for what it may create."""

    command: Command
    actor: Actor
    now: datetime
    fresh_id: str
