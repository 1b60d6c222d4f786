"""A judged day in figures: how many calls by which cause, counter and officer, what became of claimed priorities, and
how long people waited."""

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from service_floor.queue.audit.fairness import Cause, Judge, JudgedCall
from service_floor.queue.audit.way_totals import WayTotals, way_totals
from service_floor.queue.floor import Floor
from service_floor.queue.tickets import Ticket, reprint_id


class ClaimStanding(StrEnum):
    """The officer's judgement of a claimed priority; without one it is not confirmed."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class DeskTotals:
    """The calls of one officer at one counter. `reasons` counts those out of order; `unconfirmed` those that went
    before others by a priority on which this hall never heard an officer's word."""

    counter: str
    officer: str
    calls: int
    causes: Mapping[Cause, int]
    reasons: Mapping[str, int]
    unconfirmed: int


@dataclass(frozen=True, slots=True)
class ClaimTotals:
    """One priority class: tickets that claim it, how many of them were called, and how officers judged those."""

    priority: str
    claimed: int
    called: int
    standings: Mapping[ClaimStanding, int]


@dataclass(frozen=True, slots=True)
class ReprintTotals:
    """Whoever had slips printed again: how many, of how many tickets, and what became of them; of the last ones of a
    day nothing may have been heard. `asker` is an officer, else a device; empty for reprints that were made at the
    printer."""

    asker: str
    reprints: int
    tickets: int
    printed: int
    failed: int
    unknown: int


@dataclass(frozen=True, slots=True)
class ServiceWaits:
    """How long those waited who were called for a service, in whole seconds; the percentiles are waits that occurred."""

    service: str
    calls: int
    median: int
    p90: int
    p95: int
    longest: int


@dataclass(frozen=True, slots=True)
class DayFairness:
    """The whole of it. `onward` counts calls of tickets that had been at a counter before; `longest_wait` is the call
    before which a ticket waited longest in one line."""

    day: date | None
    calls: int
    causes: Mapping[Cause, int]
    onward: int
    desks: tuple[DeskTotals, ...]
    claims: tuple[ClaimTotals, ...]
    waits: tuple[ServiceWaits, ...]
    longest_wait: JudgedCall | None
    reprints: tuple[ReprintTotals, ...] = ()
    ways: tuple[WayTotals, ...] = ()

    @property
    def unexplained(self) -> int:
        """Calls for which there is neither rule nor reason."""
        return self.causes[Cause.UNEXPLAINED]

    @property
    def ways_unexplained(self) -> int:
        """Ways in and out for which there is neither rule nor reason."""
        return sum(each.unexplained for each in self.ways)

    @property
    def is_explained(self) -> bool:
        """Whether every call and every way has a rule or a reason."""
        return not self.unexplained and not self.ways_unexplained


def standing(ticket: Ticket) -> ClaimStanding | None:
    """Where the claim of a ticket stands; None without a claim."""
    if ticket.priority is None:
        return None
    return {
        None: ClaimStanding.UNCONFIRMED,
        True: ClaimStanding.CONFIRMED,
        False: ClaimStanding.REJECTED,
    }[ticket.priority_confirmed]


def totals(judge: Judge) -> DayFairness:
    """The figures of what the judge has taken so far."""
    calls = judge.calls
    lined = (call for call in calls if call.waited is not None)
    return DayFairness(
        day=judge.floor.day,
        calls=len(calls),
        causes=_causes(calls),
        onward=sum(call.onward for call in calls),
        desks=_desks(judge),
        claims=_claims(judge),
        waits=_waits(judge),
        longest_wait=max(lined, key=_wait, default=None),
        reprints=_reprints(judge.floor),
        ways=way_totals(judge.ways),
    )


def percentile(ordered: Sequence[int], share: float) -> int:
    """The smallest value that at least this share of all does not exceed; of none it is 0."""
    return ordered[max(0, ceil(len(ordered) * share) - 1)] if ordered else 0


def _wait(call: JudgedCall) -> timedelta:
    return call.waited or timedelta(0)


def _causes(calls: Iterable[JudgedCall]) -> dict[Cause, int]:
    counted = Tally(call.cause for call in calls)
    return {cause: counted[cause] for cause in Cause}


def _desks(judge: Judge) -> tuple[DeskTotals, ...]:
    by_desk: dict[tuple[str, str], list[JudgedCall]] = {}
    for call in judge.calls:
        by_desk.setdefault((call.counter, call.officer), []).append(call)
    return tuple(_desk(judge, *desk, calls) for desk, calls in sorted(by_desk.items()))


def _desk(judge: Judge, counter: str, officer: str, calls: list[JudgedCall]) -> DeskTotals:
    reasons = Tally(call.reason for call in calls if call.cause is Cause.OUT_OF_ORDER)
    unconfirmed = sum(
        call.cause is Cause.PRIORITY
        and standing(judge.floor.tickets[call.ticket]) is ClaimStanding.UNCONFIRMED
        for call in calls
    )
    ordered = dict(sorted(reasons.items()))
    return DeskTotals(counter, officer, len(calls), _causes(calls), ordered, unconfirmed)


def _claims(judge: Judge) -> tuple[ClaimTotals, ...]:
    by_class: dict[str, list[Ticket]] = {}
    for ticket in judge.floor.tickets.values():
        if ticket.priority is not None:
            by_class.setdefault(ticket.priority, []).append(ticket)
    return tuple(_claim(judge, *of_class) for of_class in sorted(by_class.items()))


def _claim(judge: Judge, priority: str, tickets: list[Ticket]) -> ClaimTotals:
    called = [ticket for ticket in tickets if judge.was_called(ticket.id)]
    said = Tally(standing(ticket) for ticket in called)
    standings = {each: said[each] for each in ClaimStanding}
    return ClaimTotals(priority, len(tickets), len(called), standings)


def _waits(judge: Judge) -> tuple[ServiceWaits, ...]:
    by_service: dict[str, list[int]] = {}
    for call in judge.calls:
        if call.waited is not None:
            by_service.setdefault(call.service, []).append(int(_wait(call).total_seconds()))
    return tuple(_waits_of(*of_service) for of_service in sorted(by_service.items()))


def _waits_of(service: str, seconds: list[int]) -> ServiceWaits:
    seconds.sort()
    half, p90, p95 = (percentile(seconds, share) for share in (0.5, 0.9, 0.95))
    return ServiceWaits(service, len(seconds), half, p90, p95, seconds[-1])


def _reprints(floor: Floor) -> tuple[ReprintTotals, ...]:
    by_asker: dict[str, list[tuple[str, str]]] = {}
    for ticket in floor.tickets.values():
        for count, outcome in ticket.reprints:
            asked = floor.reprints.get(reprint_id(ticket.id, count))
            asker = (asked.officer or asked.device) if asked else ""
            by_asker.setdefault(asker, []).append((ticket.id, outcome))
    return tuple(_reprints_of(*each) for each in sorted(by_asker.items()))


def _reprints_of(asker: str, made: list[tuple[str, str]]) -> ReprintTotals:
    tickets = len({ticket for ticket, _ in made})
    became = Tally(outcome for _, outcome in made)
    outcomes = (became["printed"], became["failed"], became["unknown"])
    return ReprintTotals(asker, len(made), tickets, *outcomes)
