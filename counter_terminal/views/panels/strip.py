"""Widget of the line at the top: counter, officer, state, devices, connection, time."""

from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from counter_terminal.desk.screens import Strip
from counter_terminal.views.parts import ElidedLabel, named_label
from service_floor.vietnamese.formats import clock

_ONE_ROW: Final = 1200
"""Pixels of width from which everything stands in one row."""


class StripView(QFrame):
    """Draws a `Strip`; it turns red when the hub is silent. Long names are elided before anything else is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._title = ElidedLabel("strip-title", 150)
        self._officer = ElidedLabel("strip-officer", 110)
        self._state = ElidedLabel("strip-state", 130)
        self._scanner = ElidedLabel("strip-scanner", 110)
        self._printer = ElidedLabel("strip-printer", 110)
        self._connection = named_label("strip-connection", wrap=True)
        self._clock = named_label("strip-clock")
        self._wide = self._connected = True
        self._rows = tuple(QHBoxLayout() for _ in range(3))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 10)
        column.setSpacing(4)
        for row in self._rows:
            row.setSpacing(24)
            column.addLayout(row)
        self._arrange()

    def fit(self, width: int) -> None:
        """Stand in one row where there is room, else in two."""
        if self._wide != (width >= _ONE_ROW):
            self._wide = width >= _ONE_ROW
            self._arrange()
            self._make_room()

    def draw(self, strip: Strip) -> None:
        """Show this strip."""
        self._title.setText(f"{strip.counter_number:02d}  {strip.counter_name}")
        self._officer.setText(strip.officer)
        self._state.setText(strip.state_text)
        self._scanner.setText(strip.scanner_text)
        self._printer.setText(strip.printer_text)
        self._connection.setText(strip.connection_text)
        self._clock.setText(clock(strip.now) if strip.connected and strip.now else "")
        self._mark(self._printer, "wanting", strip.printer_wants)
        self._make_room()
        if self._connected is not strip.connected:
            self._connected = strip.connected
            self._arrange()
        self._mark(self, "connected", strip.connected)

    def _arrange(self) -> None:
        """Put the labels into their rows. A lost connection has the last one for itself."""
        for row in self._rows:
            while row.takeAt(0) is not None:
                pass
        names = (self._title, self._officer, self._state)
        devices = (self._scanner, self._printer)
        hub = (self._connection,) if self._connected else ()
        if self._wide:
            self._fill(0, names, (*devices, *hub, self._clock))
        else:
            self._fill(0, (self._title,), (*hub, self._clock))
            self._fill(1, (self._officer, self._state), devices)
        if not self._connected:
            self._rows[2].addWidget(self._connection, 1)
        self._connection.setWordWrap(not self._connected)

    def _make_room(self) -> None:
        """Devices are read in full before names are, above all a printer that wants somebody."""
        wants = bool(self._printer.property("wanting"))
        self._scanner.least = 190 if self._wide else 90
        self._printer.least = (320 if wants else 160) if self._wide else (200 if wants else 90)
        for label in (self._scanner, self._printer):
            label.updateGeometry()

    def _fill(self, row: int, left: tuple[QLabel, ...], right: tuple[QLabel, ...]) -> None:
        for label in left:
            self._rows[row].addWidget(label)
        self._rows[row].addStretch(1)
        for label in right:
            self._rows[row].addWidget(label)

    @staticmethod
    def _mark(widget: QWidget, name: str, value: bool) -> None:
        """Set a property that the style sheet knows."""
        if widget.property(name) is not value:
            widget.setProperty(name, value)
            widget.style().unpolish(widget)
            widget.style().polish(widget)
