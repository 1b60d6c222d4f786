"""Driver of an ESC/POS ticket printer: queries its status before a job, and reports printed only on proof.

Proof: behind the print data stands GS ( H with an identity of the job, which comes back when the data is on paper;
behind the cut stands GS r 1, whose answer shows that the buffer was worked off. The identity is proof by itself; for
firmware without GS ( H the answer to GS r together with a healthy status is accepted. On a serial line a second identity
must follow (`power_witness`). Without proof before the timeout the slip is unknown; `proved_late` reports proof that comes later.
"""

import itertools
import logging
from dataclasses import replace

from config.model import devices
from config.model.printers import Abilities, abilities
from drivers.errors import DeviceError, DeviceReason
from drivers.escpos import commands
from drivers.escpos.back_channel import BackChannel
from drivers.escpos.encoder import EncodedSlip, UnprintableError, encode
from drivers.escpos.graphics.stored_pictures import StoredPictures
from drivers.escpos.power_witness import Memory, PowerWitness, recorded
from drivers.escpos.proof import STOPPED, Proof, await_proof, identities
from drivers.escpos.status import (
    ERROR_CAUSE,
    OFFLINE_CAUSE,
    PAPER,
    PRINTER,
    PrinterReason,
    decode_real_time,
)
from drivers.escpos.torn import TornPaper
from drivers.protocols import (
    Confidence,
    DeviceStatus,
    Health,
    PrintOutcome,
    PrintResult,
    Transport,
)
from drivers.slip import Slip

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
    ) -> None:
        self._transport = transport
        self._settings = settings
        self._can = abilities(settings)
        self._patience = patience
        self._log = logging.getLogger(f"device.{device}")
        self._back = BackChannel(transport, self._log)
        self._stored = StoredPictures(transport, self._back, self._log)
        self._witness = PowerWitness(transport, self._back, self._log)
        self._jobs = itertools.count(1)
        self._torn = TornPaper(transport, self._back, self._can)

    def print(self, slip: Slip) -> PrintResult:
        """Print `slip` if the printer reports that it can; no exception leaves this method."""
        try:
            encoded = encode(slip, self._settings)
            if self._is_one_way:
                return self._hand_over(slip.job, encoded)
        except UnprintableError as error:
            self._log.error("job %s: %s does not fit", slip.job, error)
            return PrintResult(PrintOutcome.FAILED, PrinterReason.UNPRINTABLE)
        except DeviceError as error:
            return PrintResult(PrintOutcome.FAILED, error.reason)
        strip = self.cut_off()
        if strip.outcome is PrintOutcome.FAILED:
            return replace(strip, bytes_sent=0)
        kept = self._stored.kept() if encoded.pictures else frozenset[bytes]()
        if kept:
            encoded = encode(slip, self._settings, kept)
        result = self._send(slip.job, encoded)
        moved = encoded.height_dots if result.bytes_sent else 0
        result = replace(result, dots=strip.dots + moved, torn=self._torn.is_torn)
        if result.outcome is PrintOutcome.PRINTED:
            self._torn.owed = self._stored.give(encoded.pictures, kept)
        self._log.info(
            "job %s: %s %s %s", slip.job, result.outcome, result.confidence, result.reason
        )
        return result

    def status(self) -> DeviceStatus:
        """Ask DLE EOT 1, 4, 2 and 3."""
        if self._is_one_way:
            return DeviceStatus(Health.WARNING, (PrinterReason.STATUS_UNKNOWN,))
        return decode_real_time(self._back.ask((PRINTER, PAPER, OFFLINE_CAUSE, ERROR_CAUSE)))

    def proved_late(self) -> tuple[str, ...]:
        """Take the jobs of unknown outcome for which proof has come since."""
        self._back.catch_up()
        return self._back.take_proved()

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
            self._back.forget_awaited()
            self._torn.forget_proof()
            self._torn.expect()

    def close(self) -> None:
        """Release the wire."""
        self._transport.close()

    @property
    def _is_one_way(self) -> bool:
        """Whether nothing ever comes back (a CUPS queue): a query would be a job of its own."""
        return isinstance(self._settings.port, devices.CupsQueue)

    def _hand_over(self, job: str, encoded: EncodedSlip) -> PrintResult:
        """Print where nothing comes back: that the bytes left is all that is known."""
        cut = commands.PARTIAL_CUT if self._can.cutter else b""
        data = self._torn.strip() + encoded.data + cut
        sent = self._transport.write(data, self._patience)
        self._log.info("job %s: handed over, %d bytes", job, sent)
        if not sent:
            return PrintResult(PrintOutcome.FAILED, DeviceReason.TIMEOUT)
        dots, reason = encoded.height_dots, PrinterReason.NO_PROOF
        result = PrintResult(PrintOutcome.UNKNOWN, reason, sent, Confidence.TRANSPORT, dots)
        return self._torn.judge(job, Proof(()), result, is_taken=sent == len(data))

    def _trouble(self) -> str:
        """Why nothing can be printed now; empty where it can."""
        status = self.status()
        if status.health in STOPPED:
            return status.reasons[0]
        is_free = self._back.is_worked_off(self._patience) and self._is_witness_known()
        return "" if is_free else PrinterReason.STILL_PRINTING.value

    def _seconds_for(self, count: int) -> float:
        """Timeout for `count` bytes that move no paper."""
        return _wire_seconds(count, self._settings.port, self._can) + self._patience

    def _is_witness_known(self) -> bool:
        """Whether it is known what this printer can prove of its power; only a serial line hides its loss."""
        is_hidden = isinstance(self._settings.port, devices.SerialPort) and self._can.process_id
        if not is_hidden or self._witness.memory is not Memory.NOT_ASKED:
            return True
        before = self._torn.end_of_command()
        is_known = self._witness.ask(before, self._seconds_for(len(before)))
        self._torn.is_cut_short = bool(before) and not is_known
        return is_known

    def _send(self, job: str, encoded: EncodedSlip) -> PrintResult:
        is_lasting = self._witness.memory is Memory.LASTING
        names = (
            identities(f"{job}/{next(self._jobs)}", 1 + is_lasting) if self._can.process_id else ()
        )
        data = self._torn.end_of_command() + self._job_data(names, encoded)
        # A printer with a full buffer takes bytes as fast as it prints; a slow line carries them after the kernel did.
        seconds = self._seconds_for(len(data)) + encoded.height_dots / _DOTS_PER_SECOND
        try:
            sent = self._transport.write(data, seconds)
        except DeviceError as error:
            return PrintResult(PrintOutcome.FAILED, error.reason)
        if not sent:
            return PrintResult(PrintOutcome.FAILED, DeviceReason.TIMEOUT)
        is_taken = sent == len(data)
        self._back.fences_out += is_taken
        proof = Proof(names)
        result = self._result(proof, sent, seconds if is_taken else 0.0)
        if result.outcome is PrintOutcome.UNKNOWN and is_taken:
            self._back.await_later(proof.names, job)
        return self._torn.judge(job, proof, result, is_taken=is_taken)

    def _job_data(self, names: tuple[bytes, ...], encoded: EncodedSlip) -> bytes:
        can, data = self._can, encoded.data
        start = recorded(names[1]) if names[1:] else b""
        if can.automatic_status:
            # ESC @ silences automatic status.
            start += commands.AUTOMATIC_STATUS
        if data.startswith(commands.INITIALIZE):
            data = commands.INITIALIZE + start + data[len(commands.INITIALIZE) :]
        return b"".join(
            (
                data,
                commands.request_process_id(names[0]) if names else b"",
                commands.REPEAT_MACRO if names[1:] else b"",
                commands.PARTIAL_CUT if can.cutter else b"",
                commands.TRANSMIT_PAPER_STATUS,
            )
        )

    def _result(self, proof: Proof, sent: int, seconds: float) -> PrintResult:
        await_proof(self._back, proof, seconds)
        # Without a witness a serial line may have lost what stands before the name.
        sure = Confidence.FENCE if self._witness.memory is Memory.NAMES else Confidence.PROCESS_ID
        if proof.printed and proof.worked_off:
            return PrintResult(PrintOutcome.PRINTED, "", sent, sure)
        try:
            status = self.status()
        except DeviceError as error:
            status = DeviceStatus(Health.UNKNOWN, (error.reason,))
        trouble = status.reasons[0] if status.health in STOPPED else ""
        if proof.printed:
            return PrintResult(PrintOutcome.PRINTED, trouble, sent, sure)
        is_fence_enough = self._witness.memory in {Memory.NOT_ASKED, Memory.NONE}
        if proof.worked_off and not trouble and is_fence_enough:
            return PrintResult(PrintOutcome.PRINTED, "", sent, Confidence.FENCE)
        reason = trouble or PrinterReason.NO_PROOF
        return PrintResult(PrintOutcome.UNKNOWN, reason, sent, Confidence.TRANSPORT)


def _wire_seconds(count: int, port: devices.PrinterWire, can: Abilities) -> float:
    """Seconds that a serial line takes for `count` bytes, with the pauses that a printer without handshake needs."""
    if not isinstance(port, devices.SerialPort):
        return 0.0
    pauses = count // can.pace_bytes if can.pace_bytes and port.handshake == "none" else 0
    return count * _BITS_PER_BYTE / port.baud + pauses * can.pace_ms / 1000
