"""A press that the hub may have carried out, and for which a kiosk has given a number in advance: one number is left."""

import json

import pytest

from hub.floor.undo_of_press import REASON
from service_floor.queue import commands as c

REQ = "press-0001"
PRESS = c.IssueTicket(("certify",))


@pytest.fixture
def hub(make_hub):
    hub = make_hub()
    hub.start()
    return hub


def lease(hub):
    answer = hub.do(c.LeaseNumbers("certify", 2))
    assert answer["ok"]
    return answer["result"]


def hand_in(hub, leased, clock, *, place=0, instead_of=REQ, req="hand-in-1"):
    number = leased["numbers"][place]
    command = c.HandInTicket(leased["lease"], number, "certify", clock.now, None, instead_of)
    return hub.do((req, command))


def test_the_answer_to_a_lease_holds_all_that_a_kiosk_needs(hub) -> None:
    leased = lease(hub)
    assert leased | {"lease": "id"} == {
        "lease": "id",
        "service": "certify",
        "day": "2026-11-20",
        "numbers": ["A99998", "A99999"],
    }


def test_the_ticket_of_a_press_that_was_carried_out_is_cancelled(hub, clock) -> None:
    leased = lease(hub)
    unseen = hub.do((REQ, PRESS))["result"]["ticket"]
    clock.pass_by(minutes=5)
    given = hand_in(hub, leased, clock)["result"]["ticket"]
    assert (given["number"], given["offline"]) == ("A99998", True)
    assert hub.where(unseen["id"]).ticket.state == "cancelled"
    assert hub.where("A99998").ticket.state == "waiting"
    ((body,),) = hub.rows("SELECT body FROM journal WHERE kind = 'ticket_cancelled'")
    assert json.loads(body)["reason"] == f"{REASON} A99998"


def test_a_press_that_comes_after_its_withdrawal_gives_no_number(hub, clock) -> None:
    leased = lease(hub)
    hand_in(hub, leased, clock)
    late = hub.do((REQ, PRESS))
    assert (late["ok"], late["error"]["code"]) == (False, "withdrawn")
    assert hub.rows("SELECT count(*) FROM journal WHERE kind = 'ticket_issued'") == [(1,)]


def test_press_and_hand_in_in_one_commit_leave_one_ticket(hub, clock) -> None:
    leased = lease(hub)
    command = c.HandInTicket(leased["lease"], leased["numbers"][0], "certify", clock.now, None, REQ)
    for answer in hub.send((REQ, PRESS), ("hand-in-1", command), (REQ, PRESS)):
        answer()
    states = [hub.where(number).ticket.state for number in ("A00001", "A99998")]
    assert states == ["cancelled", "waiting"]


def test_a_hand_in_that_is_repeated_has_the_same_answer(hub, clock) -> None:
    leased = lease(hub)
    first = hand_in(hub, leased, clock)
    again = hub.do(
        ("hand-in-1", c.HandInTicket(leased["lease"], "A99998", "certify", clock.now, None, REQ))
    )
    assert again == first | {"replayed": True}
    other = hand_in(hub, leased, clock, req="hand-in-2")
    assert other["error"] == {"code": "not_leased", "data": {"number": "A99998"}}


def test_only_a_press_can_be_withdrawn(hub, clock) -> None:
    leased = lease(hub)
    ticket = hub.do((REQ, PRESS))["result"]["ticket"]["id"]
    hub.do(("slip-0001", c.ReportSlip(ticket, "printed")))
    hand_in(hub, leased, clock, instead_of="slip-0001")
    assert hub.where(ticket).ticket.state == "waiting"


def test_a_refused_hand_in_withdraws_nothing(hub, clock) -> None:
    leased = lease(hub)
    ticket = hub.do((REQ, PRESS))["result"]["ticket"]["id"]
    hub.do(c.ReturnNumbers(leased["lease"], ("A99998",)))
    assert not hand_in(hub, leased, clock)["ok"]
    assert hub.where(ticket).ticket.state == "waiting"


def test_a_hand_in_of_yesterday_is_a_row_and_an_empty_answer(hub, clock) -> None:
    leased = lease(hub)
    given_at = clock.now
    clock.pass_by(days=1)
    command = c.HandInTicket(leased["lease"], "A99998", "certify", given_at, None, REQ)
    assert hub.do(command)["result"] == {}
    ((day, body),) = hub.rows("SELECT day, body FROM journal WHERE kind = 'ticket_handed_in_late'")
    assert day == "2026-11-21"
    assert json.loads(body)["issued_at"].startswith("2026-11-20T08:00:00")


def test_the_floor_is_the_same_after_a_restart(make_hub, clock) -> None:
    hub = make_hub()
    hub.start()
    leased = lease(hub)
    hand_in(hub, leased, clock)
    before = hub.writer._commits.decider._floor
    hub.stop()
    again = make_hub()
    assert again.writer._commits.decider._floor == before
    again.start()
    clock.pass_by(minutes=1)
    assert hand_in(again, leased, clock, place=1, instead_of=None, req="hand-in-2")["ok"]


def test_only_kiosks_lease_and_hand_in(hub, clock) -> None:
    leased = lease(hub)
    desk = c.Actor("t1", c.Role.COUNTER, "c1")
    answer = hub.do(c.LeaseNumbers("certify", 1), desk)
    assert answer["error"]["code"] == "not_allowed"
    other = c.HandInTicket(leased["lease"], "A99998", "certify", clock.now)
    refused = hub.do(other, c.Actor("k2", c.Role.KIOSK))
    assert refused["error"]["code"] == "not_leased"
