"""State of a ticket, a counter, a call, a lease and a reprint at one moment of the day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, NamedTuple


@dataclass(frozen=True, slots=True)
class Stop:
    """One station of a visit: a service, or one counter of it."""

    service: str
    counter: str | None = None


class TicketState(StrEnum):
    """Where in its life a ticket is. `transferred` is passed through: a transferred ticket waits."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    NO_SHOW = "no_show"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


OVER: Final = frozenset({TicketState.FINISHED, TicketState.CANCELLED, TicketState.EXPIRED})
HELD: Final = frozenset({TicketState.CALLED, TicketState.SERVING})


@dataclass(frozen=True, slots=True)
class Ticket:
    """One person's stay. `stops[0]` is where it is or waits now; `arrived_at` gives its place, whatever it is sent
    through.

    `counter` has called or serves it, or has parked it; None while it waits. `calls` and `called_at` are of the
    present calling, recalls included; `first_called_at` is of its first call. `offline`: a kiosk gave it without the hub. `given_by` is the device that gave it.
    `reprints` are what became of each, by its count; empty where nothing has been heard of it.
    """

    id: str
    number: str
    order: int
    state: TicketState
    stops: tuple[Stop, ...]
    priority: str | None
    priority_confirmed: bool | None
    issued_at: datetime
    arrived_at: datetime
    session: str
    counter: str | None = None
    officer: str | None = None
    call: str | None = None
    calls: int = 0
    called_at: datetime | None = None
    first_called_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    parked_until: datetime | None = None
    slip: str = ""
    reprints: tuple[tuple[int, str], ...] = ()
    offline: bool = False
    given_by: str = ""

    @property
    def service(self) -> str:
        """The service of the present stop."""
        return self.stops[0].service

    @property
    def effective_priority(self) -> str | None:
        """The claimed priority, unless an officer has seen that nothing backs it."""
        return None if self.priority_confirmed is False else self.priority

    def with_paper(self, outcome: str, reprint: int) -> "Ticket":
        """The ticket with this of its slip, or of a reprint: one that came out settles the slip, another takes nothing
        back."""
        if not reprint:
            return replace(self, slip=outcome)
        slip = outcome if outcome == "printed" else self.slip
        reprints = dict(self.reprints) | {reprint: outcome}
        return replace(self, slip=slip, reprints=tuple(reprints.items()))

    def with_reprint(self, reprint: int) -> "Ticket":
        """The ticket with one reprint more, of which nothing has been heard."""
        return replace(self, reprints=(*self.reprints, (reprint, "")))


UNCALLED: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "counter": None,
        "officer": None,
        "call": None,
        "calls": 0,
        "called_at": None,
        "first_called_at": None,
        "started_at": None,
        "parked_until": None,
    }
)
"""What a ticket loses when it returns to the queue."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """A slip that was asked for again.

    `outcome` is what became of it and `remark` what was added to that; empty before.
    """

    ticket: str
    reprint: int
    kiosk: str
    reason: str
    device: str
    officer: str
    asked_at: datetime
    outcome: str = ""
    remark: str = ""

    @property
    def id(self) -> str:
        """What it is known by."""
        return reprint_id(self.ticket, self.reprint)

    def with_outcome(self, outcome: str, remark: str) -> "Reprint":
        """The reprint with what became of it."""
        return replace(self, outcome=outcome, remark=remark)


def reprint_id(ticket: str, reprint: int) -> str:
    """What the n-th reprint of a ticket's slip is known by."""
    return f"{ticket}~{reprint}"


@dataclass(frozen=True, slots=True)
class LeasedNumber:
    """A number set aside for a kiosk: its place in the series, and as printed."""

    n: int
    number: str


@dataclass(frozen=True, slots=True)
class Lease:
    """Numbers of a service set aside for one kiosk today. `numbers` are those of which the hub knows no ticket yet."""

    id: str
    device: str
    service: str
    granted_at: datetime
    numbers: tuple[LeasedNumber, ...]

    def find(self, number: str) -> LeasedNumber | None:
        """The leased number as printed, None where it is not or no longer set aside."""
        return next((each for each in self.numbers if each.number == number), None)

    def without(self, numbers: tuple[str, ...]) -> "Lease":
        """What is left when these are gone."""
        return replace(self, numbers=tuple(n for n in self.numbers if n.number not in numbers))


class Pace(NamedTuple):
    """How many tickets a device has given in one minute of the clock."""

    minute: datetime
    issued: int


@dataclass(frozen=True, slots=True)
class Call:
    """One call or recall of a ticket: the `attempt`-th at this counter. `outcome` is what the hall heard of it."""

    id: str
    ticket: str
    counter: str
    attempt: int
    at: datetime
    outcome: str = ""


class CounterState(StrEnum):
    """Whether a counter calls."""

    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter as it stands: its state, its officer, and the one ticket it has called or serves."""

    counter: str
    state: CounterState = CounterState.CLOSED
    officer: str | None = None
    ticket: str | None = None
    pause_reason: str = ""
    since_priority: int = 0
