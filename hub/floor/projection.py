"""Projection of the floor into views: a cache of what was published, and the keys that events have touched since.

Pure; each event is folded before it is noted here.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final, assert_never

from hub.floor import floor_views
from hub.floor.feed import EncodedPut
from hub.messages import Topic
from hub.messages.views import TicketView, View
from service_floor.queue.events import DayOpened
from service_floor.queue.floor import Floor, FloorEvent, Touched
from service_floor.queue.planning.plan import FloorPlan
from service_floor.queue.tickets import OVER, Ticket

CALLS_KEPT_FOR: Final = timedelta(minutes=10)
MOST_CALLS: Final = 50
REPRINTS_KEPT_FOR: Final = timedelta(minutes=10)
_DAY: Final = (Topic.FLOOR, "day")

Key = tuple[Topic, str]


class Projection:
    """The views last published to the feed, and the keys touched since. It costs the same whatever the day has seen."""

    def __init__(self, plan: FloorPlan) -> None:
        self._plan = plan
        self._told: dict[Key, str] = {}
        self._touched: dict[Key, None] = {}
        self._tickets: dict[str, tuple[Ticket, TicketView]] = {}
        self._calls: dict[str, str] = {}
        self._reprints: dict[str, None] = {}
        self._session: str | None = None
        self._everything = True
        self._services_of = {
            counter.id: tuple(s for tier in counter.profile for s in tier)
            for counter in plan.counters.values()
        }

    def start_again(self) -> None:
        """The floor is being folded again: forget what was touched, keep what was published."""
        self._touched.clear()
        self._calls.clear()
        self._reprints.clear()
        self._everything = True

    def note(self, floor: Floor, event: FloorEvent) -> None:
        """Remember what a folded event touches."""
        if isinstance(event, DayOpened):
            self.start_again()
            return
        touched = event.touched()
        if touched.ticket is not None and touched.new_call is not None:
            self._note_call(touched.ticket, touched.new_call)
        if touched.new_reprint is not None or touched.reprint is not None:
            self._note_reprints(touched)
        if self._everything:
            # All views are compared anyway; a day that is folded again would touch each of them many times.
            return
        if touched.services:
            self._touch(Topic.SERVICES, touched.services)
        if touched.ticket is not None:
            self._note_ticket(floor, touched.ticket)
        elif touched.counter is not None:
            self._touch(Topic.SERVICES, self._services_of.get(touched.counter, ()))
        if touched.counter is not None:
            self._touch(Topic.COUNTERS, (touched.counter,))
        if touched.day:
            self._touched[_DAY] = None

    def note_time(self) -> None:
        """Look at every service again: an estimate also moves with the lines beside it."""
        self._touch(Topic.SERVICES, self._plan.services)

    def ticket_view(self, ticket: Ticket) -> TicketView:
        """A ticket as it stands: the answer to a command and the feed show the same view of it."""
        kept = self._tickets.get(ticket.id)
        if kept is not None and kept[0] is ticket:
            return kept[1]
        view = floor_views.ticket_view(ticket)
        self._tickets[ticket.id] = (ticket, view)
        return view

    def take(self, floor: Floor, now: datetime) -> tuple[EncodedPut, ...]:
        """The views that differ from those published before; from here on they count as published."""
        self._fade(floor, now)
        if self._everything:
            self._touched = dict.fromkeys([*self._all(floor), *self._told])
            self._everything = False
        touched, self._touched = self._touched, {}
        puts = (self._put(key, self._view(floor, key, now)) for key in touched)
        changed = tuple(put for put in puts if put is not None)
        self._tickets.clear()
        return changed

    def _note_call(self, ticket: str, call: str) -> None:
        self._calls[call] = ticket
        if len(self._calls) > MOST_CALLS:
            self._let_go(next(iter(self._calls)))

    def _note_reprints(self, touched: Touched) -> None:
        if touched.new_reprint is not None:
            self._reprints[touched.new_reprint] = None
        for reprint in (touched.new_reprint, touched.reprint):
            if reprint is not None:
                self._touched[Topic.REPRINTS, reprint] = None

    def _note_ticket(self, floor: Floor, ticket: str) -> None:
        standing = floor.tickets[ticket]
        self._touch(Topic.TICKETS, (ticket,))
        self._touch(Topic.SERVICES, (standing.service,))
        if standing.counter is not None:
            self._touch(Topic.COUNTERS, (standing.counter,))
        self._touch(Topic.CALLS, [each for each, of in self._calls.items() if of == ticket])

    def _touch(self, topic: Topic, keys: Iterable[str]) -> None:
        for key in keys:
            self._touched[topic, key] = None

    def _fade(self, floor: Floor, now: datetime) -> None:
        """Let go of calls that are old, and see whether another session has begun."""
        session = floor_views.floor_view(self._plan, floor, now).session
        if session != self._session:
            self._session = session
            self._touched[_DAY] = None
            self._touch(Topic.SERVICES, self._plan.services)
        while self._calls:
            oldest = next(iter(self._calls))
            if floor.calls[oldest].at > now - CALLS_KEPT_FOR:
                break
            self._let_go(oldest)
        while self._reprints:
            asked = next(iter(self._reprints))
            if floor.reprints[asked].asked_at > now - REPRINTS_KEPT_FOR:
                break
            del self._reprints[asked]
            self._touched[Topic.REPRINTS, asked] = None

    def _let_go(self, call: str) -> None:
        del self._calls[call]
        self._touched[Topic.CALLS, call] = None

    def _all(self, floor: Floor) -> Iterator[Key]:
        yield _DAY
        yield from ((Topic.SERVICES, service) for service in self._plan.services)
        yield from ((Topic.COUNTERS, counter) for counter in self._plan.counters)
        yield from ((Topic.CALLS, call) for call in self._calls)
        yield from ((Topic.TICKETS, ticket.id) for ticket in floor.unfinished())
        yield from ((Topic.REPRINTS, asked) for asked in self._reprints)

    def _view(self, floor: Floor, key: Key, now: datetime) -> View | None:
        """The present value of a key, None where it is not shown any more."""
        topic, name = key
        match topic:
            case Topic.FLOOR:
                return floor_views.floor_view(self._plan, floor, now)
            case Topic.SERVICES:
                known = name in self._plan.services
                return floor_views.service_view(self._plan, floor, name, now) if known else None
            case Topic.COUNTERS:
                known = name in self._plan.counters
                return floor_views.counter_view(floor, name) if known else None
            case Topic.CALLS:
                shown = name in self._calls
                return floor_views.call_view(floor, floor.calls[name]) if shown else None
            case Topic.TICKETS:
                ticket = floor.tickets.get(name)
                if ticket is None or ticket.state in OVER:
                    return None
                return self.ticket_view(ticket)
            case Topic.REPRINTS:
                shown = name in self._reprints
                return floor_views.reprint_view(floor, floor.reprints[name]) if shown else None
            case _:
                assert_never(topic)

    def _put(self, key: Key, view: View | None) -> EncodedPut | None:
        text = None if view is None else view.model_dump_json()
        if text == self._told.get(key):
            return None
        if text is None:
            del self._told[key]
        else:
            self._told[key] = text
        return EncodedPut(*key, text)
