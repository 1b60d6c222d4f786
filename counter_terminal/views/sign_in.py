"""Widget of a counter without an officer: the officers who may sign in, as large buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from counter_terminal.desk.screens import SignInScreen
from counter_terminal.views.parts import named_button, named_label
from counter_terminal.views.words import Words

_COLUMNS = 3


class SignInView(QWidget):
    """Draws a `SignInScreen`."""

    def __init__(
        self, words: Words, chosen: Callable[[str], None], left: Callable[[], None]
    ) -> None:
        super().__init__()
        self._chosen = chosen
        self._names: tuple[str, ...] | None = None
        self._notice = named_label("sign-in-notice", wrap=True)
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        title = named_label("title", words("sign_in.title"))
        self._takes_over = named_label("takes-over", wrap=True)
        self._leave = named_button("sign-in-leave", words("sign_in.leave"))
        self._leave.setMinimumHeight(64)
        self._leave.clicked.connect(left)
        for label in (self._takes_over, self._notice):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(60, 40, 60, 40)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(title, alignment=Qt.AlignmentFlag.AlignHCenter)
        hint = named_label("hint", words("sign_in.hint"))
        column.addWidget(hint, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._takes_over)
        column.addLayout(self._grid)
        column.addWidget(self._notice)
        column.addWidget(self._leave, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def draw(self, screen: SignInScreen) -> None:
        """Show the officers."""
        self._notice.setText(screen.notice)
        self._takes_over.setText(screen.takes_over)
        self._takes_over.setVisible(bool(screen.takes_over))
        self._leave.setVisible(screen.can_leave)
        names = tuple(officer.id for officer in screen.officers)
        if names != self._names:
            self._names = names
            self._fill(screen)
        self.setEnabled(not screen.busy)

    def _fill(self, screen: SignInScreen) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for place, officer in enumerate(screen.officers):
            button = named_button(f"officer-{officer.id}", officer.name)
            button.setMinimumHeight(96)
            button.setStyleSheet("font-size: 22px;")
            button.clicked.connect(lambda _=False, who=officer.id: self._chosen(who))
            self._grid.addWidget(button, *divmod(place, _COLUMNS))
