"""Qt event filter for a scanner that types into a window: takes its keys as a scan, so that its Enter presses no button.

The last resort, for scanners that can be neither a serial port nor read from their event nodes (docs/devices/scanners.md).
"""

import time
from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QInputMethodQueryEvent, QKeyEvent

from drivers.protocols import Alike, Appraisal, Scan
from drivers.scanners.presentation import GUN, Presentation
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
    Empty where the beginning of a code was lost.
    """

    scanned = Signal(str)

    def __init__(
        self,
        listens: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """The callback `listens` decides whether scans are wanted now; otherwise keys pass through."""
        super().__init__()
        self._listens = listens
        self._clock = clock
        self._pace = Wedge()
        self._behind = 0.0
        self._presentation = Presentation(Alike, GUN, clock)
        self._waiting = QTimer(self, singleShot=True)
        self._waiting.timeout.connect(self._hand_over)

    def rank_by(self, appraise: Appraisal) -> None:
        """Let of several codes on one paper the one count that `appraise` ranks highest. Called before any scan."""
        self._presentation = Presentation(appraise, GUN, self._clock)

    def stop(self) -> None:
        """Hand over nothing more."""
        self._waiting.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name is Qt's
        """Whether the event is taken here and goes no further."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.InputMethod):
            return False
        if _text_is_expected() or not self._listens():
            return False
        if isinstance(event, QInputMethodEvent):
            return self._type(event.commitString(), self._clock() - self._behind)
        return isinstance(event, QKeyEvent) and self._press(event)

    def _press(self, event: QKeyEvent) -> bool:
        at = self._pressed_at(event)
        text = event.text()
        is_command = bool(event.modifiers() & _COMMANDS) or not text or not text.isprintable()
        if event.key() in _ENTERS:
            return self._enter(at)
        if is_command:
            # F2, the arrow down and Ctrl-J are what scanners type for a line feed; they command nothing here.
            return self._pace.is_suffix(at)
        # A single space presses the button that has the focus; within a scan it is a letter.
        if text == " " and not self._pace.goes_on(at):
            return False
        return self._type(text, at)

    def _pressed_at(self, event: QKeyEvent) -> float:
        """When a key was pressed, not when a busy window came to it. An input method's words carry no time, and are taken
        to be as late as the last key was."""
        now = self._clock()
        if not event.timestamp():
            self._behind = 0.0
            return now
        at = event.timestamp() / 1000
        self._behind = now - at
        return at

    def _type(self, text: str, at: float) -> bool:
        if not text:
            return False
        self._pace.type(text, at)
        return True

    def _enter(self, at: float) -> bool:
        typing = self._pace.goes_on(at) or self._pace.is_suffix(at)
        text = self._pace.enter(at)
        if text:
            self._presentation.see((Scan(text),))
            self._hand_over()
        elif text is not None:
            self.scanned.emit("")
        return typing

    def _hand_over(self) -> None:
        """Hand over what has waited long enough for a better code beside it."""
        if (scan := self._presentation.take()) is not None:
            self.scanned.emit(scan.text)
        left = self._presentation.seconds_left
        if left is not None:
            self._waiting.start(ceil(left * 1000))


def _text_is_expected() -> bool:
    """Whether what has the focus takes text: a field of Widgets and one of QML both answer an input method's question."""
    question = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    focus = QGuiApplication.focusObject()
    if focus is not None:
        QCoreApplication.sendEvent(focus, question)
    return bool(question.value(Qt.InputMethodQuery.ImEnabled))
