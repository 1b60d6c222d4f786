"""A ticket and a counter as they stand at one moment of the day."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from service_floor.queue.events import LeasedNumber, Stop


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


@dataclass(frozen=True, slots=True)
class Ticket:
    """One person's stay. `stops[0]` is where it is or waits now; `arrived_at` gives its place, whatever it is sent through.

    `counter` has called or serves it, or has parked it; None while it waits. `calls` and `called_at` are of the
    present calling, recalls included. `offline`: a kiosk gave it without the hub.
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
    started_at: datetime | None = None
    ended_at: datetime | None = None
    parked_until: datetime | None = None
    slip: str = ""
    reprints: tuple[tuple[int, str], ...] = ()
    offline: bool = False

    @property
    def service(self) -> str:
        """The service of the present stop."""
        return self.stops[0].service

    @property
    def effective_priority(self) -> str | None:
        """The claimed priority, unless an officer has seen that nothing backs it."""
        return None if self.priority_confirmed is False else self.priority

    def with_paper(self, outcome: str, reprint: int) -> "Ticket":
        """The ticket with this of its slip, or of a reprint: one that came out settles the slip, another takes nothing back."""
        if not reprint:
            return replace(self, slip=outcome)
        slip = outcome if outcome == "printed" else self.slip
        reprints = dict(self.reprints) | {reprint: outcome}
        return replace(self, slip=slip, reprints=tuple(reprints.items()))


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
