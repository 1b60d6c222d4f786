"""Dispatcher of the queue's rules: the events that time brings, and the decision on a command: events or a refusal.

The caller folds what `due(now)` gives, then asks `decide(order)`, then folds that. Neither changes the floor.
"""

from datetime import datetime
from typing import Final

from service_floor.queue.cases import Case, Decision
from service_floor.queue.commands import Order
from service_floor.queue.concerns import (
    calling,
    days,
    desks,
    device_reports,
    issuing,
    leasing,
    reprinting,
    serving,
)
from service_floor.queue.concerns.plan_adoption import adoption_of
from service_floor.queue.concerns.rerouting import TicketReturned, departures
from service_floor.queue.concerns.serving import ParkingEnded
from service_floor.queue.floor import Floor, FloorEvent, ImpossibleEventError
from service_floor.queue.planning.plan import FloorPlan
from service_floor.queue.refusals import CommonRefusal, RefusalCode
from service_floor.zone import business_day

REFUSAL_CODES: Final[tuple[RefusalCode, ...]] = (
    *CommonRefusal,
    *issuing.IssueRefusal,
    *leasing.LeaseRefusal,
    *desks.DeskRefusal,
    *calling.CallRefusal,
    *serving.ServiceRefusal,
    *reprinting.ReprintRefusal,
    *device_reports.DeviceReportRefusal,
)
"""Every reason for which a command can be refused."""


class Rules:
    """The plan of a centre applied to its floor; made by the hub once a floor is folded, and asked before every write."""

    def __init__(self, plan: FloorPlan, floor: Floor) -> None:
        self.plan = plan
        self.floor = floor
        self._adopts = adoption_of(plan)

    def due(self, now: datetime) -> tuple[FloorEvent, ...]:
        """What time brings by `now`: fold it before the next decision. A day begins with the adoption of the plan.

        Within a day, officers and counters that the plan does not have leave before it is adopted.
        """
        events = days.due(self.floor, now)
        if any(isinstance(event, days.DayOpened) for event in events):
            return (*events, self._adopts)
        gone = tuple(departures(self.plan, self.floor))
        if gone or self.floor.adopted != self._adopts:
            # What has left its counter cannot come back from parking in the same moment.
            back = {event.ticket for event in gone if isinstance(event, TicketReturned)}
            left = (e for e in events if not (isinstance(e, ParkingEnded) and e.ticket in back))
            return (*left, *gone, self._adopts)
        return events

    def decide(self, order: Order) -> Decision:
        """The events that the order brings, or its refusal. Raises ImpossibleEventError while events are still due."""
        if self.floor.day != business_day(self.floor.time(order.now)):
            raise ImpossibleEventError("a decision before the events that are due")
        case = Case(self.plan, self.floor, order.actor, order.now, order.fresh_id)
        return order.command.decide(case)
