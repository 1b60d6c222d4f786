"""Takes what a scanner types into the window where nobody expects text, so that its Enter presses no button.

The last resort, for scanners that can be neither a serial port nor read from their event nodes (docs/devices/scanners.md).
"""

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class Pace(Protocol):
    """Tells by time what a scanner types from what a person types."""

    def type(self, text: str, at: float) -> None:
        """Take what was typed."""

    def goes_on(self, at: float) -> bool:
        """Whether a key now would belong to what was typed last."""

    def enter(self, at: float) -> str | None:
        """Enter was pressed: the scan, None where a person typed."""


class TypedScans(QObject):
    """Installed on the application by the composition root. Text fields keep what is typed into them.

    Signal: `scanned(str)`, the text as it was typed, perhaps with what an input method made of it.
    """

    scanned = Signal(str)

    def __init__(
        self,
        pace: Pace,
        listens: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`listens` tells whether scans are wanted now; keys go their way where they are not."""
        super().__init__()
        self._listens = listens
        self._clock = clock
        self._pace = pace

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name is Qt's
        """Whether the event is taken here and goes no further."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.InputMethod):
            return False
        if isinstance(QApplication.focusWidget(), QLineEdit) or not self._listens():
            return False
        if isinstance(event, QInputMethodEvent):
            return self._type(event.commitString())
        return isinstance(event, QKeyEvent) and self._press(event)

    def _press(self, event: QKeyEvent) -> bool:
        if event.modifiers() & _COMMANDS:
            return False
        if event.key() in _ENTERS:
            return self._enter()
        text = event.text()
        # A space alone presses the button that has the focus; within a scan it is a letter.
        if not text.isprintable() or (text == " " and not self._pace.goes_on(self._clock())):
            return False
        return self._type(text)

    def _type(self, text: str) -> bool:
        if not text:
            return False
        self._pace.type(text, self._clock())
        return True

    def _enter(self) -> bool:
        now = self._clock()
        typing = self._pace.goes_on(now)
        text = self._pace.enter(now)
        if text is not None:
            self.scanned.emit(text)
        return typing
