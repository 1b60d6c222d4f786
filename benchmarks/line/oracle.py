"""Oracle of the queue's fairness, which knows nothing of the report: a citizen was served while another one, whom this
counter takes and whom the rules put earlier, was waiting or had been removed by an officer.

It keeps its own picture of the line from the events alone, and compares two citizens at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from service_floor.queue import events as e

_WAITS, _CALLED, _SERVED, _GONE = "waits", "called", "served", "gone"
_BEHIND_ALL: Final = 1_000


class Finding(NamedTuple):
    """Served out of turn: `victim` was put back by what happened `at`, in the way `how`.

    `at` is the moment of the call where the victim was `waiting`. `excuse`: `rule` where a rule allows what happened,
    `reason` where it needed a reason and has one, `none` where it has none.
    """

    how: str
    victim: str
    at: datetime
    excuse: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a citizen stands: for a service, bound to a counter or not, with a claim or none, by arrival."""

    service: str
    bound: str | None
    claim: str | None
    arrived: datetime
    order: int


@dataclass(slots=True)
class Citizen:
    """One ticket. `removed` is where it stood when an officer took it out of the line, until it is called again."""

    standing: Standing
    state: str = _WAITS
    later: tuple[tuple[str, str | None], ...] = ()
    calls: int = 0
    called_at: datetime | None = None
    visit_began: datetime | None = None
    given_claim: datetime | None = None
    removed: Standing | None = None
    removal: Finding | None = None
    rejected: Finding | None = None
    claimed: str | None = None
    parked_at: str | None = None


@dataclass(slots=True)
class Rules:
    """The calling rules that the day has adopted."""

    profiles: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)
    strict: bool = True
    others_first: int = 3
    promised_calls: int = 1
    promised: timedelta = timedelta(0)
    shortest: timedelta = timedelta(0)


class Oracle:
    """Given the events of one day in order; `findings` grows whenever a citizen's service begins."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._rules = Rules()
        self._citizens: dict[str, Citizen] = {}
        self._officers: dict[str, str] = {}
        self._others_called: dict[str, int] = {}
        self._pending: dict[str, list[Finding]] = {}

    def take(self, event: object, at: datetime) -> None:
        """Take one event in."""
        match event:
            case e.PlanAdopted():
                self._adopt(event)
            case e.CounterSignedIn(counter=counter, officer=officer):
                self._officers[counter] = officer
            case e.CounterSignedOut(counter=counter):
                self._officers.pop(counter, None)
            case e.TicketIssued():
                self._issue(event, at)
            case e.TicketCalled():
                self._call(event, at)
            case e.ServiceStarted(ticket=ticket):
                self._citizens[ticket].state = _SERVED
                self.findings += self._pending.pop(ticket, [])
            case _:
                self._leave(event, at)

    def _adopt(self, plan: e.PlanAdopted) -> None:
        self._rules = Rules(
            dict(plan.profiles),
            dict(plan.ranks),
            plan.priority == "strict",
            plan.normal_per_priority,
            plan.recall_limit or 1,
            timedelta(seconds=plan.no_show_seconds),
            timedelta(seconds=plan.shortest_visit_seconds),
        )

    def _issue(self, event: e.TicketIssued, at: datetime) -> None:
        first, *later = [(stop.service, stop.counter) for stop in event.stops]
        standing = Standing(*first, event.priority, at, len(self._citizens))
        by_staff = event.priority is not None and bool(event.officer)
        self._citizens[event.ticket] = Citizen(
            standing,
            later=tuple(later),
            given_claim=at if by_staff else None,
            claimed=event.priority,
        )

    def _call(self, event: e.TicketCalled, at: datetime) -> None:
        called, counter = self._citizens[event.ticket], event.counter
        if called.state == _WAITS:
            self._pending[event.ticket] = list(self._passed_over(event.ticket, counter, at))
            others = self._others_called.get(counter, 0)
            self._others_called[counter] = 0 if called.standing.claim else others + 1
        called.state, called.calls, called.called_at = _CALLED, 1, at
        called.visit_began = called.visit_began or at
        called.removed = called.removal = None

    def _leave(self, event: object, at: datetime) -> None:
        """What moves a ticket that was issued: out of the line, back into it, or within it."""
        citizen = self._citizens.get(getattr(event, "ticket", ""))
        if citizen is None:
            return
        match event:
            case e.TicketRecalled():
                citizen.calls += 1
            case e.TicketMissed(ticket=ticket, reason=reason):
                waited = at - (citizen.called_at or at)
                kept = (
                    citizen.calls >= self._rules.promised_calls and waited >= self._rules.promised
                )
                self._remove(citizen, Finding("no_show", ticket, at, _excuse(kept, reason)))
            case e.TicketCancelled(ticket=ticket, reason=reason):
                self._remove(citizen, Finding("cancelled", ticket, at, _excuse(False, reason)))
            case e.TicketParked(ticket=ticket, counter=counter, reason=reason):
                citizen.parked_at = counter
                how = Finding("parked", ticket, at, self._visit(citizen, at, reason))
                self._remove(citizen, how, ends_visit=False)
            case e.ParkingEnded():
                citizen.state = _WAITS
                citizen.standing = replace(citizen.standing, bound=citizen.parked_at)
            case e.TicketReadmitted(arrived_at=arrived):
                citizen.state, citizen.removed, citizen.removal = _WAITS, None, None
                citizen.standing = replace(citizen.standing, arrived=arrived)
            case e.TicketReturned():
                citizen.state, citizen.visit_began = _WAITS, None
            case e.PriorityConfirmed(confirmed=confirmed):
                self._decide_claim(citizen, event, at, confirmed)
            case _:
                self._go_on(citizen, event, at)

    def _go_on(self, citizen: Citizen, event: object, at: datetime) -> None:
        """To another queue, to the next stop, or home."""
        match event:
            case e.TicketTransferred(ticket=ticket, reason=reason):
                how = Finding("transferred", ticket, at, self._visit(citizen, at, reason))
                self._remove(citizen, how)
                self._queue(citizen, event.stops)
            case e.TicketMoved(ticket=ticket, reason=reason):
                self._remove(citizen, Finding("moved", ticket, at, _excuse(False, reason)))
                self._queue(citizen, event.stops)
            case e.StopFinished() | e.TicketFinished():
                excuse = self._visit(citizen, at, event.reason)
                if excuse != "rule":
                    self._remove(citizen, Finding("short_visit", event.ticket, at, excuse))
                citizen.state, citizen.visit_began = _GONE, None
                if isinstance(event, e.StopFinished):
                    self._queue(citizen, event.stops)
            case e.TicketExpired():
                citizen.state, citizen.removed, citizen.rejected = _GONE, None, None
            case _:
                pass

    def _queue(self, citizen: Citizen, stops: tuple[e.Stop, ...]) -> None:
        first = stops[0]
        citizen.state = _WAITS
        citizen.standing = replace(citizen.standing, service=first.service, bound=first.counter)

    def _remove(self, citizen: Citizen, how: Finding, ends_visit: bool = True) -> None:
        """Out of the line by a person: where it stood is remembered until it is called again."""
        if citizen.removed is None:
            citizen.removed, citizen.removal = citizen.standing, how
        citizen.state = _GONE
        if ends_visit:
            citizen.visit_began = None

    def _decide_claim(
        self, citizen: Citizen, event: e.PriorityConfirmed, at: datetime, confirmed: bool
    ) -> None:
        claim = citizen.claimed if confirmed else None
        citizen.standing = replace(citizen.standing, claim=claim)
        rejection = Finding("priority_rejected", event.ticket, at, "rule")
        citizen.rejected = None if confirmed else rejection

    def _visit(self, citizen: Citizen, at: datetime, reason: str) -> str:
        lasted = at - (citizen.visit_began or at)
        return _excuse(lasted >= self._rules.shortest, reason)

    def _passed_over(self, ticket: str, counter: str, at: datetime) -> Iterator[Finding]:
        """Everybody whom the rules would have this counter call before the ticket."""
        called = self._citizens[ticket]
        for name, other in self._citizens.items():
            if name == ticket:
                continue
            if other.state == _WAITS:
                if self._is_before(other.standing, called.standing, counter):
                    yield Finding("waiting", ticket, at, "rule")
                elif other.rejected is not None:
                    claiming = replace(other.standing, claim=other.claimed)
                    if self._is_before(claiming, called.standing, counter):
                        yield other.rejected
                if called.given_claim is not None and called.standing.claim is not None:
                    plain = replace(called.standing, claim=None)
                    if self._is_before(other.standing, plain, counter):
                        yield Finding("priority_given", ticket, called.given_claim, "rule")
            was = other.removed if other.state != _CALLED else None
            if was is not None and self._is_before(was, called.standing, counter):
                yield from [other.removal] if other.removal else []

    def _is_before(self, one: Standing, other: Standing, counter: str) -> bool:
        """Whether the rules have the counter call `one` before `other`: they may, it takes it, and it is its turn."""
        tiers = self._rules.profiles.get(counter, ())
        mine, theirs = (
            next((n for n, tier in enumerate(tiers) if each.service in tier), _BEHIND_ALL)
            for each in (one, other)
        )
        if mine == _BEHIND_ALL or (
            one.bound not in (None, counter) and self._is_left_to(str(one.bound), one.service)
        ):
            return False
        if mine != theirs:
            return mine < theirs
        if (one.claim is None) != (other.claim is None):
            due = self._rules.strict
            due = due or self._others_called.get(counter, 0) >= self._rules.others_first
            return (one.claim is not None) == due
        ranks = [self._rules.ranks.get(each.claim or "", _BEHIND_ALL) for each in (one, other)]
        return (ranks[0], one.arrived, one.order) < (ranks[1], other.arrived, other.order)

    def _is_left_to(self, counter: str, service: str) -> bool:
        takes = any(service in tier for tier in self._rules.profiles.get(counter, ()))
        return takes and counter in self._officers


def _excuse(by_rule: bool, reason: str) -> str:
    if by_rule:
        return "rule"
    return "reason" if reason.strip() else "none"
