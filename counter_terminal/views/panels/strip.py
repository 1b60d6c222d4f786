"""Widget of the line at the top: counter, officer, state, connection, time."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from counter_terminal.desk.screens import Strip
from counter_terminal.views.parts import named_label
from service_floor.vietnamese.formats import clock


class StripView(QFrame):
    """Draws a `Strip`; it turns red when the hub is silent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._title = named_label("strip-title")
        self._officer = named_label("strip-officer")
        self._state = named_label("strip-state")
        self._scanner = named_label("strip-scanner")
        self._connection = named_label("strip-connection")
        self._clock = named_label("strip-clock")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(28)
        row.addWidget(self._title)
        row.addWidget(self._officer)
        row.addWidget(self._state)
        row.addStretch(1)
        for label in (self._scanner, self._connection, self._clock):
            row.addWidget(label)

    def draw(self, strip: Strip) -> None:
        """Show this strip."""
        self._title.setText(f"{strip.counter_number:02d}  {strip.counter_name}")
        self._officer.setText(strip.officer)
        self._state.setText(strip.state_text)
        self._scanner.setText(strip.scanner_text)
        self._connection.setText(strip.connection_text)
        self._clock.setText(clock(strip.now) if strip.connected and strip.now else "")
        if self.property("connected") is not strip.connected:
            self.setProperty("connected", strip.connected)
            self.style().unpolish(self)
            self.style().polish(self)
