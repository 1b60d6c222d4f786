"""The loudspeaker's line of calls."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from hub.messages import CallView
from queue_display.announcer.queue import (
    LATE,
    MOST_WAITING,
    Announcement,
    AnnouncementQueue,
    Dropped,
    DropReason,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
COUNTERS = tuple(f"c{n}" for n in range(1, 41))


def call(name: str, ticket: str = "", ago: float = 0, **more: Any) -> CallView:
    ticket = ticket or f"ticket-of-{name}"
    values = {"counter": "c1", "attempt": 1, "priority": False, "over": False, **more}
    return CallView(
        call=name, ticket=ticket, number="A001", called_at=NOON - timedelta(seconds=ago), **values
    )


def keyed(*calls: CallView) -> dict[str, CallView]:
    return {each.call: each for each in calls}


def over(view: CallView) -> CallView:
    return view.model_copy(update={"over": True})


def said(queue: AnnouncementQueue) -> list[str]:
    """Everything that is announced from here on, in order."""
    names = []
    while (announcement := queue.next()) is not None:
        names.append(announcement.call.call)
    return names


def test_calls_are_said_in_the_order_in_which_they_were_made() -> None:
    queue = AnnouncementQueue(COUNTERS)

    queue.follow(keyed(call("late", ago=1), call("early", ago=3), call("middle", ago=2)), NOON)

    assert said(queue) == ["early", "middle", "late"]


def test_a_call_is_said_once_however_often_the_feed_repeats_it() -> None:
    queue = AnnouncementQueue(COUNTERS)
    calls = keyed(call("one"))
    queue.follow(calls, NOON)

    assert said(queue) == ["one"]
    assert queue.follow(calls, NOON) == []
    assert said(queue) == []


def test_a_recall_takes_the_place_of_the_call_that_still_waits() -> None:
    queue = AnnouncementQueue(COUNTERS)
    first, other = call("first", "t1", ago=5), call("other", "t2", ago=4)
    queue.follow(keyed(first, other), NOON)

    dropped = queue.follow(keyed(over(first), other, call("again", "t1", attempt=2)), NOON)

    assert dropped == [Dropped("first", DropReason.REPEATED)]
    assert said(queue) == ["again", "other"]


def test_a_recall_of_a_call_that_was_said_is_said_too() -> None:
    queue = AnnouncementQueue(COUNTERS)
    first = call("first", "t1", ago=5)
    queue.follow(keyed(first), NOON)
    queue.next()

    assert queue.follow(keyed(over(first), call("again", "t1", attempt=2)), NOON) == []
    assert said(queue) == ["again"]


def test_a_citizen_who_came_before_the_loudspeaker_was_free_is_not_called() -> None:
    queue = AnnouncementQueue(COUNTERS)
    waiting, other = call("one", ago=2), call("two", ago=1)
    queue.follow(keyed(waiting, other), NOON)

    dropped = queue.follow(keyed(over(waiting), other), NOON)

    assert dropped == [Dropped("one", DropReason.OVER)]
    assert said(queue) == ["two"]


def test_a_call_that_the_hub_no_longer_knows_is_not_said() -> None:
    queue = AnnouncementQueue(COUNTERS)
    queue.follow(keyed(call("one")), NOON)

    assert queue.follow({}, NOON) == [Dropped("one", DropReason.OVER)]
    assert said(queue) == []


def test_a_device_that_comes_back_does_not_repeat_old_calls() -> None:
    queue = AnnouncementQueue(COUNTERS)
    limit = LATE.total_seconds()

    dropped = queue.follow(
        keyed(call("old", ago=limit + 0.1), call("fresh", ago=limit), over(call("gone", ago=1))),
        NOON,
    )

    assert dropped == [Dropped("old", DropReason.LATE), Dropped("gone", DropReason.OVER)]
    assert said(queue) == ["fresh"]


def test_a_call_that_waits_its_turn_may_become_older_than_that() -> None:
    queue = AnnouncementQueue(COUNTERS)
    calls = keyed(*(call(f"k{n}", ago=1 - n / 100) for n in range(5)))
    queue.follow(calls, NOON)

    assert queue.follow(calls, NOON + 3 * LATE) == []
    assert len(said(queue)) == 5


def test_announcements_are_short_while_more_than_three_wait() -> None:
    queue = AnnouncementQueue(COUNTERS)
    queue.follow(keyed(*(call(f"k{n}", ago=1 - n / 100) for n in range(5))), NOON)

    shorts = [announcement.short for _ in range(5) if (announcement := queue.next()) is not None]

    assert shorts == [True, True, False, False, False]


def test_calls_of_other_counters_are_somebody_else_s() -> None:
    queue = AnnouncementQueue(("c1",))

    assert queue.follow(keyed(call("mine"), call("theirs", counter="c2")), NOON) == []
    assert said(queue) == ["mine"]


def test_the_line_is_bounded_and_the_oldest_gives_way() -> None:
    queue = AnnouncementQueue(COUNTERS)
    calls = [call(f"k{n:03d}", ago=10 - n / 100) for n in range(MOST_WAITING + 3)]

    dropped = queue.follow(keyed(*calls), NOON)

    assert dropped == [Dropped(f"k{n:03d}", DropReason.OVERFLOW) for n in range(3)]
    assert len(said(queue)) == MOST_WAITING


@dataclass
class Story:
    """A hall in which calls are made, end, are forgotten, and are announced."""

    queue: AnnouncementQueue = field(default_factory=lambda: AnnouncementQueue(COUNTERS))
    calls: dict[str, CallView] = field(default_factory=dict)
    heard: list[Announcement] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    made: int = 0

    def happen(self, kind: str, pick: int) -> None:
        now = NOON + timedelta(seconds=self.made)
        if kind == "call":
            self.make(f"t{pick}", now)
        elif kind == "announce" and (announcement := self.queue.next()) is not None:
            self.heard.append(announcement)
        elif kind in {"end", "forget"} and self.calls:
            name = sorted(self.calls)[pick % len(self.calls)]
            self.calls[name] = over(self.calls[name])
            if kind == "forget":
                del self.calls[name]
        self.dropped += [drop.call for drop in self.queue.follow(self.calls, now)]

    def make(self, ticket: str, now: datetime) -> None:
        for name, known in self.calls.items():
            if known.ticket == ticket:
                self.calls[name] = over(known)
        self.made += 1
        name = f"k{self.made:03d}"
        self.calls[name] = call(name, ticket).model_copy(update={"called_at": now})


steps = st.tuples(st.sampled_from(["call", "call", "announce", "end", "forget"]), st.integers(0, 8))


@given(st.lists(steps, max_size=60))
def test_every_call_is_said_or_dropped_exactly_once_and_never_after_its_end(
    story_steps: list[tuple[str, int]],
) -> None:
    story = Story()
    for kind, pick in story_steps:
        story.happen(kind, pick)

        waiting = [each.call for each in story.queue.waiting]
        heard = [announcement.call.call for announcement in story.heard]
        settled = heard + story.dropped + waiting
        assert sorted(settled) == [f"k{n:03d}" for n in range(1, story.made + 1)]
        assert all(not story.calls[name].over for name in waiting)
        assert len({each.ticket for each in story.queue.waiting}) == len(waiting)
        assert len(waiting) <= MOST_WAITING
