"""Whatever is pressed in whatever order under whatever clock, the floor's promises hold."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, pairwise
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from service_floor.queue import commands as c
from service_floor.queue.concerns.calling import CallRefusal
from service_floor.queue.estimates import wait_of_newcomer, wait_of_ticket
from service_floor.queue.events import TicketCalled, TicketIssued
from service_floor.queue.floor import Floor
from service_floor.queue.lines import place_of
from service_floor.queue.planning.plan import (
    CallingRules,
    Counter,
    FloorPlan,
    Hours,
    PriorityClass,
    PriorityRule,
    Quota,
    Series,
    Service,
    Session,
)
from service_floor.queue.refusals import Refusal
from service_floor.queue.rules import Rules
from service_floor.queue.tickets import HELD, TicketState
from service_floor.queue.turns import ahead_of, next_for

EVERY_DAY = frozenset(range(1, 8))
SHARED = Series("A", 2, 1, 110)
SERVICES = {
    "land": Service("land", "Land", "tnmt", SHARED),
    "civil": Service("civil", "Civil", "tp", SHARED, Quota(per_day=20, per_session=15)),
    # Its labels A101… run into those of the shared series on purpose.
    "tax": Service("tax", "Tax", "thue", Series("A1", 1, 0, 19), sessions=("morning",)),
}
COUNTERS = {
    "q1": Counter("q1", 1, "1", (("land", "civil"),)),
    "q2": Counter("q2", 2, "2", (("civil",), ("land", "tax"))),
    "q3": Counter("q3", 3, "3", (("tax", "land"),)),
}
PRIORITIES = {
    "elderly": PriorityClass("elderly", "Elderly", 1),
    "merit": PriorityClass("merit", "Merit", 0),
}
HOURS = Hours(
    (
        Session("morning", EVERY_DAY, time(0, 0), time(11, 30)),
        Session("afternoon", EVERY_DAY, time(12, 0), time(23, 59, 59)),
    )
)
# Eight in the morning at the centre: fifteen hours on it is an hour before midnight.
START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)

known_services = st.sampled_from(list(SERVICES))
services = st.sampled_from([*SERVICES, "nowhere"])
counters = st.sampled_from([*COUNTERS, *COUNTERS, *COUNTERS, "q9"])
tickets = st.integers(0, 30)
reasons = st.sampled_from(["", " ", "wheelchair"])
steps = st.sampled_from(
    [timedelta(seconds=s) for s in (0, 1, 5, 9, 10, 60, 300, 900, 3600)]
    + [timedelta(seconds=s) for s in (-5, -7200)]
    + [timedelta(hours=h) for h in (15, -15)]
)

AuditEntry = Callable[[str], c.Command]
before_serving: st.SearchStrategy[AuditEntry] = st.sampled_from(
    [
        c.Recall,
        c.MarkNoShow,
        lambda counter: c.MarkNoShow(counter, "left"),
        lambda counter: c.ConfirmPriority(counter, False),
        lambda counter: c.Transfer(counter, "land"),
    ]
)
while_serving: st.SearchStrategy[AuditEntry] = st.one_of(
    st.sampled_from([0, 5, 15, 16, 10**12]).map(lambda m: lambda q: c.Park(q, m)),
    st.tuples(services, st.none() | counters, st.booleans()).map(
        lambda to: lambda q: c.Transfer(q, *to)
    ),
    st.just(lambda q: c.Finish(q, "done")),
    st.booleans().map(lambda seen: lambda q: c.ConfirmPriority(q, seen)),
)
desk_deeds: st.SearchStrategy[AuditEntry] = st.sampled_from(
    [
        c.SignOut,
        c.CloseCounter,
        c.OpenCounter,
        lambda counter: c.PauseCounter(counter, "meeting"),
        lambda counter: c.SignIn(counter, "officer-q1"),
        lambda counter: c.SignIn(counter, ""),
    ]
)


def copy_of(floor: Floor) -> Floor:
    """What lies in the floor's containers never changes, so copying them is enough."""
    copied = {
        name: value.copy()
        for name in Floor.__slots__
        if isinstance(value := getattr(floor, name), dict)
    }
    return replace(floor, **copied, lines=deepcopy(floor.lines))


class AnySequence(RuleBasedStateMachine):
    """A hub that folds and decides, and a memory of its own of what it has seen."""

    @initialize(rule=st.sampled_from(PriorityRule), limit=st.integers(1, 3))
    def open_the_hall(self, rule: PriorityRule, limit: int) -> None:
        calling = CallingRules(
            rule, 1, limit, timedelta(seconds=10), timedelta(minutes=5), timedelta(minutes=15)
        )
        plan = FloorPlan(SERVICES, COUNTERS, PRIORITIES, HOURS, calling)
        self.plan = replace(plan, printers=("kiosk-1",))
        self.floor = Floor()
        self.rules = Rules(self.plan, self.floor)
        self.now = START
        self.history: list[tuple[object, datetime]] = []
        self.numbers: set[tuple[date, str]] = set()
        self.days: list[date] = []
        self.ids = count(1)
        for counter in COUNTERS:
            self.give(c.SignIn(counter, f"officer-{counter}"))
            self.give(c.OpenCounter(counter))

    def give(self, command: c.Command, device: str = "kiosk-1") -> object:
        for event in self.rules.due(self.now):
            self.keep(event)
        assert self.rules.due(self.now) == ()
        actor = c.Actor(device, c.Role.HUB)
        before = copy_of(self.floor)
        decision = self.rules.decide(c.Order(command, actor, self.now, f"id-{next(self.ids)}"))
        assert self.floor == before, "deciding changed the floor"
        if isinstance(decision, Refusal):
            assert frozenset(decision.data) == decision.code.data_fields
        else:
            for event in decision:
                self.keep(event)
        return decision

    def whose_turn(self, counter: str) -> str | None:
        """The calling order said plainly: look at everybody who waits."""
        calling, profile = self.plan.calling, COUNTERS[counter].profile
        for tier in profile:
            there = [
                ticket
                for ticket in self.floor.tickets.values()
                if ticket.state is TicketState.WAITING
                and ticket.service in tier
                and (
                    ticket.stops[0].counter in (None, counter)
                    or self.floor.desk(ticket.stops[0].counter).officer is None
                )
            ]
            urgent = [ticket for ticket in there if ticket.effective_priority]
            normal = [ticket for ticket in there if not ticket.effective_priority]
            strict = calling.priority is PriorityRule.STRICT
            since = self.floor.desk(counter).since_priority
            if urgent and (strict or not normal or since >= calling.normal_per_priority):
                ranks = {ticket.id: PRIORITIES[ticket.priority].rank for ticket in urgent}
                return min(urgent, key=lambda t: (ranks[t.id], t.arrived_at, t.order)).id
            if normal:
                return min(normal, key=lambda t: (t.arrived_at, t.order)).id
        return None

    def check_call(self, event: TicketCalled) -> None:
        if self.floor.tickets[event.ticket].state is TicketState.PARKED:
            assert not event.out_of_order
            return
        turn = self.whose_turn(event.counter)
        assert event.out_of_order == (event.ticket != turn)
        assert event.passed_over == (turn if event.out_of_order else None)
        assert bool(event.reason.strip()) == event.out_of_order

    def keep(self, event: object) -> None:
        if isinstance(event, TicketCalled):
            self.check_call(event)
        self.floor.fold(event, self.now)
        self.history.append((event, self.now))
        if isinstance(event, TicketIssued):
            key = (self.floor.day, event.number)
            assert key not in self.numbers, "two tickets of one day share a number"
            self.numbers.add(key)
        if not self.days or self.days[-1] != self.floor.day:
            self.days.append(self.floor.day)

    def pick(self, index: int) -> str:
        known = list(self.floor.tickets)
        return known[index % len(known)] if known and index < 29 else "no-such-ticket"

    def holding(self, state: TicketState, counter: str) -> str:
        """A counter that holds a ticket in this state where there is one, so that most orders fit."""
        held = [t.counter for t in self.floor.tickets.values() if t.state is state]
        return counter if counter in held or counter == "q9" else next(iter(held), counter)

    def pick_in(self, state: TicketState, index: int) -> str:
        known = [ticket.id for ticket in self.floor.tickets.values() if ticket.state is state]
        return known[index % len(known)] if known else "no-such-ticket"

    @rule(step=steps)
    def time_passes(self, step: timedelta) -> None:
        self.now += step
        assert self.give(c.PassTime()) == ()

    @rule(
        wanted=st.lists(known_services, min_size=1, max_size=3) | st.lists(services, max_size=2),
        priority=st.sampled_from([None, None, "elderly", "merit", "friend"]),
        times=st.integers(1, 3),
    )
    def somebody_comes(self, wanted: list[str], priority: str | None, times: int) -> None:
        for _ in range(times):
            self.give(c.IssueTicket(tuple(wanted), priority))

    @rule(seed=st.integers(0, 2**32), presses=st.integers(1, 80))
    def a_busy_while(self, seed: int, presses: int) -> None:
        """Most presses of a real day fit, one after the other: a chain that single rules rarely find."""
        dice = Random(seed)
        for _ in range(presses):
            self.now += timedelta(seconds=dice.choice([0, 1, 10, 60]))
            counter = dice.choice(list(COUNTERS))
            held = self.floor.ticket(self.floor.desk(counter).ticket or "")
            if held is None:
                self.give(dice.choice(self.when_free(dice, counter)))
            elif held.state is TicketState.CALLED:
                self.give(dice.choice(self.when_called(counter)))
            else:
                self.give(dice.choice(self.when_serving(dice, counter)))

    def when_free(self, dice: Random, counter: str) -> list[c.Command]:
        parked = [t for t in self.floor.parked if self.floor.tickets[t].counter == counter]
        waiting = [t.id for t in self.floor.tickets.values() if t.state is TicketState.WAITING]
        missed = [t.id for t in self.floor.tickets.values() if t.state is TicketState.NO_SHOW]
        return [
            c.SignIn(counter, f"officer-{counter}"),
            c.OpenCounter(counter),
            c.IssueTicket((dice.choice(list(SERVICES)),), dice.choice([None, "elderly"])),
            c.IssueTicket(tuple(SERVICES), "merit"),
            *[c.CallNext(counter)] * 4,
            *[c.CallParked(counter, ticket) for ticket in parked],
            *[c.CallTicket(counter, dice.choice(waiting), "wheelchair") for _ in waiting[:1]],
            *[c.Readmit(dice.choice(missed)) for _ in missed[:1]],
            *[c.CancelTicket(dice.choice(waiting), "left") for _ in waiting[:1]],
            *[c.MoveTicket(dice.choice(waiting), "land", "wrong queue") for _ in waiting[:1]],
        ]

    def when_called(self, counter: str) -> list[c.Command]:
        return [
            *[c.StartServing(counter)] * 4,
            c.Recall(counter),
            c.MarkNoShow(counter, "left"),
            c.ConfirmPriority(counter, False),
            c.CancelTicket(self.floor.desk(counter).ticket or "", "left"),
        ]

    def when_serving(self, dice: Random, counter: str) -> list[c.Command]:
        to = dice.choice([None, *COUNTERS])
        return [
            c.Finish(counter, "done"),
            c.Finish(counter, "done"),
            c.Park(counter, dice.choice([1, 15])),
            c.Transfer(counter, dice.choice(list(SERVICES)), to, dice.random() < 0.5),
            c.ConfirmPriority(counter, dice.random() < 0.5),
            c.PauseCounter(counter, "meeting"),
        ]

    @rule(data=st.data(), counter=counters, what=st.sampled_from(["called", "served", "any"]))
    def an_officer_works(self, data: st.DataObject, counter: str, what: str) -> None:
        # Few rules with many deeds: Hypothesis leaves whole rules out of an example.
        match what:
            case "called":
                counter = self.holding(TicketState.CALLED, counter)
                self.call_somebody(data, counter)
                self.now += timedelta(seconds=data.draw(st.sampled_from([1, 10])))
                self.give(data.draw(before_serving)(counter))
            case "served":
                counter = self.holding(TicketState.SERVING, counter)
                self.call_somebody(data, counter)
                self.give(c.StartServing(counter))
                self.give(data.draw(while_serving)(counter))
            case _:
                self.give(data.draw(desk_deeds)(counter))
                self.give(c.SignIn(counter, f"officer-{counter}"))
                if data.draw(st.booleans()):
                    self.give(c.OpenCounter(counter))

    def call_somebody(self, data: st.DataObject, counter: str) -> None:
        if self.floor.desk(counter).ticket is not None:
            return
        match data.draw(st.sampled_from(["next", "chosen", "parked"])):
            case "next":
                decision = self.give(c.CallNext(counter))
                if decision == Refusal(CallRefusal.NOBODY_WAITING, {"counter": counter}):
                    assert next_for(self.plan, self.floor, counter) is None
            case "chosen":
                index = data.draw(tickets)
                ticket = self.pick_in(TicketState.WAITING, index) if index else self.pick(index)
                self.give(c.CallTicket(counter, ticket, data.draw(reasons)))
            case _:
                parked = self.floor.ticket(self.pick_in(TicketState.PARKED, data.draw(tickets)))
                self.give(c.CallParked(counter, parked.id if parked else "no-such-ticket"))
                if parked and parked.counter:
                    self.give(c.CallParked(parked.counter, parked.id))

    @rule(index=tickets, reason=reasons, outcome=st.sampled_from(["printed", "failed", "unknown"]))
    def somebody_at_the_desk_of_the_hall(self, index: int, reason: str, outcome: str) -> None:
        self.give(c.Readmit(self.pick_in(TicketState.NO_SHOW, index)))
        self.give(c.ReportSlip(self.pick(index), outcome))
        self.give(c.ReprintSlip(self.pick(index), c.ReprintReason.LOST))
        self.give(c.ReportSlip(self.pick(index), outcome, reprint=1))
        self.give(c.ReportAnnounced(next(reversed(self.floor.calls), "none"), "announced"))
        if index % 4 == 0:
            self.give(c.CancelTicket(self.pick(index), reason))
        if index == 13:
            self.give(c.EndDay())

    @invariant()
    def the_day_never_goes_back(self) -> None:
        assert all(earlier < later for earlier, later in pairwise(self.days))

    @invariant()
    def desks_and_tickets_agree(self) -> None:
        held = {
            ticket.id: ticket.counter
            for ticket in self.floor.tickets.values()
            if ticket.state in HELD
        }
        at_desks = {desk.ticket: desk.counter for desk in self.floor.desks.values() if desk.ticket}
        assert held == at_desks
        assert len(set(held.values())) == len(held), "one counter holds two tickets"
        assert all(self.floor.desks[counter].officer for counter in held.values())

    @invariant()
    def lines_hold_exactly_who_waits_in_order_of_place(self) -> None:
        in_lines = []
        for service, lanes in self.floor.lines.by_service.items():
            for lane, line in lanes.items():
                assert line == sorted(line)
                assert line
                for place in line:
                    ticket = self.floor.tickets[place.ticket]
                    assert place == place_of(ticket)
                    assert (service, *lane) == (
                        ticket.service,
                        ticket.stops[0].counter,
                        ticket.effective_priority,
                    )
                    in_lines.append(place.ticket)
        waiting = [t.id for t in self.floor.tickets.values() if t.state is TicketState.WAITING]
        assert sorted(in_lines) == sorted(waiting)
        parked = {t.id for t in self.floor.tickets.values() if t.state is TicketState.PARKED}
        assert set(self.floor.parked) == parked

    @invariant()
    def estimates_are_never_negative(self) -> None:
        for service in SERVICES:
            newcomer = wait_of_newcomer(self.plan, self.floor, service)
            assert newcomer is None or newcomer >= timedelta(0)
            for ticket in self.floor.waiting(service):
                estimate = wait_of_ticket(self.plan, self.floor, ticket)
                assert estimate is None or timedelta(0) <= estimate
                assert 0 <= ahead_of(self.plan, self.floor, ticket) < len(self.floor.tickets)

    def teardown(self) -> None:
        again = Floor()
        for event, at in getattr(self, "history", []):
            again.fold(event, at)
        if again.day:
            assert again == self.floor, "a replay gives another floor"


TestAnySequence = AnySequence.TestCase
