"""State of the signs on one simulated line: the interface between the frame parser of a family and `serving`."""

from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

_HISTORY = 50


@dataclass(slots=True)
class ShownSign:
    """What one sign shows and what it showed."""

    text: str = ""
    blink: bool = False
    frames: int = 0
    history: deque[str] = field(default_factory=lambda: deque(maxlen=_HISTORY))

    def show(self, text: str, *, blink: bool) -> None:
        """Take the contents of one frame."""
        self.text, self.blink = text, blink
        self.frames += 1
        if not self.history or self.history[-1] != text:
            self.history.append(text)


class SignLine(Protocol):
    """All signs on one line: `signs` by address, and the number of frames that failed to parse."""

    signs: dict[int, ShownSign]
    bad_frames: int

    def take(self, data: bytes) -> list[int]:
        """Parse bytes of the line; return the addresses whose signs got a frame, in order."""
