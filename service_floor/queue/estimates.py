"""How long somebody probably waits: the work ahead at the open counters that take the service, shared among them.

An estimate, for people: typical durations, nothing of who is being served just now.
"""

from collections import Counter as Tally
from collections.abc import Iterator
from datetime import timedelta

from service_floor.queue.events import Stop
from service_floor.queue.floor import Floor
from service_floor.queue.plan import Counter, FloorPlan
from service_floor.queue.tickets import CounterState, Ticket, TicketState
from service_floor.queue.turns import ahead_in_line


def open_counters(plan: FloorPlan, floor: Floor, stop: Stop) -> tuple[Counter, ...]:
    """The open counters that may call for a stop: its own counter while somebody is signed in there, else any."""
    bound = stop.counter is not None and floor.desk(stop.counter).officer is not None
    return tuple(
        counter
        for counter in plan.counters.values()
        if (desk := floor.desks.get(counter.id)) is not None
        and desk.state is CounterState.OPEN
        and (not bound or counter.id == stop.counter)
        and counter.takes(stop.service)
    )


def wait_of_newcomer(plan: FloorPlan, floor: Floor, service: str) -> timedelta | None:
    """The wait of somebody without priority who comes for the service now; None while no counter takes it."""
    return _wait(plan, floor, Stop(service), None)


def wait_of_ticket(plan: FloorPlan, floor: Floor, ticket: Ticket) -> timedelta | None:
    """The wait of a ticket in the line; None where it does not wait or no counter takes it."""
    if ticket.state is not TicketState.WAITING:
        return None
    return _wait(plan, floor, ticket.stops[0], ticket)


def _wait(plan: FloorPlan, floor: Floor, stop: Stop, ticket: Ticket | None) -> timedelta | None:
    counters = open_counters(plan, floor, stop)
    if not counters:
        return None
    # Counters of one profile compete alike: each share is worked out once.
    competing = Tally(each for counter in counters for each in _competing(counter, stop.service))
    work = timedelta(0)
    for (service, earlier_tier), times in competing.items():
        work += times * _share(plan, floor, service, None if earlier_tier else ticket)
    return work / len(counters)


def _share(plan: FloorPlan, floor: Floor, service: str, ticket: Ticket | None) -> timedelta:
    """The work of a service that is before the ticket, or before a newcomer, divided among the open counters that take it."""
    known = plan.services.get(service)
    if ticket is None:
        ahead = floor.waiting_count(service)
    else:
        ahead = ahead_in_line(plan, floor.lines, ticket, service)
    if known is None or not ahead:
        return timedelta(0)
    return known.typical * ahead / len(open_counters(plan, floor, Stop(service)))


def _competing(counter: Counter, service: str) -> Iterator[tuple[str, bool]]:
    """The services that the counter calls before or among this one, and whether before."""
    own = next(place for place, tier in enumerate(counter.profile) if service in tier)
    for place, tier in enumerate(counter.profile[: own + 1]):
        for other in tier:
            yield other, place < own
