import pytest

from service_floor.queue import commands as c
from service_floor.queue.events import CallAnnounced, SlipReported
from service_floor.queue.refusals import RefusalCode as R

SAID = ("printed", "failed", "unknown")


@pytest.mark.parametrize("first", SAID)
@pytest.mark.parametrize("second", SAID)
def test_a_printed_slip_stays_printed_and_any_other_may_be_settled(hall, first, second):
    ticket = hall.issue("land")
    event = hall.do(c.ReportSlip(ticket, first, " cover open "))
    assert event == SlipReported(ticket, first, "cover open", "device-1")
    if first == "printed" or first == second:
        refusal = hall.refused(c.ReportSlip(ticket, second))
        assert refusal == (R.ALREADY_SAID, {"outcome": first})
        second = first
    else:
        hall.do(c.ReportSlip(ticket, second))
    assert hall.ticket(ticket).slip == second


def test_the_paper_is_reported_whatever_became_of_the_ticket(hall):
    ticket = hall.issue("land")
    hall.do(c.CancelTicket(ticket, "left"))
    hall.do(c.ReportSlip(ticket, "printed"))
    assert hall.refused(c.ReportSlip("nobody", "printed")) == (
        R.UNKNOWN_TICKET,
        {"ticket": "nobody"},
    )


def test_the_first_word_on_a_call_stands(hall):
    hall.issue("land")
    call = hall.do(c.CallNext("q1")).call
    event = hall.do(c.ReportAnnounced(call, "dropped", "too old"))
    assert event == CallAnnounced(call, "dropped", "too old", "device-1")
    assert hall.floor.call(call).outcome == "dropped"
    assert hall.refused(c.ReportAnnounced(call, "announced")) == (
        R.ALREADY_SAID,
        {"outcome": "dropped"},
    )
    unknown = hall.refused(c.ReportAnnounced("none", "announced"))
    assert unknown == (R.UNKNOWN_CALL, {"call": "none"})
