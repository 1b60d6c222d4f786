"""Order of the queue: which ticket a counter calls next, and which tickets go before another."""

from collections.abc import Callable, Iterable
from typing import Final

from service_floor.queue.floor import Floor
from service_floor.queue.lines import Lane, Place, WaitingLines, lane_of, place_of
from service_floor.queue.planning.plan import Counter, FloorPlan, PriorityRule
from service_floor.queue.tickets import Desk, Ticket, TicketState

# A priority class that was removed from the plan goes behind those in it, still before the others.
_LAST_RANK: Final = 1_000_000


def rank(plan: FloorPlan, priority: str) -> int:
    """The rank of a priority class; lower goes first."""
    known = plan.priorities.get(priority)
    return known.rank if known else _LAST_RANK


def next_in_line(
    plan: FloorPlan, counter: Counter, lines: WaitingLines, desk_of: Callable[[str], Desk]
) -> Place | None:
    """Who is called next at a counter: the earliest tier with anybody in it, then priority, then place.

    A ticket that is bound to another counter is left to it, unless no officer is signed in there, or the counter does not
    take its service any more: no ticket is stranded.
    """
    since_priority = desk_of(counter.id).since_priority
    for tier in counter.profile:
        heads = [
            (lane, place)
            for service in tier
            for lane, place in lines.heads(service)
            if lane.counter in (None, counter.id)
            or not is_left_to(plan, lane.counter, service, desk_of)
        ]
        if heads:
            return _choose(plan, heads, since_priority)
    return None


def is_left_to(plan: FloorPlan, counter: str, service: str, desk_of: Callable[[str], Desk]) -> bool:
    """Whether a counter is the only one that calls what is bound to it."""
    known = plan.counters.get(counter)
    return known is not None and known.takes(service) and desk_of(counter).officer is not None


def next_for(plan: FloorPlan, floor: Floor, counter: str) -> Ticket | None:
    """The ticket that the rules call next at a counter, open or not."""
    known = plan.counters.get(counter)
    place = next_in_line(plan, known, floor.lines, floor.desk) if known else None
    return floor.tickets[place.ticket] if place else None


def ahead_of(plan: FloorPlan, floor: Floor, ticket: Ticket) -> int:
    """The number of tickets waiting for the same service that go before this one; 0 where it does not wait."""
    if ticket.state is not TicketState.WAITING:
        return 0
    return ahead_in_line(plan, floor.lines, ticket, ticket.service)


def _choose(
    plan: FloorPlan, heads: Iterable[tuple[Lane, Place]], since_priority: int
) -> Place | None:
    """The first among the heads of several lines."""
    heads = tuple(heads)
    urgent = [(rank(plan, lane.priority), place) for lane, place in heads if lane.priority]
    normal = [place for lane, place in heads if not lane.priority]
    strict = plan.calling.priority is PriorityRule.STRICT
    due = strict or since_priority >= plan.calling.normal_per_priority
    if urgent and (due or not normal):
        return min(urgent)[1]
    return min(normal, default=None)


def ahead_in_line(plan: FloorPlan, lines: WaitingLines, ticket: Ticket, service: str) -> int:
    """How many who wait for `service` go before the ticket where both stand in one tier."""
    mine = _standing(plan, lane_of(ticket))
    place = place_of(ticket)
    lengths = dict(lines.lengths(service))
    earlier = dict(lines.before(service, place))
    if plan.calling.priority is PriorityRule.STRICT:
        return sum(
            _before_by_rank(mine, _standing(plan, lane), earlier[lane], lengths[lane])
            for lane in lengths
        )
    return _ahead_interleaved(plan, mine, earlier, lengths)


def _standing(plan: FloorPlan, lane: Lane) -> int:
    """The rank of a line; the line without priority is behind all."""
    return rank(plan, lane.priority) if lane.priority else _LAST_RANK + 1


def _before_by_rank(mine: int, other: int, earlier: int, length: int) -> int:
    if other < mine:
        return length
    return earlier if other == mine else 0


def _ahead_interleaved(
    plan: FloorPlan, mine: int, earlier: dict[Lane, int], lengths: dict[Lane, int]
) -> int:
    """Each priority ticket lets `normal_per_priority` others go, and each such group lets one priority ticket go."""
    each = plan.calling.normal_per_priority
    urgent = {lane: length for lane, length in lengths.items() if lane.priority}
    normal = sum(length for lane, length in lengths.items() if not lane.priority)
    if mine > _LAST_RANK:
        before = sum(count for lane, count in earlier.items() if not lane.priority)
        return before + min(sum(urgent.values()), before // each)
    before = sum(
        _before_by_rank(mine, _standing(plan, lane), earlier[lane], length)
        for lane, length in urgent.items()
    )
    return before + min(normal, (before + 1) * each)
