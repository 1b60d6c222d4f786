"""The queues of a day: one line per service, bound counter and priority, each in order of place.

Calling costs the same whatever the day has seen: only the heads of a few lines are looked at.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge
from typing import NamedTuple

from service_floor.queue.tickets import Ticket


class Place(NamedTuple):
    """Where a ticket stands: by arrival, then by the order of issue."""

    arrived_at: datetime
    order: int
    ticket: str


class Lane(NamedTuple):
    """Who stands in one line of a service: those for any counter or for one, of one priority or none."""

    counter: str | None
    priority: str | None


def place_of(ticket: Ticket) -> Place:
    """The place by original arrival."""
    return Place(ticket.arrived_at, ticket.order, ticket.id)


def lane_of(ticket: Ticket) -> Lane:
    """The line of the ticket's present stop."""
    return Lane(ticket.stops[0].counter, ticket.effective_priority)


@dataclass(slots=True)
class WaitingLines:
    """The queues: all waiting tickets by service and lane. Empty lines do not exist, so equal contents are equal."""

    by_service: dict[str, dict[Lane, list[Place]]] = field(default_factory=dict)

    def add(self, ticket: Ticket) -> None:
        """Put the ticket at its place."""
        lanes = self.by_service.setdefault(ticket.service, {})
        insort(lanes.setdefault(lane_of(ticket), []), place_of(ticket))

    def remove(self, ticket: Ticket) -> None:
        """Take the ticket, as it was added, out of its line."""
        lanes = self.by_service[ticket.service]
        lane, place = lane_of(ticket), place_of(ticket)
        line = lanes[lane]
        del line[bisect_left(line, place)]
        if not line:
            del lanes[lane]
        if not lanes:
            del self.by_service[ticket.service]

    def heads(self, service: str) -> Iterator[tuple[Lane, Place]]:
        """The first of each line of a service."""
        for lane, line in self.by_service.get(service, {}).items():
            yield lane, line[0]

    def lengths(self, service: str) -> Iterator[tuple[Lane, int]]:
        """How many stand in each line of a service."""
        for lane, line in self.by_service.get(service, {}).items():
            yield lane, len(line)

    def before(self, service: str, place: Place) -> Iterator[tuple[Lane, int]]:
        """How many of each line of a service have an earlier place."""
        for lane, line in self.by_service.get(service, {}).items():
            yield lane, bisect_left(line, place)

    def count(self, service: str) -> int:
        """Length of the queue of a service."""
        return sum(map(len, self.by_service.get(service, {}).values()))

    def in_order(self, service: str) -> Iterator[str]:
        """Ids of all in the queue of a service, by place only."""
        return (place.ticket for place in merge(*self.by_service.get(service, {}).values()))
