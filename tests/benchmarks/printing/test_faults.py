"""The matrix of faults in short: each fault at one phase, and what the verdicts themselves are worth."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.printing.faults import FAULTS, PHASES, Case, Verdict, run_case, wires_of
from drivers.simulators.printer.faults import TRAITS, Fault

ON_A_LINE = (
    "paper-out",
    "cutter",
    "cover-at:300",
    "noise:4",
    "power-cycle",
    "power-cycle-at:200",
    "power-off-at:200",
)
CASES = [
    *(Case(fault, PHASES[place % 4], wires_of(fault)[0], healed=place % 2 == 0) for place, fault in enumerate(FAULTS)),
    *(Case(fault, "middle", ("pty", "paced")[place % 2], healed=True) for place, fault in enumerate(ON_A_LINE)),
    *(Case("power-cycle", phase, "paced", healed=False) for phase in PHASES),
]  # fmt: skip


@pytest.mark.slow
def test_what_is_reported_is_what_the_paper_says(tmp_path) -> None:
    numbered = list(enumerate(CASES))
    # They wait for their printers, each for its own.
    with ThreadPoolExecutor(len(CASES) // 2) as pool:
        verdicts = list(pool.map(lambda at: run_case(at[1], tmp_path / str(at[0])), numbered))
    assert [verdict for verdict in verdicts if not verdict.is_true] == []


CASE = Case("silent", "middle", "tcp", healed=True)


@pytest.mark.parametrize(
    ("outcomes", "sent", "whole", "pieces", "is_true"),
    [
        (("printed",), 500, 1, 1, True),
        (("printed",), 500, 0, 1, False),
        (("unknown", "printed"), 500, 1, 1, True),
        (("unknown",), 500, 0, 0, True),
        (("unknown",), 500, 1, 1, True),
        (("unknown",), 0, 0, 0, False),
        (("unknown",), 500, 2, 2, False),
        (("failed",), 0, 0, 0, True),
        (("failed",), 0, 0, 1, False),
        ((), 0, 0, 0, False),
    ],
)
def test_a_verdict_is_true_where_report_and_paper_agree(
    outcomes, sent, whole, pieces, is_true
) -> None:
    assert Verdict(CASE, outcomes, sent, whole, pieces).is_true is is_true


@pytest.mark.parametrize(
    ("next_outcomes", "next_whole", "shared", "is_true"),
    [
        (("printed",), 1, 0, True),
        (("printed",), 1, 1, False),
        (("printed",), 0, 0, False),
        (("failed",), 0, 0, False),
        ((), 0, 0, False),
    ],
)
def test_a_verdict_counts_the_slip_behind_the_fault(
    next_outcomes, next_whole, shared, is_true
) -> None:
    verdict = Verdict(CASE, ("printed",), 500, 1, 1, next_outcomes, next_whole, shared)
    assert verdict.is_true is is_true


def test_every_fault_of_the_simulator_is_tried() -> None:
    assert {fault.partition(":")[0] for fault in FAULTS} == set(Fault) - TRAITS


def test_each_fault_is_tried_where_it_can_come_about() -> None:
    assert wires_of("rst-after:100") == ("tcp",)
    assert wires_of("usb-moves:300") == ("pty", "paced")
    assert wires_of("power-cycle") == ("tcp", "pty", "paced")
