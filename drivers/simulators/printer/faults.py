"""Faults and traits of the simulated printer and the parser of their names; some carry a number: `out-at:400`."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Fault(StrEnum):
    """A fault that lasts until it is taken away or (OUT_AT to USB_MOVES) happens once; a trait (from there on) stays through healing."""

    SILENT = "silent"
    """Switched off: bytes are lost, nothing is answered or printed."""

    PAPER_LOW = "near-end"
    """The near-end sensor reports; printing goes on."""

    PAPER_OUT = "paper-out"
    """Printing stops; the rest is printed when there is paper again."""

    COVER_OPEN = "cover-open"
    """Printing stops; the rest is printed when the cover is shut."""

    CUTTER = "cutter"
    """The cutter jams at its next cut. Freed, the printer waits for DLE ENQ, or for the cover opened and shut."""

    HEAD_HOT = "head-hot"
    """Printing stops until the head has cooled: the error from which a printer recovers by itself."""

    BROKEN = "broken"
    """The unrecoverable error: nothing is printed."""

    SLOW = "slow"
    """Prints at N mm/s."""

    LATE = "late"
    """Answers N ms later."""

    NO_PROCESS_ID = "no-process-id"
    """Firmware without GS ( H: everything works but the proof of print."""

    WRONG_ID = "wrong-id"
    """GS ( H is answered with another identity than the one requested."""

    STALE_STATUS = "stale-status"
    """Automatic status reports no change."""

    NOISE = "noise"
    """N bytes of noise before and behind each answer."""

    RUBBISH = "rubbish"
    """Every byte of an answer is another than it should be."""

    ACCEPT_NEVER_READ = "accept-never-read"
    """The wire is open and never read: the sender's buffers fill up."""

    SECOND_CLIENT = "second-client"
    """Another computer prints a slip as soon as the printer is free, and keeps it N ms, or for good:
    a new connection is taken by the network and waits."""

    OUT_AT = "out-at"
    """The paper ends after N dots."""

    NEAR_END_AT = "near-end-at"
    """The near-end sensor reports after N dots."""

    COVER_AT = "cover-at"
    """The cover opens after N dots."""

    POWER_CYCLE = "power-cycle"
    """Power cycle: buffer and memory are lost, TCP connections too; NV graphics stay."""

    POWER_CYCLE_AT = "power-cycle-at"
    """Power cycle after N dots."""

    POWER_OFF_AT = "power-off-at"
    """Off after N dots, until it is switched on."""

    RST_AFTER = "rst-after"
    """The TCP connection is reset after N bytes."""

    USB_MOVES = "usb-moves"
    """The serial port vanishes and comes back as another, at the same link, N ms later."""

    UNKNOWN_AS_TEXT = "unknown-as-text"
    """Firmware without the counted commands (GS ( but for codes, FS (, ESC (, GS 8): it prints what it does not know."""

    NO_QUEUE_STATUS = "no-queue-status"
    """GS r 1 is never answered."""

    NO_STATUS = "no-status"
    """DLE EOT is never answered."""

    ONE_WAY = "one-way"
    """Nothing is ever sent back."""

    HALF_UNITS = "half-units"
    """Vertical motion is counted in half dots until GS P sets the unit."""

    CUTTER_AT = "cutter-at"
    """The cutter stands N dots behind the head."""

    CUT_AT_LINE_START = "cut-at-line-start"
    """A cut is obeyed at the beginning of a line only."""

    FULL_CUT = "full-cut"
    """Every cut severs the whole width."""

    PARTIAL_CUT = "partial"
    """Every cut leaves a bridge, whatever is asked for."""

    SLOT_SENSOR = "slot-sensor"
    """Bit 7 of DLE EOT 1 is on while the last ticket hangs in the slot."""

    PRESENTER = "presenter"
    """A ticket that is cut stays inside until GS e or FS P presents, ejects or retracts it."""

    COLUMNS = "columns"
    """N letters to the line."""

    DOTS = "dots"
    """The head has N dots."""

    LOSES_BUFFER = "loses-buffer"
    """When paper or cover stop it, N bytes of its buffer are lost, 0 for all of them."""


STOPPING = frozenset({Fault.PAPER_OUT, Fault.COVER_OPEN, Fault.HEAD_HOT, Fault.BROKEN})
AT_A_DOT = {
    Fault.OUT_AT: Fault.PAPER_OUT,
    Fault.NEAR_END_AT: Fault.PAPER_LOW,
    Fault.COVER_AT: Fault.COVER_OPEN,
    Fault.POWER_CYCLE_AT: Fault.POWER_CYCLE,
    Fault.POWER_OFF_AT: Fault.SILENT,
}
"""Faults that happen when the paper has moved N dots."""

TRAITS = frozenset(
    {
        Fault.UNKNOWN_AS_TEXT,
        Fault.NO_QUEUE_STATUS,
        Fault.NO_STATUS,
        Fault.ONE_WAY,
        Fault.HALF_UNITS,
        Fault.CUTTER_AT,
        Fault.CUT_AT_LINE_START,
        Fault.FULL_CUT,
        Fault.PARTIAL_CUT,
        Fault.SLOT_SENSOR,
        Fault.PRESENTER,
        Fault.COLUMNS,
        Fault.DOTS,
        Fault.LOSES_BUFFER,
    }
)
"""How a printer is built and what its firmware knows: no healing changes it."""

OF_TCP = frozenset({Fault.RST_AFTER, Fault.SECOND_CLIENT})
OF_SERIAL = frozenset({Fault.USB_MOVES})

_USUAL = {
    Fault.SLOW: 10,
    Fault.LATE: 400,
    Fault.NOISE: 3,
    Fault.USB_MOVES: 500,
    Fault.SECOND_CLIENT: 0,
    Fault.COLUMNS: 42,
    Fault.DOTS: 512,
    Fault.LOSES_BUFFER: 0,
}
_NUMBER_NEEDED = frozenset({*AT_A_DOT, Fault.RST_AFTER, Fault.CUTTER_AT})
_HIGHEST = 10_000_000


class UnknownFaultError(ValueError):
    """An unknown name of a fault, or one with a missing or wrong number."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def read_faults(names: Iterable[str]) -> dict[Fault, int]:
    """Return the faults of these names with their numbers, or raise `UnknownFaultError`."""
    return dict(_read(name) for name in names)


def written(faults: Mapping[Fault, int]) -> list[str]:
    """Write faults as they are read."""
    return [f"{fault}:{number}" if number else str(fault) for fault, number in faults.items()]


def _read(name: str) -> tuple[Fault, int]:
    word, colon, number = name.partition(":")
    try:
        fault = Fault(word)
    except ValueError:
        raise UnknownFaultError(name) from None
    if not colon and fault not in _NUMBER_NEEDED:
        return fault, _USUAL.get(fault, 0)
    takes_number = fault in _NUMBER_NEEDED or fault in _USUAL
    if not takes_number or not number.isascii() or not number.isdigit() or len(number) > 8:
        raise UnknownFaultError(name)
    return fault, min(int(number), _HIGHEST)
