"""A small share of the bench: its figures come from the search and from honest days."""

import pytest

from benchmarks.line.bench import honest_day, judge, search
from service_floor.queue.events import (
    CounterPaused,
    ParkingEnded,
    PriorityConfirmed,
    ReprintAsked,
    TicketMissed,
    TicketReadmitted,
    TicketTransferred,
)

LIFE = (
    CounterPaused,
    ParkingEnded,
    PriorityConfirmed,
    ReprintAsked,
    TicketMissed,
    TicketReadmitted,
    TicketTransferred,
)


@pytest.mark.slow
def test_dishonest_sequences_are_all_seen() -> None:
    searched = search(range(40))
    assert searched.unseen == ()
    assert searched.findings > searched.out_of_turn > 10


@pytest.mark.slow
def test_honest_days_have_no_mark() -> None:
    judged = judge(range(4))
    assert judged.marks == ()
    assert judged.calls > 250
    assert judged.shown > 0


@pytest.mark.slow
def test_an_honest_day_is_full_of_life() -> None:
    kinds = {type(event) for seed in range(4) for event, _ in honest_day(seed).replay()}
    assert kinds.issuperset(LIFE)
