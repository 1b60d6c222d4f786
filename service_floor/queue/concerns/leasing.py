"""Leases: ticket numbers in advance for a kiosk, which returns them, or hands in the tickets that it gave while it
could not reach the hub.

Leased numbers come from the end of a series, so that those given in turn stay in sequence and the others are
recognised.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, Literal

from service_floor.queue.actors import KIOSKS
from service_floor.queue.cases import NO_COUNTER, Case, Decision, FloorCommand
from service_floor.queue.concerns.issuing import (
    OfflineIssue,
    TicketExpired,
    TicketIssued,
    count_pace,
    last_given,
    too_fast,
)
from service_floor.queue.floor import Floor, FloorEvent, ImpossibleEventError, Touched
from service_floor.queue.moves import take_from_lease
from service_floor.queue.planning.hours import session_of_issue, sessions_ahead
from service_floor.queue.planning.plan import Service
from service_floor.queue.refusals import CommonRefusal, Refusal, RefusalCode
from service_floor.queue.tickets import Lease, LeasedNumber, Stop
from service_floor.ticket_ids import ticket_id
from service_floor.zone import ZONE

_HEXADECIMAL: Final = re.compile(r"[0-9a-f]{16}")
MOST_BLOCKS: Final = 3
"""Limit of blocks for one kiosk.

One that has lost its disk asks again, and what it held is unused until the end of the day.
"""


class LeaseRefusal(RefusalCode):
    """Why a command of this concern is refused, beside the common codes."""

    LEASES_OFF = "leases_off"
    LEASE_LIMIT = "lease_limit", "service", "limit"
    NOT_LEASED = "not_leased", "number"


@dataclass(frozen=True, slots=True)
class NumbersLeased(FloorEvent):
    """Numbers were set aside for a kiosk until the end of the day; no other device is given them."""

    lease: str
    device: str
    service: str
    numbers: tuple[LeasedNumber, ...]
    kind: Literal["numbers_leased"] = "numbers_leased"

    def fold(self, floor: Floor, at: datetime) -> None:
        taken = [each.number for each in self.numbers if not floor.is_free(each.number)]
        if taken or self.lease in floor.leases:
            raise ImpossibleEventError(f"lease {self.lease} or its numbers {taken} exist")
        lease = Lease(self.lease, self.device, self.service, floor.time(at), self.numbers)
        floor.leases[lease.id] = lease
        floor.leased.update((each.number, lease.id) for each in self.numbers)
        left = floor.leased_for.get(self.service, 0)
        floor.leased_for[self.service] = left + len(self.numbers)
        count_pace(floor, _pace(self.device, self.service), at, len(self.numbers))

    def touched(self) -> Touched:
        return Touched(services=(self.service,))


@dataclass(frozen=True, slots=True)
class NumbersReturned(FloorEvent):
    """The kiosk returned leased numbers that no citizen has."""

    lease: str
    device: str
    service: str
    numbers: tuple[str, ...]
    kind: Literal["numbers_returned"] = "numbers_returned"

    def fold(self, floor: Floor, at: datetime) -> None:
        take_from_lease(floor, self.lease, self.numbers)

    def touched(self) -> Touched:
        return Touched(services=(self.service,))


@dataclass(frozen=True, slots=True)
class TicketHandedInLate(FloorEvent):
    """A kiosk gave a number of a lease that today does not know, most often yesterday's. It stands in no queue; this
    row is what is left of it. Everything in it is the kiosk's word."""

    lease: str
    number: str
    service: str
    priority: str | None
    issued_at: datetime
    device: str
    kind: Literal["ticket_handed_in_late"] = "ticket_handed_in_late"

    def fold(self, floor: Floor, at: datetime) -> None:
        """A fact that no queue of today knows."""

    def touched(self) -> Touched:
        return Touched()


@dataclass(frozen=True, slots=True)
class LeaseNumbers(FloorCommand):
    """Set up to `count` numbers of a service aside for this kiosk, to be given while the hub cannot be reached."""

    given_by: ClassVar = KIOSKS
    acts_for: ClassVar = NO_COUNTER
    service: str
    count: int
    kind: Literal["lease_numbers"] = "lease_numbers"

    def decide(self, case: Case) -> Decision:
        """Set numbers aside, but never more than half of what the limits of quota and series leave: others come while
        the hub is there."""
        service = case.plan.services.get(self.service)
        if service is None:
            return Refusal(CommonRefusal.UNKNOWN_SERVICE, {"service": self.service})
        most = case.plan.lease_numbers
        if most <= 0:
            return Refusal(LeaseRefusal.LEASES_OFF)
        ahead = sessions_ahead(case.plan.hours, service.sessions, case.now)
        if case.floor.ended or not ahead:
            return Refusal(CommonRefusal.CLOSED_FOR_TODAY)
        device = case.actor.device
        wanted = min(max(self.count, 1), most)
        if _held_by(case, device, service.id) + wanted > most * MOST_BLOCKS:
            data: dict[str, str | int] = {"service": service.id, "limit": most * MOST_BLOCKS}
            return Refusal(LeaseRefusal.LEASE_LIMIT, data)
        hasty = too_fast(case, _pace(device, service.id), wanted, most * (MOST_BLOCKS + 1))
        if hasty is not None:
            return hasty
        scarce = _scarcest(case, service, tuple(session.name for session in ahead))
        if isinstance(scarce, Refusal):
            return scarce
        numbers = _from_the_end(
            case, service, wanted if scarce is None else min(wanted, scarce // 2)
        )
        if not numbers:
            last = service.series.label(service.series.last)
            return Refusal(CommonRefusal.SERIES_USED_UP, {"service": service.id, "last": last})
        return (NumbersLeased(case.fresh_id, device, service.id, numbers),)


@dataclass(frozen=True, slots=True)
class ReturnNumbers(FloorCommand):
    """Return leased numbers that no citizen has and none will get."""

    given_by: ClassVar = KIOSKS
    acts_for: ClassVar = NO_COUNTER
    lease: str
    numbers: tuple[str, ...]
    kind: Literal["return_numbers"] = "return_numbers"

    def decide(self, case: Case) -> Decision:
        """Take numbers back; only the kiosk that holds them can know that no citizen has them."""
        numbers = tuple(dict.fromkeys(self.numbers)) or ("",)
        lease = case.floor.leases.get(self.lease)
        for number in numbers:
            if lease is None or lease.device != case.actor.device or lease.find(number) is None:
                return Refusal(LeaseRefusal.NOT_LEASED, {"number": number})
        device = case.actor.device
        return (NumbersReturned(self.lease, device, lease.service if lease else "", numbers),)


@dataclass(frozen=True, slots=True)
class HandInTicket(FloorCommand):
    """A leased number was given to a citizen at `issued_at` by the kiosk's estimate of the hub's time.

    `instead_of` is the request of the same press that was sent before the line broke: whatever became of it, it is
    undone.
    """

    given_by: ClassVar = KIOSKS
    acts_for: ClassVar = NO_COUNTER
    lease: str
    number: str
    service: str
    issued_at: datetime
    priority: str | None = None
    instead_of: str | None = None
    kind: Literal["hand_in_ticket"] = "hand_in_ticket"

    def decide(self, case: Case) -> Decision:
        """Take a ticket in at its place by the time of issue. After the end of the day it expires at once; one of
        another day is kept as a fact beside the queues."""
        device = case.actor.device
        lease = case.floor.leases.get(self.lease)
        said = self.issued_at
        # A moment without a zone is one on the centre's wall clock.
        said = said if said.tzinfo else said.replace(tzinfo=ZONE)
        if lease is None:
            late = (self.lease, self.number, self.service, self.priority, said, device)
            return (TicketHandedInLate(*late),)
        leased = lease.find(self.number) if lease.device == device else None
        if leased is None or self.service != lease.service:
            return Refusal(LeaseRefusal.NOT_LEASED, {"number": self.number})
        issued = _issued(case, lease, leased, self.priority, said)
        return (issued, TicketExpired(issued.ticket)) if case.floor.ended else (issued,)


def _pace(device: str, service: str) -> str:
    """Leases of one service are counted apart: after an outage a kiosk is given a block of each at once."""
    return f"{device}~{service}"


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
            return Refusal(CommonRefusal.QUOTA_USED_UP, data)
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


def _issued(
    case: Case, lease: Lease, leased: LeasedNumber, priority: str | None, said: datetime
) -> TicketIssued:
    """The kiosk's word on when is believed between the granting of the lease and now."""
    at = min(max(said, lease.granted_at), case.floor.time(case.now))
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


def ticket_of_lease(lease: str, number: str) -> str:
    """The id of the ticket that a leased number becomes: known to kiosk and hub, and not guessed from another ticket's
    id. A lease of an earlier version, of hexadecimal digits, keeps the ids that its kiosk has printed."""
    secret = hashlib.sha256(f"{lease}:{number}".encode())
    if _HEXADECIMAL.fullmatch(lease):
        return secret.hexdigest()[:16]
    return ticket_id(int.from_bytes(secret.digest()))


Event = NumbersLeased | NumbersReturned | TicketHandedInLate


Command = LeaseNumbers | ReturnNumbers | HandInTicket
