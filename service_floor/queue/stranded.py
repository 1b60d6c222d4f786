"""Stranded tickets: those that no counter of the plan will ever call, since the plan has changed during their day."""

from collections.abc import Iterable
from itertools import chain

from service_floor.queue.floor import Floor
from service_floor.queue.planning.plan import FloorPlan
from service_floor.queue.tickets import Ticket


def served_services(plan: FloorPlan) -> frozenset[str]:
    """The services of the plan that any of its counters takes."""
    taken = chain.from_iterable(
        chain.from_iterable(each.profile for each in plan.counters.values())
    )
    return frozenset(taken) & plan.services.keys()


def unserved(services: Iterable[str], served: frozenset[str]) -> str | None:
    """The first of a ticket's remaining services that is not among those that are served; None where all are."""
    return next((each for each in services if each not in served), None)


def stranded(plan: FloorPlan, floor: Floor) -> tuple[Ticket, ...]:
    """Every unfinished ticket with a stop that no counter takes, in order of issue. They can be moved or cancelled; an
    officer may also finish or send on the one at the counter."""
    served = served_services(plan)
    return tuple(
        ticket
        for ticket in floor.unfinished()
        if unserved((stop.service for stop in ticket.stops), served) is not None
    )
