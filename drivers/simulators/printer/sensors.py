"""Sensors of the simulated printer and the encoder of its status bytes: DLE EOT, GS r 1 and automatic status.

DLE EOT 5, 17 and 20 are answered by a presenter; 17 and 20 as Custom's VKP80 and Pyramid's Reliance have them, 5 is assumed.
"""

from dataclasses import dataclass

_WATCHED = ((0, 0x02), (1, 0x04), (2, 0x08))
_FULL = 20
_NEAR_END_BITS, _END_BITS = 0x03, 0x0C


@dataclass(frozen=True, slots=True)
class Sensors:
    """One moment; `jammed` is the cutter's error that waits for recovery, `stuck` paper in the presenter.

    `ticket` is whether a ticket is seen at the mouth, by a sensor of the slot where `tells_ticket` or by a presenter.
    """

    cover_open: bool = False
    paper_out: bool = False
    near_end: bool = False
    jammed: bool = False
    head_hot: bool = False
    broken: bool = False
    stuck: bool = False
    ticket: bool = False
    tells_ticket: bool = False
    has_presenter: bool = False

    @property
    def stopped(self) -> bool:
        """Whether printing stops."""
        return self.cover_open or self.paper_out or self._error

    @property
    def _error(self) -> bool:
        return self.jammed or self.head_hot or self.broken or self.stuck

    def real_time(self, kind: int) -> bytes:
        """The answer to DLE EOT `kind` (1 printer, 2 cause of offline, 3 cause of error, 4 paper; 5, 17, 20 presenter)."""
        torn_off = 0x80 * (self.ticket and self.tells_ticket)
        status = {
            1: 0x08 * self.stopped | 0x20 * self.jammed | torn_off,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * self._error,
            3: 0x08 * self.jammed | 0x20 * self.broken | 0x40 * (self.head_hot or self.stuck),
            4: 0x0C * self._low | 0x60 * self.paper_out,
        }
        if kind in status:
            return bytes((0x12 | status[kind],))
        if not self.has_presenter:
            return b""
        if kind == _FULL:
            return self._full()
        presenter = {
            5: 0x04 * self.ticket | 0x20 * self.stuck,
            17: 0x20 * self.paper_out,
        }
        return bytes((0x12 | presenter[kind],))

    def _full(self) -> bytes:
        """Six bytes: DLE, SI, paper, user, errors that end, errors that stay."""
        paper = 0x01 * self.paper_out | 0x04 * self._low | 0x20 * self.ticket
        ends = 0x01 * self.head_hot | 0x40 * self.stuck
        stays = 0x01 * self.jammed | 0x40 * self.broken
        return bytes((0x10, 0x0F, paper, 0x03 * self.cover_open, ends, stays))

    def paper(self) -> int:
        """The answer to GS r 1; it is worked off, so paper there is."""
        return _NEAR_END_BITS * self._low

    def automatic(self) -> bytes:
        """Automatic status back."""
        printer = 0x10 | 0x08 * self.stopped | 0x20 * self.cover_open
        error = 0x08 * self.jammed | 0x20 * self.broken | 0x40 * (self.head_hot or self.stuck)
        return bytes((printer, error, self.paper() | _END_BITS * self.paper_out, 0x0F))

    @property
    def _low(self) -> bool:
        return self.near_end or self.paper_out


@dataclass(slots=True)
class Reporter:
    """Automatic status: what GS a switched on by its bits (2 printer, 4 errors, 8 paper), and what was reported last."""

    bits: int = 0
    told: bytes = b""

    def switch(self, bits: int, sensors: Sensors) -> bytes:
        """Obey GS a: what is watched is reported immediately."""
        self.bits, self.told = bits, sensors.automatic()
        return self.told if bits else b""

    def news(self, sensors: Sensors) -> bytes:
        """Report a change of what is watched."""
        if not self.bits:
            return b""
        before, self.told = self.told, sensors.automatic()
        changed = any(self.bits & bit and before[at] != self.told[at] for at, bit in _WATCHED)
        return self.told if changed else b""
