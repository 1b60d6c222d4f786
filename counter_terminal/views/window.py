"""The window of the counter terminal: draws whatever screen it is given, and hands on what was pressed."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from counter_terminal.desk.actions import Action
from counter_terminal.desk.events import Pressed
from counter_terminal.desk.screens import DeskScreen, EnrolScreen, PinScreen, Screen, SignInScreen
from counter_terminal.views.enrol import EnrolView
from counter_terminal.views.file_drop import dropped_file
from counter_terminal.views.panels.action_grid import ActionGrid
from counter_terminal.views.panels.camera_panel import CameraPanel, LivePicture
from counter_terminal.views.panels.chooser import Choice, Chooser
from counter_terminal.views.panels.dossier_panel import DossierPanel
from counter_terminal.views.panels.queue_panel import QueuePanel
from counter_terminal.views.panels.strip import StripView
from counter_terminal.views.panels.ticket_card import TicketCard
from counter_terminal.views.parts import named_label
from counter_terminal.views.pin_pad import PinView
from counter_terminal.views.sign_in import SignInView
from counter_terminal.views.style import STYLE_SHEET
from counter_terminal.views.words import Words

_CHOSEN_FIRST: Final = frozenset({Action.TRANSFER, Action.PARK, Action.PAUSE})


class DeskWindow(QMainWindow):
    """Created by the composition root; `draw` is called for each new screen.

    Signals: `officer_chosen(str)`, `pin_entered(str)`, `sign_in_left()`, `pressed(Pressed)`, `code_entered(str)`, `dossier_put_away()`,
    `paper_chosen(str)` with the id of one of the slips that the card offers,
    `file_dropped(str)` with its path, `drop_refused(str)` with the key of the sentence that says why.
    """

    officer_chosen = Signal(str)
    pin_entered = Signal(str)
    sign_in_left = Signal()
    pressed = Signal(object)
    code_entered = Signal(str)
    dossier_put_away = Signal()
    paper_chosen = Signal(str)
    file_dropped = Signal(str)
    drop_refused = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._screen: DeskScreen | None = None
        self.setStyleSheet(STYLE_SHEET)
        self._strip = StripView()
        self._sign_in = SignInView(words, self.officer_chosen.emit, self.sign_in_left.emit)
        self._pin = PinView(words, self.pin_entered.emit, self.sign_in_left.emit)
        self._enrol = EnrolView()
        self._card = TicketCard(words)
        self._card.confirm.clicked.connect(lambda: self._confirm(True))
        self._card.reject.clicked.connect(lambda: self._confirm(False))
        self._card.reprint.clicked.connect(lambda: self._ask_for(Action.REPRINT))
        self._notice = named_label("notice", wrap=True)
        self._grid = ActionGrid(words, self._act)
        self._dossier = DossierPanel(words, self.code_entered.emit, self.dossier_put_away.emit)
        self._dossier.papers.clicked.connect(self._ask_paper)
        self._camera = CameraPanel(words)
        self._waiting = self._queue(Action.CALL_CHOSEN)
        self._parked = self._queue(Action.CALL_PARKED)
        self._missed = self._queue(Action.READMIT)
        self._chooser = Chooser(words("menus.cancel"), self._show_queues)
        self._side = QStackedWidget()
        self._pages = QStackedWidget()
        self._desk = QWidget()
        self._lay_out()
        # A field would take the file's name as text.
        for part in self.findChildren(QWidget):
            part.setAcceptDrops(False)
        self.setAcceptDrops(True)

    def draw(self, screen: Screen) -> None:
        """Show this screen."""
        self._strip.draw(screen.strip)
        title = screen.strip
        self.setWindowTitle(f"{title.counter_number:02d} {title.counter_name}")
        self._screen = None
        if isinstance(screen, EnrolScreen):
            self._pages.setCurrentWidget(self._enrol)
            self._enrol.draw(screen)
            return
        if isinstance(screen, SignInScreen):
            self._pages.setCurrentWidget(self._sign_in)
            self._sign_in.draw(screen)
            return
        if isinstance(screen, PinScreen):
            self._pages.setCurrentWidget(self._pin)
            self._pin.draw(screen)
            return
        self._screen = screen
        self._pages.setCurrentWidget(self._desk)
        self._card.draw(screen.current, screen.actions)
        self._notice.setText(screen.notice)
        self._grid.draw(screen.actions)
        self._dossier.draw(screen.dossier)
        self._camera.draw(screen.camera)
        self._draw_queues(screen)

    @property
    def live(self) -> LivePicture:
        """The place of the camera's picture."""
        return self._camera.picture

    @property
    def is_at_work(self) -> bool:
        """Whether an officer's desk is shown, where scans are wanted."""
        return self._screen is not None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - the name is Qt's
        """Files are wanted where scans are."""
        if self.is_at_work:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - the name is Qt's
        """Hand on the one file, or why it is not one. It is copied: whoever gave it keeps it."""
        if not self.is_at_work:
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        path, objection = dropped_file(event.mimeData())
        if objection:
            self.drop_refused.emit(objection)
        else:
            self.file_dropped.emit(path)

    def _draw_queues(self, screen: DeskScreen) -> None:
        can, words = screen.actions, self._words
        heading = words("queue.waiting").format(count=screen.waiting_count)
        self._waiting.draw(heading, screen.waiting, Action.CALL_CHOSEN in can)
        self._parked.draw(words("queue.parked"), screen.parked, Action.CALL_PARKED in can)
        self._missed.draw(words("queue.missed"), screen.missed, Action.READMIT in can)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._card)
        left.addWidget(self._notice)
        left.addWidget(self._grid)
        left.addWidget(self._dossier, 1)
        self._side.addWidget(self._beside())
        self._side.addWidget(self._chooser)
        row = QHBoxLayout(self._desk)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addLayout(left, 3)
        row.addWidget(self._side, 2)
        self._pages.addWidget(self._sign_in)
        self._pages.addWidget(self._pin)
        self._pages.addWidget(self._enrol)
        self._pages.addWidget(self._desk)
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(page)

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
        right.setRowStretch(1, 3)
        right.setRowStretch(2, 2)
        return page

    def _queue(self, action: Action) -> QueuePanel:
        text = self._words(f"actions.{action}")
        return QueuePanel(action.value, text, lambda ticket: self._choose_row(action, ticket))

    def _act(self, action: Action) -> None:
        if action in _CHOSEN_FIRST:
            self._ask_for(action)
        else:
            self.pressed.emit(Pressed(action))

    def _confirm(self, confirmed: bool) -> None:
        self.pressed.emit(Pressed(Action.CONFIRM_PRIORITY, confirmed=confirmed))

    def _choose_row(self, action: Action, ticket: str) -> None:
        if action is not Action.CALL_CHOSEN:
            self.pressed.emit(Pressed(action, subject=ticket))
            return
        reasons = self._screen.call_reasons if self._screen else ()
        presses = [
            (reason.id, reason.name, Pressed(action, subject=ticket, reason=reason.id))
            for reason in reasons
        ]
        self._ask("menus.reason", presses)

    def _ask_for(self, action: Action) -> None:
        screen = self._screen
        if screen is None:
            return
        presses: list[tuple[str, str, Pressed]] = []
        if action is Action.PAUSE:
            presses = [(r.id, r.name, Pressed(action, reason=r.id)) for r in screen.pause_reasons]
            self._ask("menus.pause_reason", presses)
        elif action is Action.PARK:
            text = self._words("menus.minutes")
            presses = [
                (str(m), text.format(minutes=m), Pressed(action, minutes=m))
                for m in screen.park_minutes
            ]
            self._ask("actions.park", presses)
        elif action is Action.REPRINT:
            subject = screen.current.id if screen.current else ""
            presses = [
                (r.id, r.name, Pressed(action, subject, r.id)) for r in screen.reprint_reasons
            ]
            self._ask("menus.reprint_reason", presses)
        else:
            back = self._words("menus.and_back")
            for service in screen.services:
                presses += [
                    (service.id, service.name, Pressed(action, subject=service.id)),
                    (
                        f"{service.id}-back",
                        back.format(service=service.name),
                        Pressed(action, subject=service.id, back=True),
                    ),
                ]
            self._ask("menus.to_service", presses)

    def _ask_paper(self) -> None:
        card = self._screen.dossier if self._screen else None

        def giver(paper: str) -> Callable[[], None]:
            return lambda: self.paper_chosen.emit(paper)

        papers = card.papers if card else ()
        self._chooser.ask(
            self._words("papers.title"),
            [(f"choose-{paper.id}", paper.name, giver(paper.id)) for paper in papers],
        )
        self._side.setCurrentWidget(self._chooser)

    def _ask(self, title: str, presses: Sequence[tuple[str, str, Pressed]]) -> None:
        def giver(press: Pressed) -> Callable[[], None]:
            return lambda: self.pressed.emit(press)

        choices: list[Choice] = [(f"choose-{n}", text, giver(press)) for n, text, press in presses]
        self._chooser.ask(self._words(title), choices)
        self._side.setCurrentWidget(self._chooser)

    def _show_queues(self) -> None:
        self._side.setCurrentIndex(0)
