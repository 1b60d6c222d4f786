"""Commands declare who may give them and for which counter: one that does not cannot be defined."""

from dataclasses import dataclass
from typing import ClassVar, Literal

import pytest

from service_floor.queue.actors import COUNTERS
from service_floor.queue.cases import NO_COUNTER, OWN_COUNTER, ActsFor, FloorCommand
from service_floor.queue.commands import CallNext, IssueTicket, Transfer


def test_a_command_without_a_declaration_cannot_be_defined() -> None:
    with pytest.raises(TypeError, match="does not declare acts_for, decide, given_by"):

        @dataclass(frozen=True, slots=True)
        class Undeclared(FloorCommand):
            at_counter: str
            kind: Literal["undeclared"] = "undeclared"


def test_a_command_cannot_act_for_a_field_that_it_does_not_have() -> None:
    with pytest.raises(TypeError, match="no field counter"):

        @dataclass(frozen=True, slots=True)
        class Misnamed(FloorCommand):
            given_by: ClassVar = COUNTERS
            acts_for: ClassVar = OWN_COUNTER
            at_counter: str
            kind: Literal["misnamed"] = "misnamed"

            def decide(self, case):
                return ()


def test_a_field_that_may_be_empty_names_no_counter_to_act_for() -> None:
    with pytest.raises(TypeError, match="no field counter of type str"):

        @dataclass(frozen=True, slots=True)
        class Vague(FloorCommand):
            given_by: ClassVar = COUNTERS
            acts_for: ClassVar = OWN_COUNTER
            counter: str | None = None
            kind: Literal["vague"] = "vague"

            def decide(self, case):
                return ()


def test_a_declaration_is_not_inherited_from_another_command() -> None:
    with pytest.raises(TypeError, match="does not declare"):

        class Heir(CallNext):
            pass


def test_the_counter_of_a_command_is_in_the_field_that_it_declares() -> None:
    @dataclass(frozen=True, slots=True)
    class Renamed(FloorCommand):
        given_by: ClassVar = COUNTERS
        acts_for: ClassVar = ActsFor("at_counter")
        at_counter: str
        kind: Literal["renamed"] = "renamed"

        def decide(self, case):
            return ()

    assert Renamed("c7").counter_acted_for() == "c7"
    assert Transfer("c1", "land", "c2").counter_acted_for() == "c1"
    assert IssueTicket.acts_for is NO_COUNTER
    assert IssueTicket(("land",)).counter_acted_for() is None
