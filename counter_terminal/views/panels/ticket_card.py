"""Widget of the ticket at the desk, large enough to read at arm's length."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_terminal.desk.actions import Action
from counter_terminal.desk.screens import CurrentTicket
from counter_terminal.views.parts import named_button, named_label
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
        self.confirm = named_button("confirm-priority", words("actions.confirm-priority"))
        self.reject = named_button("reject-priority", words("menus.priority_no"))
        self._paper = named_label("paper", wrap=True)
        self.reprint = named_button("reprint", f"{words('actions.reprint')}   {REPRINT_KEY}")
        self.reprint.setAccessibleName(words("actions.reprint"))
        QShortcut(QKeySequence(REPRINT_KEY), self).activated.connect(self.reprint.click)
        beside = QVBoxLayout()
        beside.setSpacing(6)
        for line in (self._state, self._service, self._detail):
            beside.addWidget(line)
        claim = QHBoxLayout()
        claim.addWidget(self._priority, 1)
        claim.addWidget(self.confirm)
        claim.addWidget(self.reject)
        beside.addLayout(claim)
        beside.addWidget(self._paper)
        beside.addStretch(1)
        ticket = QVBoxLayout()
        ticket.setSpacing(0)
        ticket.addWidget(self._number, 1)
        ticket.addWidget(self.reprint)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(32)
        row.addLayout(ticket)
        row.addLayout(beside, 1)
        self.setMinimumHeight(176)

    def draw(self, ticket: CurrentTicket | None, actions: frozenset[Action]) -> None:
        """Show the ticket with what can be done to it, or an empty card."""
        words = self._words
        self._number.setText(ticket.number if ticket else "–")
        self._state.setText(ticket.state_text if ticket else "")
        self._service.setText(ticket.service if ticket else words("ticket.none"))
        self._detail.setText(ticket.detail if ticket else words("ticket.none_hint"))
        self._priority.setText(ticket.priority if ticket else "")
        open_claim = bool(ticket and ticket.priority and ticket.priority_confirmed is None)
        for button in (self.confirm, self.reject):
            button.setVisible(open_claim and Action.CONFIRM_PRIORITY in actions)
        self._paper.setText(ticket.paper if ticket else "")
        self._paper.setVisible(bool(ticket and ticket.paper))
        self._paper.setProperty("out", bool(ticket and ticket.paper_is_out))
        self._paper.style().unpolish(self._paper)
        self._paper.style().polish(self._paper)
        self.reprint.setVisible(ticket is not None)
        self.reprint.setEnabled(Action.REPRINT in actions)
