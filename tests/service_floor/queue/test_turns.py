from itertools import cycle

import pytest

from service_floor.queue import commands as c
from service_floor.queue.planning.plan import PriorityRule
from service_floor.queue.turns import ahead_of, rank


def test_a_class_that_left_the_plan_goes_behind_the_known_ones_and_before_the_others(hall):
    normal = hall.issue("land")
    gone = hall.issue("land", priority="merit")
    known = hall.issue("land", priority="elderly")
    priorities = {"elderly": hall.rules.plan.priorities["elderly"]}
    hall.plan(priorities=priorities)
    assert rank(hall.rules.plan, "merit") > rank(hall.rules.plan, "elderly")
    order = []
    for _ in range(3):
        order.append(hall.do(c.CallNext("q1")).ticket)
        hall.do(c.MarkNoShow("q1", "left"))
    assert order == [known, gone, normal]


@pytest.mark.parametrize("rule", PriorityRule)
@pytest.mark.parametrize("pattern", ["n", "np", "nnp", "p", "ppn", "nnnnnp"])
def test_ahead_is_the_number_of_calls_that_come_before(hall, rule, pattern):
    """Where one counter starts afresh, what was promised on the ticket is what happens."""
    hall.calling(priority=rule, normal_per_priority=2)
    kinds = cycle(pattern)
    tickets = [
        hall.issue("land", priority="elderly" if next(kinds) == "p" else None) for _ in range(18)
    ]
    plan = hall.rules.plan
    promised = {t: ahead_of(plan, hall.floor, hall.ticket(t)) for t in tickets}
    for position in range(18):
        called = hall.do(c.CallNext("q1")).ticket
        hall.do(c.MarkNoShow("q1", "left"))
        assert promised[called] == position
