"""Widget of the officer's actions: large buttons, each with its function key."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from counter_terminal.desk.actions import Action
from counter_terminal.views.parts import KEY_GAP, named_button
from counter_terminal.views.words import Words

KEYS: Final[tuple[tuple[Action, str], ...]] = (
    (Action.CALL_NEXT, "F2"),
    (Action.RECALL, "F3"),
    (Action.START, "F4"),
    (Action.NO_SHOW, "F5"),
    (Action.FINISH, "F6"),
    (Action.TRANSFER, "F7"),
    (Action.PARK, "F8"),
    (Action.PAUSE, "F9"),
    (Action.OPEN, "F10"),
    (Action.CLOSE, "F11"),
    (Action.SIGN_OUT, "F12"),
    (Action.TAKE_OVER, "F1"),
)
_COLUMNS = 4
_LEADING = frozenset({Action.CALL_NEXT, Action.START, Action.FINISH, Action.OPEN})


class ActionGrid(QWidget):
    """Keys that are always in the same place; what cannot be done now is grey, and `refused` is called for it."""

    def __init__(
        self, words: Words, pressed: Callable[[Action], None], refused: Callable[[Action], None]
    ) -> None:
        super().__init__()
        self._pressed = pressed
        self._refused = refused
        self._buttons: dict[Action, QPushButton] = {}
        self._focused: Action | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, (action, key) in enumerate(KEYS):
            button = named_button(action.value, f"{words(f'actions.{action}')}{KEY_GAP}{key}")
            button.setAccessibleName(words(f"actions.{action}"))
            button.setProperty("leading", action in _LEADING)
            button.clicked.connect(lambda _=False, a=action: pressed(a))
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda a=action: self._take(a))
            grid.addWidget(button, *divmod(place, _COLUMNS))
            self._buttons[action] = button
        self._grid = grid
        self.fit(low=False)

    def fit(self, *, low: bool) -> None:
        """Small buttons for a low screen, large ones for others."""
        self._grid.setSpacing(6 if low else 10)
        for button in self._buttons.values():
            button.setMinimumHeight(38 if low else 54)

    def draw(self, actions: frozenset[Action]) -> None:
        """Enable what can be done. While the focused button is grey the grid holds its focus for it."""
        for action, button in self._buttons.items():
            if button.hasFocus() and action not in actions:
                self._focused = action
                self.setFocus()
        for action, button in self._buttons.items():
            button.setEnabled(action in actions)
            # Qt gives the presses on a grey button to none, on one that is transparent to the grid.
            button.setAttribute(
                Qt.WidgetAttribute.WA_TransparentForMouseEvents, action not in actions
            )
        if self._focused in actions and self.hasFocus():
            self._buttons[self._focused].setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - the name is Qt's
        """Called by Qt for a press beside the buttons, and on one that is grey."""
        at = event.position().toPoint()
        for action, button in self._buttons.items():
            if button.geometry().contains(at) and not button.isEnabled():
                self._refused(action)

    def _take(self, action: Action) -> None:
        button = self._buttons[action]
        if button.isEnabled():
            button.click()
        else:
            self._refused(action)
