"""Widget of the officer's actions: large buttons, each with its function key."""

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from counter_terminal.desk.actions import Action
from counter_terminal.views.parts import named_button
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
    """Keys that are always in the same place; what cannot be done now is grey."""

    def __init__(self, words: Words, pressed: Callable[[Action], None]) -> None:
        super().__init__()
        self._buttons: dict[Action, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        for place, (action, key) in enumerate(KEYS):
            button = named_button(action.value, f"{words(f'actions.{action}')}   {key}")
            button.setAccessibleName(words(f"actions.{action}"))
            button.setMinimumHeight(54)
            button.setProperty("leading", action in _LEADING)
            button.clicked.connect(lambda _=False, a=action: pressed(a))
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(button.click)
            grid.addWidget(button, *divmod(place, _COLUMNS))
            self._buttons[action] = button

    def draw(self, actions: frozenset[Action]) -> None:
        """Enable what can be done."""
        for action, button in self._buttons.items():
            button.setEnabled(action in actions)
