"""GUI automation inside a Qt program's process: presses, types and takes pictures, as requested over stdin.

One JSON request a line in, one JSON answer a line out. The program itself does not know of it.
"""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, QPointF, QSocketNotifier, Qt, QTimer
from PySide6.QtQuick import QQuickItem, QQuickView
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QTableWidget,
    QWidget,
)

POLL_MS = 15
TIMEOUT_MS = 20_000


class AutomatedWindow(Protocol):
    """What the automation can do with one kind of window."""

    def press(self, name: str) -> bool:
        """Press the named item; False if it is missing or disabled."""

    def type(self, name: str, text: str) -> bool:
        """Type into the named field, or choose the row of a table with this `text`."""

    def sees(self, name: str) -> bool:
        """Whether the named item is visible, enabled, and not empty."""

    def read(self, name: str) -> str | None:
        """The text of the named item, None if it is not visible."""

    def picture(self, path: Path) -> bool:
        """Save what the window shows."""


class QuickWindow:
    """A QML window: items by objectName, also those that a Repeater made."""

    def __init__(self, view: QQuickView) -> None:
        self._view = view

    def press(self, name: str) -> bool:
        item = self._find(name)
        if item is None or not item.isEnabled():
            return False
        centre = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        if not self._view.geometry().translated(-self._view.position()).contains(centre):
            return False
        QTest.mouseClick(
            self._view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre
        )
        return True

    def type(self, name: str, text: str) -> bool:
        return all(self.press(f"{name}-{letter}") for letter in text)

    def sees(self, name: str) -> bool:
        item = self._find(name)
        return item is not None and item.isEnabled() and _is_opaque(item)

    def read(self, name: str) -> str | None:
        item = self._find(name)
        return None if item is None else str(item.property("text") or "")

    def picture(self, path: Path) -> bool:
        return bool(self._view.grabWindow().save(str(path)))

    def _find(self, name: str) -> QQuickItem | None:
        found = (i for i in _items(self._view.contentItem()) if i.objectName() == name)
        return next((i for i in found if i.isVisible() and i.width() > 0), None)


def _is_opaque(item: QQuickItem | None) -> bool:
    """Whether the page that it stands on has finished fading in."""
    while item is not None:
        if item.opacity() < 1:
            return False
        item = item.parentItem()
    return True


def _items(root: QQuickItem) -> Iterator[QQuickItem]:
    for child in root.childItems():
        if child.isVisible():
            yield child
            yield from _items(child)


class WidgetWindow:
    """A Widgets window and the dialogs above it."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def press(self, name: str) -> bool:
        widget = self._find(name)
        if not isinstance(widget, QAbstractButton) or not widget.isEnabled():
            return False
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        return True

    def type(self, name: str, text: str) -> bool:
        widget = self._find(name)
        if isinstance(widget, QTableWidget):
            return self._choose(widget, text)
        if not isinstance(widget, QLineEdit):
            return False
        # Keys are a scan wherever no text is expected: a person would have clicked into the field.
        widget.setFocus()
        widget.clear()
        QTest.keyClicks(widget, text)
        return True

    def sees(self, name: str) -> bool:
        widget = self._find(name)
        if widget is None or not widget.isEnabled():
            return False
        return bool(widget.text()) if isinstance(widget, QLabel) else True

    def read(self, name: str) -> str | None:
        widget = self._find(name)
        return None if widget is None else str(widget.property("text") or "")

    def picture(self, path: Path) -> bool:
        return self._window.grab().save(str(path))

    @staticmethod
    def _choose(rows: QTableWidget, text: str) -> bool:
        found = rows.findItems(text, Qt.MatchFlag.MatchExactly)
        if not found:
            return False
        centre = rows.visualItemRect(found[0]).center()
        QTest.mouseClick(
            rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre
        )
        return True

    def _find(self, name: str) -> QWidget | None:
        for window in (w for w in reversed(QApplication.topLevelWidgets()) if w.isVisible()):
            here = [window] if window.objectName() == name else []
            found = [w for w in (*here, *window.findChildren(QWidget, name)) if w.isVisible()]
            if found:
                return found[0]
        return None


class GuiAutomation(QObject):
    """Queue of the requests from stdin: one after another, each retried until the window allows it or the timeout
    ends it."""

    def __init__(self, window: AutomatedWindow, leave: Callable[[], None]) -> None:
        super().__init__()
        self._window = window
        self._leave = leave
        self._requests: list[dict[str, Any]] = []
        self._waited = 0
        self._ear = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._ear.activated.connect(self._hear)
        self._beat = QTimer(self)
        self._beat.setInterval(POLL_MS)
        self._beat.timeout.connect(self._try)

    def _hear(self) -> None:
        line = sys.stdin.readline()
        if not line:
            self._ear.setEnabled(False)
            self._leave()
            return
        self._requests.append(json.loads(line))
        self._beat.start()

    def _try(self) -> None:
        if not self._requests:
            self._beat.stop()
            return
        answer = self._answer(self._requests[0])
        self._waited += POLL_MS
        if answer is None and self._waited < TIMEOUT_MS:
            return
        self._requests.pop(0)
        self._waited = 0
        sys.stdout.write(json.dumps({"done": answer is not None, "value": answer}) + "\n")
        sys.stdout.flush()

    def _answer(self, request: dict[str, Any]) -> str | None:
        """The value of a request that could be carried out, None if it cannot yet."""
        window, name = self._window, str(request.get("name", ""))
        match request["do"]:
            case "press":
                return name if window.press(name) else None
            case "type":
                return name if window.type(name, request["text"]) else None
            case "see":
                return next((n for n in request["names"] if window.sees(n)), None)
            case "read":
                return window.read(name)
            case "picture":
                return name if window.picture(Path(request["path"])) else None
            case other:
                raise ValueError(f"unknown request {other}")
