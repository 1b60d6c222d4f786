"""Parsing of the hub's answers into events of the flow: the callbacks of its requests, which get the attempt first."""

from pydantic import ValidationError

from hub.messages import Answer, DossierView, TicketPlace, TicketView
from kiosk.flow.events import DossierAnswered, PlaceAnswered, Readmitted, TicketGiven, TicketRefused

UNREADABLE = "unreadable_answer"


def issue_answer(attempt: int, answer: Answer) -> TicketGiven | TicketRefused:
    """The ticket, or why it was refused."""
    if not answer.ok:
        return TicketRefused(attempt, _code(answer), answer.error.data if answer.error else {})
    try:
        ticket = TicketView.model_validate(answer.result.get("ticket"))
    except ValidationError:
        return TicketRefused(attempt, UNREADABLE)
    ahead, estimate = answer.result.get("ahead"), answer.result.get("estimate_seconds")
    return TicketGiven(attempt, ticket, _number(ahead), _number(estimate))


def dossier_answer(attempt: int, answer: Answer) -> DossierAnswered:
    """The hub's record of the dossier, or why it has none."""
    if not answer.ok:
        return DossierAnswered(attempt, None, _code(answer))
    try:
        return DossierAnswered(attempt, DossierView.model_validate(answer.result))
    except ValidationError:
        return DossierAnswered(attempt, None, UNREADABLE)


def place_answer(attempt: int, answer: Answer) -> PlaceAnswered:
    """The place of the scanned ticket, or why it is unknown."""
    if not answer.ok:
        return PlaceAnswered(attempt, None, _code(answer))
    try:
        return PlaceAnswered(attempt, TicketPlace.model_validate(answer.result))
    except ValidationError:
        return PlaceAnswered(attempt, None, UNREADABLE)


def readmit_answer(attempt: int, answer: Answer) -> Readmitted:
    """Whether who missed a call waits again."""
    return Readmitted(attempt, "" if answer.ok else _code(answer))


def _code(answer: Answer) -> str:
    return answer.error.code if answer.error else UNREADABLE


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
