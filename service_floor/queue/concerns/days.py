"""What time alone brings, and the end of a day."""

from collections.abc import Iterator
from datetime import datetime

from service_floor.queue.cases import Case, Decision
from service_floor.queue.commands import EndDay, PassTime
from service_floor.queue.concerns.reprinting import silent_reprints
from service_floor.queue.events import (
    CounterSignedOut,
    DayEnded,
    DayOpened,
    Event,
    ParkingEnded,
    TicketExpired,
)
from service_floor.queue.floor import Floor
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.queue.tickets import TicketState
from service_floor.zone import business_day


def due(floor: Floor, now: datetime) -> tuple[Event, ...]:
    """A new business day, which never goes back, or the parkings that have run out and the reprints that nobody tells of."""
    today = business_day(floor.time(now))
    if floor.day != today:
        return (*_closing(floor), DayOpened(today))
    ended = tuple(
        ParkingEnded(ticket)
        for ticket, until in sorted(floor.parked.items(), key=lambda item: (item[1], item[0]))
        if until <= now
    )
    return (*ended, *silent_reprints(floor, now))


def _closing(floor: Floor) -> Iterator[Event]:
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


def end_day(case: Case, command: EndDay) -> Decision:
    """Close the day. Who is being served is served to the end; everybody else's ticket expires."""
    floor = case.floor
    if floor.ended or floor.day is None:
        return Refusal(RefusalCode.CLOSED_FOR_TODAY)
    left = (ticket for ticket in floor.unfinished() if ticket.state is not TicketState.SERVING)
    return (*(TicketExpired(ticket.id) for ticket in left), DayEnded(floor.day))


def pass_time(case: Case, command: PassTime) -> Decision:
    """Nothing but what is due."""
    return ()
