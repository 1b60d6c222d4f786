"""The only writer, on a real database: batches, repeated requests, what breaks it, and the clock."""

import json
import sqlite3
import threading
from time import monotonic

import pytest
from sqlalchemy import event

from hub.errors import HubError, HubProblem
from hub.floor import commits
from hub.floor.decider import Inquiry, Request
from hub.floor.intake import MOST_WAITING
from hub.messages import WireError
from hub.upkeep.verification import verify
from service_floor.queue import commands as c
from service_floor.queue.commands import Actor, Role
from service_floor.queue.events import DayEnded, ServiceStarted
from service_floor.queue.rules import Rules
from service_floor.vietnamese import telex

KIOSK = Actor("k1", Role.KIOSK)
DESK = Actor("t1", Role.COUNTER, "c1")
DEADLINE = 10


@pytest.fixture
def hub(make_hub):
    hub = make_hub()
    hub.start()
    return hub


def issue(*services):
    return c.IssueTicket(services or ("certify",))


def test_everything_that_waits_goes_into_one_transaction(make_hub) -> None:
    hub = make_hub()
    hub.writer._forget_old_requests()
    committed = []
    event.listen(hub.engine, "commit", committed.append)
    hub.writer._intake.open()
    answers = hub.send(*(issue() for _ in range(20)))
    hub.start()
    numbers = [answer()["result"]["ticket"]["number"] for answer in answers]
    assert numbers == [f"A{n:05}" for n in range(1, 21)]
    assert len(committed) == 1
    told = [outcome for outcome in hub.outcomes if outcome.puts]
    assert [len(outcome.replies) for outcome in told] == [20]


def test_what_comes_in_while_a_batch_is_carried_out_goes_into_its_commit(make_hub) -> None:
    hub = make_hub()
    hub.writer._forget_old_requests()
    committed, late = [], []

    def press_again(*_: object) -> None:
        if not late:
            late.extend(hub.send(issue(), ("request-1", issue())))

    event.listen(hub.engine, "before_cursor_execute", press_again)
    event.listen(hub.engine, "commit", committed.append)
    hub.writer._intake.open()
    (answer,) = hub.send(("request-1", issue()))
    hub.start()
    first = answer()
    other, again = (answer() for answer in late)
    assert other["ok"]
    assert again == first | {"replayed": True}
    assert len(committed) == 1


def test_an_answer_comes_only_after_its_events_are_on_disk(hub, tmp_path) -> None:
    seen = []
    other = sqlite3.connect(tmp_path / "floor.db", check_same_thread=False)

    def reply(answer) -> None:
        ticket = json.loads(answer)["result"]["ticket"]["id"]
        query = "SELECT count(*) FROM journal WHERE kind = 'ticket_issued' AND body LIKE ?"
        seen.append(other.execute(query, (f"%{ticket}%",)).fetchone()[0])
        done.set()

    done = threading.Event()
    hub.writer.submit(Request(KIOSK, "request-1", issue(), reply))
    assert done.wait(DEADLINE)
    other.close()
    assert seen == [1]


def test_the_same_request_gets_its_first_answer_whatever_has_changed(hub) -> None:
    first = hub.do(("request-1", issue()))
    hub.do(issue())
    again = hub.do(("request-1", issue()))
    assert again == first | {"replayed": True}
    assert hub.rows("SELECT count(*) FROM journal WHERE kind = 'ticket_issued'") == [(2,)]


def test_a_refusal_is_an_answer_and_stays_one(hub) -> None:
    refused = hub.do(("request-1", c.CallNext("c1")), actor=DESK)
    assert refused["error"]["code"] == "not_signed_in"
    hub.do(c.SignIn("c1", "o1"), actor=DESK)
    hub.do(c.OpenCounter("c1"), actor=DESK)
    hub.do(issue())
    again = hub.do(("request-1", c.CallNext("c1")), actor=DESK)
    assert again == refused | {"replayed": True}


def test_the_same_id_for_something_else_is_a_conflict_and_changes_nothing(hub) -> None:
    first = hub.do(("request-1", issue()))
    conflict = hub.do(("request-1", issue("land")))
    assert (conflict["ok"], conflict["error"]["code"]) == (False, "request_conflict")
    assert hub.do(("request-1", issue()))["result"] == first["result"]


def test_two_of_the_same_request_in_one_batch_make_one_ticket(make_hub) -> None:
    hub = make_hub()
    hub.writer._intake.open()
    answers = hub.send(("request-1", issue()), ("request-1", issue()), ("request-1", issue("land")))
    hub.start()
    first, second, other = [answer() for answer in answers]
    assert second == first | {"replayed": True}
    assert other["error"]["code"] == "request_conflict"
    assert hub.rows("SELECT number FROM ticket_numbers") == [("A00001",)]


def test_the_same_id_of_another_device_is_another_request(hub) -> None:
    one = hub.do(("request-1", issue()))
    two = hub.do(("request-1", issue()), actor=Actor("k2", Role.KIOSK))
    assert one["result"]["ticket"]["number"] != two["result"]["ticket"]["number"]


def test_who_may_not_is_refused_but_a_repeated_request_comes_first(hub) -> None:
    done = hub.do(("request-1", issue()))
    demoted = Actor("k1", Role.BOARD)
    assert hub.do(("request-1", issue()), actor=demoted)["result"] == done["result"]
    assert hub.do(("request-2", issue()), actor=demoted)["error"]["code"] == "not_allowed"


def test_a_day_that_cannot_have_happened_is_not_opened(make_hub, clock) -> None:
    hub = make_hub()
    day, at = clock.now.date(), clock.now
    with hub.writer._journal.page() as page:
        page.record(DayEnded(day), at, day, "hub")
        page.record(ServiceStarted("nobody", "c1"), at, day, "t1")
    with pytest.raises(HubError) as caught:
        make_hub()
    assert caught.value.code is HubProblem.JOURNAL_BROKEN
    assert caught.value.data == {"seq": 4, "flaw": "impossible", "keep": 3}


def test_a_command_that_breaks_a_rule_does_not_stop_the_others(make_hub, monkeypatch) -> None:
    plain = Rules.decide

    def decide(self, order):
        if order.command == c.CancelTicket("poison", "x"):
            raise ZeroDivisionError
        return plain(self, order)

    monkeypatch.setattr(Rules, "decide", decide)
    hub = make_hub()
    hub.writer._intake.open()
    answers = hub.send(
        issue(), c.CancelTicket("poison", "x"), issue(), actor=Actor("t1", Role.GREETER)
    )
    hub.start()
    first, broken, third = [answer() for answer in answers]
    assert (first["ok"], third["ok"]) == (True, True)
    assert broken["error"]["code"] == "internal"
    assert hub.rows("SELECT count(*) FROM ticket_numbers") == [(2,)]
    assert verify(hub.engine).broken is None


def test_the_day_turns_by_the_clock_and_numbers_start_again(hub, clock) -> None:
    hub.do(issue())
    clock.pass_by(days=1)
    answer = hub.do(issue())
    assert answer["result"]["ticket"]["number"] == "A00001"
    assert hub.rows("SELECT day, kind FROM journal ORDER BY seq") == [
        ("2026-11-20", "day_opened"),
        ("2026-11-20", "plan_adopted"),
        ("2026-11-20", "ticket_issued"),
        ("2026-11-20", "ticket_expired"),
        ("2026-11-20", "day_ended"),
        ("2026-11-21", "day_opened"),
        ("2026-11-21", "plan_adopted"),
        ("2026-11-21", "ticket_issued"),
    ]


def test_time_alone_writes_only_what_is_due(hub, clock) -> None:
    for command in (c.SignIn("c1", "o1"), c.OpenCounter("c1")):
        hub.do(command, actor=DESK)
    hub.do(issue())
    for command in (c.CallNext("c1"), c.StartServing("c1"), c.Park("c1", 5)):
        hub.do(command, actor=DESK)
    rows = hub.rows("SELECT count(*) FROM journal")
    hub.writer._recovery.run([])
    assert hub.rows("SELECT count(*) FROM journal") == rows
    clock.pass_by(minutes=5)
    hub.do(issue())
    kinds = [kind for (kind,) in hub.rows("SELECT kind FROM journal ORDER BY seq DESC LIMIT 2")]
    assert kinds == ["ticket_issued", "parking_ended"]
    assert hub.rows("SELECT device FROM journal WHERE kind = 'parking_ended'") == [("hub",)]


def test_a_restart_finds_the_floor_the_counts_and_the_answers(make_hub) -> None:
    hub = make_hub()
    hub.start()
    first = hub.do(("request-1", issue()))
    hub.do(c.ReportSlip(first["result"]["ticket"]["id"], "printed"))
    hub.stop()
    again = make_hub()
    again.start()
    assert again.restored.standing.counts["issued"] == 1
    assert again.restored.standing.counts["printed"] == 1
    assert again.do(("request-1", issue())) == first | {"replayed": True}
    assert again.do(issue())["result"]["ticket"]["number"] == "A00002"


def test_requests_are_forgotten_after_seven_days(make_hub, clock) -> None:
    hub = make_hub()
    hub.start()
    hub.do(("request-1", issue()))
    hub.stop()
    clock.pass_by(days=7, minutes=1)
    later = make_hub()
    later.writer._forget_old_requests()
    assert later.rows("SELECT count(*) FROM requests") == [(0,)]


def test_too_much_waiting_is_refused_at_the_door(make_hub) -> None:
    hub = make_hub()
    hub.writer._intake.open()
    for n in range(MOST_WAITING):
        assert hub.writer.submit(Request(KIOSK, f"request-{n}", c.EndDay(), lambda _: None))
    assert not hub.writer.submit(Inquiry("A1", lambda _: None))
    hub.start()


def test_what_was_taken_before_the_end_is_still_done(make_hub) -> None:
    hub = make_hub()
    hub.start()
    answers = hub.send(*(issue() for _ in range(50)))
    hub.stop()
    assert all(answer()["ok"] for answer in answers)
    assert not hub.writer.submit(Inquiry("A1", lambda _: None))


def test_an_old_ticket_is_found_by_what_telex_has_left_of_its_id(hub) -> None:
    typed = ""
    while typed.isascii():
        ticket = hub.do(issue())["result"]["ticket"]
        typed = telex.compose(ticket["id"])
    assert hub.where(typed).ticket.id == ticket["id"]
    assert hub.where("bà3c4d5e6b7f8b") is WireError.UNKNOWN_TICKET


def test_a_question_changes_nothing(hub) -> None:
    hub.do(issue())
    place = hub.where("A00001")
    assert (place.ticket.number, place.ahead) == ("A00001", 0)
    assert hub.rows("SELECT count(*) FROM requests") == [(1,)]


def test_on_a_slow_disk_a_batch_stays_open_for_presses_on_their_way(make_hub, monkeypatch) -> None:
    monkeypatch.setattr(commits, "LONGEST_BREATH", DEADLINE)
    hub = make_hub()
    hub.writer.commit_times.note(5 * DEADLINE)
    hub.writer._commits._last_size = 2
    hub.writer._intake.open()
    late = Request(KIOSK, "request-2", issue(), lambda _: None)
    coming = threading.Timer(0.02, hub.writer.submit, [late])
    coming.start()
    outcome = hub.writer._commits.carry_out([Request(KIOSK, "request-1", issue(), lambda _: None)])
    coming.join()
    assert len(outcome.replies) == 2


def test_a_press_that_comes_alone_waits_for_nobody(make_hub, monkeypatch) -> None:
    monkeypatch.setattr(commits, "LONGEST_BREATH", DEADLINE)
    hub = make_hub()
    hub.writer.commit_times.note(5 * DEADLINE)
    began = monotonic()
    hub.writer._commits.carry_out([Request(KIOSK, "request-1", issue(), lambda _: None)])
    assert monotonic() - began < DEADLINE
