"""Driver of an ESC/POS ticket printer: queries its status before a job, and reports printed only on proof.

Proof: behind the print data stands GS ( H with an identity of the job, which comes back when the data is on paper;
behind the cut stands GS r 1, whose answer shows that the buffer was worked off. `judge` has the verdict, and what the
printer never answers is not sent any more (`answers.learned`). `proved_late` reports proof that comes later.
"""

import itertools
import logging
from dataclasses import replace

from config.model import devices
from config.model.printers import Abilities, abilities
from drivers.errors import DeviceError, DeviceReason
from drivers.escpos import commands
from drivers.escpos.answers.learned import TIMES_UNANSWERED, Ability, Learned
from drivers.escpos.back_channel import BackChannel
from drivers.escpos.condition import ConditionReader
from drivers.escpos.encoder import EncodedSlip, Encoding, UnprintableError, encode
from drivers.escpos.graphics.stored_pictures import StoredPictures
from drivers.escpos.judge import Judge
from drivers.escpos.paper.cutting import end_of_slip
from drivers.escpos.paper.slot import SlotKeeper
from drivers.escpos.power_witness import Memory, PowerWitness, recorded
from drivers.escpos.proof import LOSSY_STOPS, Proof, await_proof, identities, identity
from drivers.escpos.sending import joined, send_bands
from drivers.escpos.status import STOPPED, PrinterReason
from drivers.escpos.torn import TornPaper
from drivers.protocols import (
    Confidence,
    DeviceStatus,
    Health,
    PrintOutcome,
    PrintResult,
    Transport,
)
from drivers.slip import Image, Slip
from drivers.transports.cups import CupsTransport

_DOTS_PER_SECOND = 800  # 100 mm/s, slower than any printer of the last twenty years
_BITS_PER_BYTE = 10


class EscposPrinter:
    """Drives one printer over an open transport; `patience` (s) is its timeout beyond the time of wire and paper."""

    def __init__(
        self,
        transport: Transport,
        settings: devices.EscposPrinter,
        device: str,
        *,
        patience: float = 5.0,
        learned: Learned | None = None,
    ) -> None:
        self._transport = transport
        self._settings = settings
        self._can = abilities(settings)
        self._patience = patience
        self._log = logging.getLogger(f"device.{device}")
        self._learned = learned or Learned()
        if not self._can.process_id:
            self._learned.exclude(Ability.IDENTITY)
        self._back = BackChannel(transport, self._log, self._learned)
        self._condition = ConditionReader(transport, self._back, self._can)
        self._stored = StoredPictures(transport, self._back, self._log)
        self._witness = PowerWitness(transport, self._back, self._log)
        self._judge = Judge(self._back, self._witness, self._condition)
        self._slot = SlotKeeper(transport, settings, self._can, self._log)
        self._jobs = itertools.count(1)
        self._torn = TornPaper(transport, self._back, self._can)

    def print(self, slip: Slip) -> PrintResult:
        """Print `slip` if the printer reports that it can; no exception leaves this method."""
        try:
            if self._is_one_way:
                return self._hand_over(slip.job, encode(slip, self._settings))
            encoding = Encoding(slip, self._settings)
        except UnprintableError as error:
            self._log.error("job %s: %s does not fit", slip.job, error)
            return PrintResult(PrintOutcome.FAILED, PrinterReason.UNPRINTABLE)
        except DeviceError as error:
            return PrintResult(PrintOutcome.FAILED, error.reason)
        strip = self.cut_off()
        if strip.outcome is PrintOutcome.FAILED:
            return replace(strip, bytes_sent=0)
        has_pictures = self._can.nv_graphics and any(isinstance(b, Image) for b in slip.blocks)
        kept = self._stored.kept() if has_pictures else frozenset[bytes]()
        if kept:
            encoding = Encoding(slip, self._settings, kept)
        result = self._send(slip.job, encoding)
        self._slot.is_personal = slip.personal
        moved = encoding.height_dots if result.bytes_sent else 0
        result = replace(result, dots=strip.dots + moved, torn=self._torn.is_torn)
        if result.outcome is PrintOutcome.PRINTED:
            self._torn.owed = self._stored.give(encoding.pictures, kept)
        self._log.info(
            "job %s: %s %s %s", slip.job, result.outcome, result.confidence, result.reason
        )
        return result

    def status(self) -> DeviceStatus:
        """Ask the printer, or take what it reported unasked."""
        if isinstance(self._transport, CupsTransport):
            return self._transport.status()
        if self._is_one_way:
            return DeviceStatus(Health.WARNING, (PrinterReason.ONE_WAY,))
        return self._slot.kept(self._condition.read())

    def proved_late(self) -> tuple[str, ...]:
        """Take the jobs of unknown outcome for which proof has come since."""
        self._back.catch_up()
        return self._back.late.take()

    def expect_torn(self) -> None:
        """Have what an earlier slip may have left cut off before the next, and a half-sent command of it ended."""
        self._torn.expect()

    def cut_off(self) -> PrintResult:
        """Cut off what may be torn, if the printer reports that it can; no exception leaves this method."""
        status = None if self._is_one_way else self.status
        try:
            trouble = self._trouble() if status else ""
            if trouble:
                return PrintResult(PrintOutcome.FAILED, trouble)
            return self._torn.cut_off(self._seconds_for, status)
        except DeviceError as error:
            return PrintResult(PrintOutcome.FAILED, error.reason)

    def recover(self, *, clear: bool) -> None:
        """DLE ENQ 1 resumes at the stopped line, DLE ENQ 2 clears the printer's buffers; obeyed only while an error stands."""
        self._transport.write(commands.recover(clear=clear), self._patience)
        if clear:
            self._back.late.forget()
            self._torn.forget_proof()
            self._torn.expect()

    def close(self) -> None:
        """Release the wire."""
        self._transport.close()

    @property
    def _is_one_way(self) -> bool:
        """Whether nothing ever comes back: on a CUPS queue a query would be a job of its own."""
        return isinstance(self._settings.port, devices.CupsQueue) or self._settings.one_way

    def _hand_over(self, job: str, encoded: EncodedSlip) -> PrintResult:
        """Print where nothing comes back: that the bytes left is all that is known."""
        data = self._torn.strip() + encoded.data + end_of_slip(self._can)
        # The printer may still be at the slip before, and holds the line back until it has room.
        paper_seconds = 2 * encoded.height_dots / _DOTS_PER_SECOND
        sent = self._transport.write(data, self._seconds_for(len(data)) + paper_seconds)
        self._log.info("job %s: handed over, %d bytes", job, sent)
        if not sent:
            return PrintResult(PrintOutcome.FAILED, DeviceReason.TIMEOUT)
        dots, reason = encoded.height_dots, PrinterReason.ONE_WAY
        result = PrintResult(PrintOutcome.UNKNOWN, reason, sent, Confidence.TRANSPORT, dots)
        return self._torn.judge(job, Proof(()), result, is_taken=sent == len(data))

    def _trouble(self) -> str:
        """Why nothing can be printed now; empty where it can."""
        status = self.status()
        if status.health in STOPPED:
            return status.reasons[0]
        if not self._slot.make_way(status):
            return PrinterReason.NOT_TAKEN.value
        # A fence that comes late can not be taken for the proof of a slip that is named.
        is_named = self._learned.has(Ability.IDENTITY)
        is_free = is_named or self._back.is_worked_off(self._patience)
        is_free = is_free and self._is_witness_known()
        return "" if is_free else PrinterReason.STILL_PRINTING.value

    def _seconds_for(self, count: int) -> float:
        """Timeout for `count` bytes that move no paper."""
        return _wire_seconds(count, self._settings.port, self._can) + self._patience

    def _is_witness_known(self) -> bool:
        """Whether it is known what this printer can prove of its power; only a serial line hides its loss."""
        is_hidden = isinstance(self._settings.port, devices.SerialPort)
        is_hidden &= not self._learned.lacks(Ability.IDENTITY)
        if not is_hidden or self._witness.memory is not Memory.NOT_ASKED:
            return True
        before = self._torn.end_of_command()
        is_known = self._witness.ask(before, self._seconds_for(len(before)))
        self._torn.is_cut_short = bool(before) and not is_known
        if not is_known:
            self._learned.missed(Ability.IDENTITY, Ability.FENCE, most=TIMES_UNANSWERED)
        return is_known or self._learned.lacks(Ability.IDENTITY)

    def _send(self, job: str, encoding: Encoding) -> PrintResult:
        is_lasting = self._witness.memory is Memory.LASTING
        is_named = not self._learned.lacks(Ability.IDENTITY)
        attempt = f"{job}/{next(self._jobs)}"
        names = identities(attempt, 1 + is_lasting) if is_named else ()
        proof = Proof(names, has_fence=not self._learned.lacks(Ability.FENCE))
        first, can_name = self._torn.end_of_command(), self._witness.memory is not Memory.NONE
        data = encoding.bands(
            self._start(names),
            lambda: _mark(self._back, proof, f"{attempt}#{next(self._jobs)}", is_named=can_name),
        )
        bands = joined(first, data, self._end(names))

        def seconds_for(count: int) -> float:
            # A printer with a full buffer takes bytes as fast as it prints; a slow line carries them after the kernel did.
            return self._seconds_for(count) + encoding.height_dots / _DOTS_PER_SECOND

        try:
            sent, offered = send_bands(self._transport, self._back, bands, seconds_for, proof.hear)
        except DeviceError as error:
            return PrintResult(PrintOutcome.FAILED, error.reason)
        if not sent:
            return PrintResult(PrintOutcome.FAILED, DeviceReason.TIMEOUT)
        is_taken, seconds = sent == offered, seconds_for(offered)
        if self._back.unasked.trouble is not None:
            proof.take_stop(self._back.unasked.trouble)
        self._back.fences_out += proof.has_fence and is_taken
        # Where nothing can come back, only the time of wire and paper has to pass.
        seconds -= 0.0 if proof.is_possible else self._patience
        await_proof(self._back, proof, seconds if is_taken else 0.0)
        result = self._judge.result(proof, sent, is_whole=is_taken)
        is_unproved = result.outcome is PrintOutcome.UNKNOWN
        stop = proof.lossy_stop or (result.reason if is_unproved else "")
        if stop in LOSSY_STOPS and not self._can.keeps_buffer:
            # Names and fence behind what was forgotten prove nothing about it.
            unknown, confidence = PrintOutcome.UNKNOWN, Confidence.TRANSPORT
            result = replace(result, outcome=unknown, reason=stop, confidence=confidence)
        elif is_unproved and is_taken:
            self._back.late.expect((*proof.marks, *proof.names), job)
        return self._torn.judge(job, proof, result, is_taken=is_taken)

    def _start(self, names: tuple[bytes, ...]) -> bytes:
        """What stands behind the ESC @ of a slip, which silences automatic status."""
        start = recorded(names[1]) if names[1:] else b""
        return start + (commands.AUTOMATIC_STATUS if self._can.automatic_status else b"")

    def _end(self, names: tuple[bytes, ...]) -> bytes:
        """What stands behind the data of a slip."""
        return b"".join(
            (
                commands.request_process_id(names[0]) if names else b"",
                commands.REPEAT_MACRO if names[1:] else b"",
                end_of_slip(self._can),
                b"" if self._learned.lacks(Ability.FENCE) else commands.TRANSMIT_PAPER_STATUS,
            )
        )


def _mark(back: BackChannel, proof: Proof, name: str, *, is_named: bool) -> bytes:
    """What is to be answered within a slip: who loses a part of it, such as the rest of a picture, swallows this too."""
    if proof.is_named and is_named:
        proof.marks.append(identity(name))
        return commands.request_process_id(proof.marks[-1])
    if not proof.has_fence:
        return b""
    proof.fences_due += 1
    back.fences_out += 1
    return commands.TRANSMIT_PAPER_STATUS


def _wire_seconds(count: int, port: devices.PrinterWire, can: Abilities) -> float:
    """Seconds that a serial line takes for `count` bytes, with the pauses that a printer without handshake needs."""
    if not isinstance(port, devices.SerialPort):
        return 0.0
    pauses = count // can.pace_bytes if can.pace_bytes and port.handshake == "none" else 0
    return count * _BITS_PER_BYTE / port.baud + pauses * can.pace_ms / 1000
