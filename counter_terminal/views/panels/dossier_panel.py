"""Widget of the dossier card that a scan has brought up, to be read in one glance."""

from collections.abc import Callable
from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
)

from counter_terminal.desk.screens import DossierCard
from counter_terminal.views.parts import (
    ElidedLabel,
    bring_into_view,
    keyed_button,
    named_button,
    named_label,
)
from counter_terminal.views.style import QUIET
from counter_terminal.views.words import Words

_LEAST_LINES: Final = 60
"""Pixels: two lines of a card and a half."""


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
        to_field = QShortcut(QKeySequence("Ctrl+L"), self)
        to_field.activated.connect(self._to_field)
        look_up = named_button("dossier-look-up", words("dossier.look_up"))
        look_up.clicked.connect(self._enter)
        self._away = keyed_button("dossier-put-away", words("dossier.put_away"), "Ctrl+E", self)
        self._away.clicked.connect(put_away)
        self.papers = keyed_button("dossier-papers", words("papers.print"), "Ctrl+I", self)
        self.papers.hide()
        self.choose = keyed_button("dossier-choose", words("dossier.choose"), "Ctrl+M", self)
        self.choose.hide()
        self._printing = ElidedLabel("printing", 90)
        self._hint = named_label("hint", words("dossier.hint"), wrap=True)
        self._code = ElidedLabel("dossier-read", 120)
        self._standing = ElidedLabel("standing", 90)
        self._lines = QTextBrowser()
        self._lines.setObjectName("dossier-lines")
        self._lines.setFrameShape(QFrame.Shape.NoFrame)
        self._lines.setOpenLinks(False)
        self._lines.setTabChangesFocus(True)
        self._lines.document().setDocumentMargin(0)
        # It takes what the ticket and its notice leave, and scrolls.
        self._lines.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._lines.setMinimumHeight(_LEAST_LINES)
        self._title = words("dossier.title")
        self._lines.setAccessibleName(self._title)
        self.setAccessibleName(self._title)
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
        top.addWidget(self._printing)
        top.addWidget(self.papers)
        top.addWidget(self.choose)
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
        self.papers.setVisible(bool(card and card.papers))
        self.choose.setVisible(bool(card and card.choices))
        self._printing.setText(card.printing if card else "")
        self._printing.setVisible(bool(card and card.printing))
        self._code.setText(card.code if card else "")
        self._code.setVisible(bool(card and card.code))
        self._standing.setText(card.standing if card else "")
        self._standing.setVisible(bool(card and card.standing))
        self._standing.setProperty("late", bool(card and card.late))
        self._standing.style().unpolish(self._standing)
        self._standing.style().polish(self._standing)
        self._lines.setHtml(_page(card) if card else "")
        self._lines.setAccessibleName(f"{self._title} {card.code}" if card else self._title)
        self._lines.setFocusPolicy(Qt.FocusPolicy.StrongFocus if card else Qt.FocusPolicy.NoFocus)

    def forget(self) -> None:
        """What was typed and not sent is not for the next officer."""
        self._field.clear()

    def _to_field(self) -> None:
        self._field.setFocus()
        bring_into_view(self._field)

    def _enter(self) -> None:
        text = self._field.text().strip()
        if text:
            self._field.clear()
            self._entered(text)


def _page(card: DossierCard) -> str:
    """The card as rich text: the procedure, then a dossier's facts in two columns, or its papers one below the other."""
    columns = 2 if card.found else 1
    cells = [
        f'<td style="color:{QUIET}">{escape(caption)}&nbsp;&nbsp;</td>'
        f'<td style="padding-right:28px">{escape(text)}</td>'
        for caption, text in card.lines
    ]
    starts = range(0, len(cells), columns)
    rows = "".join(f"<tr>{''.join(cells[at : at + columns])}</tr>" for at in starts)
    return (
        f'<p style="font-weight:600; margin-top:0">{escape(card.headline)}</p><table>{rows}</table>'
    )
