"""A hall in memory for the bench `line`: the rules decide, the floor folds, and every event is kept with its moment."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final

from service_floor.queue import commands as c
from service_floor.queue.floor import Floor, FloorEvent
from service_floor.queue.planning.plan import (
    CallingRules,
    Counter,
    FloorPlan,
    Hours,
    PriorityClass,
    PriorityRule,
    Series,
    Service,
    Session,
)
from service_floor.queue.refusals import Refusal
from service_floor.queue.rules import Rules
from service_floor.queue.tickets import Ticket, TicketState
from service_floor.zone import ZONE

OPENS: Final = datetime(2026, 11, 20, 7, 30, tzinfo=ZONE)
SERVICES: Final = ("land", "civil", "tax")
COUNTERS: Final = ("q1", "q2", "q3")


def plan(priority: PriorityRule) -> FloorPlan:
    """Three counters with overlapping services; the third is a reception."""
    profiles = {
        "q1": (("land", "civil"),),
        "q2": (("civil",), ("land", "tax")),
        "q3": (("tax", "civil"),),
    }
    return FloorPlan(
        services={
            name: Service(name, name, "agency", Series(name[0].upper(), 3, 1, 999))
            for name in SERVICES
        },
        counters={
            name: Counter(name, n, name, profiles[name], reception=name == "q3")
            for n, name in enumerate(COUNTERS, 1)
        },
        priorities={
            "merit": PriorityClass("merit", "merit", 1),
            "elderly": PriorityClass("elderly", "elderly", 2),
        },
        hours=Hours((Session("day", frozenset(range(1, 8)), time(7, 30), time(17, 0)),)),
        calling=CallingRules(
            priority, 2, readmit_delay=timedelta(minutes=5), kiosk_readmit=True, issue_pace=1_000
        ),
        printers=("kiosk-1",),
    )


class Hall:
    """A business day from its opening. `events` is what its journal would hold."""

    def __init__(self, plan: FloorPlan) -> None:
        self.plan = plan
        self.floor = Floor()
        self.now = OPENS
        self.events: list[tuple[FloorEvent, datetime]] = []
        self._rules = Rules(plan, self.floor)
        self._ids = 0
        for counter in COUNTERS:
            self.at(counter, c.SignIn(counter, f"officer-{counter}"))
            self.at(counter, c.OpenCounter(counter))

    def at(self, counter: str, command: c.Command) -> tuple[FloorEvent, ...]:
        """What an officer at a counter's terminal does; nothing where the rules refuse it."""
        return self.give(command, c.Actor(f"terminal-{counter}", c.Role.COUNTER, counter))

    def kiosk(self, command: c.Command) -> tuple[FloorEvent, ...]:
        """What a citizen does at the kiosk."""
        return self.give(command, c.Actor("kiosk-1", c.Role.KIOSK))

    def give(self, command: c.Command, actor: c.Actor) -> tuple[FloorEvent, ...]:
        """Fold what is due, decide, fold; as the hub does."""
        for event in self._rules.due(self.now):
            self._fold(event)
        self._ids += 1
        order = c.Order(command, actor, self.now, f"id{self._ids}")
        decision = self._rules.decide(order)
        if isinstance(decision, Refusal):
            return ()
        for event in decision:
            self._fold(event)
        return decision

    def later(self, seconds: float) -> None:
        """Time passes."""
        self.now += timedelta(seconds=seconds)

    def held(self, counter: str) -> Ticket | None:
        """The ticket at a counter."""
        return self.floor.ticket(self.floor.desk(counter).ticket or "")

    def those(self, *states: TicketState) -> list[str]:
        """Tickets in these states, in the order of issue."""
        return [each.id for each in self.floor.tickets.values() if each.state in states]

    def replay(self) -> Iterator[tuple[FloorEvent, datetime]]:
        """Everything that has happened."""
        return iter(self.events)

    def _fold(self, event: FloorEvent) -> None:
        self.floor.fold(event, self.now)
        self.events.append((event, self.now))
