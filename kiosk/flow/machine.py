"""The running flow: holds the state, answers each event by the transition table, and tells what to draw."""

from kiosk.flow.events import Event, Scanned, Tapped, Typed
from kiosk.flow.intents import Intent
from kiosk.flow.present import present
from kiosk.flow.reference import Reference
from kiosk.flow.screens import Picture
from kiosk.flow.state import Known, State, Visit
from kiosk.flow.steps import Step, first_page
from kiosk.flow.table import RULES


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
        step = answer(self._state, event, self._reference)
        self._state = step.state
        return step.intents

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
    return rule.move(state, event, reference)
