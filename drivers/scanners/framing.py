"""Parser of a barcode scanner's bytes: buffers them and cuts them into codes. Pure: bytes in, readings out.

It has no timeout of its own: the caller reports an idle line (`flush_idle`).
"""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from drivers.protocols import Scan

MAX_CODE_BYTES = 4096

_LINE_ENDS = b"\r\n"
# ISO/IEC 15424: `]`, a letter for the symbology and a modifier, before the data.
_AIM = re.compile(r"\][A-Zdeghz][0-9A-F]")
# ISO/IEC 15424 for ECI modes: `\nnnnnn` announces the character set and data backslashes are doubled; 26 is UTF-8.
_ECI_UTF8 = "\\000026"
# GS1 and ISO/IEC 15434 separate fields with EOT, FS, GS, RS, US; texts carry tabs and line ends.
_CONTROLS_IN_CODES = frozenset("\t\n\r\x04\x1c\x1d\x1e\x1f")
# A key that types nothing, as `KeyDecoder` gives it, and a line's noise.
_UNREADABLE = b"\xff"
# vCard, iCalendar: the lines between are one code.
_BEGIN, _END = re.compile(r"BEGIN:V\w+", re.IGNORECASE), re.compile(r"END:V\w+", re.IGNORECASE)


class Damage(StrEnum):
    """Why bytes are not a code."""

    UNDECODABLE = "undecodable"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Garbled:
    """Something was read and is not a code.

    `rest` is a text with U+FFFD in place of bytes that are not UTF-8, as where a scanner converts a name: its caller may
    use it if what it means stands in other places.
    """

    damage: Damage
    rest: str = field(default="", repr=False, compare=False)


Reading = Scan | Garbled


class CodeFramer:
    """Assembles codes from whatever pieces the line delivers; never holds more than one code of the longest size."""

    def __init__(self, prefix: str = "", suffix: str = "\r") -> None:
        self._prefix = prefix.encode()
        self._suffix = suffix.encode()
        # Scanners set to CR, LF or CR LF are mixed up in practice, and no ticket or dossier code holds a line end.
        ends = "[\r\n]" if set(self._suffix) <= set(_LINE_ENDS) else re.escape(suffix)
        self._end = re.compile(ends.encode())
        self._buffer = bytearray()
        self._overflowed = False
        self._lines: list[str] = []

    @property
    def pending(self) -> bool:
        """Whether a code has begun and not ended."""
        return bool(self._buffer or self._lines) or self._overflowed

    def feed(self, data: bytes) -> list[Reading]:
        """Take bytes of the line; return the codes that they complete."""
        readings: list[Reading] = []
        for start in range(0, len(data), MAX_CODE_BYTES):
            self._buffer += data[start : start + MAX_CODE_BYTES]
            self._take_complete(readings)
        return readings

    def flush_idle(self) -> list[Reading]:
        """Idle timeout of the line: the buffer holds a code without its suffix."""
        frame = bytes(self._buffer)
        for length in range(len(self._suffix) - 1, 0, -1):
            frame = frame.removesuffix(self._suffix[:length])
        self._buffer.clear()
        overflowed, self._overflowed = self._overflowed, False
        # A scanner whose suffix is CR LF presses a key for LF, keypad 5 or another: one character by itself is not a code.
        is_lone = len(frame) <= 1 and not self._lines
        readings = [] if overflowed or is_lone else self._readings(frame)
        return readings + self._ended_lines()

    def _take_complete(self, readings: list[Reading]) -> None:
        while end := self._end.search(self._buffer):
            frame = bytes(self._buffer[: end.start()])
            del self._buffer[: end.end()]
            if not self._overflowed:
                readings += self._readings(frame)
            self._overflowed = False
        if len(self._buffer) > MAX_CODE_BYTES + len(self._suffix) - 1:
            readings.append(Garbled(Damage.TOO_LONG))
            self._overflowed = True
        if self._overflowed:
            # A suffix may come in two pieces; everything before its possible first piece is lost anyway.
            del self._buffer[: max(0, len(self._buffer) - len(self._suffix) + 1)]

    def _readings(self, frame: bytes) -> list[Reading]:
        if len(frame) > MAX_CODE_BYTES:
            return [Garbled(Damage.TOO_LONG)]
        body = self._without_prefix(frame).strip(_LINE_ENDS)
        if not body.strip(_UNREADABLE):
            return []
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return [Garbled(Damage.UNDECODABLE, body.decode("utf-8", "replace"))]
        scan = _scan(text)
        if any(character < " " and character not in _CONTROLS_IN_CODES for character in scan.text):
            return [Garbled(Damage.UNDECODABLE)]
        return self._joined(scan) if scan.text.strip() else []

    def _joined(self, scan: Scan) -> list[Reading]:
        """The lines of a vCard as one code, when its last line has come; every other code by itself."""
        if not self._lines and not _BEGIN.fullmatch(scan.text.strip()):
            return [scan]
        self._lines.append(scan.text)
        is_whole = _END.fullmatch(scan.text.strip()) or sum(map(len, self._lines)) > MAX_CODE_BYTES
        return self._ended_lines() if is_whole else []

    def _ended_lines(self) -> list[Reading]:
        lines, self._lines = self._lines, []
        return [Scan("\n".join(lines))] if lines else []

    def _without_prefix(self, frame: bytes) -> bytes:
        if self._prefix and all(byte < 0x20 for byte in self._prefix):
            # A control character cannot belong to a code: the bytes before it are the rest of a broken code.
            return (
                frame[frame.rfind(self._prefix) + len(self._prefix) :]
                if self._prefix in frame
                else frame
            )
        return frame.lstrip(_LINE_ENDS).removeprefix(self._prefix)


def _scan(text: str) -> Scan:
    """Read the AIM identifier off and repair what is certain: padding NULs, a byte-order mark, the UTF-8 announcement.

    Nothing is guessed: a text in another encoding is reported, for a wrong guess opens a wrong dossier.
    """
    text = text.strip("\x00")
    symbology = ""
    if aim := _AIM.match(text):
        symbology, text = aim.group(), text[aim.end() :]
    text = text.removeprefix("\ufeff")
    if text.startswith(_ECI_UTF8):
        text = text.removeprefix(_ECI_UTF8).replace("\\\\", "\\")
    return Scan(unicodedata.normalize("NFC", text), symbology)
