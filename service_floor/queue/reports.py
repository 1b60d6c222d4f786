"""What devices report: the paper of a ticket, the sound of a call. What is certain is said once."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from service_floor.queue.cases import Case, Decision
from service_floor.queue.commands import ReportAnnounced, ReportSlip
from service_floor.queue.events import CallAnnounced, SlipReported
from service_floor.queue.refusals import Refusal, RefusalCode

# What may be said after what: a printed slip stays printed; a failed or unknown one may be settled by a reprint.
_SLIP_AFTER: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "": frozenset({"printed", "failed", "unknown"}),
        "unknown": frozenset({"printed", "failed"}),
        "failed": frozenset({"printed", "unknown"}),
        "printed": frozenset(),
    }
)


def report_slip(case: Case, command: ReportSlip) -> Decision:
    """Keep what became of the paper, whatever became of the ticket since."""
    ticket = case.known_ticket(command.ticket)
    if isinstance(ticket, Refusal):
        return ticket
    if command.outcome not in _SLIP_AFTER[ticket.slip]:
        return Refusal(RefusalCode.ALREADY_SAID, {"outcome": ticket.slip})
    device = case.order.actor.device
    return (SlipReported(ticket.id, command.outcome, command.reason.strip(), device),)


def report_announced(case: Case, command: ReportAnnounced) -> Decision:
    """Keep whether the hall heard the call; the first report stands."""
    call = case.floor.call(command.call)
    if call is None:
        return Refusal(RefusalCode.UNKNOWN_CALL, {"call": command.call})
    if call.outcome:
        return Refusal(RefusalCode.ALREADY_SAID, {"outcome": call.outcome})
    device = case.order.actor.device
    return (CallAnnounced(call.id, command.outcome, command.reason.strip(), device),)
