"""A ticket printer on a wire: asks before it prints, and says printed only when the printer proved it.

Proof: behind the print data stands GS ( H with an identity of the job, which comes back when the data is on paper;
behind the cut stands GS r 1, whose answer shows that the buffer was worked off. The identity alone is proof; firmware
that lacks GS ( H is believed on the answer to GS r together with a healthy status, with the reason "fence".
"""

import contextlib
import itertools
import logging
import time
import zlib
from dataclasses import dataclass

from config.model import devices
from drivers.errors import DeviceError, DeviceReason
from drivers.escpos import commands
from drivers.escpos.encoder import EncodedSlip, UnprintableError, encode
from drivers.escpos.status import (
    ERROR_CAUSE,
    OFFLINE_CAUSE,
    PAPER,
    PRINTER,
    Demultiplexer,
    PrinterReason,
    ProcessId,
    QueuedStatus,
    RealTimeStatus,
    decode_real_time,
)
from drivers.protocols import DeviceStatus, Health, PrintOutcome, PrintResult, Transport
from drivers.slip import Slip

FENCE = "fence"
"""The reason of a result that rests on GS r alone."""

_ANSWER_SECONDS = 0.5
_SECOND_PROOF_SECONDS = 1.0
_DOTS_PER_SECOND = 800  # 100 mm/s, slower than any printer of the last twenty years
_BITS_PER_BYTE = 10
_MAX_STALE_READS = 64
_LONGEST_COMMAND = commands.MAX_RASTER_ROWS * 72 + 8


@dataclass(slots=True)
class _Proof:
    """What came back for one job."""

    printed: bool = False
    worked_off: bool = False


class EscposPrinter:
    """Drives one printer over an open transport; `patience` is what it may take beyond wire and paper speed."""

    def __init__(
        self,
        transport: Transport,
        profile: devices.EscposPrinter,
        device: str,
        *,
        patience: float = 5.0,
    ) -> None:
        self._transport = transport
        self._profile = profile
        self._patience = patience
        self._log = logging.getLogger(f"device.{device}")
        self._incoming = Demultiplexer()
        self._jobs = itertools.count(1)
        self._cut_short = False

    def print(self, slip: Slip) -> PrintResult:
        """Print `slip`, unless the printer cannot or does not say that it can."""
        try:
            encoded = encode(slip, self._profile)
            status = self.status()
        except UnprintableError as error:
            self._log.error("job %s: %s does not fit", slip.job, error)
            return PrintResult(PrintOutcome.FAILED, PrinterReason.UNPRINTABLE)
        except DeviceError as error:
            return PrintResult(PrintOutcome.FAILED, error.reason)
        if status.health in {Health.UNKNOWN, Health.FAULT}:
            return PrintResult(PrintOutcome.FAILED, status.reasons[0])
        result = self._send(slip.job, encoded)
        self._log.info("job %s: %s %s", slip.job, result.outcome, result.reason)
        return result

    def status(self) -> DeviceStatus:
        """Ask DLE EOT 1, 4, 2 and 3; a silence ends the questions, for a late answer would be taken for another's."""
        answers: dict[int, int] = {}
        for kind in (PRINTER, PAPER, OFFLINE_CAUSE, ERROR_CAUSE):
            answer = self._ask(kind)
            if answer is None:
                break
            answers[kind] = answer
        return decode_real_time(answers)

    def close(self) -> None:
        """Release the wire."""
        self._transport.close()

    def _ask(self, kind: int) -> int | None:
        self._forget_stale()
        if not self._transport.write(commands.request_status(kind), _ANSWER_SECONDS):
            return None
        end = time.monotonic() + _ANSWER_SECONDS
        while data := self._transport.read(256, max(0.0, end - time.monotonic())):
            for event in self._incoming.feed(data):
                if isinstance(event, RealTimeStatus):
                    return event.byte
        return None

    def _send(self, job: str, encoded: EncodedSlip) -> PrintResult:
        identity = self._identity(job)
        data = b"".join(
            (
                self._end_of_torn_command(),
                encoded.data,
                commands.request_process_id(identity),
                commands.PARTIAL_CUT,
                commands.TRANSMIT_PAPER_STATUS,
            )
        )
        # A printer with a full buffer takes bytes as fast as it prints; a slow line carries them after the kernel did.
        seconds = (
            self._wire_seconds(len(data)) + encoded.height_dots / _DOTS_PER_SECOND + self._patience
        )
        try:
            sent = self._transport.write(data, seconds)
        except DeviceError as error:
            return PrintResult(PrintOutcome.FAILED, error.reason)
        self._cut_short = 0 < sent < len(data)
        if not sent:
            return PrintResult(PrintOutcome.FAILED, DeviceReason.TIMEOUT)
        return self._result(identity, sent, 0.0 if self._cut_short else seconds)

    def _result(self, identity: bytes, sent: int, seconds: float) -> PrintResult:
        proof = self._await_proof(identity, seconds)
        if proof.printed and proof.worked_off:
            return PrintResult(PrintOutcome.PRINTED, "", sent)
        try:
            status = self.status()
        except DeviceError as error:
            status = DeviceStatus(Health.UNKNOWN, (error.reason,))
        is_well = status.health in {Health.READY, Health.WARNING}
        trouble = "" if is_well else status.reasons[0]
        if proof.printed:
            return PrintResult(PrintOutcome.PRINTED, trouble, sent)
        if proof.worked_off and is_well:
            return PrintResult(PrintOutcome.PRINTED, FENCE, sent)
        return PrintResult(PrintOutcome.UNKNOWN, trouble or PrinterReason.NO_PROOF, sent)

    def _await_proof(self, identity: bytes, seconds: float) -> _Proof:
        """Wait for both proofs; after one of them the other must follow soon."""
        proof = _Proof()
        end = time.monotonic() + seconds
        with contextlib.suppress(DeviceError):  # a lost wire ends the waiting, not what was proved
            while data := self._transport.read(256, max(0.0, end - time.monotonic())):
                for event in self._incoming.feed(data):
                    proof.printed |= event == ProcessId(identity)
                    proof.worked_off |= isinstance(event, QueuedStatus)
                if proof.printed and proof.worked_off:
                    break
                if proof.printed or proof.worked_off:
                    end = min(end, time.monotonic() + _SECOND_PROOF_SECONDS)
        return proof

    def _forget_stale(self) -> None:
        self._incoming = Demultiplexer()
        for _ in range(_MAX_STALE_READS):
            if not self._transport.read(256, 0.0):
                return

    def _end_of_torn_command(self) -> bytes:
        """Return what ends a command that an earlier job left half sent; a printer ignores NUL between commands."""
        return bytes(_LONGEST_COMMAND) if self._cut_short else b""

    def _identity(self, job: str) -> bytes:
        """Return four printable characters, different from those of the jobs before."""
        number = zlib.crc32(f"{job}/{next(self._jobs)}".encode())
        return bytes(0x21 + number // 94**place % 94 for place in range(4))

    def _wire_seconds(self, count: int) -> float:
        port = self._profile.port
        return count * _BITS_PER_BYTE / port.baud if isinstance(port, devices.SerialPort) else 0.0
