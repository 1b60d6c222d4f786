"""A small hall with a hub's hands: it folds what is due, decides, folds, and keeps what happened."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from service_floor.queue import commands as c
from service_floor.queue.events import Event
from service_floor.queue.floor import Floor
from service_floor.queue.planning.plan import (
    CallingRules,
    Counter,
    FloorPlan,
    Hours,
    PriorityClass,
    Quota,
    Series,
    Service,
    Session,
)
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.queue.rules import Rules
from service_floor.queue.tickets import Ticket

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = frozenset({1, 2, 3, 4, 5})
PLAN = FloorPlan(
    services={
        "land": Service("land", "Đất đai", "tnmt", Series("A", 3, 1, 499)),
        "civil": Service("civil", "Hộ tịch", "tp", Series("B", 3, 1, 999), Quota(5, 3)),
        "permit": Service("permit", "Xây dựng", "xd", Series("A", 3, 500, 502)),
        "result": Service("result", "Trả kết quả", "vp", Series("K", 2, 1, 99), Quota(), ("sang",)),
    },
    counters={
        "q1": Counter("q1", 1, "Quầy 1", (("land", "permit"), ("civil",))),
        "q2": Counter("q2", 2, "Quầy 2", (("civil", "land"),)),
        "q3": Counter("q3", 3, "Quầy 3", (("result",),)),
    },
    priorities={
        "merit": PriorityClass("merit", "Người có công", 1),
        "elderly": PriorityClass("elderly", "Người cao tuổi", 2),
    },
    hours=Hours(
        (
            Session("chieu", WEEKDAYS, time(13, 30), time(17, 0)),
            Session("sang", WEEKDAYS, time(7, 30), time(11, 30)),
        ),
        stop_before_close=timedelta(minutes=30),
    ),
    calling=CallingRules(recall_limit=3, recall_hold_off=timedelta(seconds=10)),
)


class Hall:
    """A hub without a journal: a Friday morning at eight in Hà Nội, counters q1 and q2 staffed and open."""

    def __init__(self, plan: FloorPlan) -> None:
        self.now = datetime(2026, 11, 20, 8, 0, tzinfo=HANOI)
        self.floor = Floor()
        self.rules = Rules(plan, self.floor)
        self.events: list[tuple[Event, datetime]] = []
        self.ids = count(1)
        self.actor = c.Actor("device-1", c.Role.HUB)

    def try_(self, command: c.Command) -> tuple[Event, ...] | Refusal:
        for event in self.rules.due(self.now):
            self.fold(event)
        order = c.Order(command, self.actor, self.now, f"id{next(self.ids)}")
        decision = self.rules.decide(order)
        if isinstance(decision, Refusal):
            assert frozenset(decision.data) == decision.code.data_fields
            return decision
        for event in decision:
            self.fold(event)
        return decision

    def fold(self, event: Event) -> None:
        self.floor.fold(event, self.now)
        self.events.append((event, self.now))

    def do(self, command: c.Command) -> Any:
        """What happened; the only event, where it is one."""
        decision = self.try_(command)
        assert not isinstance(decision, Refusal), decision
        return decision[0] if len(decision) == 1 else decision

    def refused(self, command: c.Command) -> tuple[RefusalCode, Mapping[str, str | int]]:
        decision = self.try_(command)
        assert isinstance(decision, Refusal), decision
        return decision.code, decision.data

    def issue(self, *services: str, priority: str | None = None) -> str:
        """The id of a new ticket; a second passes afterwards."""
        event = self.do(c.IssueTicket(services, priority))
        self.later(seconds=1)
        return str(event.ticket)

    def later(self, **delta: float) -> None:
        self.now += timedelta(**delta)

    def serve(self, counter: str) -> str:
        """Call the next at a counter and start; the ticket's id."""
        called = self.do(c.CallNext(counter))
        self.do(c.StartServing(counter))
        return str(called.ticket)

    def ticket(self, ticket: str) -> Ticket:
        return self.floor.tickets[ticket]

    def plan(self, **changes: Any) -> None:
        """Change the plan, as if the centre had decided otherwise."""
        self.rules = Rules(replace(self.rules.plan, **changes), self.floor)

    def calling(self, **changes: Any) -> None:
        self.plan(calling=replace(self.rules.plan.calling, **changes))


@pytest.fixture
def hall() -> Hall:
    hall = Hall(PLAN)
    for counter in ("q1", "q2"):
        hall.do(c.SignIn(counter, f"officer-{counter}"))
        hall.do(c.OpenCounter(counter))
    return hall


@pytest.fixture
def empty_hall() -> Hall:
    """Nobody is signed in, and nothing has happened."""
    return Hall(PLAN)
