"""Scenarios of the matrix of printing and what a verdict finds."""

import pytest

from benchmarks.printing.fault_figures import is_unknowable
from benchmarks.printing.pieces import Piece
from benchmarks.printing.scenarios import (
    NUMBERS,
    PaperVerdict,
    Scenario,
    can_happen,
    scenarios,
)

ONE, TWO, THREE = NUMBERS
WELL = dict.fromkeys(NUMBERS, "printed")


def piece(*seen, whole=()):
    return Piece(frozenset(seen), frozenset(whole), is_blank=not seen)


def alone(number):
    return piece(number, whole=(number,))


def verdict(outcomes, *pieces, traits=(), event="cutter", wire="tcp"):
    return PaperVerdict(Scenario(traits, event, wire, "tcvn3"), WELL | outcomes, pieces)


@pytest.mark.parametrize(
    ("outcomes", "pieces", "found"),
    [
        ({}, (alone(ONE), alone(TWO), alone(THREE)), (0, (), (), ())),
        ({ONE: "unknown"}, (piece(ONE), alone(TWO), alone(THREE)), (0, (), (), ())),
        ({ONE: "failed"}, (alone(TWO), alone(THREE)), (0, (), (), ())),
        ({ONE: "failed"}, (piece(ONE), alone(TWO), alone(THREE)), (0, (ONE,), (), ())),
        ({}, (piece(ONE, TWO, whole=(TWO,)), alone(THREE)), (1, (ONE, TWO), (), ())),
        ({TWO: "failed"}, (alone(ONE), alone(THREE)), (0, (), (TWO,), ())),
        ({}, (alone(ONE), alone(ONE), alone(TWO), alone(THREE)), (0, (), (), (ONE,))),
    ],
)
def test_what_a_verdict_finds(outcomes, pieces, found) -> None:
    judged = verdict(outcomes, *pieces)
    assert (judged.shared, judged.untrue, judged.missing, judged.doubled) == found
    assert judged.is_good is (found == (0, (), (), ()))


def test_a_number_without_any_report_is_not_true() -> None:
    silent = PaperVerdict(
        Scenario((), "", "tcp", "tcvn3"), {}, [alone(number) for number in NUMBERS]
    )
    assert silent.untrue == NUMBERS


@pytest.mark.parametrize(
    ("traits", "event", "wire", "nobody_knows"),
    [
        ((), "power-cycle", "tcp", False),
        ((), "power-cycle", "cups", True),
        (("one-way",), "power-off-at:200", "bare", True),
        (("one-way",), "out-at:300", "bare", False),
        (("loses-buffer",), "", "cups", True),
        (("loses-buffer",), "", "tcp", False),
        (("no-process-id",), "power-cycle", "bare", True),
        (("no-process-id",), "power-cycle", "tcp", False),
        (("no-process-id",), "out-at:300", "bare", False),
    ],
)
def test_what_no_program_can_know(traits, event, wire, nobody_knows) -> None:
    assert is_unknowable(verdict({}, traits=traits, event=event, wire=wire)) is nobody_knows


def test_every_trait_and_every_event_is_tried_on_each_wire_that_knows_it() -> None:
    from benchmarks.printing.faults import FAULTS
    from drivers.simulators.printer.faults import TRAITS

    wanted = list(scenarios())
    named = {name.partition(":")[0] for each in wanted for name in (*each.traits, each.event)}
    assert named >= set(TRAITS) | {fault.partition(":")[0] for fault in FAULTS} - {"near-end-at"}
    assert can_happen("usb-moves:300", "bare") is can_happen("rst-after:3", "cups") is True
    assert can_happen("usb-moves:300", "tcp") is can_happen("rst-after:3", "bare") is False
