"""Transition guards of the desk: a literal table of what an officer can do, by the state of the counter and of its ticket."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

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
    CANCEL = "cancel"


Situation = tuple[str, str | None]
"""State of the counter, and state of the ticket that it holds (None: it holds none)."""

_WITH_CALLED: Final = frozenset({Action.RECALL, Action.START, Action.NO_SHOW, Action.REPRINT})
_WITH_SERVED: Final = frozenset(
    {Action.FINISH, Action.TRANSFER, Action.PARK, Action.CONFIRM_PRIORITY, Action.REPRINT}
)
_OTHERS: Final = frozenset({Action.READMIT, Action.CANCEL})
"""What an officer does to tickets that are not at the counter."""
_FREE: Final = frozenset({Action.SIGN_OUT, Action.TAKE_OVER})
"""Without a citizen at the counter, its officer may leave, and a colleague sit down."""
_CALLING: Final = frozenset({Action.CALL_NEXT, Action.CALL_CHOSEN, Action.CALL_PARKED})
_OF_CALLED: Final = frozenset({Action.RECALL, Action.START, Action.NO_SHOW, Action.REPRINT})
_OF_SERVED: Final = frozenset(
    {Action.FINISH, Action.TRANSFER, Action.PARK, Action.CONFIRM_PRIORITY}
)

AVAILABLE: Final[Mapping[Situation, frozenset[Action]]] = {
    ("closed", None): frozenset({Action.OPEN, *_FREE, *_OTHERS}),
    ("open", None): frozenset(
        {
            Action.CALL_NEXT,
            Action.CALL_CHOSEN,
            Action.CALL_PARKED,
            *_OTHERS,
            Action.PAUSE,
            Action.CLOSE,
            *_FREE,
        }
    ),
    ("open", "called"): _WITH_CALLED | {Action.PAUSE, *_OTHERS},
    ("open", "serving"): _WITH_SERVED | {Action.PAUSE, *_OTHERS},
    ("paused", None): frozenset({Action.OPEN, Action.CLOSE, *_FREE, *_OTHERS}),
    ("paused", "called"): _WITH_CALLED | {Action.OPEN, *_OTHERS},
    ("paused", "serving"): _WITH_SERVED | {Action.OPEN, *_OTHERS},
}


def available(counter: CounterView) -> frozenset[Action]:
    """What the officer can do at this counter; nothing before anybody has signed in."""
    if counter.officer is None:
        return frozenset()
    return AVAILABLE.get((counter.state, counter.ticket_state), frozenset())


class ReasonAsked(NamedTuple):
    """The last press needs a reason: of which action, and which time it is asked since the start."""

    action: Action
    nth: int


class ReasonPrompt:
    """`open` is what is asked now; each asking counts, so that the view opens its menu again after it was left."""

    def __init__(self) -> None:
        self.open: ReasonAsked | None = None
        self._count = 0

    def ask(self, action: Action) -> None:
        """The last press needs a reason."""
        self._count += 1
        self.open = ReasonAsked(action, self._count)

    def close(self) -> None:
        """Nothing is asked."""
        self.open = None


def why_not(counter: CounterView, action: Action) -> str:
    """Why an action cannot be done at this counter now, as the refusal that the hub would give."""
    state, ticket = counter.state, counter.ticket_state
    if counter.officer is None:
        return "not_signed_in"
    if action in _OF_CALLED:
        return "nothing_called" if ticket is None else "wrong_state"
    if action in _OF_SERVED:
        return "nothing_served"
    if ticket is not None and action in _CALLING | _FREE | {Action.CLOSE}:
        return "counter_busy"
    if action in _CALLING and state in {"closed", "paused"}:
        return f"counter_{state}"
    return "counter_closed" if action is Action.PAUSE and state == "closed" else "already_said"
