"""Parser of key events of a scanner in keyboard mode: events in, the bytes that it meant to type out. Pure.

Keys are read by their place on a US keyboard, as scanners press them; layout, Caps Lock and Vietnamese input methods
do not matter. Source: Linux `input-event-codes.h` and `Documentation/input/event-codes.rst`.
"""

import struct
from typing import Final

EVENT: Final = struct.Struct("llHHi")
"""`struct input_event`: seconds, microseconds, type, code, value; 24 bytes on 64-bit machines."""

UNREADABLE: Final = b"\xff"
"""Stands in a code for keys that were lost or that mean nothing; no UTF-8 text holds it, so the code is refused."""

EV_SYN: Final = 0x00
EV_KEY: Final = 0x01
SYN_DROPPED: Final = 3
RELEASED, PRESSED = 0, 1

KEY_ENTER: Final = 28
KEY_LEFTSHIFT: Final = 42
KEY_LEFTALT: Final = 56
KEY_CAPSLOCK: Final = 58
_SHIFTS: Final = frozenset({KEY_LEFTSHIFT, 54})
# A scanner holds Control or Alt for characters without a key (Alt and a number, Ctrl-J): what comes then is not typed.
_OTHERS: Final = frozenset({29, 97, KEY_LEFTALT, 100, 125, 126})
_SILENT: Final = frozenset({KEY_CAPSLOCK, 69, 70})

_ROWS: Final = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
    (15, "\t", "\t"),
    (KEY_ENTER, "\r", "\r"),
    (96, "\r", "\r"),
    (55, "*", "*"),
    (71, "789-456+1230.", "789-456+1230."),
    (98, "/", "/"),
)
KEYS: Final = {
    first + place: (plain, shifted)
    for first, plains, shifteds in _ROWS
    for place, (plain, shifted) in enumerate(zip(plains, shifteds, strict=True))
}
"""Key code to its character without and with Shift."""


class KeyDecoder:
    """Follows the keys of one event node; a node never shares its Shift with another."""

    def __init__(self) -> None:
        self._rest = b""
        self._shifts: set[int] = set()
        self._others: set[int] = set()

    def feed(self, data: bytes) -> bytes:
        """Take bytes as the node gives them, in any pieces; return what was typed. Key repeats are not typed."""
        data = self._rest + data
        whole = len(data) - len(data) % EVENT.size
        self._rest = data[whole:]
        typed = bytearray()
        for _, _, kind, code, value in EVENT.iter_unpack(data[:whole]):
            if kind == EV_SYN and code == SYN_DROPPED:
                self._shifts.clear()
                self._others.clear()
                typed += UNREADABLE
            elif kind == EV_KEY:
                typed += self._key(code, value)
        return bytes(typed)

    def _key(self, code: int, value: int) -> bytes:
        for keys, held in ((_SHIFTS, self._shifts), (_OTHERS, self._others)):
            if code in keys:
                held.discard(code) if value == RELEASED else held.add(code)
                return b""
        if value != PRESSED or code in _SILENT:
            return b""
        if self._others or code not in KEYS:
            return UNREADABLE
        return KEYS[code][bool(self._shifts)].encode()


def events_of(text: str) -> bytes:
    """The events by which a scanner types `text`, `\\r` being Enter; ValueError for a character that no key has."""
    keys = {
        character: (code, shift)
        for code, pair in reversed(KEYS.items())
        for shift, character in reversed(tuple(enumerate(pair)))
    }
    events = bytearray()
    for character in text:
        if character not in keys:
            raise ValueError(character)
        code, shift = keys[character]
        strokes = [(code, PRESSED), (code, RELEASED)]
        if shift:
            strokes = [(KEY_LEFTSHIFT, PRESSED), *strokes, (KEY_LEFTSHIFT, RELEASED)]
        for key, value in strokes:
            events += EVENT.pack(0, 0, EV_KEY, key, value) + EVENT.pack(0, 0, EV_SYN, 0, 0)
    return bytes(events)
