"""What of a plan is kept, and the plan that comes back from it."""

from dataclasses import replace

from service_floor.queue.concerns.plan_adoption import adoption_of, plan_under
from service_floor.queue.planning.plan import Counter, PriorityRule


def test_a_plan_comes_back_from_what_is_kept_of_it(hall) -> None:
    plan = hall.rules.plan
    assert plan_under(adoption_of(plan), plan) == plan


def test_what_has_gone_or_changed_since_is_as_it_was(hall) -> None:
    then = hall.rules.plan
    calling = replace(then.calling, priority=PriorityRule.INTERLEAVED, recall_limit=9)
    now = replace(then, counters={}, priorities={}, calling=calling)
    back = plan_under(adoption_of(then), now)
    assert {name: counter.profile for name, counter in back.counters.items()} == {
        name: counter.profile for name, counter in then.counters.items()
    }
    assert {name: known.rank for name, known in back.priorities.items()} == {
        "merit": 1,
        "elderly": 2,
    }
    assert (back.calling.priority, back.calling.recall_limit) == (PriorityRule.STRICT, 3)


def test_a_plan_from_before_the_promises_were_kept_leaves_those_of_today(hall) -> None:
    plan = hall.rules.plan
    counters = {"q1": replace(plan.counters["q1"], reception=True)}
    now = replace(plan, counters=counters, calling=replace(plan.calling, recall_limit=9))
    old = replace(adoption_of(now), recall_limit=None, no_show_seconds=0, shortest_visit_seconds=0)
    assert plan_under(old, now) == now


def test_plans_that_call_alike_are_adopted_once(hall) -> None:
    plan = hall.rules.plan
    renamed = {
        name: replace(counter, name="Quầy mới") for name, counter in reversed(plan.counters.items())
    }
    assert adoption_of(replace(plan, counters=renamed)) == adoption_of(plan)
    fewer = replace(plan, counters={"q1": Counter("q1", 1, "Quầy 1", (("land",),))})
    assert adoption_of(fewer) != adoption_of(plan)


def test_a_changed_plan_is_adopted_once_within_a_day(hall) -> None:
    assert hall.rules.due(hall.now) == ()
    hall.calling(normal_per_priority=7)
    (adopted,) = hall.rules.due(hall.now)
    assert adopted == adoption_of(hall.rules.plan)
    hall.fold(adopted)
    assert hall.rules.due(hall.now) == ()
