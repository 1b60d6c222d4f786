"""What a day was, in figures: tickets, services, counters.

Pure; `DayTally` looks at each event just before it is folded.
"""

from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Final

from service_floor.queue.events import (
    ServiceStarted,
    StopFinished,
    TicketCalled,
    TicketFinished,
    TicketHandedInLate,
    TicketIssued,
    TicketMissed,
    TicketParked,
    TicketRecalled,
    TicketTransferred,
)
from service_floor.queue.floor import Floor, FloorEvent
from service_floor.queue.tickets import Ticket, TicketState


@dataclass(frozen=True, slots=True)
class ServiceFigures:
    """One service: tickets issued with it, visits begun, visits done, and the seconds from start to end of those."""

    service: str
    issued: int
    served: int
    finished: int
    serving_seconds: int


@dataclass(frozen=True, slots=True)
class CounterFigures:
    """One counter: what was done there, and the seconds of service."""

    counter: str
    called: int
    recalled: int
    missed: int
    served: int
    parked: int
    transferred: int
    finished: int
    serving_seconds: int


@dataclass(frozen=True, slots=True)
class KioskFigures:
    """What a kiosk gave while it could not reach the hub, and handed in on this day: numbers of the day itself, and
    `late` ones of another day, which stand in no queue. Seconds from the issue, by the kiosk's word, until the
    longest was here."""

    kiosk: str
    offline: int
    late: int
    longest_seconds: int


@dataclass(frozen=True, slots=True)
class WaitFigures:
    """Seconds from the number to its first call: of `called` tickets, on average, at most, and of nine in ten at most.
    `service` is that of the first call; empty for all together."""

    service: str
    called: int
    average_seconds: int
    longest_seconds: int
    p90_seconds: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A day. `tickets` counts by state and `slips` by what became of the paper; nothing reported is `unreported`.
    `waits` has all services together first, then each; it is empty before the first call."""

    issued: int
    tickets: Mapping[TicketState, int]
    slips: Mapping[str, int]
    services: tuple[ServiceFigures, ...]
    counters: tuple[CounterFigures, ...]
    kiosks: tuple[KioskFigures, ...] = ()
    waits: tuple[WaitFigures, ...] = ()


_SLIPS: Final = ("printed", "failed", "unknown", "")
_ENDS_SERVING: Final = (TicketParked, TicketTransferred, StopFinished, TicketFinished)
_AT_A_COUNTER: Final = (TicketCalled, TicketRecalled, TicketMissed, ServiceStarted, *_ENDS_SERVING)


class DayTally:
    """Given the events of a day beside the floor that is about to fold them."""

    def __init__(self) -> None:
        self._at: dict[str, Tally[str]] = {}
        self._for: dict[str, Tally[str]] = {}
        self._by: dict[str, Tally[str]] = {}
        self._waits: dict[str, list[int]] = {}
        self._called: set[str] = set()

    def take(self, floor: Floor, event: FloorEvent, at: datetime) -> None:
        """Count one event."""
        if isinstance(event, TicketIssued):
            for service in {stop.service for stop in event.stops}:
                self._count(self._for, service, "issued")
            if event.offline is not None:
                self._hand_in(event.device, "offline", event.offline.at, at)
        elif isinstance(event, TicketHandedInLate):
            self._hand_in(event.device, "late", event.issued_at, at)
        elif isinstance(event, _AT_A_COUNTER):
            self._count(self._at, event.counter, event.kind)
        if isinstance(event, TicketCalled):
            self._wait(floor.tickets[event.ticket], at)
        if isinstance(event, ServiceStarted | StopFinished | TicketFinished):
            self._count(self._for, floor.tickets[event.ticket].service, event.kind)
        if isinstance(event, _ENDS_SERVING):
            ticket = floor.tickets[event.ticket]
            taken = (at - (ticket.started_at or at)).total_seconds()
            seconds = max(0, round(taken))
            self._count(self._for, ticket.service, "seconds", seconds)
            self._count(self._at, event.counter, "seconds", seconds)

    def figures(self, floor: Floor) -> DayFigures:
        """The figures of what was taken; `floor` is the folded one."""
        tickets = floor.tickets.values()
        states = Tally(ticket.state for ticket in tickets)
        slips = Tally(ticket.slip for ticket in tickets)
        return DayFigures(
            issued=len(tickets),
            tickets={state: states[state] for state in TicketState},
            slips={slip or "unreported": slips[slip] for slip in _SLIPS},
            services=tuple(_service(*each) for each in sorted(self._for.items())),
            counters=tuple(_counter(*each) for each in sorted(self._at.items())),
            kiosks=tuple(_kiosk(*each) for each in sorted(self._by.items())),
            waits=tuple(self._wait_figures()),
        )

    def _wait(self, ticket: Ticket, at: datetime) -> None:
        """The first call ends the wait; a clock that was set back makes none shorter than nothing."""
        if ticket.id not in self._called:
            self._called.add(ticket.id)
            seconds = max(0, round((at - ticket.issued_at).total_seconds()))
            self._waits.setdefault(ticket.service, []).append(seconds)

    def _wait_figures(self) -> Iterator[WaitFigures]:
        together = [each for seconds in self._waits.values() for each in seconds]
        if together:
            yield _waits("", together)
        for service, seconds in sorted(self._waits.items()):
            yield _waits(service, seconds)

    def _hand_in(self, kiosk: str, kind: str, issued_at: datetime, at: datetime) -> None:
        self._count(self._by, kiosk, kind)
        taken = round((at - issued_at).total_seconds())
        self._by[kiosk]["longest"] = max(self._by[kiosk]["longest"], taken)

    def _count(self, tallies: dict[str, Tally[str]], key: str, what: str, by: int = 1) -> None:
        tallies.setdefault(key, Tally())[what] += by


def _service(service: str, tally: Tally[str]) -> ServiceFigures:
    return ServiceFigures(
        service=service,
        issued=tally["issued"],
        served=tally["service_started"],
        finished=tally["stop_finished"] + tally["ticket_finished"],
        serving_seconds=tally["seconds"],
    )


def _counter(counter: str, tally: Tally[str]) -> CounterFigures:
    return CounterFigures(
        counter=counter,
        called=tally["ticket_called"],
        recalled=tally["ticket_recalled"],
        missed=tally["ticket_missed"],
        served=tally["service_started"],
        parked=tally["ticket_parked"],
        transferred=tally["ticket_transferred"],
        finished=tally["stop_finished"] + tally["ticket_finished"],
        serving_seconds=tally["seconds"],
    )


def _waits(service: str, seconds: list[int]) -> WaitFigures:
    ordered = sorted(seconds)
    return WaitFigures(
        service=service,
        called=len(ordered),
        average_seconds=round(sum(ordered) / len(ordered)),
        longest_seconds=ordered[-1],
        p90_seconds=ordered[ceil(0.9 * len(ordered)) - 1],
    )


def _kiosk(kiosk: str, tally: Tally[str]) -> KioskFigures:
    return KioskFigures(kiosk, tally["offline"], tally["late"], tally["longest"])
