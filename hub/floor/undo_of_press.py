"""One press, one number: what becomes of a request when its kiosk has given a number without the hub instead.

The request may have been carried out just before the line broke, may still lie in a buffer, or never have left the kiosk.
Its ticket, which nobody was told of, is cancelled; the request itself is answered `withdrawn` should it still come.
"""

from datetime import datetime

from hub.floor.live import LiveFloor
from hub.journal.codec import command_hash
from hub.journal.journal import Kept, Page, RequestKey
from hub.messages import Answer, ErrorBody, WireError
from service_floor.queue.commands import Actor, CancelTicket, HandInTicket, IssueTicket, Order

REASON = "replaced_by"


def withdraw(
    page: Page,
    live: LiveFloor,
    known: dict[RequestKey, Kept],
    actor: Actor,
    handed_in: HandInTicket,
    now: datetime,
) -> None:
    """Undo the request that the handed-in ticket stands for; called in the transaction that takes the ticket in."""
    if handed_in.instead_of is None:
        return
    key = RequestKey(actor.device, handed_in.instead_of)
    press = command_hash(IssueTicket((handed_in.service,), handed_in.priority))
    earlier = known.get(key) or page.known({key}).get(key)
    if earlier is None:
        answer = Answer(req=key.req, ok=False, error=ErrorBody(code=WireError.WITHDRAWN))
        known[key] = Kept(press, answer.model_dump_json())
        page.keep(key, known[key], now)
        return
    ticket = _ticket(earlier) if earlier.body_hash == press else None
    if ticket is not None:
        cancel = CancelTicket(ticket, f"{REASON} {handed_in.number}")
        live.let_happen(page, Order(cancel, actor, now, ""))


def _ticket(kept: Kept) -> str | None:
    """The ticket that an answer gave."""
    ticket = Answer.model_validate_json(kept.answer).result.get("ticket")
    return str(ticket["id"]) if isinstance(ticket, dict) else None
