"""Widget of a counter without an officer: the officers who may sign in, as large buttons."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from counter_terminal.desk.screens import SignInScreen
from counter_terminal.desk.setup import Named
from counter_terminal.views.parts import named_button, named_label, press_by, scrolled
from counter_terminal.views.words import Words

_COLUMN: Final = 300
"""Pixels of width that a name wants at least."""
_MOST_COLUMNS: Final = 3
_LOW: Final = 560
"""Pixels of height below which buttons and margins are small."""


class SignInView(QWidget):
    """Draws a `SignInScreen`. The names scroll; what is said about them stays in sight."""

    def __init__(
        self, words: Words, chosen: Callable[[str], None], left: Callable[[], None]
    ) -> None:
        super().__init__()
        self._chosen = chosen
        self._officers: tuple[Named, ...] | None = None
        self._shape = (0, 0)
        self._notice = named_label("sign-in-notice", wrap=True)
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(4, 4, 4, 4)
        self._names = scrolled(page)
        self._title = named_label("title", words("sign_in.title"), wrap=True)
        self._hint = named_label("hint", words("sign_in.hint"), wrap=True)
        self._takes_over = named_label("takes-over", wrap=True)
        self._leave = named_button("sign-in-leave", words("sign_in.leave"))
        self._leave.clicked.connect(left)
        press_by("Esc", self._leave, self)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(12)
        for label in (self._title, self._hint, self._takes_over, self._notice):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(label)
        self._column.addWidget(self._names, 1)
        self._column.addWidget(self._leave, alignment=Qt.AlignmentFlag.AlignHCenter)

    def draw(self, screen: SignInScreen) -> None:
        """Show the officers."""
        self._notice.setText(screen.notice)
        self._notice.setVisible(bool(screen.notice))
        self._takes_over.setText(screen.takes_over)
        self._takes_over.setVisible(bool(screen.takes_over))
        self._leave.setVisible(screen.can_leave)
        if screen.officers != self._officers:
            self._officers = screen.officers
            self._fill(screen.officers)
        self.setEnabled(not screen.busy)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - the name is Qt's
        """Called by Qt: as many columns as there is room for, and smaller buttons on a low screen."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        side, top = (60, 40) if not low else (16, 8)
        self._column.setContentsMargins(side, top, side, top)
        self._hint.setVisible(not low)
        room = self.width() - 2 * side
        shape = (max(1, min(_MOST_COLUMNS, room // _COLUMN)), 56 if low else 96)
        if shape != self._shape:
            self._shape = shape
            self._place()

    def _fill(self, officers: tuple[Named, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for officer in officers:
            button = named_button(f"officer-{officer.id}", officer.name, wraps=True)
            button.setProperty("person", True)
            button.clicked.connect(lambda _=False, who=officer.id: self._chosen(who))
            self._grid.addWidget(button)
        self._place()

    def _place(self) -> None:
        """Lay the names out in columns, in the order of the list."""
        columns, height = self._shape
        items = [self._grid.takeAt(0) for _ in range(self._grid.count())]
        self._grid.setSpacing(16 if height > _COLUMN // 4 else 8)
        found = (item.widget() for item in items if item is not None)
        buttons = [button for button in found if button is not None]
        for place, button in enumerate(buttons):
            button.setMinimumHeight(height)
            self._grid.addWidget(button, *divmod(place, max(1, columns)))
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(column, int(column < columns))
        # What is left over lies below the names.
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(-(-len(buttons) // max(1, columns)), 1)
