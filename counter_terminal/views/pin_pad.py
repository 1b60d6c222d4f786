"""Widget for the PIN of the chosen officer: a masked field, and a number pad for a desk with a touch screen."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from counter_terminal.desk.screens import PinScreen
from counter_terminal.views.parts import Page, named_button, named_label, press_by
from counter_terminal.views.words import Words

_KEYS: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9")
_LONGEST: Final = 12
_WIDTH: Final = 420
_NOTICE_HEIGHT: Final = 40
_LOW: Final = 660
"""Pixels of the window's height below which the pad stands beside the field."""


class PinView(Page):
    """Draws a `PinScreen`. What was typed is handed to `entered` once and gone from the field."""

    def __init__(
        self, words: Words, entered: Callable[[str], None], left: Callable[[], None]
    ) -> None:
        super().__init__()
        self._words = words
        self._entered = entered
        self._officer = ""
        self._title = named_label("pin-title", wrap=True)
        self._takes_over = named_label("pin-takes-over", wrap=True)
        self._notice = named_label("pin-notice", wrap=True)
        for label in (self._title, self._takes_over, self._notice):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._field = self._make_field()
        self._enter = named_button("pin-enter", words("sign_in.enter"))
        self._enter.setProperty("leading", True)
        self._enter.clicked.connect(self._hand_over)
        self._other = named_button("pin-other", words("sign_in.other"))
        self._other.clicked.connect(left)
        press_by("Esc", self._other, self)
        self._pad = self._make_pad()
        self._lay_out()

    def draw(self, screen: PinScreen) -> None:
        """Show which officer's PIN is asked for, and the result of the last try."""
        self._title.setText(self._words("sign_in.pin", officer=screen.officer.name))
        self._takes_over.setText(screen.takes_over)
        self._takes_over.setVisible(bool(screen.takes_over))
        self._notice.setText(screen.notice)
        if screen.officer.id != self._officer or not screen.can_type:
            self._officer = screen.officer.id
            self._field.clear()
        for part in (self._field, self._enter, *self._pad):
            part.setEnabled(screen.can_type)
        self._other.setEnabled(not screen.busy)
        if screen.can_type:
            self._field.setFocus()

    def hideEvent(self, event: object) -> None:  # noqa: N802 - the name is Qt's
        """Nothing typed stays behind."""
        del event
        self._field.clear()
        self._officer = ""

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName("pin")
        field.setAccessibleName(self._words("sign_in.pin_hint"))
        field.setPlaceholderText(self._words("sign_in.pin_hint"))
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setMaxLength(_LONGEST)
        field.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), field))
        field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        field.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData
        )
        field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        field.returnPressed.connect(self._hand_over)
        return field

    def _make_pad(self) -> list[QPushButton]:
        keys = [self._digit(digit) for digit in (*_KEYS, "0")]
        erase = named_button("pin-erase", self._words("sign_in.erase"))
        erase.clicked.connect(self._field.backspace)
        erase.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return [*keys, erase]

    def _digit(self, digit: str) -> QPushButton:
        button = named_button(f"pin-{digit}", digit)
        button.setProperty("digit", True)
        # The field keeps the focus, so that Enter and the keyboard go on working.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self._field.insert(digit))
        return button

    def _hand_over(self) -> None:
        pin = self._field.text()
        self._field.clear()
        self._entered(pin)

    def _lay_out(self) -> None:
        self._keys = QWidget()
        pad = self._grid = QGridLayout(self._keys)
        pad.setContentsMargins(0, 0, 0, 0)
        for place, key in enumerate(self._pad[:9]):
            pad.addWidget(key, *divmod(place, 3))
        pad.addWidget(self._pad[9], 3, 0, 1, 2)
        pad.addWidget(self._pad[10], 3, 2)
        self._ends = QWidget()
        ends = QHBoxLayout(self._ends)
        ends.setContentsMargins(0, 0, 0, 0)
        ends.setSpacing(10)
        for button in (self._other, self._enter):
            ends.addWidget(button, 1)
        self._middle = QWidget()
        self._parts = QGridLayout(self._middle)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(12)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 12, 20, 12)
        page.setSpacing(12)
        page.addStretch(1)
        page.addWidget(self._title)
        page.addWidget(self._takes_over)
        page.addWidget(self._notice)
        page.addWidget(self._middle, alignment=Qt.AlignmentFlag.AlignHCenter)
        page.addStretch(1)
        self.fit(_LOW)

    def fit(self, height: int) -> None:
        """The pad stands below the field, or beside it where the screen is low."""
        low = height < _LOW
        parts = (self._field, self._keys, self._ends)
        while self._parts.takeAt(0) is not None:
            pass
        for place, part in enumerate(parts):
            self._parts.addWidget(part, place, 0)
        if low:
            self._parts.addWidget(self._keys, 0, 1, 3, 1)
        for column, share in enumerate((3, 2 if low else 0)):
            self._parts.setColumnStretch(column, share)
        self._parts.setColumnMinimumWidth(1, 220 if low else 0)
        self._middle.setFixedWidth(int(1.4 * _WIDTH) if low else _WIDTH)
        self._grid.setSpacing(6 if low else 10)
        for part in (self._field, self._other, self._enter, *self._pad):
            part.setMinimumHeight(40 if low else 64)
        self._notice.setMinimumHeight(0 if low else _NOTICE_HEIGHT)
