"""Device reports: the paper of a ticket, the sound of a call. A report that is certain is final."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, Final, Literal

from service_floor.queue.actors import COUNTERS, KIOSKS, Role
from service_floor.queue.cases import NO_COUNTER, Case, Decision, FloorCommand
from service_floor.queue.floor import Floor, FloorEvent, ImpossibleEventError, Touched
from service_floor.queue.moves import known_ticket
from service_floor.queue.refusals import CommonRefusal, Refusal, RefusalCode
from service_floor.queue.tickets import Ticket, reprint_id

MOST_REPRINTS: Final = 99


# Which report is accepted after which, for the first print and each reprint: printed stays printed.
_SLIP_AFTER: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "": frozenset({"printed", "failed", "unknown"}),
        "unknown": frozenset({"printed", "failed"}),
        "failed": frozenset({"printed", "unknown"}),
        "printed": frozenset(),
    }
)


class DeviceReportRefusal(RefusalCode):
    """Why a command of this concern is refused, beside the common codes."""

    UNKNOWN_CALL = "unknown_call", "call"
    NOT_YOUR_PAPER = "not_your_paper", "number"
    NOT_YOUR_CALL = "not_your_call", "counter"


@dataclass(frozen=True, slots=True)
class SlipReported(FloorEvent):
    """What became of a ticket's paper; `reprint` counts from 1, 0 is the first print and all that is older than it."""

    ticket: str
    outcome: str
    reason: str
    device: str
    reprint: int = 0
    kind: Literal["slip_reported"] = "slip_reported"

    def fold(self, floor: Floor, at: datetime) -> None:
        ticket = known_ticket(floor, self.ticket).with_paper(self.outcome, self.reprint)
        floor.tickets[ticket.id] = ticket
        asked = floor.reprints.get(reprint_id(ticket.id, self.reprint))
        if asked is not None:
            floor.reprints[asked.id] = asked.with_outcome(self.outcome, self.reason)

    def touched(self) -> Touched:
        reprint = reprint_id(self.ticket, self.reprint) if self.reprint else None
        return Touched(self.ticket, reprint=reprint)


@dataclass(frozen=True, slots=True)
class CallAnnounced(FloorEvent):
    """What became of a call's announcement."""

    call: str
    outcome: str
    reason: str
    device: str
    kind: Literal["call_announced"] = "call_announced"

    def fold(self, floor: Floor, at: datetime) -> None:
        call = floor.calls.get(self.call)
        if call is None:
            raise ImpossibleEventError(f"no call {self.call} today")
        floor.calls[self.call] = replace(call, outcome=self.outcome)

    def touched(self) -> Touched:
        return Touched()


@dataclass(frozen=True, slots=True)
class ReportSlip(FloorCommand):
    """What became of a ticket's paper: printed, failed or unknown; `reprint` counts from 1, 0 is the first print."""

    given_by: ClassVar = KIOSKS | COUNTERS
    acts_for: ClassVar = NO_COUNTER
    ticket: str
    outcome: Literal["printed", "failed", "unknown"]
    reason: str = ""
    reprint: int = 0
    kind: Literal["report_slip"] = "report_slip"

    def decide(self, case: Case) -> Decision:
        """Keep what became of the paper, whatever became of the ticket since. A device reports only what it has printed:
        tickets that it gave, and reprints that were asked of it."""
        ticket = case.known_ticket(self.ticket)
        if isinstance(ticket, Refusal):
            return ticket
        if not self._is_its_own(case, ticket):
            return Refusal(DeviceReportRefusal.NOT_YOUR_PAPER, {"number": ticket.number})
        said = dict(ticket.reprints).get(self.reprint, "") if self.reprint else ticket.slip
        is_counted = 0 <= self.reprint <= MOST_REPRINTS
        if not is_counted or self.outcome not in _SLIP_AFTER[said]:
            return Refusal(CommonRefusal.ALREADY_SAID, {"outcome": said})
        device, reason = case.actor.device, self.reason.strip()
        return (SlipReported(ticket.id, self.outcome, reason, device, self.reprint),)

    def _is_its_own(self, case: Case, ticket: Ticket) -> bool:
        """A reprint that no person asked for was made at the printer of the device that gave the ticket, or of one that
        had printed it before."""
        device = case.actor.device
        if case.actor.role not in (Role.KIOSK, Role.COUNTER):
            return True
        asked = case.floor.reprints.get(reprint_id(ticket.id, self.reprint))
        if asked is not None:
            return asked.kiosk == device
        mine = ticket.given_by == device
        reprints = (reprint_id(ticket.id, count) for count, _ in ticket.reprints)
        known = (case.floor.reprints.get(each) for each in reprints)
        return mine or (
            self.reprint > 0 and any(each is not None and each.kiosk == device for each in known)
        )


@dataclass(frozen=True, slots=True)
class ReportAnnounced(FloorCommand):
    """Whether a call was heard in the hall."""

    given_by: ClassVar = frozenset({Role.AGENT})
    acts_for: ClassVar = NO_COUNTER
    call: str
    outcome: Literal["announced", "dropped", "failed"]
    reason: str = ""
    kind: Literal["report_announced"] = "report_announced"

    def decide(self, case: Case) -> Decision:
        """Keep whether the hall heard the call; the first report stands. An agent of some counters reports only theirs."""
        call = case.floor.call(self.call)
        if call is None:
            return Refusal(DeviceReportRefusal.UNKNOWN_CALL, {"call": self.call})
        announced = case.plan.announcers.get(case.actor.device)
        if announced is not None and call.counter not in announced:
            return Refusal(DeviceReportRefusal.NOT_YOUR_CALL, {"counter": call.counter})
        if call.outcome:
            return Refusal(CommonRefusal.ALREADY_SAID, {"outcome": call.outcome})
        device = case.actor.device
        return (CallAnnounced(call.id, self.outcome, self.reason.strip(), device),)


Event = SlipReported | CallAnnounced


Command = ReportSlip | ReportAnnounced
