"""Verdicts on jobs of a printer that reports a state and answers nothing else."""

import pytest

from drivers.errors import DeviceError, DeviceReason
from drivers.escpos.answers.learned import Ability, Learned
from drivers.escpos.answers.unasked import Unasked
from drivers.escpos.judge import Judge
from drivers.escpos.power_witness import Memory
from drivers.escpos.proof import Proof
from drivers.protocols import Confidence, DeviceStatus, Health, PrintOutcome, PrintResult

WELL, OUT = DeviceStatus(Health.READY), DeviceStatus(Health.FAULT, ("out_of_paper",))


class Part:
    """The parts of a driver that a judge looks at."""

    def __init__(self, status: DeviceStatus | None = WELL) -> None:
        self.learned, self.unasked = Learned(), Unasked()
        self.memory = Memory.NOT_ASKED
        self._status = status

    def read(self) -> DeviceStatus:
        if self._status is None:
            raise DeviceError(DeviceReason.DISCONNECTED, "p")
        return self._status


def judged(part: Part, *, printed=False, worked_off=False, has_fence=True) -> PrintResult:
    proof = Proof((b"aaaa",), has_fence, printed=printed, worked_off=worked_off)
    return Judge(part, part, part).result(proof, 100, is_whole=True)


def test_an_identity_proves_a_slip_and_the_absent_fence_is_noted() -> None:
    part = Part()
    assert judged(part, printed=True).confidence is Confidence.PROCESS_ID
    assert part.learned.lacks(Ability.FENCE)


def test_a_fence_that_is_missing_for_a_reason_is_not_absent() -> None:
    part = Part(OUT)
    assert judged(part, printed=True).reason == "out_of_paper"
    assert not part.learned.lacks(Ability.FENCE)


def test_a_fence_proves_nothing_of_a_printer_that_names_its_slips() -> None:
    part = Part()
    assert judged(part, worked_off=True).outcome is PrintOutcome.PRINTED
    part.learned.answered(Ability.IDENTITY)
    assert judged(part, worked_off=True).reason == "no_proof"


@pytest.mark.parametrize(
    ("status", "reason"), [(WELL, "no_proof"), (OUT, "out_of_paper"), (None, "disconnected")]
)
def test_without_proof_a_slip_is_unknown(status, reason) -> None:
    result = judged(Part(status))
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, reason)


def test_what_a_printer_reported_unasked_is_the_reason() -> None:
    part = Part()
    part.unasked.take(b"\x38\x00\x00\x0f", 1.0)
    assert judged(part).reason == "cover_open"


def test_a_printer_that_never_proves_anything_is_known_after_two_slips() -> None:
    part = Part()
    for _ in range(2):
        assert judged(part).reason == "no_proof"
    assert part.learned.lacks(Ability.IDENTITY)
    nothing = Judge(part, part, part).result(Proof((), has_fence=False), 100, is_whole=True)
    assert (nothing.outcome, nothing.reason) == (PrintOutcome.UNKNOWN, "gives_no_proof")
