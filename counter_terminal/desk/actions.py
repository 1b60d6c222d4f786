"""Transition guards of the desk: a literal table of what an officer can do, by the state of the counter and of its ticket."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from hub.messages import CounterView


class Action(StrEnum):
    """A key or button of the desk. The value is its name in texts and on widgets."""

    OPEN = "open"
    CALL_NEXT = "call-next"
    RECALL = "recall"
    START = "start"
    NO_SHOW = "no-show"
    FINISH = "finish"
    TRANSFER = "transfer"
    PARK = "park"
    PAUSE = "pause"
    CLOSE = "close"
    SIGN_OUT = "sign-out"
    TAKE_OVER = "take-over"
    CALL_CHOSEN = "call-chosen"
    READMIT = "readmit"
    CALL_PARKED = "call-parked"
    CONFIRM_PRIORITY = "confirm-priority"
    REPRINT = "reprint"


Situation = tuple[str, str | None]
"""State of the counter, and state of the ticket that it holds (None: it holds none)."""

_WITH_CALLED: Final = frozenset({Action.RECALL, Action.START, Action.NO_SHOW, Action.REPRINT})
_WITH_SERVED: Final = frozenset(
    {Action.FINISH, Action.TRANSFER, Action.PARK, Action.CONFIRM_PRIORITY, Action.REPRINT}
)
_FREE: Final = frozenset({Action.SIGN_OUT, Action.TAKE_OVER})
"""Without a citizen at the counter, its officer may leave, and a colleague sit down."""

AVAILABLE: Final[Mapping[Situation, frozenset[Action]]] = {
    ("closed", None): frozenset({Action.OPEN, *_FREE, Action.READMIT}),
    ("open", None): frozenset(
        {
            Action.CALL_NEXT,
            Action.CALL_CHOSEN,
            Action.CALL_PARKED,
            Action.READMIT,
            Action.PAUSE,
            Action.CLOSE,
            *_FREE,
        }
    ),
    ("open", "called"): _WITH_CALLED | {Action.PAUSE, Action.READMIT},
    ("open", "serving"): _WITH_SERVED | {Action.PAUSE, Action.READMIT},
    ("paused", None): frozenset({Action.OPEN, Action.CLOSE, *_FREE, Action.READMIT}),
    ("paused", "called"): _WITH_CALLED | {Action.OPEN, Action.READMIT},
    ("paused", "serving"): _WITH_SERVED | {Action.OPEN, Action.READMIT},
}


def available(counter: CounterView) -> frozenset[Action]:
    """What the officer can do at this counter; nothing before anybody has signed in."""
    if counter.officer is None:
        return frozenset()
    return AVAILABLE.get((counter.state, counter.ticket_state), frozenset())
