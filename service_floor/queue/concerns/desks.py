"""Officers at counters: sign in and out, open, pause, close. Asking for what already holds is accepted and changes nothing.

A counter may be paused with a ticket before it: it goes on with that one, and calls no other. It cannot be closed or
left while it holds one, since a closed counter has nobody before it.
"""

from service_floor.queue.cases import Case, Decision
from service_floor.queue.commands import CloseCounter, OpenCounter, PauseCounter, SignIn, SignOut
from service_floor.queue.events import (
    CounterClosed,
    CounterOpened,
    CounterPaused,
    CounterSignedIn,
    CounterSignedOut,
)
from service_floor.queue.planning.hours import session_at_hand
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.queue.tickets import CounterState


def sign_in(case: Case, command: SignIn) -> Decision:
    """Take a counter that is free, or that another officer leaves to this one with nobody before it.

    An officer sits at one counter only, and `counter` of the refusal names where.
    """
    desk = case.known_desk(command.counter)
    if isinstance(desk, Refusal):
        return desk
    officer = command.officer.strip()
    if not officer:
        return Refusal(RefusalCode.NOT_SIGNED_IN, {"counter": command.counter})
    if desk.officer == officer:
        return ()
    stands_in_for = _seat(case, officer, command.counter)
    if isinstance(stands_in_for, Refusal):
        return stands_in_for
    proven = case.order.actor.proven == officer
    if case.plan.pin_sign_in and not proven:
        return Refusal(RefusalCode.PIN_NEEDED, {"officer": officer})
    taken = desk if desk.ticket else case.floor.desk_of_officer(officer)
    if taken is not None:
        data = {"counter": taken.counter, "officer": taken.officer or ""}
        return Refusal(RefusalCode.COUNTER_TAKEN, data)
    comes = CounterSignedIn(command.counter, officer, stands_in_for, by_pin=proven)
    return (CounterSignedOut(desk.counter, desk.officer), comes) if desk.officer else (comes,)


def _seat(case: Case, officer: str, counter: str) -> str | Refusal | None:
    """Whom the officer stands in for there and now, None at a counter of their own; or why they may not sit there."""
    plan = case.plan
    if not plan.officers:
        return None
    known = plan.officers.get(officer)
    if known is None:
        return Refusal(RefusalCode.UNKNOWN_OFFICER, {"officer": officer})
    session = session_at_hand(plan.hours, case.order.now)
    if known.shifts and session is not None and session.name not in known.shifts:
        data = {"officer": officer, "session": session.name}
        return Refusal(RefusalCode.NOT_YOUR_SHIFT, data)
    if known.sits_at(counter):
        return None
    for other in known.substitutes_for:
        if other in plan.officers and plan.officers[other].sits_at(counter):
            return other
    return Refusal(RefusalCode.NOT_YOUR_COUNTER, {"counter": counter, "officer": officer})


def sign_out(case: Case, command: SignOut) -> Decision:
    """Leave the counter, which closes it."""
    desk = case.staffed_desk(command.counter)
    if isinstance(desk, Refusal):
        return desk
    return case.busy(desk) or (CounterSignedOut(command.counter, desk.officer or ""),)


def open_counter(case: Case, command: OpenCounter) -> Decision:
    """Begin to call, or go on after a pause."""
    desk = case.staffed_desk(command.counter)
    if isinstance(desk, Refusal):
        return desk
    return () if desk.state is CounterState.OPEN else (CounterOpened(command.counter),)


def pause_counter(case: Case, command: PauseCounter) -> Decision:
    """Stop calling, for a reason; another reason replaces the first."""
    desk = case.staffed_desk(command.counter)
    if isinstance(desk, Refusal):
        return desk
    if desk.state is CounterState.CLOSED:
        return Refusal(RefusalCode.COUNTER_CLOSED, {"counter": command.counter})
    reason = command.reason.strip()
    if not reason:
        return Refusal(RefusalCode.REASON_NEEDED)
    if desk.state is CounterState.PAUSED and desk.pause_reason == reason:
        return ()
    return (CounterPaused(command.counter, reason),)


def close_counter(case: Case, command: CloseCounter) -> Decision:
    """Stop calling for the day or the noon; the officer stays signed in."""
    desk = case.staffed_desk(command.counter)
    if isinstance(desk, Refusal):
        return desk
    if desk.state is CounterState.CLOSED:
        return ()
    return case.busy(desk) or (CounterClosed(command.counter),)
