"""Widget of one queue: waiting, parked or missed tickets as rows; a row is chosen, then its button pressed."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from counter_terminal.desk.screens import WaitingRow
from counter_terminal.views.parts import KEY_GAP, named_button, named_label, tip
from service_floor.vietnamese.formats import clock

_COLUMNS = (
    QHeaderView.ResizeMode.ResizeToContents,
    QHeaderView.ResizeMode.Stretch,
    QHeaderView.ResizeMode.ResizeToContents,
)
_ENTERS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Rows(QTableWidget):
    """A table that Tab leaves. Signal: `taken()`, Enter or a double click on the chosen row."""

    taken = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(0, len(_COLUMNS))
        self.setObjectName(name)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(40)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for place, mode in enumerate(_COLUMNS):
            self.horizontalHeader().setSectionResizeMode(place, mode)
        self.cellDoubleClicked.connect(lambda _row, _column: self.taken.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - the name is Qt's
        """Enter takes the chosen row."""
        if event.key() in _ENTERS:
            if not event.isAutoRepeat():
                self.taken.emit()
        else:
            super().keyPressEvent(event)


class QueuePanel(QFrame):
    """A list of tickets with one action on the chosen one, which `key` takes too, and perhaps a second."""

    def __init__(
        self, name: str, action_text: str, chosen: Callable[[str], None], key: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._rows: tuple[WaitingRow, ...] | None = None
        self._possible = self._second_possible = False
        self._heading = named_label("heading")
        self._table = Rows(f"{name}-rows")
        self._table.itemSelectionChanged.connect(self._light)
        self._button = named_button(name, f"{action_text}{KEY_GAP}{key}".strip())
        self._button.setAccessibleName(action_text)
        self._button.clicked.connect(lambda: chosen(self._chosen()))
        self._table.taken.connect(self._button.click)
        if key:
            QShortcut(QKeySequence(key), self).activated.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 12)
        column.addWidget(self._heading)
        column.addWidget(self._table, 1)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._button, 1)
        self._second: QPushButton | None = None
        column.addLayout(self._buttons)

    def add_action(self, name: str, action_text: str, chosen: Callable[[str], None]) -> None:
        """Another action on the chosen ticket, beside the first."""
        self._second = named_button(name, action_text)
        self._second.clicked.connect(lambda: chosen(self._chosen()))
        self._buttons.addWidget(self._second)
        self._light()

    def draw(
        self, heading: str, rows: Sequence[WaitingRow], possible: bool, second: bool = False
    ) -> None:
        """Show the rows; the choice stays on the same ticket while it is there."""
        self._heading.setText(heading)
        self._table.setAccessibleName(heading)
        self._possible, self._second_possible = possible, second
        if self._rows != tuple(rows):
            self._fill(tuple(rows))
        self._light()

    def choose(self, ticket: str) -> None:
        """Choose the row of a ticket."""
        for place, row in enumerate(self._rows or ()):
            if row.id == ticket:
                self._table.selectRow(place)

    def _take(self) -> None:
        """The key of the panel: take the chosen row, or choose the first one."""
        if self._chosen():
            self._button.click()
        elif self._rows:
            self._table.setFocus()
            self._table.selectRow(0)

    def _fill(self, rows: tuple[WaitingRow, ...]) -> None:
        """Write what is new and take out what has gone: on a full day all rows take longer than an officer may wait."""
        kept = self._chosen()
        there = self._keep(rows)
        for place, row in enumerate(rows):
            if there[place : place + 1] != [row]:
                there.insert(place, row)
                self._table.insertRow(place)
                self._write(place, row)
        self._rows = rows
        # Where the chosen row has gone, Qt has chosen the next one.
        self._table.clearSelection()
        self.choose(kept)

    def _keep(self, rows: tuple[WaitingRow, ...]) -> list[WaitingRow]:
        """Take out the rows that are not among these; what stays, none where the order is another."""
        staying, before = set(rows), self._rows or ()
        there = [row for row in before if row in staying]
        kept = set(there)
        if there != [row for row in rows if row in kept]:
            self._table.setRowCount(0)
            return []
        for place in reversed(range(len(before))):
            if before[place] not in staying:
                self._table.removeRow(place)
        return there

    def _write(self, place: int, row: WaitingRow) -> None:
        lines = [line for line in (row.service, row.priority, row.note) if line]
        for column, text in enumerate((row.number, "\n".join(lines), clock(row.arrived_at))):
            item = QTableWidgetItem(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            item.setToolTip(tip(text))
            self._table.setItem(place, column, item)
        self._table.setRowHeight(place, 22 + 18 * len(lines))

    def _chosen(self) -> str:
        selected = self._table.selectionModel().selectedRows()
        rows = self._rows or ()
        place = selected[0].row() if selected else -1
        return rows[place].id if 0 <= place < len(rows) else ""

    def _light(self) -> None:
        chosen = bool(self._chosen())
        self._button.setEnabled(self._possible and chosen)
        if self._second is not None:
            self._second.setEnabled(self._second_possible and chosen)
