"""State of the floor on one business day: the fold of its events. `Floor.fold` is the only way to change it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from service_floor.queue.lines import WaitingLines
from service_floor.queue.tickets import OVER, Call, Desk, Lease, Pace, Reprint, Ticket


class ImpossibleEventError(ValueError):
    """An event does not fit the state it meets: the journal is broken or a rule is wrong.

    Example: a ticket is finished that no counter has called.
    """


class Touched(NamedTuple):
    """What an event changes on the floor, for the views that show it.

    `ticket` and `counter` are the event's own, `services` change in their figures beside the ticket's. `new_call` and
    `new_reprint` are made by the event, `reprint` is one that it changes, `day` is whether the state of the day changes.
    """

    ticket: str | None = None
    counter: str | None = None
    new_call: str | None = None
    services: tuple[str, ...] = ()
    new_reprint: str | None = None
    reprint: str | None = None
    day: bool = False


class FloorEvent:
    """Base of all events: a fact about the floor that the journal keeps for ever. `kind` names it there.

    Each declares what it touches and how it is folded; one that does not raises TypeError when its module is imported.
    """

    __slots__ = ()
    kind: str

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        is_base = "kind" not in vars(cls).get("__annotations__", {})
        if not is_base and FloorEvent.fold is cls.fold:
            raise TypeError(f"{cls.__name__} does not declare how it is folded")
        if not is_base and FloorEvent.touched is cls.touched:
            raise TypeError(f"{cls.__name__} does not declare what it touches")

    def fold(self, floor: "Floor", at: datetime) -> None:
        """Change the floor by what happened at `at`. Raises ImpossibleEventError before anything is changed."""
        raise NotImplementedError

    def touched(self) -> Touched:
        """What the event changes."""
        raise NotImplementedError


@dataclass(slots=True)
class Floor:
    """The floor of one business day, created empty by the hub and folded forward. Two folds of the same events are
    equal.

    Fields are for reading; those who need a ticket, a desk or a line use the methods.
    """

    day: date | None = None
    ended: datetime | None = None  # since when
    adopted: FloorEvent | None = None  # the adoption of the plan that is in force
    last_seen: datetime | None = None
    tickets: dict[str, Ticket] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    last_n: dict[str, int] = field(default_factory=dict)
    issued_by_session: dict[tuple[str, str], int] = field(default_factory=dict)
    lines: WaitingLines = field(default_factory=WaitingLines)
    parked: dict[str, datetime] = field(default_factory=dict)
    leases: dict[str, Lease] = field(default_factory=dict)
    leased: dict[str, str] = field(default_factory=dict)
    leased_for: dict[str, int] = field(default_factory=dict)
    reprints: dict[str, Reprint] = field(default_factory=dict)
    paces: dict[str, Pace] = field(default_factory=dict)

    def fold(self, event: FloorEvent, at: datetime) -> None:
        """Take in what happened at `at` by the hub's clock.

        An event that cannot have happened raises and changes nothing.
        """
        event.fold(self, at)
        self.last_seen = self.time(at)

    def time(self, now: datetime) -> datetime:
        """The floor's own time, which never goes back: no place is gained when the clock jumps."""
        return now if self.last_seen is None else max(now, self.last_seen)

    def ticket(self, ticket: str) -> Ticket | None:
        """A ticket of today by id."""
        return self.tickets.get(ticket)

    def by_number(self, number: str) -> Ticket | None:
        """A ticket of today by its printed number."""
        return self.tickets.get(self.numbers.get(number, ""))

    def call(self, call: str) -> Call | None:
        """A call of today by id."""
        return self.calls.get(call)

    def desk(self, counter: str) -> Desk:
        """A counter as it stands; one of which nothing was heard today is closed."""
        return self.desks.get(counter) or Desk(counter)

    def desk_of_officer(self, officer: str) -> Desk | None:
        """Where an officer is signed in."""
        return next((desk for desk in self.desks.values() if desk.officer == officer), None)

    def waiting(self, service: str) -> tuple[Ticket, ...]:
        """The queue of a service, in order of place; the order of calling also depends on priority."""
        return tuple(self.tickets[ticket] for ticket in self.lines.in_order(service))

    def waiting_count(self, service: str) -> int:
        """Length of the queue of a service."""
        return self.lines.count(service)

    def unfinished(self) -> Iterator[Ticket]:
        """Every ticket that may still be served, in order of issue."""
        return (ticket for ticket in self.tickets.values() if ticket.state not in OVER)

    def issued(self, service: str, session: str | None = None) -> int:
        """How many tickets were issued with this service among their stops, today or in one session."""
        counts = self.issued_by_session.items()
        return sum(
            count for (of, during), count in counts if of == service and session in (None, during)
        )

    def spoken_for(self, service: str, session: str | None = None) -> int:
        """Those, and the numbers that kiosks hold in advance: what counts against the limit of a quota."""
        return self.issued(service, session) + self.leased_for.get(service, 0)

    def is_free(self, number: str) -> bool:
        """Whether a number as printed was neither given today nor is set aside."""
        return number not in self.numbers and number not in self.leased
