"""Decisions: the base of all commands, what a command decides on, and the checks that many commands share."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final, NamedTuple

from service_floor.queue.actors import Actor, Role
from service_floor.queue.floor import Floor, FloorEvent
from service_floor.queue.planning.plan import FloorPlan
from service_floor.queue.refusals import CommonRefusal, Refusal
from service_floor.queue.tickets import CounterState, Desk, Ticket, TicketState

Decision = tuple[FloorEvent, ...] | Refusal


class Attribution(NamedTuple):
    """Who answers for a deed: the officer where known, and the counter where it was done at one."""

    officer: str
    counter: str | None = None


@dataclass(slots=True)
class Case:
    """One command against the floor as it stands. Deciding changes neither the case nor the floor.

    `now` is aware, by the hub's clock; `fresh_id` is an unused id for what the command may create.
    """

    plan: FloorPlan
    floor: Floor
    actor: Actor
    now: datetime
    fresh_id: str

    def known_desk(self, counter: str) -> Desk | Refusal:
        """A counter of the plan."""
        if counter not in self.plan.counters:
            return Refusal(CommonRefusal.UNKNOWN_COUNTER, {"counter": counter})
        return self.floor.desk(counter)

    def staffed_desk(self, counter: str) -> Desk | Refusal:
        """A counter at which an officer is signed in."""
        desk = self.known_desk(counter)
        if isinstance(desk, Desk) and desk.officer is None:
            return Refusal(CommonRefusal.NOT_SIGNED_IN, {"counter": counter})
        return desk

    def calling_desk(self, counter: str) -> Desk | Refusal:
        """A counter that may call: staffed, open, and without a ticket before it."""
        desk = self.staffed_desk(counter)
        if isinstance(desk, Refusal):
            return desk
        if desk.state is CounterState.CLOSED:
            return Refusal(CommonRefusal.COUNTER_CLOSED, {"counter": counter})
        if desk.state is CounterState.PAUSED:
            paused = {"counter": counter, "reason": desk.pause_reason}
            return Refusal(CommonRefusal.COUNTER_PAUSED, paused)
        return self.busy(desk) or desk

    def busy(self, desk: Desk) -> Refusal | None:
        """The refusal of a counter that holds a ticket."""
        if desk.ticket is None:
            return None
        number = self.floor.tickets[desk.ticket].number
        return Refusal(CommonRefusal.COUNTER_BUSY, {"counter": desk.counter, "number": number})

    def attributed(self, *services: str, reception: bool = False) -> "Attribution | Refusal":
        """Who answers for what is done to tickets of these services. A counter's terminal needs a signed-in officer, and
        must take the services, unless it is a `reception` and that is enough."""
        if self.actor.role is not Role.COUNTER:
            return Attribution(self.actor.proven or "")
        desk = self.staffed_desk(self.actor.counter or "")
        if isinstance(desk, Refusal):
            return desk
        counter = self.plan.counters[desk.counter]
        if not (reception and counter.reception):
            other = next((each for each in services if not counter.takes(each)), None)
            if other is not None:
                data = {"counter": desk.counter, "service": other}
                return Refusal(CommonRefusal.SERVICE_NOT_TAKEN, data)
        return Attribution(desk.officer or "", desk.counter)

    def held_ticket(
        self, counter: str, state: TicketState, meant: str | None = None
    ) -> Ticket | Refusal:
        """The ticket that the counter has called, or serves. A paused counter goes on with the one it holds.

        Refused if another ticket than the one `meant` is there; None means the one that is there.
        """
        desk = self.staffed_desk(counter)
        if isinstance(desk, Refusal):
            return desk
        held = self.floor.ticket(desk.ticket) if desk.ticket else None
        if held is not None and held.state is state:
            return held if meant in {None, held.id} else self._gone(meant or "")
        called = state is TicketState.CALLED
        code = CommonRefusal.NOTHING_CALLED if called else CommonRefusal.NOTHING_SERVED
        return Refusal(code, {"counter": counter})

    def _gone(self, meant: str) -> Refusal:
        """The refusal for a ticket that is not at the counter any more."""
        known = self.known_ticket(meant)
        return known if isinstance(known, Refusal) else wrong_state(known)

    def known_ticket(self, ticket: str) -> Ticket | Refusal:
        """A ticket of today by id."""
        known = self.floor.ticket(ticket)
        return known or Refusal(CommonRefusal.UNKNOWN_TICKET, {"ticket": ticket})


def wrong_state(ticket: Ticket) -> Refusal:
    """The ticket is in a state in which the command is not possible."""
    data = {"number": ticket.number, "state": ticket.state.value}
    return Refusal(CommonRefusal.WRONG_STATE, data)


@dataclass(frozen=True, slots=True)
class ActsFor:
    """For which counter a command acts: `field` is the field that names it, None where the command acts for no counter."""

    field: str | None


OWN_COUNTER: Final = ActsFor("counter")
"""The command acts for the counter in its field `counter`; a counter's terminal may name only its own."""
NO_COUNTER: Final = ActsFor(None)
"""The command acts for no counter, so the role decides; what depends on the ticket's counter is up to its decision."""


class FloorCommand:
    """Base of all commands. Each declares the roles that may give it and the counter it acts for, and decides itself.

    A class that leaves one of the declarations out, or names a field that it does not have, raises TypeError when its
    module is imported: authorisation must never depend on a default.
    """

    __slots__ = ()
    # Unknown fields of a command on the wire are refused.
    __pydantic_config__: ClassVar = {"extra": "forbid"}
    given_by: ClassVar[frozenset[Role]]
    acts_for: ClassVar[ActsFor]
    kind: str

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        missing = {"given_by", "acts_for", "decide"} - set(vars(cls))
        if missing:
            raise TypeError(f"{cls.__name__} does not declare {', '.join(sorted(missing))}")
        field = cls.acts_for.field
        if field is not None and cls.__annotations__.get(field) is not str:
            raise TypeError(f"{cls.__name__} has no field {field} of type str to act for")

    def decide(self, case: Case) -> Decision:
        """The events that the command brings, or the refusal."""
        raise NotImplementedError

    def counter_acted_for(self) -> str | None:
        """The counter for which the command acts; None where it acts for none."""
        field = self.acts_for.field
        return None if field is None else str(getattr(self, field))
