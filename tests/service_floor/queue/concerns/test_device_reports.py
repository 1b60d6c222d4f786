import pytest

from service_floor.queue import commands as c
from service_floor.queue.concerns.device_reports import DeviceReportRefusal
from service_floor.queue.events import CallAnnounced, SlipReported
from service_floor.queue.refusals import CommonRefusal

SAID = ("printed", "failed", "unknown")


@pytest.mark.parametrize("first", SAID)
@pytest.mark.parametrize("second", SAID)
def test_a_printed_slip_stays_printed_and_any_other_may_be_settled(hall, first, second):
    ticket = hall.issue("land")
    event = hall.do(c.ReportSlip(ticket, first, " cover open "))
    assert event == SlipReported(ticket, first, "cover open", "device-1")
    if first == "printed" or first == second:
        refusal = hall.refused(c.ReportSlip(ticket, second))
        assert refusal == (CommonRefusal.ALREADY_SAID, {"outcome": first})
        second = first
    else:
        hall.do(c.ReportSlip(ticket, second))
    assert hall.ticket(ticket).slip == second


def test_each_reprint_is_a_fact_of_its_own(hall):
    ticket = hall.issue("land")
    hall.do(c.ReportSlip(ticket, "printed"))
    event = hall.do(c.ReportSlip(ticket, "unknown", "no_proof", 1))
    assert event == SlipReported(ticket, "unknown", "no_proof", "device-1", 1)
    hall.do(c.ReportSlip(ticket, "printed", "", 2))
    hall.do(c.ReportSlip(ticket, "printed", "late", 1))
    assert hall.ticket(ticket).slip == "printed"
    assert dict(hall.ticket(ticket).reprints) == {1: "printed", 2: "printed"}
    again = hall.refused(c.ReportSlip(ticket, "failed", "", 2))
    assert again == (CommonRefusal.ALREADY_SAID, {"outcome": "printed"})


@pytest.mark.parametrize(("outcome", "slip"), [("printed", "printed"), ("failed", "unknown")])
def test_a_reprint_that_came_out_settles_the_slip(hall, outcome, slip):
    ticket = hall.issue("land")
    hall.do(c.ReportSlip(ticket, "unknown"))
    hall.do(c.ReportSlip(ticket, outcome, "", 1))
    assert hall.ticket(ticket).slip == slip


@pytest.mark.parametrize("count", [-1, 100])
def test_no_more_reprints_are_kept_than_anybody_makes(hall, count):
    ticket = hall.issue("land")
    assert hall.refused(c.ReportSlip(ticket, "printed", "", count))[0] is CommonRefusal.ALREADY_SAID


def test_the_paper_is_reported_whatever_became_of_the_ticket(hall):
    ticket = hall.issue("land")
    hall.do(c.CancelTicket(ticket, "left"))
    hall.do(c.ReportSlip(ticket, "printed"))
    assert hall.refused(c.ReportSlip("nobody", "printed")) == (
        CommonRefusal.UNKNOWN_TICKET,
        {"ticket": "nobody"},
    )


def test_the_first_word_on_a_call_stands(hall):
    hall.issue("land")
    call = hall.do(c.CallNext("q1")).call
    event = hall.do(c.ReportAnnounced(call, "dropped", "too old"))
    assert event == CallAnnounced(call, "dropped", "too old", "device-1")
    assert hall.floor.call(call).outcome == "dropped"
    assert hall.refused(c.ReportAnnounced(call, "announced")) == (
        CommonRefusal.ALREADY_SAID,
        {"outcome": "dropped"},
    )
    unknown = hall.refused(c.ReportAnnounced("none", "announced"))
    assert unknown == (DeviceReportRefusal.UNKNOWN_CALL, {"call": "none"})


def test_a_device_reports_only_its_own_paper(hall):
    hall.plan(printers=("kiosk-1", "kiosk-2"))
    kiosk_1, kiosk_2 = (c.Actor(name, c.Role.KIOSK) for name in ("kiosk-1", "kiosk-2"))
    hall.actor = kiosk_1
    ticket = hall.issue("land")
    others = (kiosk_2, c.Actor("terminal-2", c.Role.COUNTER, "q2"))
    not_its_own = (DeviceReportRefusal.NOT_YOUR_PAPER, {"number": "A001"})
    for hall.actor in others:
        for reprint in (0, 1):
            assert hall.refused(c.ReportSlip(ticket, "printed", "", reprint)) == not_its_own
    hall.actor = c.Actor("console", c.Role.SUPERVISOR)
    hall.do(c.ReprintSlip(ticket, c.ReprintReason.LOST, "kiosk-2"))
    hall.actor = kiosk_1
    assert hall.refused(c.ReportSlip(ticket, "failed", "", 1)) == not_its_own
    hall.do(c.ReportSlip(ticket, "printed"))
    hall.actor = kiosk_2
    hall.do(c.ReportSlip(ticket, "printed", "", 1))
    # Once more at the printer itself, by hand.
    hall.do(c.ReportSlip(ticket, "printed", "", 2))
    assert hall.refused(c.ReportSlip(ticket, "failed")) == not_its_own
    hall.actor = kiosk_1
    hall.do(c.ReportSlip(ticket, "printed", "", 3))


def test_an_agent_of_some_counters_reports_only_their_calls(hall):
    hall.issue("land")
    hall.plan(announcers={"agent-2": frozenset({"q2"})})
    call = hall.do(c.CallNext("q1")).call
    hall.actor = c.Actor("agent-2", c.Role.AGENT)
    refused = hall.refused(c.ReportAnnounced(call, "dropped"))
    assert refused == (DeviceReportRefusal.NOT_YOUR_CALL, {"counter": "q1"})
    hall.actor = c.Actor("agent-1", c.Role.AGENT)
    hall.do(c.ReportAnnounced(call, "announced"))
