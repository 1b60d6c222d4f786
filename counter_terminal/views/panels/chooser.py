"""Widget of big buttons to choose one thing from, in place of a menu: it works by hand, key and screen reader alike."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from counter_terminal.views.parts import bring_into_view, named_button, named_label

Choice = tuple[str, str, Callable[[], None]]
"""Object name, text, and what happens when it is chosen."""


class Chooser(QFrame):
    """Asks one question at a time; it hides itself after an answer."""

    def __init__(self, cancel_text: str, on_close: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._on_close = on_close
        self._cancel_text = cancel_text
        self._title = named_label("heading", wrap=True)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addWidget(self._title)
        column.addWidget(self._scroll, 1)

    def ask(self, title: str, choices: Sequence[Choice]) -> None:
        """Show the question; the first choice is the one to focus."""
        self._title.setText(title)
        self.setAccessibleName(title)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(10)
        leave: Choice = ("choose-cancel", self._cancel_text, lambda: None)
        buttons = [self._button(choice) for choice in (*choices, leave)]
        for button in buttons:
            column.addWidget(button)
        column.addStretch(1)
        self._scroll.setWidget(page)
        self._first = buttons[0]

    def take_focus(self) -> None:
        """Focus the first choice, and show it wherever it lies."""
        self._first.setFocus()
        bring_into_view(self._first)

    def _button(self, choice: Choice) -> QPushButton:
        name, text, chosen = choice
        button = named_button(name, text, wraps=True)
        button.setMinimumHeight(52)

        def choose() -> None:
            self._on_close()
            chosen()

        button.clicked.connect(choose)
        return button
