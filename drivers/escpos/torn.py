"""Torn paper: what an unfinished slip may have left uncut in a printer, and the bytes that cut it off before the next slip."""

from collections.abc import Callable
from dataclasses import replace

from config.model.printers import Abilities
from drivers.errors import DeviceReason
from drivers.escpos import commands
from drivers.escpos.answers.learned import TIMES_UNANSWERED, Ability
from drivers.escpos.back_channel import BackChannel
from drivers.escpos.paper.cutting import end_of_slip, motion_unit
from drivers.escpos.proof import Proof
from drivers.escpos.status import STOPPED, PrinterReason, is_fence
from drivers.protocols import DeviceStatus, PrintOutcome, PrintResult, Transport

_UNDISTURBED = frozenset(
    {"", PrinterReason.NO_PROOF, PrinterReason.GIVES_NO_PROOF, PrinterReason.ONE_WAY}
)
_LONGEST_COMMAND = commands.MAX_RASTER_ROWS * 72 + 8


def end_of_strip(can: Abilities) -> bytes:
    """What feeds paper to the cutter and cuts it, behind whatever ends a command that was cut short.

    ESC @ drops the letters of a line that was not finished: firmware that cuts only at the beginning of a line would not cut.
    """
    start = commands.INITIALIZE
    if can.automatic_status:
        start += commands.AUTOMATIC_STATUS
    return start + motion_unit(can) + end_of_slip(can)


def may_be_torn(proof: Proof, result: PrintResult, *, is_taken: bool, can_prove: bool) -> bool:
    """Whether a part of a slip may lie uncut behind its attempt; `is_taken` is whether the wire took all bytes.

    Where nothing disturbed wire, paper or cutter the slip's own cut counts, also that of a printer that proves nothing.
    `can_prove` is whether this printer has ever answered a request for proof.
    """
    if not is_taken:
        return True
    is_proved = proof.printed and (proof.worked_off or not proof.has_fence)
    if is_proved and result.outcome is PrintOutcome.PRINTED:
        return False
    if proof.was_stopped or result.reason not in _UNDISTURBED:
        return True
    return result.outcome is PrintOutcome.UNKNOWN and can_prove


class TornPaper:
    """Record of what may lie uncut in one printer, or half sent in its buffer (`is_cut_short`). Used by its one thread.

    `owed` is what must go over the wire before the next job.
    """

    def __init__(self, transport: Transport, back: BackChannel, can: Abilities) -> None:
        self._transport = transport
        self._back = back
        self._can = can
        self._awaited = ""
        self._is_printed = False
        self._lost = 0
        self._strip_lost: int | None = None
        self.is_torn = self.is_cut_short = False
        self.owed = b""

    def expect(self) -> None:
        """An earlier slip may be torn. One of this connection, of which that is known, may still be proved."""
        if not self.is_torn:
            self._awaited = ""
        self.is_torn = self.is_cut_short = True

    def forget_proof(self) -> None:
        """The printer has lost its buffer: no proof of what is torn can come any more."""
        self._awaited, self._strip_lost = "", None

    def end(self) -> None:
        """Nothing is torn any more."""
        self.is_torn = self.is_cut_short = False
        self._awaited, self._strip_lost = "", None

    def judge(self, job: str, proof: Proof, result: PrintResult, *, is_taken: bool) -> PrintResult:
        """The result of a slip with what may be torn by it."""
        learned = self._back.learned
        can_prove = (
            self._back.can_prove or learned.has(Ability.IDENTITY) or learned.has(Ability.FENCE)
        )
        self.is_torn = may_be_torn(proof, result, is_taken=is_taken, can_prove=can_prove)
        self.is_cut_short = self.is_torn
        self._awaited = job if is_taken else ""
        self._is_printed = result.outcome is PrintOutcome.PRINTED and proof.printed
        self._lost = self._back.fences_lost
        return replace(result, torn=self.is_torn)

    def look_back(self) -> None:
        """Decide by what came since: the last slip's proofs end the doubt; a fence that was lost, where others come, is one."""
        if not self._awaited:
            return
        is_printed = self._is_printed or self._back.late.latest == self._awaited
        if self._back.fences_lost > self._lost:
            self.forget_proof()
            self.expect()
        elif is_printed and not self._back.fences_out:
            self.end()

    def end_of_command(self) -> bytes:
        """Take what ends a command that an earlier job left half sent; a printer ignores NUL between commands."""
        owed, self.owed = self.owed, b""
        return owed + (bytes(_LONGEST_COMMAND) if self.is_cut_short else b"")

    def strip(self) -> bytes:
        """Take what ends such a command, feeds the paper to the cutter and cuts it; empty where nothing is torn."""
        return self.end_of_command() + end_of_strip(self._can) if self.is_torn else b""

    def cut_off(
        self, seconds_for: Callable[[int], float], status: Callable[[], DeviceStatus] | None
    ) -> PrintResult:
        """Cut off what may be torn, and wait until that is done; FAILED where it may hang there still.

        `seconds_for` so many bytes is the timeout, `status` queries a printer that answers.
        """
        self.look_back()
        if not self.is_torn:
            return PrintResult(PrintOutcome.PRINTED, torn=False)
        has_fence = status is not None and not self._back.learned.lacks(Ability.FENCE)
        dots = self._can.feed_before_cut_dots
        failed = PrintResult(PrintOutcome.FAILED, torn=True)
        seconds = seconds_for(0)
        if not self._is_strip_under_way():
            data = self.strip() + (commands.TRANSMIT_PAPER_STATUS if has_fence else b"")
            failed, seconds = replace(failed, dots=dots), seconds_for(len(data))
            if self._transport.write(data, seconds) < len(data):
                self.is_cut_short = True
                return replace(failed, reason=DeviceReason.TIMEOUT)
            self.is_cut_short = False
            # Fences of earlier slips that never come are no loss of the strip.
            most = self._back.fences_lost + self._back.fences_out
            self._strip_lost = most if has_fence else None
            self._back.fences_out += has_fence
        if status:
            is_done = not has_fence or self._is_worked_off(seconds)
            found = status()
            if found.health in STOPPED:
                return replace(failed, reason=found.reasons[0])
            if not is_done or self._is_strip_lost():
                return replace(failed, reason=PrinterReason.STILL_PRINTING)
        self.end()
        return replace(failed, outcome=PrintOutcome.PRINTED, torn=False)

    def _is_strip_under_way(self) -> bool:
        """Whether the strip of an earlier attempt is still to come: a busy printer cuts it once, not at every attempt."""
        if self._strip_lost is None:
            return False
        self._back.catch_up()
        return not self._is_strip_lost()

    def _is_strip_lost(self) -> bool:
        """Whether its answer never came where later ones did: it is to be sent again."""
        is_lost = self._strip_lost is not None and self._back.fences_lost > self._strip_lost
        self._strip_lost = None if is_lost else self._strip_lost
        return is_lost

    def _is_worked_off(self, seconds: float) -> bool:
        """Whether the printer answers behind the strip; one that named its slips is asked all the same."""
        if not self._back.fences_out or any(map(is_fence, self._back.ask_queue(seconds))):
            return True
        self._back.learned.missed(Ability.FENCE, most=TIMES_UNANSWERED)
        return self._back.learned.lacks(Ability.FENCE)
