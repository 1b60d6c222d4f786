"""How long somebody probably waits: the work ahead at the open counters that take the service, shared among them.

An estimate, for people: typical durations, nothing of who is being served just now.
"""

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
        if counter.takes(stop.service)
        and floor.desk(counter.id).state is CounterState.OPEN
        and (not bound or counter.id == stop.counter)
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
    work = sum((_work(plan, floor, counter, stop, ticket) for counter in counters), timedelta(0))
    return work / len(counters)


def _work(
    plan: FloorPlan, floor: Floor, counter: Counter, stop: Stop, ticket: Ticket | None
) -> timedelta:
    """What is ahead at one counter. Who waits for a service is divided among the open counters that take it."""
    work = timedelta(0)
    for service, earlier_tier in _competing(counter, stop.service):
        if ticket is None or earlier_tier:
            ahead = floor.waiting_count(service)
        else:
            ahead = ahead_in_line(plan, floor.lines, ticket, service)
        shares = len(open_counters(plan, floor, Stop(service)))
        known = plan.services.get(service)
        if known is not None and ahead:
            work += known.typical * ahead / shares
    return work


def _competing(counter: Counter, service: str) -> Iterator[tuple[str, bool]]:
    """The services that the counter calls before or among this one, and whether before."""
    own = next(place for place, tier in enumerate(counter.profile) if service in tier)
    for place, tier in enumerate(counter.profile[: own + 1]):
        for other in tier:
            yield other, place < own
