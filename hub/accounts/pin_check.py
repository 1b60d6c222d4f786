"""Authentication of an officer by a PIN typed at a counter: the answer on the wire, and how long it is valid."""

import logging
from dataclasses import dataclass
from typing import Final, assert_never

from sqlalchemy.exc import SQLAlchemyError

from hub.accounts.authentication import Authentication
from hub.accounts.verification.pin_verification import PinAttempt, PinState, PinVerdict
from hub.messages import Answer, ErrorBody, ProveOfficer, WireError
from service_floor.queue.concerns.desks import DeskRefusal

log = logging.getLogger("hub")

PROVEN_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class PinProof:
    """This officer's PIN was right on this connection; valid `until` this time of the monotonic clock."""

    officer: str
    until: float


async def answer_pin(
    authentication: Authentication, req: str, question: ProveOfficer, device: str
) -> Answer:
    """Check the officer's PIN, typed at `device`, and answer. Database exceptions become the error `storage`."""
    officer = question.officer
    try:
        attempt = PinAttempt(officer, question.pin, device, terminal_origin(device))
        verdict = await authentication.check_pin(attempt)
    except SQLAlchemyError as problem:
        log.error("the accounts cannot be used: %s", problem)
        return _refused(req, ErrorBody(code=WireError.STORAGE))
    if isinstance(verdict, int):
        data: dict[str, str | int] = {"seconds": verdict}
        return _refused(req, ErrorBody(code=WireError.TOO_MANY_TRIES, data=data))
    return _answer(req, officer, verdict)


def terminal_origin(device: str) -> str:
    """The origin of PINs that are typed at a terminal."""
    return f"terminal {device}"


def _answer(req: str, officer: str, verdict: PinVerdict) -> Answer:
    match verdict.state:
        case PinState.OK:
            result = {"officer": officer, "seconds": int(PROVEN_SECONDS)}
            return Answer(req=req, ok=True, result=result)
        case PinState.WRONG:
            return _refused(
                req, ErrorBody(code=WireError.WRONG_PIN, data={"tries": verdict.tries or 0})
            )
        case PinState.LOCKED:
            until = verdict.until.isoformat(timespec="seconds") if verdict.until else ""
            return _refused(req, ErrorBody(code=WireError.LOCKED, data={"until": until}))
        case PinState.NOT_SET:
            return _refused(req, ErrorBody(code=WireError.PIN_NOT_SET, data={"officer": officer}))
        case PinState.UNKNOWN_OFFICER:
            return _refused(
                req, ErrorBody(code=DeskRefusal.UNKNOWN_OFFICER, data={"officer": officer})
            )
        case _:
            assert_never(verdict.state)


def _refused(req: str, error: ErrorBody) -> Answer:
    return Answer(req=req, ok=False, error=error)
