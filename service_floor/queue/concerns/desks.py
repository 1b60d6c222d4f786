"""Officers at counters: sign in and out, open, pause, close. Asking for what already holds is accepted and changes
nothing.

A counter may be paused with a ticket before it: it goes on with that one, and calls no other. It cannot be closed or
left while it holds one, since a closed counter has no ticket before it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Literal

from service_floor.queue.actors import COUNTERS, COUNTERS_AND_SUPERVISORS
from service_floor.queue.cases import OWN_COUNTER, Case, Decision, FloorCommand
from service_floor.queue.floor import Floor, FloorEvent, ImpossibleEventError, Touched
from service_floor.queue.planning.hours import session_at_hand
from service_floor.queue.refusals import CommonRefusal, Refusal, RefusalCode
from service_floor.queue.tickets import CounterState, Desk


class DeskRefusal(RefusalCode):
    """Why a command of this concern is refused, beside the common codes."""

    COUNTER_TAKEN = "counter_taken", "counter", "officer"
    UNKNOWN_OFFICER = "unknown_officer", "officer"
    NOT_YOUR_COUNTER = "not_your_counter", "counter", "officer"
    NOT_YOUR_SHIFT = "not_your_shift", "officer", "session"
    PIN_NEEDED = "pin_needed", "officer"


@dataclass(frozen=True, slots=True)
class CounterSignedIn(FloorEvent):
    """An officer sits at the counter: as a substitute for `stands_in_for`, or at a counter of the officer's own.
    `by_pin`: the officer's PIN was right there."""

    counter: str
    officer: str
    stands_in_for: str | None = None
    by_pin: bool = False
    kind: Literal["counter_signed_in"] = "counter_signed_in"

    def fold(self, floor: Floor, at: datetime) -> None:
        desk = floor.desk(self.counter)
        if desk.officer is not None:
            raise ImpossibleEventError(f"counter {self.counter} is taken")
        floor.desks[self.counter] = replace(desk, officer=self.officer)

    def touched(self) -> Touched:
        return Touched(counter=self.counter)


@dataclass(frozen=True, slots=True)
class CounterSignedOut(FloorEvent):
    """The officer left."""

    counter: str
    officer: str
    kind: Literal["counter_signed_out"] = "counter_signed_out"

    def fold(self, floor: Floor, at: datetime) -> None:
        """How many were called since the last priority ticket outlives a change of officers."""
        desk = floor.desk(self.counter)
        if desk.officer is None or desk.ticket is not None:
            raise ImpossibleEventError(f"no officer can leave counter {self.counter}")
        floor.desks[self.counter] = Desk(self.counter, since_priority=desk.since_priority)

    def touched(self) -> Touched:
        return Touched(counter=self.counter)


@dataclass(frozen=True, slots=True)
class CounterOpened(FloorEvent):
    """The counter calls."""

    counter: str
    kind: Literal["counter_opened"] = "counter_opened"

    def fold(self, floor: Floor, at: datetime) -> None:
        _set_state(floor, self.counter, CounterState.OPEN)

    def touched(self) -> Touched:
        return Touched(counter=self.counter)


@dataclass(frozen=True, slots=True)
class CounterPaused(FloorEvent):
    """The counter stops calling for a while."""

    counter: str
    reason: str
    kind: Literal["counter_paused"] = "counter_paused"

    def fold(self, floor: Floor, at: datetime) -> None:
        _set_state(floor, self.counter, CounterState.PAUSED, self.reason)

    def touched(self) -> Touched:
        return Touched(counter=self.counter)


@dataclass(frozen=True, slots=True)
class CounterClosed(FloorEvent):
    """The counter is closed."""

    counter: str
    kind: Literal["counter_closed"] = "counter_closed"

    def fold(self, floor: Floor, at: datetime) -> None:
        _set_state(floor, self.counter, CounterState.CLOSED)

    def touched(self) -> Touched:
        return Touched(counter=self.counter)


def _set_state(floor: Floor, counter: str, state: CounterState, reason: str = "") -> None:
    desk = floor.desk(counter)
    if desk.officer is None:
        raise ImpossibleEventError(f"no officer is signed in at counter {counter}")
    floor.desks[counter] = replace(desk, state=state, pause_reason=reason)


@dataclass(frozen=True, slots=True)
class SignIn(FloorCommand):
    """An officer takes a place at a counter."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    officer: str
    kind: Literal["sign_in"] = "sign_in"

    def decide(self, case: Case) -> Decision:
        """Take a counter that is free, or that another officer leaves to this one without a ticket before it.

        An officer sits at one counter only, and `counter` of the refusal names where.
        """
        desk = case.known_desk(self.counter)
        if isinstance(desk, Refusal):
            return desk
        officer = self.officer.strip()
        if not officer:
            return Refusal(CommonRefusal.NOT_SIGNED_IN, {"counter": self.counter})
        if desk.officer == officer:
            return ()
        stands_in_for = _seat(case, officer, self.counter)
        if isinstance(stands_in_for, Refusal):
            return stands_in_for
        proven = case.actor.proven == officer
        if case.plan.pin_sign_in and not proven:
            return Refusal(DeskRefusal.PIN_NEEDED, {"officer": officer})
        taken = desk if desk.ticket else case.floor.desk_of_officer(officer)
        if taken is not None:
            data = {"counter": taken.counter, "officer": taken.officer or ""}
            return Refusal(DeskRefusal.COUNTER_TAKEN, data)
        comes = CounterSignedIn(self.counter, officer, stands_in_for, by_pin=proven)
        return (CounterSignedOut(desk.counter, desk.officer), comes) if desk.officer else (comes,)


@dataclass(frozen=True, slots=True)
class SignOut(FloorCommand):
    """The officer leaves; the counter closes."""

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    kind: Literal["sign_out"] = "sign_out"

    def decide(self, case: Case) -> Decision:
        """Leave the counter, which closes it."""
        desk = case.staffed_desk(self.counter)
        if isinstance(desk, Refusal):
            return desk
        return case.busy(desk) or (CounterSignedOut(self.counter, desk.officer or ""),)


@dataclass(frozen=True, slots=True)
class OpenCounter(FloorCommand):
    """Open a closed counter, or go on after a pause."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    kind: Literal["open_counter"] = "open_counter"

    def decide(self, case: Case) -> Decision:
        """Begin to call, or go on after a pause."""
        desk = case.staffed_desk(self.counter)
        if isinstance(desk, Refusal):
            return desk
        return () if desk.state is CounterState.OPEN else (CounterOpened(self.counter),)


@dataclass(frozen=True, slots=True)
class PauseCounter(FloorCommand):
    """Stop calling for a while; `reason` is a code of the centre's list."""

    given_by: ClassVar = COUNTERS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    reason: str
    kind: Literal["pause_counter"] = "pause_counter"

    def decide(self, case: Case) -> Decision:
        """Stop calling, for a reason; another reason replaces the first."""
        desk = case.staffed_desk(self.counter)
        if isinstance(desk, Refusal):
            return desk
        if desk.state is CounterState.CLOSED:
            return Refusal(CommonRefusal.COUNTER_CLOSED, {"counter": self.counter})
        reason = self.reason.strip()
        if not reason:
            return Refusal(CommonRefusal.REASON_NEEDED)
        if desk.state is CounterState.PAUSED and desk.pause_reason == reason:
            return ()
        return (CounterPaused(self.counter, reason),)


@dataclass(frozen=True, slots=True)
class CloseCounter(FloorCommand):
    """Close the counter; the officer stays signed in."""

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    acts_for: ClassVar = OWN_COUNTER
    counter: str
    kind: Literal["close_counter"] = "close_counter"

    def decide(self, case: Case) -> Decision:
        """Stop calling for the day or the noon; the officer stays signed in."""
        desk = case.staffed_desk(self.counter)
        if isinstance(desk, Refusal):
            return desk
        if desk.state is CounterState.CLOSED:
            return ()
        return case.busy(desk) or (CounterClosed(self.counter),)


def _seat(case: Case, officer: str, counter: str) -> str | Refusal | None:
    """The officer who is substituted there and now, None at a counter of their own; or why they may not sit there."""
    plan = case.plan
    if not plan.officers:
        return None
    known = plan.officers.get(officer)
    if known is None:
        return Refusal(DeskRefusal.UNKNOWN_OFFICER, {"officer": officer})
    session = session_at_hand(plan.hours, case.now)
    if known.shifts and session is not None and session.name not in known.shifts:
        data = {"officer": officer, "session": session.name}
        return Refusal(DeskRefusal.NOT_YOUR_SHIFT, data)
    if known.sits_at(counter):
        return None
    for other in known.substitutes_for:
        if other in plan.officers and plan.officers[other].sits_at(counter):
            return other
    return Refusal(DeskRefusal.NOT_YOUR_COUNTER, {"counter": counter, "officer": officer})


Event = CounterSignedIn | CounterSignedOut | CounterOpened | CounterPaused | CounterClosed


Command = SignIn | SignOut | OpenCounter | PauseCounter | CloseCounter
