"""Views of the floor for the feed: one for each service, counter, call, ticket and reprint.

Pure; the floor is only read.
"""

from datetime import datetime, timedelta
from math import ceil

from hub.messages import (
    CallView,
    CounterView,
    FloorView,
    ReprintView,
    ServiceView,
    TicketPlace,
    TicketView,
)
from service_floor.queue.estimates import open_counters, wait_of_newcomer, wait_of_ticket
from service_floor.queue.events import Stop
from service_floor.queue.floor import Floor
from service_floor.queue.planning.hours import session_at
from service_floor.queue.planning.plan import FloorPlan
from service_floor.queue.planning.plan import Service as PlannedService
from service_floor.queue.tickets import Call, Reprint, Ticket, TicketState
from service_floor.queue.turns import ahead_of


def floor_view(plan: FloorPlan, floor: Floor, now: datetime) -> FloorView:
    """The business day and the session that is open."""
    session = session_at(plan.hours, now)
    return FloorView(
        day=floor.day,
        ended=floor.ended is not None,
        ended_at=floor.ended,
        session=session.name if session else None,
    )


def service_view(plan: FloorPlan, floor: Floor, service: str, now: datetime) -> ServiceView:
    """How busy a service is."""
    planned = plan.services[service]
    return ServiceView(
        id=service,
        waiting=floor.waiting_count(service),
        issued=floor.issued(service),
        left_today=_left(plan, floor, planned, now),
        open_counters=open_counters(plan, floor, Stop(service)),
        estimate_seconds=_seconds(wait_of_newcomer(plan, floor, service)),
    )


def counter_view(floor: Floor, counter: str) -> CounterView:
    """A counter, and the ticket that it has called or serves."""
    desk = floor.desk(counter)
    ticket = floor.ticket(desk.ticket) if desk.ticket else None
    return CounterView(
        id=counter,
        state=desk.state.value,
        officer=desk.officer,
        ticket=ticket.id if ticket else None,
        number=ticket.number if ticket else None,
        ticket_state="serving" if ticket and ticket.state is TicketState.SERVING
        else "called" if ticket else None,
        pause_reason=desk.pause_reason,
    )  # fmt: skip


def call_view(floor: Floor, call: Call) -> CallView:
    """A call; it is over once its ticket is not called by it any more."""
    ticket = floor.tickets[call.ticket]
    return CallView(
        call=call.id,
        ticket=ticket.id,
        number=ticket.number,
        counter=call.counter,
        attempt=call.attempt,
        priority=ticket.effective_priority is not None,
        called_at=call.at,
        over=ticket.call != call.id or ticket.state is not TicketState.CALLED,
    )


def ticket_view(ticket: Ticket) -> TicketView:
    """A ticket as it stands."""
    return TicketView(
        id=ticket.id,
        number=ticket.number,
        state=ticket.state.value,
        service=ticket.service,
        counter=ticket.counter,
        next_services=tuple(stop.service for stop in ticket.stops[1:]),
        priority=ticket.priority,
        priority_confirmed=ticket.priority_confirmed,
        issued_at=ticket.issued_at,
        arrived_at=ticket.arrived_at,
        calls=ticket.calls,
        called_at=ticket.called_at,
        started_at=ticket.started_at,
        parked_until=ticket.parked_until,
        slip=ticket.slip,
        offline=ticket.offline,
    )


def reprint_view(floor: Floor, asked: Reprint) -> ReprintView:
    """A slip that is wanted again."""
    ticket = floor.tickets[asked.ticket]
    return ReprintView(
        id=asked.id,
        ticket=asked.ticket,
        reprint=asked.reprint,
        kiosk=asked.kiosk,
        reason=asked.reason,
        asked_at=asked.asked_at,
        outcome=asked.outcome,
        remark=asked.remark,
        number=ticket.number,
        service=ticket.service,
        priority=ticket.priority,
        issued_at=ticket.issued_at,
        offline=ticket.offline,
    )


def ticket_place(plan: FloorPlan, floor: Floor, ticket: Ticket) -> TicketPlace:
    """A ticket with how many are before it, while it waits."""
    waits = ticket.state is TicketState.WAITING
    return TicketPlace(
        ticket=ticket_view(ticket),
        ahead=ahead_of(plan, floor, ticket) if waits else None,
        estimate_seconds=_seconds(wait_of_ticket(plan, floor, ticket)),
    )


def _seconds(wait: timedelta | None) -> int | None:
    return None if wait is None else ceil(wait.total_seconds())


def _left(plan: FloorPlan, floor: Floor, service: PlannedService, now: datetime) -> int | None:
    """How many more tickets the quotas that hold now allow; None without a quota."""
    session = session_at(plan.hours, now)
    quota = service.quota
    left = []
    if quota.per_day is not None:
        left.append(quota.per_day - floor.spoken_for(service.id))
    if quota.per_session is not None and session is not None:
        left.append(quota.per_session - floor.spoken_for(service.id, session.name))
    return max(0, min(left)) if left else None
