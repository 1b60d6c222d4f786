"""Numbers in advance: set aside from the end, never given twice, and tickets handed in with their true place."""

from datetime import datetime, time, timedelta

import pytest

from service_floor.queue import commands as c
from service_floor.queue.audit.fairness import Cause, Judge
from service_floor.queue.concerns.issuing import IssueRefusal
from service_floor.queue.concerns.leasing import MOST_BLOCKS, LeaseRefusal, ticket_of_lease
from service_floor.queue.events import (
    LeasedNumber,
    NumbersLeased,
    TicketExpired,
    TicketHandedInLate,
    TicketIssued,
)
from service_floor.queue.refusals import CommonRefusal
from service_floor.queue.tickets import TicketState
from service_floor.queue.turns import next_for
from service_floor.zone import ZONE


def lease(hall, service="land", count=3):
    return hall.do(c.LeaseNumbers(service, count))


def hand_in(hall, leased, place=0, *, at=None, **more):
    number = leased.numbers[place].number
    command = c.HandInTicket(leased.lease, number, leased.service, at or hall.now, **more)
    return hall.do(command)


def test_leased_numbers_come_from_the_end_and_others_go_on_in_turn(hall) -> None:
    hall.issue("land")
    leased = lease(hall)
    assert [each.number for each in leased.numbers] == ["A497", "A498", "A499"]
    assert [each.number for each in lease(hall).numbers] == ["A494", "A495", "A496"]
    assert hall.ticket(hall.issue("land")).number == "A002"


def test_a_ticket_handed_in_stands_by_its_time_of_issue(hall) -> None:
    leased = lease(hall)
    early = hall.issue("land")
    hall.later(minutes=1)
    given_at = hall.now
    hall.later(minutes=1)
    late = hall.issue("land")
    issued = hand_in(hall, leased, at=given_at, priority=None)
    ticket = hall.ticket(issued.ticket)
    assert issued.ticket == ticket_of_lease(leased.lease, "A497")
    assert (ticket.issued_at, ticket.arrived_at, ticket.offline) == (given_at, given_at, True)
    assert [t.id for t in hall.floor.waiting("land")] == [early, ticket.id, late]
    assert hall.ticket(hall.issue("land")).number == "A003"


@pytest.mark.parametrize(("said", "believed"), [(-60, 0), (90, 60), (30, 30)])
def test_the_kiosks_clock_is_believed_between_the_lease_and_now(hall, said, believed) -> None:
    leased = lease(hall)
    granted = hall.now
    hall.later(minutes=60)
    moment = granted + timedelta(minutes=said)
    offline = hand_in(hall, leased, at=moment).offline
    assert offline.at == granted + timedelta(minutes=believed)
    assert offline.said == moment


def test_a_moment_without_a_zone_is_one_at_the_centre(hall) -> None:
    leased = lease(hall)
    hall.later(minutes=2)
    at = hand_in(hall, leased, at=datetime(2026, 11, 20, 8, 1)).offline.at
    assert at == datetime(2026, 11, 20, 8, 1, tzinfo=ZONE)


def test_a_number_is_handed_in_once_and_only_by_who_holds_it(hall) -> None:
    leased = lease(hall)
    hand_in(hall, leased)
    again = c.HandInTicket(leased.lease, "A497", "land", hall.now)
    assert hall.refused(again) == (LeaseRefusal.NOT_LEASED, {"number": "A497"})
    other = c.HandInTicket(leased.lease, "A498", "civil", hall.now)
    assert hall.refused(other) == (LeaseRefusal.NOT_LEASED, {"number": "A498"})
    hall.actor = c.Actor("device-2", c.Role.KIOSK)
    foreign = c.HandInTicket(leased.lease, "A498", "land", hall.now)
    assert hall.refused(foreign) == (LeaseRefusal.NOT_LEASED, {"number": "A498"})
    back = c.ReturnNumbers(leased.lease, ("A498",))
    assert hall.refused(back) == (LeaseRefusal.NOT_LEASED, {"number": "A498"})


def test_numbers_given_back_are_given_to_others(hall) -> None:
    leased = lease(hall)
    hall.do(c.ReturnNumbers(leased.lease, ("A498", "A499", "A498")))
    assert hall.refused(c.ReturnNumbers(leased.lease, ("A498",)))[0] is LeaseRefusal.NOT_LEASED
    assert hall.refused(c.ReturnNumbers(leased.lease, ()))[0] is LeaseRefusal.NOT_LEASED
    assert [n.number for n in lease(hall, count=2).numbers] == ["A498", "A499"]
    assert hand_in(hall, leased).number == "A497"


def test_what_is_leased_counts_against_the_quota_until_it_is_back(hall) -> None:
    leased = lease(hall, "civil", 5)
    assert len(leased.numbers) == 1, "half of the three of a session"
    hall.issue("civil"), hall.issue("civil")
    assert hall.refused(c.IssueTicket(("civil",)))[0] is CommonRefusal.QUOTA_USED_UP
    assert hall.refused(c.LeaseNumbers("civil", 1))[0] is CommonRefusal.QUOTA_USED_UP
    hall.do(c.ReturnNumbers(leased.lease, (leased.numbers[0].number,)))
    hall.issue("civil")
    assert hall.floor.spoken_for("civil") == 3


def test_half_of_a_short_series_is_left_to_be_given_in_turn(hall) -> None:
    assert lease(hall, "permit").numbers == (LeasedNumber(502, "A502"),)
    numbers = [hall.ticket(hall.issue("permit")).number for _ in range(2)]
    assert numbers == ["A500", "A501"]
    assert hall.refused(c.IssueTicket(("permit",)))[0] is CommonRefusal.SERIES_USED_UP
    assert hall.refused(c.LeaseNumbers("permit", 1))[0] is CommonRefusal.SERIES_USED_UP


def test_a_lease_is_for_a_session_that_is_still_to_come(hall) -> None:
    hall.now = hall.now.replace(hour=6)
    assert isinstance(lease(hall), NumbersLeased)
    hall.now = hall.now.replace(hour=11, minute=15)
    assert hall.refused(c.LeaseNumbers("result", 1))[0] is CommonRefusal.CLOSED_FOR_TODAY
    hall.now = hall.now.replace(hour=16, minute=45)
    assert hall.refused(c.LeaseNumbers("land", 1))[0] is CommonRefusal.CLOSED_FOR_TODAY


def test_no_kiosk_holds_more_than_a_few_blocks_and_none_where_it_is_switched_off(hall) -> None:
    for _ in range(MOST_BLOCKS):
        assert len(lease(hall, count=99).numbers) == 5
    limit = {"service": "land", "limit": 5 * MOST_BLOCKS}
    assert hall.refused(c.LeaseNumbers("land", 1)) == (LeaseRefusal.LEASE_LIMIT, limit)
    assert hall.refused(c.LeaseNumbers("tax", 1))[0] is CommonRefusal.UNKNOWN_SERVICE
    hall.plan(lease_numbers=0)
    assert hall.refused(c.LeaseNumbers("land", 1)) == (LeaseRefusal.LEASES_OFF, {})


def test_after_the_end_of_the_day_a_ticket_is_a_fact_of_that_day(hall) -> None:
    leased = lease(hall)
    hall.later(minutes=5)
    hall.do(c.EndDay())
    issued, expired = hand_in(hall, leased, at=hall.now - timedelta(minutes=2))
    assert (type(issued), type(expired)) == (TicketIssued, TicketExpired)
    assert hall.ticket(issued.ticket).state is TicketState.EXPIRED
    assert hall.refused(c.LeaseNumbers("land", 1))[0] is CommonRefusal.CLOSED_FOR_TODAY


def test_a_ticket_of_yesterday_leaves_a_row_and_no_trace_in_the_queue(hall) -> None:
    leased, given_at = lease(hall), hall.now
    hall.now += timedelta(days=3)
    assert hand_in(hall, leased, at=given_at) == TicketHandedInLate(
        leased.lease, "A497", "land", None, given_at, "device-1"
    )
    assert not hall.floor.tickets
    assert [each.number for each in lease(hall).numbers] == ["A497", "A498", "A499"]


def test_a_ticket_of_before_the_doors_opened_belongs_to_the_first_session(hall) -> None:
    hall.now = datetime.combine(hall.now.date(), time(7, 0), ZONE)
    leased = lease(hall)
    assert hand_in(hall, leased).session == "sang"
    hall.now = hall.now.replace(hour=12)
    assert hand_in(hall, leased, 1, at=hall.now - timedelta(minutes=1)).session == "sang"


def test_a_call_before_the_hand_in_did_not_pass_over_who_nobody_knew(hall) -> None:
    leased = lease(hall)
    given_at = hall.now
    hall.later(minutes=5)
    hall.issue("land")
    hall.do(c.CallNext("q1"))
    hall.later(minutes=5)
    offline = hand_in(hall, leased, at=given_at)
    hall.later(minutes=1)
    hall.do(c.CallNext("q2"))
    judge = Judge(hall.rules.plan)
    judge.take_all(hall.events)
    before, after = judge.calls
    assert (before.cause, before.longest) == (Cause.IN_ORDER, None)
    assert (after.cause, after.ticket) == (Cause.IN_ORDER, offline.ticket)
    assert after.waited == timedelta(minutes=11, seconds=1)


def test_an_offline_ticket_goes_before_who_came_later_and_the_quota_counts_it_once(hall) -> None:
    leased = lease(hall, "civil", 1)
    given_at = hall.now
    hall.later(seconds=1)
    hall.issue("civil")
    issued = hand_in(hall, leased, at=given_at)
    assert next_for(hall.rules.plan, hall.floor, "q2").id == issued.ticket
    assert hall.floor.spoken_for("civil") == hall.floor.issued("civil") == 2


def test_a_lease_of_an_earlier_version_keeps_the_ids_that_its_kiosk_has_printed() -> None:
    assert ticket_of_lease("00112233445566ff", "A001") == "9d3d23d8801fe6f6"
    assert ticket_of_lease("0b1h2l3m4v556677", "A001") == "1h4bbh64m3ml7057"


def test_a_kiosk_that_leases_and_hands_in_at_once_takes_no_whole_series(hall) -> None:
    hall.actor = c.Actor("kiosk-1", c.Role.KIOSK)
    most = hall.rules.plan.lease_numbers
    for _ in range(MOST_BLOCKS + 1):
        leased = lease(hall, count=most)
        for place in range(most):
            hand_in(hall, leased, place)
    too_fast = (IssueRefusal.TOO_FAST, {"limit": most * (MOST_BLOCKS + 1), "seconds": 60})
    assert hall.refused(c.LeaseNumbers("land", most)) == too_fast
    lease(hall, "permit", 1)
    hall.later(minutes=1)
    lease(hall, count=most)
