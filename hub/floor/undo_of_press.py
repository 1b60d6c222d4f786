"""Undo of a press: what becomes of a request when its kiosk has given a number without the hub instead.

The request may have been carried out just before the connection broke, may still lie in a buffer, or never have left the
kiosk. Its ticket, which was shown to no citizen, is cancelled; the request is answered `withdrawn` if it still comes.
"""

from datetime import datetime

from hub.journal.codec import command_hash
from hub.journal.journal import Kept, Page, RequestKey
from hub.messages import Answer, ErrorBody, WireError
from service_floor.queue.actors import Actor
from service_floor.queue.commands import CancelTicket, HandInTicket, IssueTicket

REASON = "replaced_by"


def undo(page: Page, handed_in: HandInTicket, actor: Actor, now: datetime) -> CancelTicket | None:
    """The command that undoes the request for which the handed-in ticket stands, None where there is nothing to cancel.

    Runs in the transaction that takes the ticket in.
    """
    if handed_in.instead_of is None:
        return None
    key = RequestKey(actor.device, handed_in.instead_of)
    press = command_hash(IssueTicket((handed_in.service,), handed_in.priority))
    if page.answered(key) is None:
        page.find({key})
    earlier = page.answered(key)
    if earlier is None:
        answer = Answer(req=key.req, ok=False, error=ErrorBody(code=WireError.WITHDRAWN))
        page.keep(key, Kept(press, answer.model_dump_json()), now)
        return None
    ticket = _ticket(earlier) if earlier.body_hash == press else None
    return CancelTicket(ticket, f"{REASON} {handed_in.number}") if ticket is not None else None


def _ticket(kept: Kept) -> str | None:
    """The ticket that an answer gave."""
    ticket = Answer.model_validate_json(kept.answer).result.get("ticket")
    return str(ticket["id"]) if isinstance(ticket, dict) else None
