"""What every decision starts from: the plan, the floor, the order, and the checks that many commands share."""

from dataclasses import dataclass

from service_floor.queue.commands import Order
from service_floor.queue.events import Event
from service_floor.queue.floor import Floor
from service_floor.queue.planning.plan import FloorPlan
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.queue.tickets import CounterState, Desk, Ticket, TicketState

Decision = tuple[Event, ...] | Refusal


@dataclass(frozen=True, slots=True)
class Case:
    """One order against the floor as it stands. Deciding reads it and changes nothing."""

    plan: FloorPlan
    floor: Floor
    order: Order

    def known_desk(self, counter: str) -> Desk | Refusal:
        """A counter of the plan."""
        if counter not in self.plan.counters:
            return Refusal(RefusalCode.UNKNOWN_COUNTER, {"counter": counter})
        return self.floor.desk(counter)

    def staffed_desk(self, counter: str) -> Desk | Refusal:
        """A counter at which an officer is signed in."""
        desk = self.known_desk(counter)
        if isinstance(desk, Desk) and desk.officer is None:
            return Refusal(RefusalCode.NOT_SIGNED_IN, {"counter": counter})
        return desk

    def calling_desk(self, counter: str) -> Desk | Refusal:
        """A counter that may call: staffed, open, and with nobody before it."""
        desk = self.staffed_desk(counter)
        if isinstance(desk, Refusal):
            return desk
        if desk.state is CounterState.CLOSED:
            return Refusal(RefusalCode.COUNTER_CLOSED, {"counter": counter})
        if desk.state is CounterState.PAUSED:
            paused = {"counter": counter, "reason": desk.pause_reason}
            return Refusal(RefusalCode.COUNTER_PAUSED, paused)
        return self.busy(desk) or desk

    def busy(self, desk: Desk) -> Refusal | None:
        """The refusal of a counter that holds a ticket."""
        if desk.ticket is None:
            return None
        number = self.floor.tickets[desk.ticket].number
        return Refusal(RefusalCode.COUNTER_BUSY, {"counter": desk.counter, "number": number})

    def held_ticket(self, counter: str, state: TicketState) -> Ticket | Refusal:
        """The ticket that the counter has called, or serves. A paused counter goes on with the one it holds."""
        desk = self.staffed_desk(counter)
        if isinstance(desk, Refusal):
            return desk
        held = self.floor.ticket(desk.ticket) if desk.ticket else None
        if held is not None and held.state is state:
            return held
        called = state is TicketState.CALLED
        code = RefusalCode.NOTHING_CALLED if called else RefusalCode.NOTHING_SERVED
        return Refusal(code, {"counter": counter})

    def known_ticket(self, ticket: str) -> Ticket | Refusal:
        """A ticket of today by id."""
        known = self.floor.ticket(ticket)
        return known or Refusal(RefusalCode.UNKNOWN_TICKET, {"ticket": ticket})


def wrong_state(ticket: Ticket) -> Refusal:
    """The ticket is not where the command needs it."""
    return Refusal(RefusalCode.WRONG_STATE, {"number": ticket.number, "state": ticket.state.value})
