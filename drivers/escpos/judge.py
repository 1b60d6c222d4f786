"""Verdict on one print job: printed only on proof, and what the printer's silence teaches about its abilities.

The identity is proof by itself; for firmware without GS ( H the answer to GS r together with a healthy status is
accepted. On a serial line a second identity must follow (`power_witness`). Without proof the slip is unknown.
"""

from drivers.errors import DeviceError
from drivers.escpos.answers.learned import TIMES_UNANSWERED, Ability
from drivers.escpos.back_channel import BackChannel
from drivers.escpos.condition import ConditionReader
from drivers.escpos.power_witness import Memory, PowerWitness
from drivers.escpos.proof import Proof
from drivers.escpos.status import STOPPED, PrinterReason
from drivers.protocols import Confidence, PrintOutcome, PrintResult


class Judge:
    """Judges the jobs of one printer; used by its one thread."""

    def __init__(
        self, back: BackChannel, witness: PowerWitness, condition: ConditionReader
    ) -> None:
        self._back = back
        self._witness = witness
        self._condition = condition

    def result(self, proof: Proof, sent: int, *, is_whole: bool) -> PrintResult:
        """The outcome; `is_whole` is whether all bytes of the job left."""
        if proof.printed:
            self._back.learned.answered(Ability.IDENTITY)
        # Without a witness a serial line may have lost what stands before the name.
        sure = Confidence.FENCE if self._witness.memory is Memory.NAMES else Confidence.PROCESS_ID
        if proof.printed and (proof.worked_off or not proof.has_fence):
            return PrintResult(PrintOutcome.PRINTED, "", sent, sure)
        trouble, is_well = self._trouble()
        if is_well and is_whole:
            self._learn(proof)
        if proof.printed:
            return PrintResult(PrintOutcome.PRINTED, trouble, sent, sure)
        is_fence_enough = self._witness.memory in {Memory.NOT_ASKED, Memory.NONE}
        is_fence_enough &= not self._back.learned.has(Ability.IDENTITY)
        if proof.worked_off and not trouble and is_fence_enough:
            return PrintResult(PrintOutcome.PRINTED, "", sent, Confidence.FENCE)
        unproved = PrinterReason.NO_PROOF if proof.is_possible else PrinterReason.GIVES_NO_PROOF
        return PrintResult(PrintOutcome.UNKNOWN, trouble or unproved, sent, Confidence.TRANSPORT)

    def _trouble(self) -> tuple[str, bool]:
        """What is wrong now, empty if nothing, and whether the printer reports that it is well."""
        try:
            status = self._back.unasked.trouble or self._condition.read()
        except DeviceError as error:
            return error.reason, False
        is_stopped = status.health in STOPPED
        return status.reasons[0] if is_stopped else "", not is_stopped

    def _learn(self, proof: Proof) -> None:
        """Note what a printer that is well did not answer; one that named its slip has worked off the rest too."""
        if proof.printed:
            self._back.learned.missed(Ability.FENCE, most=1)
        elif proof.worked_off:
            self._back.learned.missed(Ability.IDENTITY, most=TIMES_UNANSWERED)
        else:
            self._back.learned.missed(Ability.IDENTITY, Ability.FENCE, most=TIMES_UNANSWERED)
