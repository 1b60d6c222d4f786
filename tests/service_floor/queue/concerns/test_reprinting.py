"""A slip printed once more: who may ask, at which kiosk, how often, and what is said where nobody says anything."""

import pytest

from service_floor.queue import commands as c
from service_floor.queue.commands import Actor, Role
from service_floor.queue.concerns.reprinting import WORD_WITHIN, ReprintRefusal
from service_floor.queue.events import ReprintAsked, SlipReported
from service_floor.queue.floor import Floor, ImpossibleEventError
from service_floor.queue.refusals import CommonRefusal

GREETER = Actor("console-hoa", Role.GREETER, proven="hoa")
Q1 = Actor("desk-1", Role.COUNTER, "q1")
Q2 = Actor("desk-2", Role.COUNTER, "q2")


@pytest.fixture
def hall(hall):
    hall.plan(printers=("kiosk-1", "kiosk-2"))
    return hall


@pytest.fixture
def ticket(hall):
    """Given by the second kiosk, and not on paper."""
    hall.actor = Actor("kiosk-2", Role.KIOSK)
    ticket = hall.issue("land")
    hall.do(c.ReportSlip(ticket, "failed", "paper_out"))
    hall.actor = GREETER
    return ticket


def reprint(ticket, kiosk=None, reason=c.ReprintReason.LOST):
    return c.ReprintSlip(ticket, reason, kiosk)


def report(hall, ticket, outcome, count=1, remark=""):
    hall.actor = Actor("kiosk-2", Role.KIOSK)
    hall.do(c.ReportSlip(ticket, outcome, remark, count))
    hall.actor = GREETER


def test_the_kiosk_that_gave_the_ticket_prints_it_again(hall, ticket):
    asked = hall.do(reprint(ticket, reason=c.ReprintReason.NOT_PRINTED))
    assert asked == ReprintAsked(ticket, 1, "kiosk-2", "not_printed", "console-hoa", "hoa")
    assert hall.floor.reprints[f"{ticket}~1"].asked_at == hall.now
    report(hall, ticket, "printed", remark="fence")
    told = hall.floor.reprints[f"{ticket}~1"]
    assert (told.outcome, told.remark, hall.ticket(ticket).slip) == ("printed", "fence", "printed")


def test_the_asker_may_name_another_kiosk_and_must_name_a_known_one(hall, ticket):
    assert hall.do(reprint(ticket, "kiosk-1")).kiosk == "kiosk-1"
    assert hall.refused(reprint(ticket, "kiosk-9")) == (
        ReprintRefusal.UNKNOWN_KIOSK,
        {"kiosk": "kiosk-9"},
    )


def test_a_ticket_that_a_person_gave_is_printed_at_the_first_kiosk(hall):
    hall.actor = GREETER
    assert hall.do(reprint(hall.issue("land"))).kiosk == "kiosk-1"
    hall.plan(printers=())
    assert hall.refused(reprint(hall.issue("land")))[0] is ReprintRefusal.NO_SLIP_PRINTER


def test_an_officer_asks_for_the_ticket_at_the_own_counter_and_is_named(hall, ticket):
    hall.actor = Q1
    assert hall.refused(reprint(ticket)) == (
        CommonRefusal.WRONG_STATE,
        {"number": "A001", "state": "waiting"},
    )
    hall.do(c.CallNext("q1"))
    hall.actor = Q2
    elsewhere = {"number": "A001", "counter": "q1"}
    assert hall.refused(reprint(ticket)) == (CommonRefusal.CALLED_ELSEWHERE, elsewhere)
    hall.actor = Q1
    assert hall.do(reprint(ticket)).officer == "officer-q1"
    hall.actor = Actor("desk-3", Role.COUNTER, "q3")
    assert hall.refused(reprint(ticket)) == (CommonRefusal.NOT_SIGNED_IN, {"counter": "q3"})


def test_a_ticket_that_is_over_needs_no_paper(hall, ticket):
    hall.do(c.CancelTicket(ticket, "left"))
    over = {"number": "A001", "state": "cancelled"}
    assert hall.refused(reprint(ticket)) == (CommonRefusal.WRONG_STATE, over)
    assert hall.refused(reprint("none")) == (CommonRefusal.UNKNOWN_TICKET, {"ticket": "none"})


def test_one_at_a_time_at_a_kiosk_and_every_one_has_its_own_count(hall, ticket):
    hall.do(reprint(ticket))
    under_way = {"number": "A001", "kiosk": "kiosk-2"}
    assert hall.refused(reprint(ticket)) == (ReprintRefusal.REPRINT_UNDER_WAY, under_way)
    assert hall.do(reprint(ticket, "kiosk-1")).reprint == 2
    report(hall, ticket, "printed")
    assert hall.do(reprint(ticket)).reprint == 3


def test_a_count_that_a_technician_made_at_the_printer_is_not_given_again(hall, ticket):
    report(hall, ticket, "printed", 1)
    assert hall.do(reprint(ticket)).reprint == 2


def test_what_did_not_come_out_is_not_counted_against_the_limit(hall, ticket):
    for count, outcome in enumerate(("failed", "printed", "unknown", "failed", "printed"), 1):
        assert hall.do(reprint(ticket)).reprint == count
        report(hall, ticket, outcome, count)
    limit = {"number": "A001", "limit": 3}
    assert hall.refused(reprint(ticket)) == (ReprintRefusal.REPRINT_LIMIT, limit)
    report(hall, ticket, "failed", 3)
    assert hall.do(reprint(ticket)).reprint == 6


def test_a_centre_may_allow_none(hall, ticket):
    hall.calling(reprint_limit=0)
    assert hall.refused(reprint(ticket)) == (
        ReprintRefusal.REPRINT_LIMIT,
        {"number": "A001", "limit": 0},
    )


def test_of_a_kiosk_that_says_nothing_the_hub_says_that_nobody_knows(hall, ticket):
    hall.do(reprint(ticket))
    assert hall.rules.due(hall.now + WORD_WITHIN - hall.now.resolution) == ()
    hall.now += WORD_WITHIN
    silent = SlipReported(ticket, "unknown", "no_word", "hub", 1)
    assert hall.rules.due(hall.now) == (silent,)
    hall.do(c.PassTime())
    assert hall.rules.due(hall.now) == ()
    report(hall, ticket, "printed", 1)
    assert hall.floor.reprints[f"{ticket}~1"].outcome == "printed"


def test_the_same_count_twice_cannot_have_happened(hall, ticket):
    asked = hall.do(reprint(ticket))
    with pytest.raises(ImpossibleEventError):
        hall.floor.fold(asked, hall.now)


def test_a_new_day_knows_no_reprints_and_a_replay_gives_the_same(hall, ticket):
    hall.do(reprint(ticket))
    again = Floor()
    for event, at in hall.events:
        again.fold(event, at)
    assert again == hall.floor
    hall.later(days=1)
    hall.do(c.PassTime())
    assert hall.floor.reprints == {}
