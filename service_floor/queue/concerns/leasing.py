"""Numbers in advance: how a kiosk is given some, gives them back, and hands in the tickets that it gave without the hub.

Leased numbers come from the end of a series, so that those given in turn stay in sequence and the others are recognised.
"""

import hashlib
from datetime import datetime
from typing import Final

from service_floor.queue.cases import Case, Decision
from service_floor.queue.commands import HandInTicket, LeaseNumbers, ReturnNumbers
from service_floor.queue.concerns.issuing import last_given
from service_floor.queue.events import (
    LeasedNumber,
    NumbersLeased,
    NumbersReturned,
    OfflineIssue,
    Stop,
    TicketExpired,
    TicketHandedInLate,
    TicketIssued,
)
from service_floor.queue.planning.hours import session_of_issue, sessions_ahead
from service_floor.queue.planning.plan import Service
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.queue.tickets import Lease
from service_floor.zone import ZONE

MOST_BLOCKS: Final = 3
"""A kiosk whose disk was lost asks anew, and what it held rests until the end of the day; this often and no more."""


def ticket_of_lease(lease: str, number: str) -> str:
    """The id of the ticket that a leased number becomes: known to kiosk and hub, and told by no other ticket's id."""
    return hashlib.sha256(f"{lease}:{number}".encode()).hexdigest()[:16]


def lease_numbers(case: Case, command: LeaseNumbers) -> Decision:
    """Set numbers aside, but never more than half of what quota and series leave: others come while the hub is there."""
    service = case.plan.services.get(command.service)
    if service is None:
        return Refusal(RefusalCode.UNKNOWN_SERVICE, {"service": command.service})
    most = case.plan.lease_numbers
    if most <= 0:
        return Refusal(RefusalCode.LEASES_OFF)
    ahead = sessions_ahead(case.plan.hours, service.sessions, case.order.now)
    if case.floor.ended or not ahead:
        return Refusal(RefusalCode.CLOSED_FOR_TODAY)
    device = case.order.actor.device
    wanted = min(max(command.count, 1), most)
    if _held_by(case, device, service.id) + wanted > most * MOST_BLOCKS:
        data: dict[str, str | int] = {"service": service.id, "limit": most * MOST_BLOCKS}
        return Refusal(RefusalCode.LEASE_LIMIT, data)
    scarce = _scarcest(case, service, tuple(session.name for session in ahead))
    if isinstance(scarce, Refusal):
        return scarce
    numbers = _from_the_end(case, service, wanted if scarce is None else min(wanted, scarce // 2))
    if not numbers:
        last = service.series.label(service.series.last)
        return Refusal(RefusalCode.SERIES_USED_UP, {"service": service.id, "last": last})
    return (NumbersLeased(case.order.fresh_id, device, service.id, numbers),)


def _held_by(case: Case, device: str, service: str) -> int:
    mine = (lease for lease in case.floor.leases.values() if lease.device == device)
    return sum(len(lease.numbers) for lease in mine if lease.service == service)


def _scarcest(case: Case, service: Service, ahead: tuple[str, ...]) -> int | Refusal | None:
    """How many tickets the quotas leave today and in each session to come; too few to share are refused."""
    quota = service.quota
    limits: list[tuple[str, int | None, str | None]] = [("day", quota.per_day, None)]
    limits += [("session", quota.per_session, name) for name in ahead]
    left: int | None = None
    for per, limit, during in limits:
        if limit is None:
            continue
        free = limit - case.floor.spoken_for(service.id, during)
        if free < 2:
            data: dict[str, str | int] = {"service": service.id, "limit": limit, "per": per}
            return Refusal(RefusalCode.QUOTA_USED_UP, data)
        left = free if left is None else min(left, free)
    return left


def _from_the_end(case: Case, service: Service, wanted: int) -> tuple[LeasedNumber, ...]:
    """The last free numbers of the series, lowest first; as many are left to be given in turn."""
    series = service.series
    free: list[LeasedNumber] = []
    for n in range(series.last, last_given(case, series), -1):
        if len(free) == 2 * wanted:
            break
        if case.floor.is_free(series.label(n)):
            free.append(LeasedNumber(n, series.label(n)))
    return tuple(reversed(free[: len(free) // 2]))


def return_numbers(case: Case, command: ReturnNumbers) -> Decision:
    """Take numbers back; only the kiosk that holds them can know that nobody has them."""
    numbers = tuple(dict.fromkeys(command.numbers)) or ("",)
    lease = case.floor.leases.get(command.lease)
    for number in numbers:
        if lease is None or lease.device != case.order.actor.device or lease.find(number) is None:
            return Refusal(RefusalCode.NOT_LEASED, {"number": number})
    device = case.order.actor.device
    return (NumbersReturned(command.lease, device, lease.service if lease else "", numbers),)


def hand_in(case: Case, command: HandInTicket) -> Decision:
    """Take a ticket in at its place by the time of issue. After the end of the day it expires at once; one of another day
    is kept as a fact beside the queues."""
    device = case.order.actor.device
    lease = case.floor.leases.get(command.lease)
    said = command.issued_at
    # A moment without a zone is one on the centre's wall clock.
    said = said if said.tzinfo else said.replace(tzinfo=ZONE)
    if lease is None:
        late = (command.lease, command.number, command.service, command.priority, said, device)
        return (TicketHandedInLate(*late),)
    leased = lease.find(command.number) if lease.device == device else None
    if leased is None or command.service != lease.service:
        return Refusal(RefusalCode.NOT_LEASED, {"number": command.number})
    issued = _issued(case, lease, leased, command.priority, said)
    return (issued, TicketExpired(issued.ticket)) if case.floor.ended else (issued,)


def _issued(
    case: Case, lease: Lease, leased: LeasedNumber, priority: str | None, said: datetime
) -> TicketIssued:
    """The kiosk's word on when is believed between the granting of the lease and now."""
    at = min(max(said, lease.granted_at), case.floor.time(case.order.now))
    service = case.plan.services.get(lease.service)
    only = service.sessions if service else ()
    return TicketIssued(
        ticket=ticket_of_lease(lease.id, leased.number),
        number=leased.number,
        n=leased.n,
        stops=(Stop(lease.service),),
        priority=priority,
        session=session_of_issue(case.plan.hours, only, at),
        device=lease.device,
        offline=OfflineIssue(lease.id, at, said),
    )
