"""Widget of the ticket at the desk, large enough to read at arm's length."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_terminal.desk.actions import Action
from counter_terminal.desk.screens import CurrentTicket
from counter_terminal.views.parts import keyed_button, named_label
from counter_terminal.views.words import Words

REPRINT_KEY = "Ctrl+P"


class TicketCard(QFrame):
    """Draws the current ticket; its buttons confirm or reject a claimed priority, and have its slip printed again."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._words = words
        self._number = named_label("number", "–")
        self._service = named_label("service", wrap=True)
        self._state = named_label("state")
        self._detail = named_label("detail", wrap=True)
        self._priority = named_label("priority", wrap=True)
        self.confirm = keyed_button(
            "confirm-priority", words("actions.confirm-priority"), "Ctrl+U", self
        )
        self.reject = keyed_button("reject-priority", words("menus.priority_no"), "Ctrl+K", self)
        self._paper = named_label("paper", wrap=True)
        self.reprint = keyed_button("reprint", words("actions.reprint"), REPRINT_KEY, self)
        self.reprint.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        beside = QVBoxLayout()
        beside.setSpacing(6)
        for line in (self._state, self._service, self._detail):
            beside.addWidget(line)
        # An empty layout would let its neighbours be no wider than itself.
        self._claim = QWidget()
        claim = QHBoxLayout(self._claim)
        claim.setContentsMargins(0, 0, 0, 0)
        for button in (self.confirm, self.reject):
            claim.addWidget(button, 1)
        beside.addWidget(self._priority)
        beside.addWidget(self._claim)
        beside.addWidget(self._paper)
        beside.addStretch(1)
        ticket = QVBoxLayout()
        ticket.setSpacing(0)
        ticket.addWidget(self._number, 1)
        ticket.addWidget(self.reprint)
        self._row = QHBoxLayout(self)
        self._row.addLayout(ticket)
        self._row.addLayout(beside, 1)
        self.fit(low=False)

    def fit(self, *, low: bool) -> None:
        """Small margins for a low screen, wide ones for others."""
        self._row.setContentsMargins(*((14, 6, 14, 6) if low else (24, 12, 24, 12)))
        self._row.setSpacing(16 if low else 32)
        self.setMinimumHeight(110 if low else 176)

    def draw(self, ticket: CurrentTicket | None, actions: frozenset[Action]) -> None:
        """Show the ticket with what can be done to it, or an empty card."""
        words = self._words
        self._number.setText(ticket.number if ticket else "–")
        self.setAccessibleName(
            f"{ticket.number} {ticket.state_text}" if ticket else words("ticket.none")
        )
        self._state.setText(ticket.state_text if ticket else "")
        self._service.setText(ticket.service if ticket else words("ticket.none"))
        self._detail.setText(ticket.detail if ticket else words("ticket.none_hint"))
        self._priority.setText(ticket.priority if ticket else "")
        self._priority.setVisible(bool(ticket and ticket.priority))
        open_claim = bool(ticket and ticket.priority and ticket.priority_confirmed is None)
        self._claim.setVisible(open_claim and Action.CONFIRM_PRIORITY in actions)
        self._paper.setText(ticket.paper if ticket else "")
        self._paper.setVisible(bool(ticket and ticket.paper))
        self._paper.setProperty("out", bool(ticket and ticket.paper_is_out))
        self._paper.style().unpolish(self._paper)
        self._paper.style().polish(self._paper)
        self.reprint.setVisible(ticket is not None)
        self.reprint.setEnabled(Action.REPRINT in actions)
