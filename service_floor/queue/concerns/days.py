"""Business days: what the clock brings without a command, and the end of a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from service_floor.queue.actors import SUPERVISORS, Role
from service_floor.queue.cases import NO_COUNTER, Case, Decision, FloorCommand
from service_floor.queue.concerns.desks import CounterSignedOut
from service_floor.queue.concerns.issuing import TicketExpired
from service_floor.queue.concerns.reprinting import silent_reprints
from service_floor.queue.concerns.serving import ParkingEnded
from service_floor.queue.floor import Floor, FloorEvent, ImpossibleEventError, Touched
from service_floor.queue.refusals import CommonRefusal, Refusal
from service_floor.queue.tickets import TicketState
from service_floor.zone import business_day


@dataclass(frozen=True, slots=True)
class DayOpened(FloorEvent):
    """A business day began; numbers start again."""

    day: date
    kind: Literal["day_opened"] = "day_opened"

    def fold(self, floor: Floor, at: datetime) -> None:
        if floor.day is not None and self.day <= floor.day:
            raise ImpossibleEventError(f"{self.day} opens after {floor.day}")
        empty = Floor()
        for name in Floor.__slots__:
            if name != "last_seen":
                setattr(floor, name, getattr(empty, name))
        floor.day = self.day

    def touched(self) -> Touched:
        return Touched()


@dataclass(frozen=True, slots=True)
class DayEnded(FloorEvent):
    """The business day is over; no more tickets today."""

    day: date
    kind: Literal["day_ended"] = "day_ended"

    def fold(self, floor: Floor, at: datetime) -> None:
        if floor.ended or self.day != floor.day:
            raise ImpossibleEventError(f"{self.day} is not the day that is open")
        floor.ended = at

    def touched(self) -> Touched:
        return Touched(day=True)


@dataclass(frozen=True, slots=True)
class EndDay(FloorCommand):
    """Close the business day; whoever still waits expires."""

    given_by: ClassVar = SUPERVISORS
    acts_for: ClassVar = NO_COUNTER
    kind: Literal["end_day"] = "end_day"

    def decide(self, case: Case) -> Decision:
        """Close the day. Who is being served is served to the end; everybody else's ticket expires."""
        floor = case.floor
        if floor.ended or floor.day is None:
            return Refusal(CommonRefusal.CLOSED_FOR_TODAY)
        left = (ticket for ticket in floor.unfinished() if ticket.state is not TicketState.SERVING)
        return (*(TicketExpired(ticket.id) for ticket in left), DayEnded(floor.day))


@dataclass(frozen=True, slots=True)
class PassTime(FloorCommand):
    """Nothing was asked; the hub lets the clock do what is due."""

    given_by: ClassVar = frozenset({Role.HUB})
    acts_for: ClassVar = NO_COUNTER
    kind: Literal["pass_time"] = "pass_time"

    def decide(self, case: Case) -> Decision:
        """Nothing but what is due."""
        return ()


def due(floor: Floor, now: datetime) -> tuple[FloorEvent, ...]:
    """A new business day, which never goes back, or the parkings that have run out and the reprints past their timeout."""
    today = business_day(floor.time(now))
    if floor.day != today:
        return (*_closing(floor), DayOpened(today))
    ended = tuple(
        ParkingEnded(ticket)
        for ticket, until in sorted(floor.parked.items(), key=lambda item: (item[1], item[0]))
        if until <= now
    )
    return (*ended, *silent_reprints(floor, now))


def _closing(floor: Floor) -> Iterator[FloorEvent]:
    """What ends with the day that is left behind: every open ticket, every officer's presence, the day itself."""
    if floor.day is None:
        return
    for ticket in floor.unfinished():
        yield TicketExpired(ticket.id)
    for desk in sorted(floor.desks.values(), key=lambda desk: desk.counter):
        if desk.officer is not None:
            yield CounterSignedOut(desk.counter, desk.officer)
    if not floor.ended:
        yield DayEnded(floor.day)


Event = DayOpened | DayEnded


Command = EndDay | PassTime
