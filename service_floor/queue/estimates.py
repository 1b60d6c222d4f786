"""Estimated waiting time: the work ahead in the queue, shared among the open counters that take the service.

Uses typical durations and ignores who is being served now.
"""

from collections import Counter as Tally
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

from service_floor.queue.events import Stop
from service_floor.queue.floor import Floor
from service_floor.queue.planning.plan import FloorPlan
from service_floor.queue.tickets import CounterState, Ticket, TicketState
from service_floor.queue.turns import ahead_in_line, is_left_to

_Profile = tuple[tuple[str, ...], ...]
# Counters with the same profile call in the same order. Number of counters by profile.
_Counters = dict[_Profile, int]


def open_counters(plan: FloorPlan, floor: Floor, stop: Stop) -> int:
    """How many open counters may call for a stop: its own counter while an officer is signed in there, else any."""
    return _count(_open(plan, floor, stop), stop.service)


def wait_of_newcomer(plan: FloorPlan, floor: Floor, service: str) -> timedelta | None:
    """The wait of a newcomer without priority for the service; None while no counter takes it."""
    return _wait(plan, floor, Stop(service), None)


def wait_of_ticket(plan: FloorPlan, floor: Floor, ticket: Ticket) -> timedelta | None:
    """The wait of a ticket in the line; None where it does not wait or no counter takes it."""
    if ticket.state is not TicketState.WAITING:
        return None
    return _wait(plan, floor, ticket.stops[0], ticket)


def _wait(plan: FloorPlan, floor: Floor, stop: Stop, ticket: Ticket | None) -> timedelta | None:
    anywhere = _open(plan, floor)
    here = anywhere if stop.counter is None else _open(plan, floor, stop)
    competing: dict[tuple[str, bool], int] = {}
    for profile, many in here.items():
        for each in _competing(profile, stop.service):
            competing[each] = competing.get(each, 0) + many
    if not competing:
        return None
    work = timedelta(0)
    for (service, earlier_tier), times in competing.items():
        ahead = _work_ahead(plan, floor, service, None if earlier_tier else ticket)
        work += times * (ahead / _count(anywhere, service))
    return work / _count(here, stop.service)


def _open(plan: FloorPlan, floor: Floor, stop: Stop | None = None) -> _Counters:
    """The open counters; only one where a stop is left to it."""
    bound = stop.counter if stop else None
    only = bound if stop and bound and is_left_to(plan, bound, stop.service, floor.desk) else None
    return Tally(
        plan.counters[name].profile
        for name, desk in floor.desks.items()
        if desk.state is CounterState.OPEN and only in (None, name) and name in plan.counters
    )


def _count(counters: _Counters, service: str) -> int:
    """How many of them take the service."""
    return sum(
        many for profile, many in counters.items() if service in chain.from_iterable(profile)
    )


def _work_ahead(plan: FloorPlan, floor: Floor, service: str, ticket: Ticket | None) -> timedelta:
    """The work of a service that is before the ticket, or before a newcomer."""
    known = plan.services.get(service)
    if ticket is None:
        ahead = floor.waiting_count(service)
    else:
        ahead = ahead_in_line(plan, floor.lines, ticket, service)
    return timedelta(0) if known is None else known.typical * ahead


def _competing(profile: _Profile, service: str) -> Iterator[tuple[str, bool]]:
    """Services that this profile calls before this one or in the same tier, each with whether its tier is earlier;
    empty if the profile does not take the service."""
    own = next((place for place, tier in enumerate(profile) if service in tier), -1)
    for place, tier in enumerate(profile[: own + 1]):
        for other in tier:
            yield other, place < own
