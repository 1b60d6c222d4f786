"""Widget for enrolment: the code to type in the console, and the steps for the technician."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from counter_terminal.desk.screens import EnrolScreen
from counter_terminal.views.parts import Page, named_label

_WIDTH = 860


class EnrolView(Page):
    """Draws an `EnrolScreen`."""

    def __init__(self) -> None:
        super().__init__()
        self._notice = named_label("enrol-notice", wrap=True)
        self._title = named_label("title", wrap=True)
        self._code = named_label("enrol-code")
        self._remaining = named_label("enrol-remaining", wrap=True)
        self._steps = named_label("enrol-steps", wrap=True)
        for label in (self._notice, self._title, self._code, self._remaining):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(_WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 24, 32, 24)
        inside.setSpacing(16)
        for label in (self._title, self._code, self._remaining, self._steps):
            inside.addWidget(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(24)
        column.addStretch(1)
        column.addWidget(self._notice)
        row = QHBoxLayout()
        row.addStretch(0)
        row.addWidget(card, 1)
        row.addStretch(0)
        column.addLayout(row)
        column.addStretch(1)

    def draw(self, screen: EnrolScreen) -> None:
        """Show the code, or what is waited for."""
        self._notice.setText(screen.notice)
        self._title.setText(screen.title)
        self._code.setText(screen.code)
        self._code.setVisible(bool(screen.code))
        self._remaining.setText(screen.remaining)
        self._steps.setText("\n".join(f"{n}.  {step}" for n, step in enumerate(screen.steps, 1)))
        self._steps.setVisible(bool(screen.steps))
