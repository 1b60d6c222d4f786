"""What devices report: the paper of a ticket, the sound of a call. What is certain is said once."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from service_floor.queue.cases import Case, Decision
from service_floor.queue.commands import ReportAnnounced, ReportSlip
from service_floor.queue.events import CallAnnounced, SlipReported
from service_floor.queue.refusals import Refusal, RefusalCode

MOST_REPRINTS: Final = 99

# What may be said after what, of the first print and of each reprint: what is printed stays printed.
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
    said = dict(ticket.reprints).get(command.reprint, "") if command.reprint else ticket.slip
    is_counted = 0 <= command.reprint <= MOST_REPRINTS
    if not is_counted or command.outcome not in _SLIP_AFTER[said]:
        return Refusal(RefusalCode.ALREADY_SAID, {"outcome": said})
    device, reason = case.order.actor.device, command.reason.strip()
    return (SlipReported(ticket.id, command.outcome, reason, device, command.reprint),)


def report_announced(case: Case, command: ReportAnnounced) -> Decision:
    """Keep whether the hall heard the call; the first report stands."""
    call = case.floor.call(command.call)
    if call is None:
        return Refusal(RefusalCode.UNKNOWN_CALL, {"call": command.call})
    if call.outcome:
        return Refusal(RefusalCode.ALREADY_SAID, {"outcome": call.outcome})
    device = case.order.actor.device
    return (CallAnnounced(call.id, command.outcome, command.reason.strip(), device),)
