"""What screens are told is what a fresh look at the floor would show, and no more."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.floor import floor_views
from hub.floor.projection import MOST_CALLS, Projection
from hub.messages import Topic
from service_floor.queue import commands as c
from service_floor.queue.commands import Actor, Order, Role
from service_floor.queue.floor import Floor
from service_floor.queue.refusals import Refusal
from service_floor.queue.rules import Rules
from service_floor.zone import ZONE


class Hall:
    """A floor, its projection, and a screen that applies the puts."""

    def __init__(self, plan, clock) -> None:
        self.plan, self.clock = plan, clock
        self.floor = Floor()
        self.rules = Rules(plan, self.floor)
        self.projection = Projection(plan)
        self.screen = {}
        self.history = []
        self.ids = iter(range(10**9))
        self.tell()

    def do(self, *commands):
        """Carry out commands, then tell the screen once, as the writer does with a batch."""
        events = ()
        for command in commands:
            self.happen(self.rules.due(self.clock.now))
            actor = Actor("x", Role.HUB)
            order = Order(command, actor, self.clock.now, f"id-{next(self.ids)}")
            decision = self.rules.decide(order)
            events = () if isinstance(decision, Refusal) else decision
            self.happen(events)
        self.puts = self.tell()
        return events

    def happen(self, events) -> None:
        for event in events:
            self.floor.fold(event, self.clock.now)
            self.projection.note(self.floor, event)
            self.history.append((event, self.clock.now))

    def tell(self):
        puts = self.projection.take(self.floor, self.clock.now)
        for put in puts:
            if put.text is None:
                del self.screen[put.topic, put.key]
            else:
                assert self.screen.get((put.topic, put.key)) != put.text
                self.screen[put.topic, put.key] = put.text
        return puts

    def shown(self, topic):
        return {key: json.loads(text) for (t, key), text in self.screen.items() if t is topic}

    def open(self, *counters) -> None:
        for counter in counters:
            officer = counter.replace("c", "o")
            self.do(c.SignIn(counter, officer), c.OpenCounter(counter))


@pytest.fixture
def floor(plan, clock):
    return Hall(plan, clock)


def issue(*services, **more):
    return c.IssueTicket(services or ("certify",), **more)


def test_a_ticket_is_told_from_issue_to_end(floor) -> None:
    floor.open("c1")
    (issued,) = floor.do(issue())
    assert floor.shown(Topic.TICKETS)[issued.ticket]["state"] == "waiting"
    floor.do(c.CallNext("c1"))
    assert floor.shown(Topic.TICKETS)[issued.ticket]["state"] == "called"
    assert floor.shown(Topic.COUNTERS)["c1"]["number"] == "A00001"
    floor.do(c.StartServing("c1"))
    assert floor.shown(Topic.COUNTERS)["c1"]["ticket_state"] == "serving"
    floor.do(c.Finish("c1"))
    assert floor.shown(Topic.TICKETS) == {}
    assert floor.shown(Topic.COUNTERS)["c1"]["number"] is None


def test_a_recall_is_a_call_of_its_own_and_ends_the_first(floor) -> None:
    floor.open("c1")
    floor.do(issue())
    (first,) = floor.do(c.CallNext("c1"))
    (second,) = floor.do(c.Recall("c1"))
    calls = floor.shown(Topic.CALLS)
    assert {key: (v["attempt"], v["over"]) for key, v in calls.items()} == {
        first.call: (1, True),
        second.call: (2, False),
    }
    floor.do(c.StartServing("c1"))
    assert all(view["over"] for view in floor.shown(Topic.CALLS).values())


def test_calls_leave_the_board_after_ten_minutes(floor, clock) -> None:
    floor.open("c1")
    floor.do(issue())
    floor.do(c.CallNext("c1"))
    clock.pass_by(minutes=9, seconds=59)
    floor.tell()
    assert len(floor.shown(Topic.CALLS)) == 1
    clock.pass_by(seconds=1)
    floor.tell()
    assert floor.shown(Topic.CALLS) == {}


def test_a_reprint_is_told_with_its_outcome_and_leaves_after_ten_minutes(floor, clock) -> None:
    floor.rules = Rules(replace(floor.plan, printers=("k1",)), floor.floor)
    (issued,) = floor.do(issue())
    floor.do(c.ReprintSlip(issued.ticket, c.ReprintReason.LOST))
    (key, view), *_ = floor.shown(Topic.REPRINTS).items()
    assert key == view["id"] == f"{issued.ticket}~1"
    assert (view["kiosk"], view["number"], view["outcome"]) == ("k1", "A00001", "")
    floor.do(c.ReportSlip(issued.ticket, "printed", "fence", 1))
    floor.do(c.ReportSlip(issued.ticket, "printed", "", 2))
    (view,) = floor.shown(Topic.REPRINTS).values()
    assert (view["outcome"], view["remark"]) == ("printed", "fence")
    clock.pass_by(minutes=10)
    floor.tell()
    assert floor.shown(Topic.REPRINTS) == {}


def test_the_board_never_holds_more_than_the_newest_calls(floor) -> None:
    floor.open("c1")
    called = []
    for _ in range(MOST_CALLS + 5):
        floor.do(issue())
        called += [event.call for event in floor.do(c.CallNext("c1"))]
        floor.do(c.StartServing("c1"), c.Finish("c1"))
    assert set(floor.shown(Topic.CALLS)) == set(called[-MOST_CALLS:])


def test_ten_calls_in_one_batch_all_appear(floor) -> None:
    floor.open("c1")
    commands = []
    for _ in range(10):
        commands += [issue(), c.CallNext("c1"), c.StartServing("c1"), c.Finish("c1")]
    floor.do(*commands)
    assert len(floor.shown(Topic.CALLS)) == 10


def test_the_quota_that_is_left_is_told(floor) -> None:
    for left in (4, 3, 2, 1, 0):
        floor.do(issue("land"))
        assert floor.shown(Topic.SERVICES)["land"]["left_today"] == left
    assert floor.shown(Topic.SERVICES)["certify"]["left_today"] is None


def test_another_session_is_told_without_any_event(plan, clock) -> None:
    hall = Hall(plan, clock)
    hall.do(c.PassTime())
    assert hall.shown(Topic.FLOOR)["day"]["session"] == "all-day"
    clock.now = clock.now.replace(hour=23, minute=59, second=59)
    hall.tell()
    assert hall.shown(Topic.FLOOR)["day"]["session"] is None


def test_a_new_day_clears_what_the_old_one_left(floor, clock) -> None:
    floor.open("c1")
    floor.do(issue(), issue(), c.CallNext("c1"))
    clock.pass_by(days=1)
    floor.do(c.PassTime())
    assert (floor.shown(Topic.TICKETS), floor.shown(Topic.CALLS)) == ({}, {})
    assert floor.shown(Topic.FLOOR)["day"]["day"] == "2026-11-21"
    assert floor.shown(Topic.COUNTERS)["c1"]["state"] == "closed"
    assert floor.shown(Topic.SERVICES)["certify"]["issued"] == 0


def test_what_did_not_change_is_not_told(floor) -> None:
    floor.do(issue())
    floor.projection.note_time()
    assert floor.tell() == ()


def test_a_step_costs_the_same_whatever_the_day_has_seen(floor, monkeypatch) -> None:
    looks = []

    def counted(name):
        plain = getattr(floor_views, name)

        def look(*args):
            looks.append(name)
            return plain(*args)

        return look

    for name in ("ticket_view", "service_view", "counter_view", "call_view", "floor_view"):
        monkeypatch.setattr(floor_views, name, counted(name))

    def step():
        looks.clear()
        floor.do(issue())
        return len(looks)

    floor.do(issue())
    early = step()
    for _ in range(300):
        floor.do(issue())
    assert step() == early <= 4


COMMANDS = st.one_of(
    st.builds(issue, st.sampled_from(["certify", "land"])),
    st.just(issue("land", "certify", priority="elderly")),
    st.builds(c.CallNext, st.sampled_from(["c1", "c2"])),
    st.builds(c.Recall, st.sampled_from(["c1", "c2"])),
    st.builds(c.StartServing, st.sampled_from(["c1", "c2"])),
    st.builds(c.MarkNoShow, st.just("c1")),
    st.builds(c.Finish, st.sampled_from(["c1", "c2"])),
    st.builds(c.Park, st.just("c1"), st.integers(1, 20)),
    st.builds(c.ConfirmPriority, st.just("c1"), st.booleans()),
    st.builds(c.Transfer, st.sampled_from(["c1", "c2"]), st.just("land"), st.just("c2")),
    st.builds(c.PauseCounter, st.just("c2"), st.just("break")),
    st.builds(c.OpenCounter, st.just("c2")),
    st.just(c.EndDay()),
    st.integers(1, 900).map(lambda seconds: timedelta(seconds=seconds)),
    st.just(timedelta(hours=17)),
)


class Now:
    now = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)


@given(commands=st.lists(COMMANDS, max_size=30))
def test_step_by_step_or_all_at_once_the_screen_is_the_same(plan, commands) -> None:
    clock = Now()
    hall = Hall(plan, clock)
    hall.open("c1", "c2")
    for command in commands:
        if isinstance(command, timedelta):
            clock.now += command
            hall.do(c.PassTime())
        else:
            hall.do(command)
    hall.projection.note_time()
    hall.tell()
    again = Projection(plan)
    refolded = Floor()
    for event, at in hall.history:
        refolded.fold(event, at)
        again.note(refolded, event)
    fresh = {(put.topic, put.key): put.text for put in again.take(refolded, clock.now)}
    assert hall.screen == fresh
