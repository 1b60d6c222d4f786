"""Events of the queue: the union of what its concerns declare.

The floor of a day is their fold, and the journal keeps them.
"""

from service_floor.queue.concerns import (
    calling,
    days,
    desks,
    device_reports,
    issuing,
    leasing,
    plan_adoption,
    reprinting,
    rerouting,
    serving,
)
from service_floor.queue.concerns.calling import TicketCalled, TicketRecalled
from service_floor.queue.concerns.days import DayEnded, DayOpened
from service_floor.queue.concerns.desks import (
    CounterClosed,
    CounterOpened,
    CounterPaused,
    CounterSignedIn,
    CounterSignedOut,
)
from service_floor.queue.concerns.device_reports import CallAnnounced, SlipReported
from service_floor.queue.concerns.issuing import (
    OfflineIssue,
    TicketCancelled,
    TicketExpired,
    TicketIssued,
    TicketReadmitted,
)
from service_floor.queue.concerns.leasing import NumbersLeased, NumbersReturned, TicketHandedInLate
from service_floor.queue.concerns.plan_adoption import PlanAdopted
from service_floor.queue.concerns.reprinting import ReprintAsked
from service_floor.queue.concerns.rerouting import TicketMoved, TicketReturned
from service_floor.queue.concerns.serving import (
    ParkingEnded,
    PriorityConfirmed,
    ServiceStarted,
    StopFinished,
    TicketFinished,
    TicketMissed,
    TicketParked,
    TicketTransferred,
)
from service_floor.queue.tickets import LeasedNumber, Stop

Event = (
    days.Event
    | plan_adoption.Event
    | leasing.Event
    | calling.Event
    | serving.Event
    | rerouting.Event
    | issuing.Event
    | desks.Event
    | reprinting.Event
    | device_reports.Event
)

__all__ = [
    "CallAnnounced",
    "CounterClosed",
    "CounterOpened",
    "CounterPaused",
    "CounterSignedIn",
    "CounterSignedOut",
    "DayEnded",
    "DayOpened",
    "Event",
    "LeasedNumber",
    "NumbersLeased",
    "NumbersReturned",
    "OfflineIssue",
    "ParkingEnded",
    "PlanAdopted",
    "PriorityConfirmed",
    "ReprintAsked",
    "ServiceStarted",
    "SlipReported",
    "Stop",
    "StopFinished",
    "TicketCalled",
    "TicketCancelled",
    "TicketExpired",
    "TicketFinished",
    "TicketHandedInLate",
    "TicketIssued",
    "TicketMissed",
    "TicketMoved",
    "TicketParked",
    "TicketReadmitted",
    "TicketRecalled",
    "TicketReturned",
    "TicketTransferred",
]
