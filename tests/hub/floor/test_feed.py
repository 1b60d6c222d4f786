"""The feed: snapshots, deltas, resumes, and what a client makes of them."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.floor.feed import LONGEST_RESUME, RING, EncodedPut, Feed
from hub.messages import Topic, hub_frames
from service_floor.zone import ZONE

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
TICKETS, CALLS = Topic.TICKETS, Topic.CALLS
BOTH = frozenset({TICKETS, CALLS})


class Reader:
    """A client that applies what it is sent and notices gaps, as the protocol tells it to."""

    def __init__(self) -> None:
        self.frames = []
        self.state = {}
        self.position = None
        self.gaps = 0

    def take(self, text) -> None:
        hub_frames.validate_json(text)
        frame = json.loads(text)
        self.frames.append(frame)
        match frame["t"]:
            case "snapshot":
                self.state = {
                    (topic, key): value
                    for topic, values in frame["state"].items()
                    for key, value in values.items()
                }
                self.position = (frame["epoch"], frame["seq"])
            case "delta" if frame["seq"] > self.position[1]:
                self.gaps += frame["seq"] != self.position[1] + 1
                self.position = (frame["epoch"], frame["seq"])
                for put in frame["puts"]:
                    if put["value"] is None:
                        self.state.pop((put["topic"], put["key"]), None)
                    else:
                        self.state[put["topic"], put["key"]] = put["value"]

    @property
    def kinds(self):
        return [frame["t"] for frame in self.frames]


def send(wires, text) -> None:
    for wire in wires:
        wire.take(text)


@pytest.fixture
def feed():
    return Feed("epoch-1", send)


def put(key, value, topic=TICKETS):
    return EncodedPut(topic, key, None if value is None else json.dumps({"v": value}))


def test_a_newcomer_gets_a_snapshot_and_then_every_step(feed) -> None:
    feed.load([put("a", 1)])
    feed.publish([put("b", 2)])
    reader = Reader()
    feed.join(reader, BOTH, None, NOW)
    feed.publish([put("a", None), put("c", 3)])
    assert reader.kinds == ["snapshot", "delta"]
    assert reader.frames[0]["now"] == "2026-11-20T08:00:00+07:00"
    assert reader.state == {("tickets", "b"): {"v": 2}, ("tickets", "c"): {"v": 3}}
    assert reader.position == ("epoch-1", 2)


def test_each_sees_its_topics_alone_but_all_count_alike(feed) -> None:
    tickets, calls = Reader(), Reader()
    feed.join(tickets, frozenset({TICKETS}), None, NOW)
    feed.join(calls, frozenset({CALLS}), None, NOW)
    feed.publish([put("a", 1)])
    feed.publish([put("x", 1, CALLS)])
    assert [len(f["puts"]) for f in tickets.frames[1:]] == [1, 0]
    assert [len(f["puts"]) for f in calls.frames[1:]] == [0, 1]
    assert tickets.position == calls.position == ("epoch-1", 2)


def test_a_delta_is_encoded_once_for_each_set_of_topics(feed) -> None:
    readers = [Reader() for _ in range(3)]
    texts = []
    feed._send = lambda wires, text: texts.append((len(wires), text))
    for reader in readers:
        feed.join(reader, BOTH, None, NOW)
    texts.clear()
    feed.publish([put("a", 1)])
    assert [count for count, _ in texts] == [3]


def test_who_was_away_gets_what_was_missed(feed) -> None:
    reader = Reader()
    feed.join(reader, BOTH, None, NOW)
    feed.leave(reader)
    for n in range(5):
        feed.publish([put("a", n)])
    feed.join(reader, BOTH, reader.position, NOW)
    assert reader.kinds == ["snapshot", "resumed", *["delta"] * 5]
    assert reader.frames[1]["seq"] == 0
    assert (reader.gaps, reader.state) == (0, {("tickets", "a"): {"v": 4}})


def test_who_missed_nothing_is_told_so(feed) -> None:
    feed.publish([put("a", 1)])
    reader = Reader()
    feed.join(reader, BOTH, ("epoch-1", 1), NOW)
    assert reader.kinds == ["resumed"]


@pytest.mark.parametrize("position", [("epoch-0", 1), ("epoch-1", 3), ("", 0)])
def test_a_position_of_another_history_or_of_the_future_gets_a_snapshot(feed, position) -> None:
    feed.publish([put("a", 1)])
    feed.publish([put("a", 2)])
    reader = Reader()
    feed.join(reader, BOTH, position, NOW)
    assert reader.kinds == ["snapshot"]


def test_a_gap_that_the_ring_no_longer_covers_gets_a_snapshot_never_a_part(feed) -> None:
    for n in range(RING + 1):
        feed.publish([put("a", n)])
    inside, outside = Reader(), Reader()
    inside.position = ("epoch-1", 1)
    feed.join(inside, frozenset({CALLS}), ("epoch-1", 1), NOW)
    feed.join(outside, frozenset({CALLS}), ("epoch-1", 0), NOW)
    assert inside.kinds == ["resumed", *["delta"] * RING]
    assert outside.kinds == ["snapshot"]


def test_a_resume_longer_than_a_snapshot_would_be_is_not_given(feed) -> None:
    for _ in range(10):
        feed.publish([put("a", "x" * (LONGEST_RESUME // 10))])
    reader = Reader()
    feed.join(reader, BOTH, ("epoch-1", 0), NOW)
    assert reader.kinds == ["snapshot"]


def test_a_snapshot_is_made_again_only_when_something_changed(feed) -> None:
    feed.load([put("a", 1)])
    first, second, third = Reader(), Reader(), Reader()
    feed.join(first, BOTH, None, NOW)
    kept = feed._snapshots[BOTH]
    feed.join(second, BOTH, None, NOW)
    assert feed._snapshots[BOTH] is kept
    feed.publish([put("a", 2)])
    feed.join(third, BOTH, None, NOW)
    assert third.state == {("tickets", "a"): {"v": 2}}


def test_a_tick_tells_everybody_position_and_time(feed) -> None:
    readers = [Reader(), Reader()]
    feed.join(readers[0], BOTH, None, NOW)
    feed.join(readers[1], frozenset(), None, NOW)
    feed.publish([put("a", 1)])
    feed.tick(NOW)
    for reader in readers:
        assert (reader.frames[-1]["t"], reader.frames[-1]["seq"]) == ("tick", 1)


def test_who_has_left_hears_nothing(feed) -> None:
    reader = Reader()
    feed.join(reader, BOTH, None, NOW)
    feed.leave(reader)
    feed.leave(reader)
    feed.publish([put("a", 1)])
    feed.tick(NOW)
    assert reader.kinds == ["snapshot"]


def test_keys_and_values_arrive_as_they_are(feed) -> None:
    reader = Reader()
    feed.load([put('Quầy "1"\n', "Đất đai </b>")])
    feed.join(reader, BOTH, None, NOW)
    feed.publish([put('Quầy "2"\n', "Hộ tịch")])
    assert reader.state == {
        ("tickets", 'Quầy "1"\n'): {"v": "Đất đai </b>"},
        ("tickets", 'Quầy "2"\n'): {"v": "Hộ tịch"},
    }


steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("put"),
            st.sampled_from(["a", "b", "c"]),
            st.none() | st.integers(0, 9),
            st.sampled_from([TICKETS, CALLS]),
        ),
        st.tuples(st.just("leave")),
        st.tuples(st.just("join")),
    ),
    max_size=40,
)


@given(steps)
def test_whoever_comes_and_goes_ends_with_the_same_state_and_no_gap(steps) -> None:
    feed = Feed("epoch-1", send)
    loyal, restless = Reader(), Reader()
    feed.join(loyal, BOTH, None, NOW)
    feed.join(restless, BOTH, None, NOW)
    for kind, *what in steps:
        if kind == "put":
            feed.publish([put(*what)])
        elif kind == "leave":
            feed.leave(restless)
        else:
            feed.join(restless, BOTH, restless.position, NOW)
    feed.join(restless, BOTH, restless.position, NOW)
    assert (loyal.state, loyal.position) == (restless.state, restless.position)
    assert (loyal.gaps, restless.gaps) == (0, 0)


def test_the_values_of_a_topic_are_read_where_they_stand() -> None:
    feed = Feed("e", lambda wire, text: None)
    feed.publish((EncodedPut(TICKETS, "t1", '{"number":"A001"}'),))
    assert dict(feed.values(TICKETS)) == {"t1": '{"number":"A001"}'}
    assert dict(feed.values(CALLS)) == {}


def test_a_group_stays_while_one_of_its_subscribers_does() -> None:
    feed = Feed("e", send)
    stays, leaves = Reader(), Reader()
    for reader in (stays, leaves):
        feed.join(reader, BOTH, None, NOW)
    feed.leave(leaves)
    feed.publish([EncodedPut(TICKETS, "t1", "{}")])
    assert (stays.kinds, leaves.kinds) == (["snapshot", "delta"], ["snapshot"])
    assert feed.has(TICKETS, "t1")
    assert not feed.has(CALLS, "t1")


def test_a_step_is_written_once_for_all_who_resume() -> None:
    feed = Feed("e", send)
    for n in range(2):
        feed.publish([EncodedPut(TICKETS, f"t{n}", "{}")])
    first, second = Reader(), Reader()
    for reader in (first, second):
        reader.position = ("e", 1)
        feed.join(reader, BOTH, reader.position, NOW)
    assert first.frames == second.frames
