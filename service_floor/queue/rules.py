"""The rules of the floor: what time brings, and what a command brings: events or a refusal.

The caller folds what `due(now)` gives, then asks `decide(order)`, then folds that. Neither changes the floor.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from service_floor.queue import commands
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
from service_floor.queue.events import DayOpened, Event
from service_floor.queue.floor import Floor
from service_floor.queue.lifecycle import ImpossibleEventError
from service_floor.queue.planning.adoption import adoption_of
from service_floor.queue.planning.plan import FloorPlan
from service_floor.zone import business_day

_DECIDES: Final[Mapping[type, Callable[[Case, Any], Decision]]] = MappingProxyType(
    {
        commands.IssueTicket: issuing.issue_ticket,
        commands.LeaseNumbers: leasing.lease_numbers,
        commands.ReturnNumbers: leasing.return_numbers,
        commands.HandInTicket: leasing.hand_in,
        commands.Readmit: issuing.readmit,
        commands.CancelTicket: issuing.cancel_ticket,
        commands.CallNext: calling.call_next,
        commands.CallTicket: calling.call_ticket,
        commands.CallParked: calling.call_parked,
        commands.Recall: calling.recall,
        commands.StartServing: serving.start_serving,
        commands.MarkNoShow: serving.mark_no_show,
        commands.Park: serving.park,
        commands.Transfer: serving.transfer,
        commands.Finish: serving.finish,
        commands.ConfirmPriority: serving.confirm_priority,
        commands.SignIn: desks.sign_in,
        commands.SignOut: desks.sign_out,
        commands.OpenCounter: desks.open_counter,
        commands.PauseCounter: desks.pause_counter,
        commands.CloseCounter: desks.close_counter,
        commands.ReprintSlip: reprinting.reprint_slip,
        commands.ReportSlip: device_reports.report_slip,
        commands.ReportAnnounced: device_reports.report_announced,
        commands.EndDay: days.end_day,
        commands.PassTime: days.pass_time,
    }
)


class Rules:
    """The plan of a centre applied to its floor; made by the hub once a floor is folded, and asked before every write."""

    def __init__(self, plan: FloorPlan, floor: Floor) -> None:
        self.plan = plan
        self.floor = floor
        self._adopts = adoption_of(plan)

    def due(self, now: datetime) -> tuple[Event, ...]:
        """What time alone brings by `now`: fold it before the next decision. A day begins with the adoption of the plan."""
        events = days.due(self.floor, now)
        begins = any(isinstance(event, DayOpened) for event in events)
        if begins or self.floor.adopted != self._adopts:
            return (*events, self._adopts)
        return events

    def decide(self, order: Order) -> Decision:
        """The events that the order brings, or why it is refused. The day must be up to date."""
        if self.floor.day != business_day(self.floor.time(order.now)):
            raise ImpossibleEventError("a decision before the events that are due")
        return _DECIDES[type(order.command)](Case(self.plan, self.floor, order), order.command)
