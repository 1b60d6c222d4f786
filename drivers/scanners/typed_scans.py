"""Qt event filter for a scanner that types into a window: takes its keys as a scan, so that its Enter presses no button.

The last resort, for scanners that can be neither a serial port nor read from their event nodes (docs/devices/scanners.md).
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QInputMethodQueryEvent, QKeyEvent

from drivers.scanners.echo import Echo
from drivers.scanners.wedge import Wedge

_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class TypedScans(QObject):
    """Installed by the composition root on what its keys go to. Text fields, of either toolkit, keep what is typed into them.

    Signal: `scanned(str)`, the text as it was typed, perhaps with what an input method made of it; once for each paper.
    """

    scanned = Signal(str)

    def __init__(
        self, listens: Callable[[], bool], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """The callback `listens` decides whether scans are wanted now; otherwise keys pass through."""
        super().__init__()
        self._listens = listens
        self._clock = clock
        self._pace = Wedge()
        self._echo = Echo(clock)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name is Qt's
        """Whether the event is taken here and goes no further."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.InputMethod):
            return False
        if _text_is_expected() or not self._listens():
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
        # A single space presses the button that has the focus; within a scan it is a letter.
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
        if text is not None and not self._echo.repeats(text):
            self.scanned.emit(text)
        return typing


def _text_is_expected() -> bool:
    """Whether what has the focus takes text: a field of Widgets and one of QML both answer an input method's question."""
    question = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    focus = QGuiApplication.focusObject()
    if focus is not None:
        QCoreApplication.sendEvent(focus, question)
    return bool(question.value(Qt.InputMethodQuery.ImEnabled))
