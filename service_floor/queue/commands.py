"""Commands of the queue: the union of what its concerns declare, and the order that carries one.

Programs import commands from here. A command is plain data; `kind` names it on the wire and in the journal.
"""

from dataclasses import dataclass
from datetime import datetime

from service_floor.queue.actors import Actor, Role
from service_floor.queue.concerns import (
    calling,
    days,
    desks,
    device_reports,
    issuing,
    leasing,
    reprinting,
    rerouting,
    serving,
)
from service_floor.queue.concerns.calling import CallNext, CallParked, CallTicket, Recall
from service_floor.queue.concerns.days import EndDay, PassTime
from service_floor.queue.concerns.desks import (
    CloseCounter,
    OpenCounter,
    PauseCounter,
    SignIn,
    SignOut,
)
from service_floor.queue.concerns.device_reports import ReportAnnounced, ReportSlip
from service_floor.queue.concerns.issuing import CancelTicket, IssueTicket, Readmit
from service_floor.queue.concerns.leasing import HandInTicket, LeaseNumbers, ReturnNumbers
from service_floor.queue.concerns.reprinting import ReprintReason, ReprintSlip
from service_floor.queue.concerns.rerouting import MoveTicket
from service_floor.queue.concerns.serving import (
    ConfirmPriority,
    Finish,
    MarkNoShow,
    Park,
    StartServing,
    Transfer,
)

Command = (
    issuing.Command
    | leasing.Command
    | desks.Command
    | calling.Command
    | serving.Command
    | rerouting.Command
    | reprinting.Command
    | device_reports.Command
    | days.Command
)


@dataclass(frozen=True, slots=True)
class Order:
    """A command with its actor, its moment (aware, by the hub's clock), and an unused id for what it may create."""

    command: Command
    actor: Actor
    now: datetime
    fresh_id: str


__all__ = [
    "Actor",
    "CallNext",
    "CallParked",
    "CallTicket",
    "CancelTicket",
    "CloseCounter",
    "Command",
    "ConfirmPriority",
    "EndDay",
    "Finish",
    "HandInTicket",
    "IssueTicket",
    "LeaseNumbers",
    "MarkNoShow",
    "MoveTicket",
    "OpenCounter",
    "Order",
    "Park",
    "PassTime",
    "PauseCounter",
    "Readmit",
    "Recall",
    "ReportAnnounced",
    "ReportSlip",
    "ReprintReason",
    "ReprintSlip",
    "ReturnNumbers",
    "Role",
    "SignIn",
    "SignOut",
    "StartServing",
    "Transfer",
]
