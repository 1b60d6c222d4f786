"""Commands from the console to the floor: queued for the writer under the officer's own name, answered as a
sentence."""

import asyncio
import hashlib
from typing import Any, Final

from hub.floor.decider import Request
from hub.messages import Answer, ErrorBody, WireError
from hub.web.console.access.page_guard import Visit
from hub.web.console.access.sessions import ConsoleSession
from hub.wire.floor_service import FloorService
from service_floor.queue.commands import Actor, Command

LONGEST_REQ: Final = 64
_LONGEST_DEVICE: Final = 40
_ANSWER_SECONDS: Final = 20.0
_UNKNOWN: Final = frozenset({WireError.BUSY, WireError.STORAGE})


def actor_of(session: ConsoleSession) -> Actor:
    """The actor for the journal: the console, and the officer at it, authenticated by PIN."""
    device = f"console-{session.officer}"
    if len(device) > _LONGEST_DEVICE:
        mark = hashlib.sha256(session.officer.encode()).hexdigest()[:8]
        device = f"{device[: _LONGEST_DEVICE - 9]}-{mark}"
    return Actor(device, session.role, proven=session.officer)


async def order(floor_service: FloorService[Any], visit: Visit, command: Command) -> Answer:
    """Carry out a command once, however often the same form is sent; if it is refused, the next page shows why."""
    req = visit.form.get("req", "")
    answer = await _answer(floor_service, actor_of(visit.session), req, command)
    if not answer.ok:
        error = answer.error or ErrorBody(code=WireError.INTERNAL)
        visit.flash_error(visit.wording.refusal(error.code, error.data))
        visit.session.again = req if error.code in _UNKNOWN else ""
    return answer


async def _answer(
    floor_service: FloorService[Any], actor: Actor, req: str, command: Command
) -> Answer:
    if not 0 < len(req) <= LONGEST_REQ or not req.isascii() or not req.isalnum():
        return Answer(req="", ok=False, error=ErrorBody(code=WireError.BAD_FRAME))
    told: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

    def reply(text: str) -> None:
        if not told.done():
            told.set_result(Answer.model_validate_json(text))

    floor_service.submit(Request(actor, req, command, reply))
    try:
        return await asyncio.wait_for(told, _ANSWER_SECONDS)
    except TimeoutError:
        return Answer(req=req, ok=False, error=ErrorBody(code=WireError.BUSY))
