"""What happened on the floor. Facts only, self-contained: the floor of a day is their fold, and the journal keeps them for ever."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Stop:
    """One station of a visit: a service, or one counter of it."""

    service: str
    counter: str | None = None


@dataclass(frozen=True, slots=True)
class DayOpened:
    """A business day began; numbers start again."""

    day: date
    kind: Literal["day_opened"] = "day_opened"


@dataclass(frozen=True, slots=True)
class DayEnded:
    """The business day is over; no more tickets today."""

    day: date
    kind: Literal["day_ended"] = "day_ended"


@dataclass(frozen=True, slots=True)
class PlanAdopted:
    """From here on the floor calls by these rules, until the day is over or another plan is adopted.

    `profiles` are the tiers of each counter and `ranks` those of the priority classes, both in order of their ids.
    """

    profiles: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    ranks: tuple[tuple[str, int], ...]
    priority: str
    normal_per_priority: int
    kind: Literal["plan_adopted"] = "plan_adopted"


@dataclass(frozen=True, slots=True)
class LeasedNumber:
    """A number set aside for a kiosk: its place in the series, and as printed."""

    n: int
    number: str


@dataclass(frozen=True, slots=True)
class NumbersLeased:
    """Numbers were set aside for a kiosk until the end of the day; nobody else is given them."""

    lease: str
    device: str
    service: str
    numbers: tuple[LeasedNumber, ...]
    kind: Literal["numbers_leased"] = "numbers_leased"


@dataclass(frozen=True, slots=True)
class NumbersReturned:
    """The kiosk gave leased numbers back that nobody has."""

    lease: str
    device: str
    service: str
    numbers: tuple[str, ...]
    kind: Literal["numbers_returned"] = "numbers_returned"


@dataclass(frozen=True, slots=True)
class OfflineIssue:
    """How a ticket was given without the hub: from which lease, when as far as the hub believes it, and when by the kiosk."""

    lease: str
    at: datetime
    said: datetime


@dataclass(frozen=True, slots=True)
class TicketIssued:
    """A citizen has a number. `n` is its place in the series of the first service. With `offline`, a kiosk gave it
    while it could not reach the hub, and has now handed it in."""

    ticket: str
    number: str
    n: int
    stops: tuple[Stop, ...]
    priority: str | None
    session: str
    device: str
    offline: OfflineIssue | None = None
    kind: Literal["ticket_issued"] = "ticket_issued"


@dataclass(frozen=True, slots=True)
class TicketHandedInLate:
    """A kiosk gave a number of a lease that today does not know, most often yesterday's. It stands in no queue; this row
    is what is left of it. Everything in it is the kiosk's word."""

    lease: str
    number: str
    service: str
    priority: str | None
    issued_at: datetime
    device: str
    kind: Literal["ticket_handed_in_late"] = "ticket_handed_in_late"


@dataclass(frozen=True, slots=True)
class TicketCalled:
    """A counter calls a ticket. Out of order, `reason` says why and `passed_over` names the ticket that the rules would have called."""

    ticket: str
    counter: str
    officer: str
    call: str
    out_of_order: bool = False
    reason: str = ""
    passed_over: str | None = None
    kind: Literal["ticket_called"] = "ticket_called"


@dataclass(frozen=True, slots=True)
class TicketRecalled:
    """The same counter calls the same ticket again."""

    ticket: str
    counter: str
    call: str
    kind: Literal["ticket_recalled"] = "ticket_recalled"


@dataclass(frozen=True, slots=True)
class ServiceStarted:
    """The citizen is at the counter."""

    ticket: str
    counter: str
    kind: Literal["service_started"] = "service_started"


@dataclass(frozen=True, slots=True)
class TicketMissed:
    """Called and did not come."""

    ticket: str
    counter: str
    kind: Literal["ticket_missed"] = "ticket_missed"


@dataclass(frozen=True, slots=True)
class TicketReadmitted:
    """Back in the line after a missed call, placed as if arrived at `arrived_at`."""

    ticket: str
    arrived_at: datetime
    kind: Literal["ticket_readmitted"] = "ticket_readmitted"


@dataclass(frozen=True, slots=True)
class TicketParked:
    """Put aside by a counter until `until`."""

    ticket: str
    counter: str
    until: datetime
    reason: str
    kind: Literal["ticket_parked"] = "ticket_parked"


@dataclass(frozen=True, slots=True)
class ParkingEnded:
    """The time aside ran out; the ticket waits again for the counter that parked it."""

    ticket: str
    kind: Literal["parking_ended"] = "parking_ended"


@dataclass(frozen=True, slots=True)
class TicketTransferred:
    """Sent on by an officer; `stops` is the whole remaining route. Number and arrival stay."""

    ticket: str
    counter: str
    stops: tuple[Stop, ...]
    kind: Literal["ticket_transferred"] = "ticket_transferred"


@dataclass(frozen=True, slots=True)
class StopFinished:
    """One service of several is done; the ticket waits for the next."""

    ticket: str
    counter: str
    stops: tuple[Stop, ...]
    outcome: str
    kind: Literal["stop_finished"] = "stop_finished"


@dataclass(frozen=True, slots=True)
class TicketFinished:
    """The visit is over."""

    ticket: str
    counter: str
    outcome: str
    kind: Literal["ticket_finished"] = "ticket_finished"


@dataclass(frozen=True, slots=True)
class PriorityConfirmed:
    """The officer's word on a claimed priority."""

    ticket: str
    counter: str
    confirmed: bool
    kind: Literal["priority_confirmed"] = "priority_confirmed"


@dataclass(frozen=True, slots=True)
class TicketCancelled:
    """Taken out of the queue by a person."""

    ticket: str
    reason: str
    device: str
    kind: Literal["ticket_cancelled"] = "ticket_cancelled"


@dataclass(frozen=True, slots=True)
class TicketExpired:
    """The day ended before the ticket was served."""

    ticket: str
    kind: Literal["ticket_expired"] = "ticket_expired"


@dataclass(frozen=True, slots=True)
class CounterSignedIn:
    """An officer sits at the counter: as a substitute for `stands_in_for`, or at a counter of the officer's own. `by_pin`:
    the officer's PIN was right there."""

    counter: str
    officer: str
    stands_in_for: str | None = None
    by_pin: bool = False
    kind: Literal["counter_signed_in"] = "counter_signed_in"


@dataclass(frozen=True, slots=True)
class CounterSignedOut:
    """The officer left."""

    counter: str
    officer: str
    kind: Literal["counter_signed_out"] = "counter_signed_out"


@dataclass(frozen=True, slots=True)
class CounterOpened:
    """The counter calls."""

    counter: str
    kind: Literal["counter_opened"] = "counter_opened"


@dataclass(frozen=True, slots=True)
class CounterPaused:
    """The counter stops calling for a while."""

    counter: str
    reason: str
    kind: Literal["counter_paused"] = "counter_paused"


@dataclass(frozen=True, slots=True)
class CounterClosed:
    """The counter is closed."""

    counter: str
    kind: Literal["counter_closed"] = "counter_closed"


@dataclass(frozen=True, slots=True)
class ReprintAsked:
    """Somebody of the centre wants a ticket's slip again: the `reprint`-th, at this kiosk. `officer` is who sits at the
    counter or stands at the console that asks, where that is known."""

    ticket: str
    reprint: int
    kiosk: str
    reason: str
    device: str
    officer: str = ""
    kind: Literal["reprint_asked"] = "reprint_asked"


@dataclass(frozen=True, slots=True)
class SlipReported:
    """What became of a ticket's paper; `reprint` counts from 1, 0 is the first print and all that is older than it."""

    ticket: str
    outcome: str
    reason: str
    device: str
    reprint: int = 0
    kind: Literal["slip_reported"] = "slip_reported"


@dataclass(frozen=True, slots=True)
class CallAnnounced:
    """What became of a call's announcement."""

    call: str
    outcome: str
    reason: str
    device: str
    kind: Literal["call_announced"] = "call_announced"


Event = (
    DayOpened
    | DayEnded
    | PlanAdopted
    | NumbersLeased
    | NumbersReturned
    | TicketIssued
    | TicketHandedInLate
    | TicketCalled
    | TicketRecalled
    | ServiceStarted
    | TicketMissed
    | TicketReadmitted
    | TicketParked
    | ParkingEnded
    | TicketTransferred
    | StopFinished
    | TicketFinished
    | PriorityConfirmed
    | TicketCancelled
    | TicketExpired
    | CounterSignedIn
    | CounterSignedOut
    | CounterOpened
    | CounterPaused
    | CounterClosed
    | ReprintAsked
    | SlipReported
    | CallAnnounced
)
