"""Frame parser of the simulated signs `led-sign`, written from the description of the protocol, not from the driver."""

import re
from functools import reduce
from operator import xor

from drivers.simulators.signs.line import ShownSign

_LONGEST_FRAME = 80

_ENVELOPE = re.compile(rb"\x02([^\x02\x03]*)\x03")
_CONTENT = re.compile(rb"((\d\d)([SB])([ -~]*))([0-9A-F]{2})")


class LedSignLine:
    """All signs of the family on one line, by address, with a count of broken frames."""

    def __init__(self) -> None:
        self.signs: dict[int, ShownSign] = {}
        self.bad_frames = 0
        self._rest = b""

    def take(self, data: bytes) -> list[int]:
        """Parse bytes of the line; return the addresses whose signs got a frame, in order."""
        pending = self._rest + data
        addressed: list[int] = []
        end = 0
        for envelope in _ENVELOPE.finditer(pending):
            # An STX before this one began a frame that never ended.
            self.bad_frames += pending.count(b"\x02", end, envelope.start())
            end = envelope.end()
            address = self._show(envelope.group(1))
            if address is None:
                self.bad_frames += 1
            else:
                addressed.append(address)
        self._keep(pending[end:])
        return addressed

    def _keep(self, rest: bytes) -> None:
        *broken, last = rest.split(b"\x02")
        self.bad_frames += max(0, len(broken) - 1)
        self._rest = b""
        if broken and len(last) > _LONGEST_FRAME:
            self.bad_frames += 1
        elif broken:
            self._rest = b"\x02" + last

    def _show(self, content: bytes) -> int | None:
        found = _CONTENT.fullmatch(content)
        if found is None or reduce(xor, found.group(1), 0) != int(found.group(5), 16):
            return None
        address, text = int(found.group(2)), found.group(4).decode("ascii")
        self.signs.setdefault(address, ShownSign()).show(text, blink=found.group(3) == b"B")
        return address
