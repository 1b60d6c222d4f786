"""Each call has one cause: told in examples, and held against a plain statement of the rules on any day."""

import importlib.util
from datetime import timedelta
from pathlib import Path

import pytest

from service_floor.queue import commands as c
from service_floor.queue.audit.fairness import Cause, Judge
from service_floor.queue.events import PlanAdopted, TicketCalled
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.planning.plan import Counter, PriorityRule
from service_floor.queue.tickets import TicketState

_spec = importlib.util.spec_from_file_location(
    "any_sequence", Path(__file__).parents[1] / "test_any_sequence.py"
)
_any_sequence = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_any_sequence)


def judged(hall):
    """The last call of the hall, judged; all of it is folded again."""
    judge = Judge(hall.rules.plan)
    judge.take_all(hall.events)
    assert judge.floor == hall.floor
    return judge.calls[-1]


def number(hall, ticket):
    return hall.ticket(ticket).number


def test_who_waited_longest_is_called(hall) -> None:
    first, _ = hall.issue("land"), hall.issue("civil")
    hall.later(minutes=5)
    hall.do(c.CallNext("q1"))
    call = judged(hall)
    assert (call.cause, call.ticket, call.longest, call.turn) == (
        Cause.IN_ORDER,
        first,
        None,
        None,
    )
    assert (call.counter, call.officer) == ("q1", "officer-q1")
    assert call.waited == timedelta(minutes=5, seconds=2)
    assert not call.onward


def test_a_priority_class_goes_before_others_and_a_higher_one_before_it(hall) -> None:
    normal = hall.issue("land")
    old = hall.issue("land", priority="elderly")
    hall.issue("land", priority="merit")
    hall.do(c.CallNext("q1"))
    call = judged(hall)
    assert (call.cause, call.priority, call.longest) == (
        Cause.PRIORITY,
        "merit",
        number(hall, normal),
    )
    hall.do(c.CancelTicket(normal, "left"))
    hall.issue("land", priority="merit")
    hall.do(c.CallNext("q2"))
    call = judged(hall)
    assert (call.cause, call.longest) == (Cause.PRIORITY, number(hall, old))


def test_interleaving_lets_others_go_before_a_priority_ticket_that_came_first(hall) -> None:
    hall.calling(priority=PriorityRule.INTERLEAVED, normal_per_priority=2)
    first = hall.issue("land", priority="elderly")
    hall.issue("land")
    hall.do(c.CallNext("q1"))
    call = judged(hall)
    assert (call.cause, call.longest) == (Cause.INTERLEAVING, number(hall, first))


def test_the_call_profile_leaves_a_later_tier_until_the_earlier_is_empty(hall) -> None:
    civil = hall.issue("civil")
    hall.issue("land")
    hall.do(c.CallNext("q1"))
    call = judged(hall)
    assert (call.cause, call.longest) == (Cause.CALL_PROFILE, number(hall, civil))


def test_who_waits_for_another_counter_is_left_to_it_while_an_officer_is_there(hall) -> None:
    bound = hall.issue("land")
    hall.issue("land")
    hall.serve("q1")
    hall.do(c.Transfer("q1", "land", "q2"))
    hall.do(c.CallNext("q1"))
    call = judged(hall)
    assert (call.cause, call.longest) == (Cause.OTHER_COUNTER, number(hall, bound))


def test_a_ticket_at_its_second_window_keeps_its_first_arrival(hall) -> None:
    onward = hall.issue("land", "civil")
    hall.issue("civil")
    hall.serve("q1")
    hall.do(c.Finish("q1"))
    hall.later(seconds=30)
    hall.do(c.CallNext("q2"))
    call = judged(hall)
    assert (call.ticket, call.cause, call.onward) == (onward, Cause.IN_ORDER, True)
    assert call.waited == timedelta(seconds=30)


@pytest.mark.parametrize("priority", [None, "elderly"])
def test_who_returns_late_stands_behind_who_came_in_between(hall, priority) -> None:
    hall.calling(readmit_delay=timedelta(minutes=10))
    late = hall.issue("land", priority=priority)
    hall.later(minutes=5)
    hall.issue("land", priority=priority)
    hall.do(c.CallNext("q1"))
    hall.do(c.MarkNoShow("q1", "left"))
    hall.later(minutes=10)
    hall.do(c.Readmit(late))
    hall.do(c.CallNext("q1"))
    call = judged(hall)
    assert (call.cause, call.longest) == (Cause.LATE_RETURN, number(hall, late))


def test_a_counter_goes_on_with_what_it_has_put_aside(hall) -> None:
    first, aside = hall.issue("land"), hall.issue("land")
    hall.do(c.CallTicket("q1", aside, "wheelchair"))
    hall.do(c.StartServing("q1"))
    hall.do(c.Park("q1", 5))
    hall.do(c.CallParked("q1", aside))
    call = judged(hall)
    assert (call.cause, call.longest) == (Cause.PARKED, number(hall, first))
    assert (call.turn, call.waited) == (None, None)
    hall.do(c.CallNext("q2"))
    hall.do(c.StartServing("q2"))
    hall.do(c.Park("q2", 5))
    hall.do(c.CallParked("q2", first))
    assert judged(hall).cause is Cause.IN_ORDER


def test_a_chosen_call_stands_with_its_reason_and_with_whose_turn_it_was(hall) -> None:
    first, chosen = hall.issue("land"), hall.issue("land")
    hall.do(c.CallTicket("q1", chosen, "wheelchair"))
    call = judged(hall)
    assert (call.cause, call.reason) == (Cause.OUT_OF_ORDER, "wheelchair")
    assert call.longest == call.turn == number(hall, first)


def test_whose_turn_it_was_need_not_be_who_waited_longest(hall) -> None:
    first, urgent = hall.issue("land"), hall.issue("land", priority="merit")
    hall.do(c.CallTicket("q1", first, "was there before"))
    call = judged(hall)
    assert (call.cause, call.longest) == (Cause.OUT_OF_ORDER, None)
    assert call.turn == number(hall, urgent)


def called(ticket, counter="q1", **more):
    return TicketCalled(ticket, counter, f"officer-{counter}", "forged", **more)


def test_a_call_without_rule_and_reason_is_unexplained(hall) -> None:
    _, friend = hall.issue("land"), hall.issue("land")
    hall.fold(called(friend))
    assert judged(hall).cause is Cause.UNEXPLAINED


def test_a_blank_reason_explains_nothing(hall) -> None:
    _, friend = hall.issue("land"), hall.issue("land")
    hall.fold(called(friend, out_of_order=True, reason=" "))
    assert judged(hall).cause is Cause.UNEXPLAINED


def test_a_ticket_that_another_counter_put_aside_is_not_this_counters(hall) -> None:
    aside = hall.issue("land")
    hall.serve("q1")
    hall.do(c.Park("q1", 5))
    hall.fold(called(aside, "q2"))
    assert judged(hall).cause is Cause.UNEXPLAINED


def test_who_waited_longest_but_had_no_turn_is_unexplained_too(hall) -> None:
    first, _ = hall.issue("land"), hall.issue("land", priority="merit")
    hall.fold(called(first))
    call = judged(hall)
    assert (call.cause, call.longest) == (Cause.UNEXPLAINED, None)


OTHER_COUNTERS = [{}, {"q1": Counter("q1", 1, "Quầy 1", (("civil",),))}]


@pytest.mark.parametrize("now", OTHER_COUNTERS)
def test_a_day_is_judged_by_the_plan_that_it_adopted(hall, now) -> None:
    """The counter is gone from the plan of today, or it takes other services."""
    hall.issue("permit")
    hall.do(c.CallNext("q1"))
    hall.plan(counters=now)
    assert judged(hall).cause is Cause.IN_ORDER


@pytest.mark.parametrize("now", OTHER_COUNTERS)
def test_a_day_that_tells_no_plan_is_held_against_the_one_that_is_given(hall, now) -> None:
    hall.issue("permit")
    hall.do(c.CallNext("q1"))
    hall.plan(counters=now)
    hall.events = [told for told in hall.events if not isinstance(told[0], PlanAdopted)]
    hall.floor.adopted = None
    assert judged(hall).cause is Cause.UNEXPLAINED


def test_a_plan_that_changes_within_a_day_holds_from_then_on(hall) -> None:
    first, old = hall.issue("land"), hall.issue("land", priority="elderly")
    hall.do(c.CallNext("q1"))
    hall.do(c.StartServing("q1"))
    hall.do(c.Finish("q1"))
    before = judged(hall)
    assert (before.ticket, before.cause) == (old, Cause.PRIORITY)
    hall.calling(priority=PriorityRule.INTERLEAVED, normal_per_priority=1)
    hall.issue("land", priority="elderly")
    hall.do(c.CallNext("q1"))
    after = judged(hall)
    assert (after.ticket, after.cause) == (first, Cause.IN_ORDER)
    judge = Judge(hall.rules.plan)
    judge.take_all(hall.events)
    assert [call.cause for call in judge.calls] == [Cause.PRIORITY, Cause.IN_ORDER]


def test_every_day_begins_anew(hall) -> None:
    hall.issue("land")
    hall.do(c.CallNext("q1"))
    hall.later(days=3)
    fresh = hall.issue("land")
    hall.do(c.SignIn("q1", "officer-q1"))
    hall.do(c.OpenCounter("q1"))
    hall.do(c.CallNext("q1"))
    judge = Judge(hall.rules.plan)
    judge.take_all(hall.events)
    assert [call.ticket for call in judge.calls] == [fresh]


class AnyDay(_any_sequence.AnySequence):
    """The same presses in the same disorder; each call is also judged, and judged again by looking at everybody."""

    def keep(self, event) -> None:
        if not hasattr(self, "judge"):
            self.judge = Judge(self.plan)
            self.first_arrival = {}
        expected = self.causes(event) if isinstance(event, TicketCalled) else None
        super().keep(event)
        call = self.judge.take(event, self.now)
        for ticket in self.floor.tickets.values():
            self.first_arrival.setdefault(ticket.id, (ticket.arrived_at, ticket.order))
        if expected is not None:
            assert expected == [call.cause], "not exactly one cause, or another one"
            assert call.cause is not Cause.UNEXPLAINED
            assert (call.longest is None) == (self.longest(event).id == event.ticket)

    def longest(self, event: TicketCalled):
        """Everybody who waits for anything that the counter takes, and the called ticket."""
        takes = {service for tier in self.plan.counters[event.counter].profile for service in tier}
        candidates = [
            ticket
            for ticket in self.floor.tickets.values()
            if ticket.id == event.ticket
            or (ticket.state is TicketState.WAITING and ticket.service in takes)
        ]
        return min(candidates, key=lambda ticket: self.first_arrival[ticket.id])

    def causes(self, event: TicketCalled) -> list[Cause]:
        """Each cause said by itself; those that hold."""
        called, longest = self.floor.tickets[event.ticket], self.longest(event)
        if event.out_of_order:
            return [Cause.OUT_OF_ORDER]
        if longest is called:
            return [Cause.IN_ORDER]
        if called.state is TicketState.PARKED:
            return [Cause.PARKED]
        profile = self.plan.counters[event.counter].profile
        same_tier = any({called.service, longest.service} <= set(tier) for tier in profile)
        bound = longest.stops[0].counter
        elsewhere = bound not in (None, event.counter) and bool(self.floor.desk(bound).officer)
        here = same_tier and not elsewhere
        ranks = {None: 9, "merit": 0, "elderly": 1}
        mine, others = ranks[called.effective_priority], ranks[longest.effective_priority]
        interleaved = self.plan.calling.priority is PriorityRule.INTERLEAVED
        holds = {
            Cause.OTHER_COUNTER: elsewhere,
            Cause.CALL_PROFILE: not same_tier and not elsewhere,
            Cause.PRIORITY: here and mine < others,
            Cause.INTERLEAVING: here and interleaved and mine == 9 and others < 9,
            Cause.LATE_RETURN: here and mine == others and longest.arrived_at >= called.arrived_at,
        }
        return [cause for cause, held in holds.items() if held]

    def teardown(self) -> None:
        super().teardown()
        if hasattr(self, "judge"):
            assert self.judge.floor == self.floor


TestAnyDay = AnyDay.TestCase


def test_a_call_of_a_lower_class_before_a_higher_one_has_no_rule(hall) -> None:
    hall.issue("land", priority="merit")
    later = hall.issue("land", priority="elderly")
    hall.fold(TicketCalled(later, "q1", "officer-q1", "call-9"))
    assert judged(hall).cause is Cause.UNEXPLAINED


def test_a_call_of_a_ticket_that_the_day_does_not_know_cannot_have_happened(hall) -> None:
    judge = Judge(hall.rules.plan)
    judge.take_all(hall.events)
    with pytest.raises(ImpossibleEventError):
        judge.take(TicketCalled("nobody", "q1", "officer-q1", "call-9"), hall.now)
    assert judge.calls == []
