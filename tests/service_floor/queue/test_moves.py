"""Events declare their folds, what they touch, and the transitions of the ticket: one that does not cannot be defined."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar, Literal

import pytest

from service_floor.queue.events import (
    CallAnnounced,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    CounterSignedIn,
    CounterSignedOut,
    DayEnded,
    DayOpened,
    NumbersLeased,
    NumbersReturned,
    ReprintAsked,
    ServiceStarted,
    SlipReported,
    TicketCalled,
    TicketHandedInLate,
    TicketRecalled,
    TicketTransferred,
)
from service_floor.queue.floor import Floor, FloorEvent, ImpossibleEventError, Touched
from service_floor.queue.moves import PASSES_ON, Passage, TicketEvent, known_ticket, take_from_lease
from service_floor.queue.tickets import TicketState

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def test_an_event_without_a_fold_cannot_be_defined() -> None:
    with pytest.raises(TypeError, match="how it is folded"):

        @dataclass(frozen=True, slots=True)
        class Unfolded(FloorEvent):
            ticket: str
            kind: Literal["unfolded"] = "unfolded"


def test_an_event_that_touches_nothing_must_declare_it() -> None:
    with pytest.raises(TypeError, match="what it touches"):

        @dataclass(frozen=True, slots=True)
        class Untouched(FloorEvent):
            ticket: str
            kind: Literal["untouched"] = "untouched"

            def fold(self, floor, at):
                pass


def test_an_event_of_a_ticket_must_declare_its_transitions() -> None:
    with pytest.raises(TypeError, match="its transitions"):

        @dataclass(frozen=True, slots=True)
        class Unmoved(TicketEvent):
            ticket: str
            kind: Literal["unmoved"] = "unmoved"

            def fold(self, floor, at):
                pass


def test_an_event_of_a_ticket_touches_it_and_one_at_a_counter_both() -> None:
    @dataclass(frozen=True, slots=True)
    class Moved(TicketEvent):
        moves: ClassVar = {TicketState.WAITING: TicketState.CANCELLED}
        ticket: str
        kind: Literal["moved"] = "moved"

        def fold(self, floor, at):
            pass

    assert Moved("t").touched() == Touched("t")
    assert ServiceStarted("t", "c1").touched() == Touched("t", "c1")
    assert TicketCalled("t", "c1", "an", "k").touched() == Touched("t", "c1", new_call="k")


def test_a_transferred_ticket_passes_through_and_waits() -> None:
    assert TicketTransferred.moves[TicketState.SERVING] is Passage.TRANSFERRED
    assert TicketTransferred.after(TicketState.SERVING) is TicketState.WAITING
    assert set(PASSES_ON) == set(Passage)


def test_a_transition_that_no_event_declares_is_impossible() -> None:
    with pytest.raises(ImpossibleEventError, match="a ticket that is new"):
        TicketCalled.after(None)
    with pytest.raises(ImpossibleEventError, match="no ticket t today"):
        known_ticket(Floor(), "t")


@pytest.mark.parametrize(
    ("event", "touched"),
    [
        (DayOpened(date(2026, 11, 20)), Touched()),
        (CallAnnounced("call-1", "announced", "", "hall"), Touched()),
        (CounterPaused("q1", "break"), Touched(counter="q1")),
        (CounterOpened("q1"), Touched(counter="q1")),
        (CounterSignedIn("q1", "an"), Touched(counter="q1")),
        (CounterSignedOut("q1", "an"), Touched(counter="q1")),
        (DayEnded(date(2026, 11, 20)), Touched(day=True)),
        (TicketRecalled("t", "q1", "call-2"), Touched("t", "q1", "call-2")),
        (SlipReported("t", "printed", "", "kiosk"), Touched("t")),
        (SlipReported("t", "printed", "", "kiosk", 2), Touched("t", reprint="t~2")),
        (ReprintAsked("t", 2, "kiosk", "torn", "greeter"), Touched("t", new_reprint="t~2")),
        (NumbersLeased("l", "kiosk", "land", ()), Touched(services=("land",))),
        (NumbersReturned("l", "kiosk", "land", ()), Touched(services=("land",))),
        (TicketHandedInLate("l", "A499", "land", None, NOW, "kiosk"), Touched()),
        (CounterClosed("q1"), Touched(counter="q1")),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_an_event_declares_what_it_touches(event, touched) -> None:
    assert event.touched() == touched


def test_a_number_is_taken_only_from_the_lease_that_holds_it() -> None:
    with pytest.raises(ImpossibleEventError, match="not set aside by lease lease-1"):
        take_from_lease(Floor(), "lease-1", ("A499",))
