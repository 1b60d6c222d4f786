"""Decider of the floor: authorises and decides commands, and folds each event into floor, projection and counts on one
path."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from hub.accounts.rights import may_command
from hub.floor.decider import Request
from hub.floor.feed import EncodedPut
from hub.floor.floor_views import reprint_view, ticket_place
from hub.floor.projection import Projection
from hub.floor.tallies import Tallies
from hub.floor.undo_of_press import undo
from hub.journal.journal import Page, Recorded
from hub.messages import Answer, ErrorBody, TicketPlace, WireError
from service_floor.dossiers.typed import changed_ticket, ticket_of
from service_floor.queue.commands import HandInTicket, Order
from service_floor.queue.concerns.issuing import IssueRefusal
from service_floor.queue.events import (
    CallAnnounced,
    DayOpened,
    NumbersLeased,
    SlipReported,
    TicketCalled,
    TicketIssued,
    TicketRecalled,
)
from service_floor.queue.floor import Floor, FloorEvent
from service_floor.queue.planning.plan import FloorPlan
from service_floor.queue.refusals import Refusal
from service_floor.queue.rules import Rules
from service_floor.queue.tickets import Ticket
from service_floor.zone import business_day

OF_THE_HUB = "hub"
"""The device of events without a command."""


class Counts(NamedTuple):
    """What has happened today."""

    issued: int = 0
    called: int = 0
    printed: int = 0
    announced: int = 0

    def after(self, event: FloorEvent) -> "Counts":
        """The counts with this event."""
        match event:
            case DayOpened():
                return Counts()
            case TicketIssued():
                return self._replace(issued=self.issued + 1)
            case TicketCalled() | TicketRecalled():
                return self._replace(called=self.called + 1)
            case SlipReported(outcome="printed"):
                return self._replace(printed=self.printed + 1)
            case CallAnnounced(outcome="announced"):
                return self._replace(announced=self.announced + 1)
            case _:
                return self


class LiveFloor:
    """The decider of the floor, owned by the writer's thread. After an exception it may be half-way: fold a new one."""

    def __init__(
        self, plan: FloorPlan, projection: Projection, fresh_id: Callable[[], str], tallies: Tallies
    ) -> None:
        self._counts = Counts()
        self._plan = plan
        self._floor = Floor()
        self._rules = Rules(plan, self._floor)
        self._projection = projection
        self._fresh_id = fresh_id
        self._tallies = tallies

    @property
    def day(self) -> date | None:
        """The business day, None before the first."""
        return self._floor.day

    @property
    def counts(self) -> Mapping[str, int]:
        """What has happened today."""
        return self._counts._asdict()

    def restore(self, recorded: Iterable[Recorded]) -> None:
        """Fold the events of the journal, and compare the day with the plan."""
        self._projection.start_again()
        for event, at in recorded:
            self._fold(event, at)
        self._tallies.notices.compare(self._plan, self._floor)

    def time_is_due(self, now: datetime) -> bool:
        """Whether events are due by time."""
        return bool(self._rules.due(now))

    def let_time_pass(self, page: Page, now: datetime) -> None:
        """Record the events that are due."""
        for event in self._rules.due(now):
            self._happen(page, event, now, OF_THE_HUB)

    def carry_out(self, page: Page, request: Request, now: datetime) -> Answer:
        """Authorise, decide, fold and record the events."""
        req, order = request.req, Order(request.command, request.actor, now, self._fresh_id())
        if not may_command(order.actor, order.command):
            not_allowed = ErrorBody(code=WireError.NOT_ALLOWED, data={"kind": order.command.kind})
            return Answer(req=req, ok=False, error=not_allowed)
        decision = self._rules.decide(order)
        if isinstance(decision, Refusal):
            if decision.code is IssueRefusal.TOO_FAST:
                self._tallies.notices.note_too_fast(order.actor.device, now)
            error = ErrorBody(code=decision.code.value, data=dict(decision.data))
            return Answer(req=req, ok=False, error=error)
        for event in decision:
            self._happen(page, event, order.now, order.actor.device)
        return Answer(req=req, ok=True, result=self._result(decision))

    def follow_up(self, page: Page, request: Request, now: datetime) -> None:
        """Undo the press that a handed-in ticket replaces; where the rules refuse that, the ticket stays as it is."""
        if isinstance(request.command, HandInTicket):
            cancel = undo(page, request.command, request.actor, now)
            if cancel is not None:
                decision = self._rules.decide(Order(cancel, request.actor, now, ""))
                for event in () if isinstance(decision, Refusal) else decision:
                    self._happen(page, event, now, request.actor.device)

    def look_up(self, code: str) -> TicketPlace | WireError:
        """Where a ticket of today stands, by its id, its number, or what Telex has left of its id."""
        ticket = self._floor.ticket(code) or self._floor.by_number(code) or self._typed(code)
        if ticket is None:
            return WireError.UNKNOWN_TICKET
        return ticket_place(self._plan, self._floor, ticket)

    def _typed(self, code: str) -> Ticket | None:
        """A ticket whose id was typed through an input method; only ids of earlier versions do not survive it."""
        found = ticket_of(code, self._floor.tickets) if changed_ticket(code) else None
        return self._floor.ticket(found) if found else None

    def take_puts(self, now: datetime) -> tuple[EncodedPut, ...]:
        """The news for the feed."""
        return self._projection.take(self._floor, now)

    def each_second(self) -> None:
        """Compare the views that change without an event of their own, and count the numbers that kiosks hold in
        advance."""
        self._projection.note_time()
        held: Counter[str] = Counter()
        for lease in self._floor.leases.values():
            held[lease.device] += len(lease.numbers)
        self._tallies.leased = dict(held)

    def _happen(self, page: Page, event: FloorEvent, at: datetime, device: str) -> None:
        day = event.day if isinstance(event, DayOpened) else self._floor.day
        self._fold(event, at)
        page.record(event, at, day or business_day(at), device)

    def _fold(self, event: FloorEvent, at: datetime) -> None:
        self._floor.fold(event, at)
        self._projection.note(self._floor, event)
        self._counts = self._counts.after(event)

    def _result(self, events: tuple[FloorEvent, ...]) -> dict[str, Any]:
        """What the answer holds of the last event: the views of what it touches."""
        if not events:
            return {}
        event = events[-1]
        if isinstance(event, TicketIssued):
            place = ticket_place(self._plan, self._floor, self._floor.tickets[event.ticket])
            return {**vars(place), "session": event.session}
        if isinstance(event, NumbersLeased):
            numbers = [each.number for each in event.numbers]
            day = self.day.isoformat() if self.day else ""
            return {"lease": event.lease, "service": event.service, "day": day, "numbers": numbers}
        touched = event.touched()
        result: dict[str, Any] = {}
        if touched.ticket is not None:
            result["ticket"] = self._projection.ticket_view(self._floor.tickets[touched.ticket])
        if touched.new_call is not None:
            result["call"] = touched.new_call
        if touched.new_reprint is not None:
            asked = self._floor.reprints[touched.new_reprint]
            result["reprint"] = reprint_view(self._floor, asked)
        return result


def floors(
    plan: FloorPlan, fresh_id: Callable[[], str], tallies: Tallies
) -> Callable[[], LiveFloor]:
    """What the writer makes its decider with. All of them share one projection: the feed goes on where it was."""
    projection = Projection(plan)
    return lambda: LiveFloor(plan, projection, fresh_id, tallies)
