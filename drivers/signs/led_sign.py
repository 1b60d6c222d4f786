"""Driver and frame codec of the sign family `led-sign`.

A frame is STX, address (2 digits), mode (S steady, B blinking), text in printable ASCII, XOR checksum (2 hex digits), ETX.
The checksum covers all bytes from the address to the end of the text. The sign never answers.
"""

from functools import reduce
from operator import xor

from drivers.protocols import SignState
from drivers.signs.letters import led_text
from drivers.signs.sign import OneWaySign

STX = b"\x02"
ETX = b"\x03"


def encode(address: int, state: SignState, columns: int) -> bytes:
    """Return the frame that puts `state` on the sign at `address`."""
    mode = "B" if state.blink else "S"
    body = f"{address:02d}{mode}{led_text(state.text, columns)}".encode("ascii")
    return STX + body + f"{reduce(xor, body):02X}".encode("ascii") + ETX


class LedSign(OneWaySign):
    """One sign of the family."""

    def _frame(self, state: SignState) -> bytes:
        return encode(self._settings.address, state, self._settings.columns)
