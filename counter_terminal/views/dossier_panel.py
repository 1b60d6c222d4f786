"""The dossier that a scan has brought up, to be read in one glance."""

from collections.abc import Callable
from html import escape

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
)

from counter_terminal.desk.screens import DossierCard
from counter_terminal.views.parts import named_button, named_label
from counter_terminal.views.style import QUIET
from counter_terminal.views.words import Words


class DossierPanel(QFrame):
    """A field to type a code into, and the card of the last one."""

    def __init__(
        self, words: Words, entered: Callable[[str], None], put_away: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._entered = entered
        self._card: DossierCard | None = None
        self._field = QLineEdit()
        self._field.setObjectName("dossier-code")
        self._field.setPlaceholderText(words("dossier.input"))
        self._field.setAccessibleName(words("dossier.input"))
        self._field.setMaxLength(200)
        self._field.returnPressed.connect(self._enter)
        look_up = named_button("dossier-look-up", words("dossier.look_up"))
        look_up.clicked.connect(self._enter)
        self._away = named_button("dossier-put-away", words("dossier.put_away"))
        self._away.clicked.connect(put_away)
        self._hint = named_label("hint", words("dossier.hint"), wrap=True)
        self._code = named_label("dossier-read")
        self._standing = named_label("standing")
        self._lines = QTextBrowser()
        self._lines.setObjectName("dossier-lines")
        self._lines.setFrameShape(QFrame.Shape.NoFrame)
        self._lines.setOpenLinks(False)
        self._lay_out(words, look_up)

    def _lay_out(self, words: Words, look_up: QPushButton) -> None:
        entry = QHBoxLayout()
        entry.addWidget(named_label("heading", words("dossier.title")))
        for widget, stretch in ((self._field, 1), (look_up, 0), (self._away, 0)):
            entry.addWidget(widget, stretch)
        top = QHBoxLayout()
        top.addWidget(self._code)
        top.addStretch(1)
        top.addWidget(self._standing)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 18, 10)
        column.setSpacing(6)
        column.addLayout(entry)
        column.addWidget(self._hint)
        column.addLayout(top)
        column.addWidget(self._lines, 1)

    def draw(self, card: DossierCard | None) -> None:
        """Show the card, or how to get one."""
        self._hint.setVisible(card is None)
        self._away.setEnabled(card is not None)
        if card == self._card:
            return
        self._card = card
        self._code.setText(card.code if card else "")
        self._standing.setText(card.standing if card else "")
        self._standing.setProperty("late", bool(card and card.late))
        self._standing.style().unpolish(self._standing)
        self._standing.style().polish(self._standing)
        self._lines.setHtml(_page(card) if card else "")

    def _enter(self) -> None:
        text = self._field.text().strip()
        if text:
            self._field.clear()
            self._entered(text)


def _page(card: DossierCard) -> str:
    """The card as rich text: the procedure, then its facts in two columns."""
    cells = [
        f'<td style="color:{QUIET}">{escape(caption)}&nbsp;&nbsp;</td>'
        f'<td style="padding-right:28px">{escape(text)}</td>'
        for caption, text in card.lines
    ]
    rows = "".join(f"<tr>{''.join(cells[n : n + 2])}</tr>" for n in range(0, len(cells), 2))
    return f'<p style="font-weight:600">{escape(card.headline)}</p><table>{rows}</table>'
