"""Labels and buttons with the object name that style, tests and screen readers know them by.

Names and scans are shown letter for letter: Qt would take what looks like HTML for HTML. A text that has no room is wrapped or
elided, and its tool tip has the whole.
"""

from html import escape
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

_PRESSES: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
_LEAST_OF_NAME: Final = 24
_LEAST: Final = 72
"""Pixels that a button shrinks to at most."""
_LINES: Final = 3
KEY_GAP: Final = "   "
"""Between the text of a button and its key, which stays when the text is cut."""


class ElidedLabel(QLabel):
    """A line of text that shrinks down to `least` pixels; its text stays whole for whoever asks for it."""

    def __init__(self, name: str, least: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.least = least

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - the name is Qt's
        """Room for the beginning of the text, or for all of a short one."""
        whole = self.sizeHint()
        return QSize(min(self.least, whole.width()), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - the name is Qt's
        """Draw as much of the text as there is room for."""
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        self.setToolTip("" if shown == self.text() else tip(self.text()))
        option = QStyleOption()
        option.initFrom(self)
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter,
                room,
                int(self.alignment()),
                option.palette,
                self.isEnabled(),
                shown,
                self.foregroundRole(),
            )


class FittedButton(QPushButton):
    """A button that elides its text, or wraps it first. Enter presses it as Space does, once however long the key is held."""

    def __init__(self, text: str, *, wraps: bool) -> None:
        super().__init__(text)
        self.setAutoDefault(True)
        # An ampersand in a name is a letter.
        self.setShortcut(QKeySequence())
        self._most = _LINES if wraps else 1
        height = QSizePolicy.Policy.Minimum if wraps else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, height)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - the name is Qt's
        """Room for a word or two."""
        whole = self.sizeHint()
        return QSize(min(_LEAST, whole.width()), whole.height())

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - the name is Qt's
        """A narrow button that wraps is higher."""
        return self._most > 1

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - the name is Qt's
        """What its lines need."""
        needed = len(self._lines(width)) * self.fontMetrics().lineSpacing() + self._frame.height()
        return max(self.minimumHeight(), self.sizeHint().height(), needed)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - the name is Qt's
        """Called by Qt: the tool tip has the whole text where the button has not."""
        super().resizeEvent(event)
        shown = " ".join(self._lines(self.width())).split()
        self.setToolTip("" if shown == self.text().split() else tip(self.text()))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - the name is Qt's
        """Draw the button with its text in lines."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = "\n".join(self._lines(self.width())).replace("&", "&&")
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - the name is Qt's
        """A key that is held down presses once: the next action would come under it."""
        if not (event.isAutoRepeat() and event.key() in _PRESSES):
            super().keyPressEvent(event)

    @property
    def _frame(self) -> QSize:
        """Border and padding, as the style sheet has them now."""
        metrics = self.fontMetrics()
        text = QSize(metrics.horizontalAdvance(self.text()), metrics.height())
        return (self.sizeHint() - text).expandedTo(QSize(2, 2))

    def _lines(self, width: int) -> list[str]:
        return wrapped(self.text(), self.fontMetrics(), width - self._frame.width(), self._most)


def wrapped(text: str, metrics: QFontMetrics, room: int, most: int) -> list[str]:
    """The text in at most `most` lines of `room` pixels; what does not fit is elided, in one line before its key."""
    for whole in (text, " ".join(text.split())):
        if metrics.horizontalAdvance(whole) <= room:
            return [whole]
    elide = Qt.TextElideMode.ElideRight
    name, gap, key = text.partition(KEY_GAP)
    left = room - metrics.horizontalAdvance(f" {key}")
    if most == 1 and gap and left >= _LEAST_OF_NAME:
        return [f"{metrics.elidedText(name, elide, left)} {key}"]
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if (lines and metrics.horizontalAdvance(longer) <= room) or len(lines) == most:
            lines[-1] = longer
        else:
            lines.append(word)
    return [metrics.elidedText(line, elide, max(room, 0)) for line in lines] or [""]


def named_label(name: str, text: str = "", *, wrap: bool = False) -> QLabel:
    """A named label."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    return made


def tip(text: str) -> str:
    """A tool tip that shows this text; a tip has no plain format of its own."""
    return f"<p style='white-space:pre-line'>{escape(text)}</p>" if text else ""


def named_button(name: str, text: str, *, wraps: bool = False) -> QPushButton:
    """A named button; its text is also read out by a screen reader."""
    made = FittedButton(text, wraps=wraps)
    made.setObjectName(name)
    made.setAccessibleName(text.replace("\n", " "))
    return made


def keyed_button(name: str, text: str, key: str, parent: QWidget) -> QPushButton:
    """A named button that a key presses too, wherever the focus is in the window."""
    made = named_button(name, f"{text}{KEY_GAP}{key}")
    made.setAccessibleName(text)
    press_by(key, made, parent)
    return made


def press_by(key: str, button: QPushButton, parent: QWidget) -> None:
    """Have a key press the button as long as it is shown, wherever the focus is in the parent's window."""
    shortcut = QShortcut(QKeySequence(key), parent)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(lambda: button.click() if button.isVisible() else None)


class Page(QWidget):
    """What may stand in an area that scrolls: it scrolls only where even its least height has no room."""

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - the name is Qt's
        """The least height; Qt would take the one that its layout likes best."""
        layout = self.layout()
        return -1 if layout is None else layout.minimumHeightForWidth(width)


def scrolled(page: QWidget) -> QScrollArea:
    """The page in an area that scrolls where the screen is smaller than it."""
    area = QScrollArea(widgetResizable=True)
    area.setObjectName("scrolled")
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


def bring_into_view(widget: QWidget) -> None:
    """Scroll whatever lies around the widget until it is seen."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
