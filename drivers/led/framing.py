"""Frames of the counter sign: STX, address (2 digits), mode (S steady, B blinking), text, XOR checksum (2 hex), ETX.

Pure. The checksum is the XOR of all bytes from the address to the end of the text. Text is printable ASCII.
"""

import re
import unicodedata
from dataclasses import dataclass

from drivers.protocols import SignState

STX = 0x02
ETX = 0x03

_BODY_MIN = 2 + 1 + 2
_BODY_MAX = _BODY_MIN + 64
_STEADY = ord("S")
_BLINKING = ord("B")
_WITHOUT_ACCENT = str.maketrans("đĐ–—‑’‘“”×", "dD---''\"\"x")
_SEPARATORS = re.compile(r"[ \-./]")


@dataclass(frozen=True, slots=True)
class SignFrame:
    """What one frame tells one sign."""

    address: int
    state: SignState


def led_text(text: str, columns: int) -> str:
    """Return `text` as LED letters can show it: capitals without accents, at most `columns` of them.

    A number that is too long gives up its separators, then its front: its last digits tell tickets apart.
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_WITHOUT_ACCENT))
    ascii_only = "".join(
        character if " " <= character <= "~" else " "
        for character in decomposed
        if not unicodedata.combining(character)
    )
    fitted = " ".join(ascii_only.upper().split())
    if len(fitted) <= columns:
        return fitted
    if any(character.isdigit() for character in fitted):
        return _SEPARATORS.sub("", fitted)[-columns:]
    return fitted[:columns].rstrip()


def encode(address: int, state: SignState, columns: int) -> bytes:
    """Return the frame that puts `state` on the sign at `address`."""
    mode = "B" if state.blink else "S"
    body = f"{address:02d}{mode}{led_text(state.text, columns)}".encode("ascii")
    return bytes([STX]) + body + f"{checksum(body):02X}".encode("ascii") + bytes([ETX])


def checksum(body: bytes) -> int:
    """XOR of all bytes."""
    value = 0
    for byte in body:
        value ^= byte
    return value


class SignDecoder:
    """Finds frames in a stream of bytes; skips noise and broken frames and counts the broken ones."""

    def __init__(self) -> None:
        self._body: bytearray | None = None
        self.broken = 0

    def feed(self, data: bytes) -> list[SignFrame]:
        """Take bytes of the line; return the frames that they complete."""
        frames: list[SignFrame] = []
        for byte in data:
            if byte == STX:
                self.broken += self._body is not None
                self._body = bytearray()
            elif self._body is None:
                continue
            elif byte == ETX:
                frame = _decode(bytes(self._body))
                self._body = None
                self.broken += frame is None
                frames += [frame] if frame else []
            elif len(self._body) == _BODY_MAX:
                self._body = None
                self.broken += 1
            else:
                self._body.append(byte)
        return frames


def _decode(body: bytes) -> SignFrame | None:
    content, check = body[:-2], body[-2:]
    if len(body) < _BODY_MIN or f"{checksum(content):02X}".encode("ascii") != check:
        return None
    address, mode, text = content[:2], content[2], content[3:]
    if not address.isdigit() or mode not in (_STEADY, _BLINKING):
        return None
    if any(not 0x20 <= byte <= 0x7E for byte in text):
        return None
    return SignFrame(int(address), SignState(text.decode("ascii"), blink=mode == _BLINKING))
