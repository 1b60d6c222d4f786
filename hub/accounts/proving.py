"""An officer's PIN typed at a counter: the answer on the wire, and how long it counts."""

import logging
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from hub.accounts.admission import Admission
from hub.accounts.store import PinState, PinVerdict
from hub.messages import Answer, ErrorBody, ProveOfficer, WireError
from service_floor.queue.concerns.desks import DeskRefusal

log = logging.getLogger("hub")

PROVEN_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Proof:
    """This officer's PIN was right on this connection; good `until` then, by the monotonic clock."""

    officer: str
    until: float


async def prove(admission: Admission, req: str, question: ProveOfficer, device: str) -> Answer:
    """Answer whether this is the officer's PIN, typed at `device`."""
    officer = question.officer
    try:
        verdict = await admission.check_pin(officer, question.pin, device)
    except SQLAlchemyError as problem:
        log.error("the accounts cannot be used: %s", problem)
        return _refused(req, ErrorBody(code=WireError.STORAGE))
    if verdict is None:
        data: dict[str, str | int] = {"seconds": admission.seconds_to_wait(device)}
        return _refused(req, ErrorBody(code=WireError.TOO_MANY_TRIES, data=data))
    if verdict.state is PinState.OK:
        result = {"officer": officer, "seconds": int(PROVEN_SECONDS)}
        return Answer(req=req, ok=True, result=result)
    return _refused(req, _reason(officer, verdict))


def _reason(officer: str, verdict: PinVerdict) -> ErrorBody:
    match verdict.state:
        case PinState.WRONG:
            return ErrorBody(code=WireError.WRONG_PIN, data={"tries": verdict.tries or 0})
        case PinState.LOCKED:
            until = verdict.until.isoformat(timespec="seconds") if verdict.until else ""
            return ErrorBody(code=WireError.LOCKED, data={"until": until})
        case PinState.NOT_SET:
            return ErrorBody(code=WireError.PIN_NOT_SET, data={"officer": officer})
        case _:
            return ErrorBody(code=DeskRefusal.UNKNOWN_OFFICER, data={"officer": officer})


def _refused(req: str, error: ErrorBody) -> Answer:
    return Answer(req=req, ok=False, error=error)
