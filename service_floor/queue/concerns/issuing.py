"""How tickets come into the queue and leave it without being served: issue, readmit, cancel."""

from service_floor.queue.cases import Case, Decision, wrong_state
from service_floor.queue.commands import CancelTicket, IssueTicket, Readmit, Role
from service_floor.queue.events import Stop, TicketCancelled, TicketIssued, TicketReadmitted
from service_floor.queue.lifecycle import allows
from service_floor.queue.planning.hours import issuing_session
from service_floor.queue.planning.plan import Series, Service, Session
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.queue.tickets import TicketState


def issue_ticket(case: Case, command: IssueTicket) -> Decision:
    """Give the next free number of the first service. A service named twice is one stop; the quota of each counts."""
    wanted = tuple(dict.fromkeys(command.services)) or ("",)
    unknown = next((service for service in wanted if service not in case.plan.services), None)
    if unknown is not None:
        return Refusal(RefusalCode.UNKNOWN_SERVICE, {"service": unknown})
    if command.priority is not None and command.priority not in case.plan.priorities:
        return Refusal(RefusalCode.UNKNOWN_PRIORITY, {"priority": command.priority})
    sessions = []
    for service in wanted:
        session = _session_for(case, case.plan.services[service])
        if isinstance(session, Refusal):
            return session
        sessions.append(session.name)
    first = case.plan.services[wanted[0]]
    n = _next_n(case, first)
    if isinstance(n, Refusal):
        return n
    issued = TicketIssued(
        ticket=case.order.fresh_id,
        number=first.series.label(n),
        n=n,
        stops=tuple(Stop(service) for service in wanted),
        priority=command.priority,
        session=sessions[0],
        device=case.order.actor.device,
    )
    return (issued,)


def _session_for(case: Case, service: Service) -> Session | Refusal:
    """The session in which the service still gives a ticket now."""
    if case.floor.ended:
        return Refusal(RefusalCode.CLOSED_FOR_TODAY)
    session = issuing_session(case.plan.hours, service.sessions, case.order.now)
    if isinstance(session, Refusal):
        return session
    quota = service.quota
    limits = (("day", quota.per_day, None), ("session", quota.per_session, session.name))
    for per, limit, during in limits:
        if limit is not None and case.floor.spoken_for(service.id, during) >= limit:
            data: dict[str, str | int] = {"service": service.id, "limit": limit, "per": per}
            return Refusal(RefusalCode.QUOTA_USED_UP, data)
    return session


def _next_n(case: Case, service: Service) -> int | Refusal:
    """The next number of the series, which services may share. A label that another band has used, or that is set aside, is passed over."""
    series = service.series
    n = last_given(case, series) + 1
    while n <= series.last and not case.floor.is_free(series.label(n)):
        n += 1
    if n > series.last:
        data = {"service": service.id, "last": series.label(series.last)}
        return Refusal(RefusalCode.SERIES_USED_UP, data)
    return n


def last_given(case: Case, series: Series) -> int:
    """The last number given in its turn in a series, by whichever service; the one before the first where none was."""
    sharing = (known.id for known in case.plan.services.values() if known.series == series)
    return max(case.floor.last_n.get(known, series.first - 1) for known in sharing)


def readmit(case: Case, command: Readmit) -> Decision:
    """Take a latecomer back by original arrival and the centre's delay, but never behind who comes only now.

    At a kiosk nobody of the centre looks on, so there the centre must have allowed it.
    """
    ticket = case.known_ticket(command.ticket)
    if isinstance(ticket, Refusal):
        return ticket
    if case.order.actor.role is Role.KIOSK and not case.plan.calling.kiosk_readmit:
        return Refusal(RefusalCode.NOT_AT_A_KIOSK, {"number": ticket.number})
    if not allows(ticket.state, "ticket_readmitted"):
        return wrong_state(ticket)
    delayed = ticket.arrived_at + case.plan.calling.readmit_delay
    return (TicketReadmitted(ticket.id, min(delayed, case.floor.time(case.order.now))),)


def cancel_ticket(case: Case, command: CancelTicket) -> Decision:
    """Take a ticket out of the queue for a reason. Its number stays used and its quota spent.

    A counter leaves alone whom another counter has called or parked; greeters and supervisors do not.
    """
    ticket = case.known_ticket(command.ticket)
    if isinstance(ticket, Refusal):
        return ticket
    if not allows(ticket.state, "ticket_cancelled"):
        return wrong_state(ticket)
    actor = case.order.actor
    if actor.role is Role.COUNTER and ticket.counter not in (None, actor.counter):
        called = ticket.state is TicketState.CALLED
        code = RefusalCode.CALLED_ELSEWHERE if called else RefusalCode.NOT_PARKED_HERE
        return Refusal(code, {"number": ticket.number, "counter": ticket.counter or ""})
    if not command.reason.strip():
        return Refusal(RefusalCode.REASON_NEEDED)
    return (TicketCancelled(ticket.id, command.reason.strip(), actor.device),)
