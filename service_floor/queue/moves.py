"""State machine of a ticket: each event declares the transitions it makes, and folding one moves the ticket.

A transition that no event declares cannot happen. `lifecycle` collects the declarations into one table and its picture.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, ClassVar, Final

from service_floor.queue.floor import Floor, FloorEvent, ImpossibleEventError, Touched
from service_floor.queue.tickets import HELD, Ticket, TicketState


class Passage(StrEnum):
    """A state that a ticket passes through within one event and is never found in."""

    TRANSFERRED = "transferred"


PASSES_ON: Final[Mapping[Passage, TicketState]] = {Passage.TRANSFERRED: TicketState.WAITING}

# A ticket that does not exist yet is None.
Moves = Mapping[TicketState | None, TicketState | Passage]


class TicketEvent(FloorEvent):
    """An event in the life of one ticket. `moves` gives the state it leads to from each state it may happen in."""

    __slots__ = ()
    moves: ClassVar[Moves]
    ticket: str

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        if "kind" in vars(cls).get("__annotations__", {}) and "moves" not in vars(cls):
            raise TypeError(f"{cls.__name__} does not declare its transitions")

    def touched(self) -> Touched:
        """The ticket."""
        return Touched(self.ticket)

    @classmethod
    def after(cls, state: TicketState | None) -> TicketState:
        """The state in which the event leaves a ticket. Raises ImpossibleEventError where it cannot happen."""
        reached = cls.moves.get(state)
        if reached is None:
            problem = f"{cls.__name__} cannot happen to a ticket that is {state or 'new'}"
            raise ImpossibleEventError(problem)
        return PASSES_ON[reached] if isinstance(reached, Passage) else reached


class HeldTicketEvent(TicketEvent):
    """An event at a counter that must hold the ticket: it has called it or serves it."""

    __slots__ = ()
    counter: str

    def touched(self) -> Touched:
        """The ticket and the counter."""
        return Touched(self.ticket, self.counter)


def known_ticket(floor: Floor, ticket: str) -> Ticket:
    """A ticket of today. Raises ImpossibleEventError for an unknown one."""
    known = floor.tickets.get(ticket)
    if known is None:
        raise ImpossibleEventError(f"no ticket {ticket} today")
    return known


def move(floor: Floor, event: TicketEvent, **changes: Any) -> None:
    """Carry a ticket over its transition; lines, parking and desks follow from the old and the new state."""
    old = known_ticket(floor, event.ticket)
    new = replace(old, state=event.after(old.state), **changes)
    left = old.counter if old.state in HELD else None
    taken = new.counter if new.state in HELD else None
    if taken is not None and floor.desk(taken).ticket not in (None, new.id):
        raise ImpossibleEventError(f"counter {taken} already holds a ticket")
    if old.state is TicketState.WAITING:
        floor.lines.remove(old)
    floor.parked.pop(old.id, None)
    floor.tickets[new.id] = new
    if new.state is TicketState.WAITING:
        floor.lines.add(new)
    if new.parked_until is not None:
        floor.parked[new.id] = new.parked_until
    if left is not None and left != taken:
        floor.desks[left] = replace(floor.desk(left), ticket=None)
    if taken is not None:
        floor.desks[taken] = replace(floor.desk(taken), ticket=new.id)


def move_held(floor: Floor, event: HeldTicketEvent, **changes: Any) -> None:
    """The same for an event at a counter, which must hold the ticket."""
    if floor.desk(event.counter).ticket != event.ticket:
        raise ImpossibleEventError(f"counter {event.counter} does not hold {event.ticket}")
    move(floor, event, **changes)


def take_from_lease(floor: Floor, lease: str, numbers: tuple[str, ...]) -> None:
    """Remove numbers from a lease. Raises ImpossibleEventError where it does not hold all of them."""
    if not numbers or any(floor.leased.get(number) != lease for number in numbers):
        raise ImpossibleEventError(f"{numbers} are not set aside by lease {lease}")
    held = floor.leases[lease]
    for number in numbers:
        del floor.leased[number]
    floor.leases[lease] = held.without(numbers)
    floor.leased_for[held.service] -= len(numbers)
