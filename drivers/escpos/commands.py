"""Encoder of the ESC/POS commands in use, by their names in Epson's reference; each function returns one command's bytes.

Standard commands come from python-escpos through its adapter. Those that it lacks or has without their arguments are
encoded here: cut and feed, pages, taught letters, stored pictures, macros, process identities and status.
"""

from collections.abc import Sequence

from drivers.escpos.python_escpos import (
    character_size,
    code128,
    emphasize,
    justify,
    qr_code,
    raster,
)

__all__ = [
    "character_size",
    "code128",
    "emphasize",
    "justify",
    "qr_code",
    "raster",
]

INITIALIZE = b"\x1b@"  # ESC @
CANCEL_KANJI = b"\x1c."  # FS . — firmware for China takes pairs of bytes from 0x80 for Kanji
LINE_FEED = b"\n"  # LF
TRANSMIT_PAPER_STATUS = (
    b"\x1dr\x01"  # GS r 1, queued: answered when the buffer has been worked off up to it
)
AUTOMATIC_STATUS = b"\x1da\x0f"  # GS a: report each change of state; ESC @ switches it off

RECORD_MACRO = b"\x1d:"  # GS : — begins a macro, and ends it
REPEAT_MACRO = b"\x1d^\x01\x00\x00"  # GS ^ 1 0 0
NO_MACRO = b"\x1d^\x00\x00\x00"  # GS ^ 0 0 0: repeats nothing, and ends one that was never finished

# Real-time commands: a printer obeys them immediately, even inside the data of another command: DLE EOT, DLE ENQ, DLE DC4.
REAL_TIME = (b"\x10\x04", b"\x10\x05", b"\x10\x14")

USE_TAUGHT_LETTERS = b"\x1b%\x01"  # ESC % 1
INTERNATIONAL_SET = b"\x1bR\x00"  # ESC R 0 — other sets print £ for #, Ä for [
LIST_STORED_PICTURES = b"\x1d(L\x04\x000@KC"  # GS ( L, function 64, answered by key codes

MAX_RASTER_ROWS = 128  # cheap printers have 4 KB of buffer and choke on taller bands
_MAX_FEED = 255


def select_page(page: int) -> bytes:
    """ESC t: select a character code page."""
    return bytes((0x1B, 0x74, page))


def feed_lines(lines: int) -> bytes:
    """ESC d: print the line and feed."""
    return _repeated(b"\x1bd", lines)


def feed_dots(dots: int) -> bytes:
    """ESC J: print the line and feed by dots."""
    return _repeated(b"\x1bJ", dots)


def set_motion_unit(dpi: int) -> bytes:
    """GS P: vertical units of 1/dpi inch; horizontal ones stay."""
    return bytes((0x1D, 0x50, 0, dpi))


def cut(*, is_full: bool) -> bytes:
    """GS V 0 or 1: cut where the paper is."""
    return b"\x1dV\x00" if is_full else b"\x1dV\x01"


def feed_and_cut(*, is_full: bool) -> bytes:
    """GS V 65 or 66: feed what was printed past the cutter, and cut."""
    return b"\x1dVA\x00" if is_full else b"\x1dVB\x00"


RETRACT = b"\x1de\x02"  # GS e 2: draw the slip in
EJECT = b"\x1de\x05"  # GS e 5: push it out
REQUEST_FULL_STATUS = b"\x10\x04\x14"  # DLE EOT 20, of Custom and Pyramid: six bytes


def present(steps: int) -> bytes:
    """GS e 3: hand the slip out by so many steps of the presenter, and hold it."""
    return bytes((0x1D, 0x65, 3, steps))


def teach_letters(first: int, letters: Sequence[bytes]) -> bytes:
    """ESC &: have the codes from `first` on print these letters, columns of 24 dots from left to right.

    Columns that are left out on the right stay blank.
    """
    drawn = b"".join(bytes((len(columns) // 3,)) + columns for columns in letters)
    return bytes((0x1B, 0x26, 3, first, first + len(letters) - 1)) + drawn


def store_picture(key: bytes, width: int, rows: int, data: bytes) -> bytes:
    """GS ( L, function 67: keep a picture in the printer under two characters; its flash wears with each."""
    body = b"0C0" + key + b"\x01" + _word(width) + _word(rows) + b"1" + data
    return b"\x1d(L" + _word(len(body)) + body


def forget_picture(key: bytes) -> bytes:
    """GS ( L, function 66: give the place of a stored picture free."""
    return b"\x1d(L\x04\x000B" + key


def print_stored_picture(key: bytes) -> bytes:
    """GS ( L, function 69: print a stored picture; a printer that lacks it ignores the command without an answer."""
    return b"\x1d(L\x06\x000E" + key + b"\x01\x01"


def request_process_id(identity: bytes) -> bytes:
    """GS ( H, function 48: have `identity` (4 characters) sent back when all data before it has been printed."""
    return b"\x1d(H\x06\x0000" + identity


def request_status(kind: int) -> bytes:
    """DLE EOT: 1 printer, 2 cause of offline, 3 cause of error, 4 paper; real-time, not queued."""
    return bytes((0x10, 0x04, kind))


def recover(*, clear: bool) -> bytes:
    """DLE ENQ: 1 go on at the line at which an error stopped the printer, 2 clear its buffers; real-time."""
    return b"\x10\x05\x02" if clear else b"\x10\x05\x01"


def harmless(dots: bytes) -> bytes:
    """Blacken one dot beside a black one wherever a printer would take two bytes for a real-time command."""
    for sequence in REAL_TIME:
        dots = dots.replace(sequence, bytes((sequence[0], sequence[1] | 0x08)))
    return dots


def is_obeyed_inside(data: bytes) -> bool:
    """Whether a printer would find a real-time command in `data`."""
    return any(sequence in data for sequence in REAL_TIME)


def _word(value: int) -> bytes:
    return value.to_bytes(2, "little")


def _repeated(command: bytes, amount: int) -> bytes:
    whole, rest = divmod(amount, _MAX_FEED)
    parts = [_MAX_FEED] * whole + ([rest] if rest else [])
    return b"".join(command + bytes((part,)) for part in parts)
