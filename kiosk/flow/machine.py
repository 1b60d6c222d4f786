"""Runs the kiosk's state machine: holds the state, handles each event by the transition table, and gives the picture to draw."""

from dataclasses import replace
from typing import Final

from hub.client import EnrolmentPrompt
from kiosk.flow.events import Event, Scanned, Tapped, Typed
from kiosk.flow.intents import Intent, StandIn
from kiosk.flow.present import present
from kiosk.flow.reference import Reference
from kiosk.flow.screens import Button, Picture
from kiosk.flow.state import Known, State, Visit
from kiosk.flow.steps.citizen import Step, first_page
from kiosk.flow.table import RULES

LOOKS: Final = frozenset({Button.LANGUAGE, Button.LETTERS, Button.CONTRAST})


class KioskFlow:
    """One kiosk. Made by the composition root; owned by one thread."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._state = begin(reference)

    @property
    def state(self) -> State:
        """Where everything stands."""
        return self._state

    def handle(self, event: Event) -> tuple[Intent, ...]:
        """Take an event; return what is to be done about it."""
        if self._state.known.enrolment is not None:
            return self._outside(event)
        step = answer(self._state, event, self._reference)
        self._state = step.state
        return step.intents

    def _outside(self, event: Event) -> tuple[Intent, ...]:
        """Not let in: the world goes on, but presses are ignored and no number is given in advance."""
        if isinstance(event, Typed | Scanned):
            return ()
        if isinstance(event, Tapped) and event.button not in LOOKS:
            return ()
        step = answer(self._state, event, self._reference)
        self._state = step.state
        return tuple(intent for intent in step.intents if not isinstance(intent, StandIn))

    def enrolment_is(self, prompt: EnrolmentPrompt | None) -> None:
        """The hub does not let this kiosk in, or has let it in: it serves no citizen in between."""
        begun = begin(self._reference) if prompt is not None else self._state
        self._state = replace(self._state, visit=begun.visit).knowing(enrolment=prompt)

    def picture(self) -> Picture:
        """What the glass shows now."""
        return present(self._state, self._reference)


def begin(reference: Reference) -> State:
    """The state in which the program starts: nothing is known of the hub yet."""
    return first_page(State(Known(gone_after=reference.gone_after), Visit()), reference)


def answer(state: State, event: Event, reference: Reference) -> Step:
    """One step of the flow."""
    rule = RULES.get((state.visit.page, event.trigger))
    if rule is None:
        return Step(state)
    if isinstance(event, Tapped | Typed | Scanned):
        state = state.with_visit(touched_at=state.known.now)
    if isinstance(event, Scanned) and event.text:
        state = state.knowing(code_read_at=state.known.now)
    return rule.move(state, event, reference)
