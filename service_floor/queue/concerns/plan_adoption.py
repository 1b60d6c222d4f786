"""Adoption of a plan: what the journal keeps of the calling rules, so that a day is judged by the rules of that day."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from service_floor.queue.floor import Floor, FloorEvent, Touched
from service_floor.queue.planning.plan import Counter, FloorPlan, PriorityClass, PriorityRule

_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class PlanAdopted(FloorEvent):
    """From here on the floor calls by these rules, until the day is over or another plan is adopted.

    `profiles` are the tiers of each counter and `ranks` those of the priority classes, both in order of their ids.
    `recall_limit` is None where it was adopted before the journal kept what is promised to a called citizen. `centre` is
    the name of the centre.
    """

    profiles: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    ranks: tuple[tuple[str, int], ...]
    priority: str
    normal_per_priority: int
    receptions: tuple[str, ...] = ()
    recall_limit: int | None = None
    no_show_seconds: int = 0
    shortest_visit_seconds: int = 0
    centre: str = ""
    kind: Literal["plan_adopted"] = "plan_adopted"

    def fold(self, floor: Floor, at: datetime) -> None:
        floor.adopted = self

    def touched(self) -> Touched:
        return Touched()


def adoption_of(plan: FloorPlan) -> PlanAdopted:
    """The event by which a plan comes into force. Two plans that call alike give equal events."""
    return PlanAdopted(
        profiles=tuple((name, plan.counters[name].profile) for name in sorted(plan.counters)),
        ranks=tuple((name, plan.priorities[name].rank) for name in sorted(plan.priorities)),
        priority=plan.calling.priority.value,
        normal_per_priority=plan.calling.normal_per_priority,
        receptions=tuple(name for name in sorted(plan.counters) if plan.counters[name].reception),
        recall_limit=plan.calling.recall_limit,
        no_show_seconds=plan.calling.no_show_wait // _SECOND,
        shortest_visit_seconds=plan.calling.shortest_visit // _SECOND,
        centre=plan.centre,
    )


def plan_under(adopted: PlanAdopted, plan: FloorPlan) -> FloorPlan:
    """The plan as it called when that was adopted: whatever names no order of calling is as in `plan`."""
    counters = {
        name: replace(_counter(plan, name, profile), reception=name in adopted.receptions)
        for name, profile in adopted.profiles
    }
    priorities = {name: _priority(plan, name, rank) for name, rank in adopted.ranks}
    calling = replace(
        plan.calling,
        priority=PriorityRule(adopted.priority),
        normal_per_priority=adopted.normal_per_priority,
    )
    if adopted.recall_limit is not None:
        calling = replace(
            calling,
            recall_limit=adopted.recall_limit,
            no_show_wait=adopted.no_show_seconds * _SECOND,
            shortest_visit=adopted.shortest_visit_seconds * _SECOND,
        )
    return replace(plan, counters=counters, priorities=priorities, calling=calling)


def _counter(plan: FloorPlan, name: str, profile: tuple[tuple[str, ...], ...]) -> Counter:
    known = plan.counters.get(name) or Counter(name, 0, name, ())
    return replace(known, profile=profile)


def _priority(plan: FloorPlan, name: str, rank: int) -> PriorityClass:
    known = plan.priorities.get(name) or PriorityClass(name, name, rank)
    return replace(known, rank=rank)


Event = PlanAdopted
