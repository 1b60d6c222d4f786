"""A search for sequences of commands that serve a citizen out of turn unseen: by one officer, and by two together."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from benchmarks.line import judging
from benchmarks.line.bench import dishonest_sequence
from benchmarks.line.dishonest import DishonestHall
from benchmarks.line.hall import Hall, plan
from service_floor.queue.planning.plan import PriorityRule

SHARE = settings(max_examples=settings.default.max_examples // 4, stateful_step_count=12)


class OneOfficer(RuleBasedStateMachine):
    """Whatever a dishonest officer presses, the report shows whom it put back."""

    officers = ("q1",)

    @initialize(priority=st.sampled_from(PriorityRule))
    def open_the_hall(self, priority: PriorityRule) -> None:
        self.hall = Hall(plan(priority))

    @rule(data=st.data(), steps=st.integers(1, 8))
    def press(self, data: st.DataObject, steps: int) -> None:
        """Several presses in one rule: a story needs a call, its end, and the next call."""

        def choose(below: int) -> int:
            return data.draw(st.integers(0, below - 1))

        day = DishonestHall(self.hall, self.officers, choose)
        for _ in range(steps):
            day.step()

    def teardown(self) -> None:
        if hasattr(self, "hall"):
            assert judging.unseen(self.hall) == []


class TwoOfficers(OneOfficer):
    officers = ("q1", "q2")


TestOneOfficer = pytest.mark.slow(OneOfficer.TestCase)
TestTwoOfficers = pytest.mark.slow(TwoOfficers.TestCase)
TestOneOfficer.settings = TestTwoOfficers.settings = SHARE


@pytest.mark.slow
@pytest.mark.parametrize("hidden", ["no_show", "cancelled", "parked", "transferred", "short_visit"])
def test_a_report_that_hides_a_way_is_caught(hidden, monkeypatch) -> None:
    class Hiding(judging.Judge):
        @property
        def ways(self):
            return [way for way in super().ways if way.way != hidden]

    monkeypatch.setattr(judging, "Judge", Hiding)
    missing = (
        finding for seed in range(60) for finding in judging.unseen(dishonest_sequence(seed))
    )
    assert hidden in {finding.how for finding in missing}
