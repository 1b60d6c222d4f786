"""Event handlers for reprints that staff ask for: printed here with their mark, or refused while that is certain."""

from datetime import datetime
from typing import Final

from drivers.protocols import PrintOutcome
from hub.messages import ReprintView
from kiosk.flow.events import ReprintsAsked
from kiosk.flow.intents import ReportOutcome, Reprint
from kiosk.flow.reference import Reference
from kiosk.flow.slips import ticket_slip
from kiosk.flow.state import Given, State
from kiosk.flow.steps.citizen import Step, can_print
from kiosk.flow.steps.outside import open_places, why_no_slip
from service_floor.queue.concerns.reprinting import NO_WORD, PRINT_WITHIN

TOO_LATE: Final = "too_late"


def is_open(asked: ReprintView) -> bool:
    """Whether the hub has heard nothing of this reprint from its kiosk."""
    return not asked.outcome or (asked.outcome == "unknown" and asked.remark == NO_WORD)


def reprints_asked(state: State, event: ReprintsAsked, reference: Reference) -> Step:
    """See to each once."""
    fresh = (asked for asked in event.wanted if asked.id not in state.known.reprints)
    seen_to = frozenset(asked.id for asked in event.wanted)
    intents = tuple(_seen_to(state, asked, event.now, reference) for asked in fresh)
    return Step(state.knowing(reprints=seen_to), intents)


def _seen_to(
    state: State, asked: ReprintView, now: datetime | None, reference: Reference
) -> Reprint | ReportOutcome:
    """Print it, unless the citizen who waited has gone or the printer cannot print."""
    if now is not None and now - asked.asked_at > PRINT_WITHIN:
        return ReportOutcome(asked.ticket, PrintOutcome.FAILED, TOO_LATE, asked.reprint)
    if not can_print(state, reference):
        reason = why_no_slip(state, reference)
        return ReportOutcome(asked.ticket, PrintOutcome.FAILED, reason, asked.reprint)
    given = Given(
        asked.ticket,
        asked.number,
        asked.service,
        asked.priority,
        asked.issued_at,
        None,
        None,
        asked.offline,
    )
    texts = reference.texts[reference.kiosk.language]
    slip = ticket_slip(given, open_places(state, asked.service, reference), reference, texts)
    return Reprint(slip, asked.reprint, asked.number)
