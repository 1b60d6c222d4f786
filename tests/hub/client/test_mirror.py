"""The mirror takes what follows its position and tells a gap from what it knows."""

from datetime import UTC, datetime

import pytest

from hub.client.mirror import Change, Mirror, MirrorStep, change_of_delta, change_of_snapshot
from hub.messages import CounterView, Delta, Put, Snapshot, Topic

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
COUNTER = CounterView(
    id="c1",
    state="open",
    officer="an",
    ticket=None,
    number=None,
    ticket_state=None,
    pause_reason="",
).model_dump(mode="json")


def mirror_at(seq: int) -> Mirror:
    mirror = Mirror()
    state = {Topic.COUNTERS: {"c1": COUNTER}}
    mirror.take(change_of_snapshot(Snapshot(epoch="e", seq=seq, now=NOW, state=state)))
    return mirror


@pytest.mark.parametrize(
    ("epoch", "seq", "step"),
    [
        ("e", 8, MirrorStep.NEXT),
        ("e", 7, MirrorStep.KNOWN),
        ("e", 3, MirrorStep.KNOWN),
        ("e", 9, MirrorStep.GAP),
        ("other", 8, MirrorStep.GAP),
    ],
)
def test_a_position_is_next_known_or_beyond_a_gap(epoch: str, seq: int, step: MirrorStep) -> None:
    assert mirror_at(7).step(epoch, seq) is step


def test_a_delta_puts_and_removes_keys() -> None:
    mirror = mirror_at(7)
    paused = COUNTER | {"state": "paused"}
    puts = (
        Put(topic=Topic.COUNTERS, key="c2", value=paused | {"id": "c2"}),
        Put(topic=Topic.COUNTERS, key="c1", value=None),
    )
    change = change_of_delta(Delta(epoch="e", seq=8, puts=puts))
    mirror.take(change)
    assert list(mirror.counters) == ["c2"]
    assert mirror.counters["c2"].state == "paused"
    assert mirror.seq == 8
    assert change.touches(Topic.COUNTERS)
    assert not change.touches(Topic.CALLS)


def test_a_snapshot_replaces_everything_that_was_there() -> None:
    mirror = mirror_at(7)
    mirror.take(change_of_snapshot(Snapshot(epoch="f", seq=1, now=NOW, state={})))
    assert (mirror.epoch, mirror.seq, dict(mirror.counters)) == ("f", 1, {})


def test_a_tick_moves_the_clock_and_nothing_else() -> None:
    mirror = mirror_at(7)
    later = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    mirror.take(Change("e", 7, now=later))
    assert mirror.hub_now == later
    assert list(mirror.counters) == ["c1"]


def test_fields_of_a_newer_hub_are_ignored() -> None:
    mirror = mirror_at(1)
    put = Put(topic=Topic.COUNTERS, key="c1", value=COUNTER | {"mood": "sunny"})
    mirror.take(change_of_delta(Delta(epoch="e", seq=2, puts=(put,))))
    assert mirror.counters["c1"].officer == "an"
