"""Widget of an officer at work: the ticket, the actions, the dossier card, the camera and the queues, with their menus."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from counter_terminal.desk.actions import Action
from counter_terminal.desk.events import Pressed
from counter_terminal.desk.screens import DeskScreen
from counter_terminal.views.menus import CHOSEN_FIRST, at_desk
from counter_terminal.views.panels.action_grid import ActionGrid
from counter_terminal.views.panels.camera_panel import CameraPanel, LivePicture
from counter_terminal.views.panels.dossier_panel import DossierPanel
from counter_terminal.views.panels.menu_side import MenuSide
from counter_terminal.views.panels.queue_panel import QueuePanel
from counter_terminal.views.panels.ticket_card import TicketCard
from counter_terminal.views.parts import Page, bring_into_view, named_label
from counter_terminal.views.words import Words

_QUEUE_HEIGHT: Final = 200
"""Pixels of a queue's height where the page scrolls."""


class DeskView(Page):
    """Draws a `DeskScreen`.

    Signals: `pressed(Pressed)`, `code_entered(str)`, `dossier_put_away()`, `paper_chosen(PaperChosen)`,
    `explained(Action)` for the key of an action that cannot be done now.
    """

    pressed = Signal(object)
    code_entered = Signal(str)
    dossier_put_away = Signal()
    paper_chosen = Signal(object)
    explained = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._screen: DeskScreen | None = None
        self._card = TicketCard(words)
        self._card.confirm.clicked.connect(lambda: self._confirm(True))
        self._card.reject.clicked.connect(lambda: self._confirm(False))
        self._card.reprint.clicked.connect(lambda: self._side.ask_for(Action.REPRINT))
        self._notice = named_label("notice", wrap=True)
        self._grid = ActionGrid(words, self._act, self.explained.emit)
        self._dossier = DossierPanel(words, self.code_entered.emit, self.dossier_put_away.emit)
        self._dossier.papers.clicked.connect(lambda: self._side.ask_paper())
        self._dossier.choose.clicked.connect(lambda: self._side.ask_code())
        self._camera = CameraPanel(words)
        self._waiting = self._queue(Action.CALL_CHOSEN, "Ctrl+1")
        self._parked = self._queue(Action.CALL_PARKED, "Ctrl+2")
        self._missed = self._queue(Action.READMIT, "Ctrl+3")
        cancel = words(f"actions.{Action.CANCEL}")
        self._waiting.add_action("cancel-waiting", cancel, self._cancel)
        self._parked.add_action("cancel-parked", cancel, self._cancel)
        self._side: MenuSide = MenuSide(
            words, self._beside(), self.pressed.emit, self.paper_chosen.emit, self.code_entered.emit
        )
        self._lay_out()

    def draw(self, screen: DeskScreen) -> None:
        """Show this screen. A menu closes as soon as it would mean another ticket or another card."""
        self._screen = screen
        self._side.draw(screen)
        self._card.draw(screen.current, screen.actions)
        self._say(screen.notice)
        self._grid.draw(screen.actions)
        self._dossier.draw(screen.dossier)
        self._camera.draw(screen.camera)
        self._draw_queues(screen)

    @property
    def live(self) -> LivePicture:
        """The place of the camera's picture."""
        return self._camera.picture

    def leave(self) -> None:
        """Another page is shown: neither a menu nor half a code waits behind it."""
        self._side.close_menu()
        self._dossier.forget()

    def fit(self, *, narrow: bool, low: bool) -> None:
        """Fit a screen: the queues stand below the ticket on a narrow one, and a low one has small buttons and margins."""
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        margin = 8 if low else 16
        self._columns.setContentsMargins(margin, margin, margin, margin)
        self._columns.setSpacing(margin)
        for panel in (self._waiting, self._parked, self._missed):
            panel.setMinimumHeight(_QUEUE_HEIGHT if narrow else 0)
        self._grid.fit(low=low)
        self._card.fit(low=low)

    def _say(self, notice: str) -> None:
        if notice != self._notice.text():
            self._notice.setText(notice)
            if notice:
                bring_into_view(self._notice)

    def _draw_queues(self, screen: DeskScreen) -> None:
        can, words = screen.actions, self._words
        heading = words("queue.waiting", count=screen.waiting_count)
        cancel = Action.CANCEL in can
        self._waiting.draw(heading, screen.waiting, Action.CALL_CHOSEN in can, cancel)
        self._parked.draw(words("queue.parked"), screen.parked, Action.CALL_PARKED in can, cancel)
        self._missed.draw(words("queue.missed"), screen.missed, Action.READMIT in can)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._card)
        left.addWidget(self._notice)
        left.addWidget(self._grid)
        left.addWidget(self._dossier, 1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.addLayout(left, 3)
        self._columns.addWidget(self._side, 2)
        self.fit(narrow=False, low=False)

    def _beside(self) -> QWidget:
        """What stands beside the ticket: the camera, where there is one, and the queues."""
        page = QWidget()
        right = QGridLayout(page)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        right.addWidget(self._camera, 0, 0, 1, 2)
        right.addWidget(self._waiting, 1, 0, 1, 2)
        right.addWidget(self._parked, 2, 0)
        right.addWidget(self._missed, 2, 1)
        # The parked have two buttons, the missed one.
        right.setColumnStretch(0, 5)
        right.setColumnStretch(1, 4)
        right.setRowStretch(1, 3)
        right.setRowStretch(2, 2)
        return page

    def _queue(self, action: Action, key: str) -> QueuePanel:
        text = self._words(f"actions.{action}")
        return QueuePanel(action.value, text, lambda ticket: self._choose_row(action, ticket), key)

    def _act(self, action: Action) -> None:
        if action in CHOSEN_FIRST:
            self._side.ask_for(action)
        else:
            self._press(Pressed(action))

    def _cancel(self, ticket: str) -> None:
        self._side.ask_for(Action.CANCEL, ticket)

    def _confirm(self, confirmed: bool) -> None:
        self._press(Pressed(Action.CONFIRM_PRIORITY, confirmed=confirmed))

    def _press(self, press: Pressed) -> None:
        """Hand on what was pressed, with the ticket that the officer saw."""
        if self._screen is not None:
            self.pressed.emit(replace(press, ticket=at_desk(self._screen)))

    def _choose_row(self, action: Action, ticket: str) -> None:
        if action is Action.CALL_CHOSEN:
            self._side.ask_for(action, ticket)
        else:
            self.pressed.emit(Pressed(action, subject=ticket))
