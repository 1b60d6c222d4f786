"""Main window of the counter terminal: the strip at the top, and below it the page of whatever screen it is given."""

from typing import Final, assert_never

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from counter_terminal.desk.screens import DeskScreen, EnrolScreen, PinScreen, Screen, SignInScreen
from counter_terminal.views.desk_view import DeskView
from counter_terminal.views.enrol import EnrolView
from counter_terminal.views.file_drop import dropped_file
from counter_terminal.views.panels.camera_panel import LivePicture
from counter_terminal.views.panels.strip import StripView
from counter_terminal.views.parts import scrolled
from counter_terminal.views.pin_pad import PinView
from counter_terminal.views.sign_in import SignInView
from counter_terminal.views.style import LOW_STYLE_SHEET, STYLE_SHEET
from counter_terminal.views.words import Words

_LOW: Final = QSize(1240, 700)
"""A window that is smaller has smaller letters."""
_NARROW: Final = 900
"""Pixels of width below which the queues stand below the ticket."""


class DeskWindow(QMainWindow):
    """Created by the composition root; `draw` is called for each new screen.

    Signals: those of `DeskView`, and `officer_chosen(str)`, `pin_entered(str)`, `sign_in_left()`, `file_dropped(str)` with
    its path, `drop_refused(str)` with the key of the sentence that gives the reason.
    """

    officer_chosen = Signal(str)
    pin_entered = Signal(str)
    sign_in_left = Signal()
    pressed = Signal(object)
    code_entered = Signal(str)
    dossier_put_away = Signal()
    paper_chosen = Signal(object)
    explained = Signal(object)
    file_dropped = Signal(str)
    drop_refused = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setStyleSheet(STYLE_SHEET)
        self._strip = StripView()
        self._sign_in = SignInView(words, self.officer_chosen.emit, self.sign_in_left.emit)
        self._pin = PinView(words, self.pin_entered.emit, self.sign_in_left.emit)
        self._enrol = EnrolView()
        self._desk = DeskView(words)
        self._desk.pressed.connect(self.pressed)
        self._desk.code_entered.connect(self.code_entered)
        self._desk.dossier_put_away.connect(self.dossier_put_away)
        self._desk.paper_chosen.connect(self.paper_chosen)
        self._desk.explained.connect(self.explained)
        self._is_low = False
        self._pages = QStackedWidget()
        self._lay_out()
        # A field would take the file's name as text.
        for part in self.findChildren(QWidget):
            part.setAcceptDrops(False)
        self.setAcceptDrops(True)
        self.is_at_work = False

    def draw(self, screen: Screen) -> None:
        """Show this screen; `is_at_work` while it is an officer's desk, where scans and files are wanted."""
        strip = screen.strip
        self._strip.draw(strip)
        self.setWindowTitle(f"{strip.counter_number:02d} {strip.counter_name}")
        self.is_at_work = isinstance(screen, DeskScreen)
        if not self.is_at_work:
            self._desk.leave()
        match screen:
            case EnrolScreen():
                self._pages.setCurrentWidget(self._scrolled[self._enrol])
                self._enrol.draw(screen)
            case SignInScreen():
                self._pages.setCurrentWidget(self._sign_in)
                self._sign_in.draw(screen)
            case PinScreen():
                self._pages.setCurrentWidget(self._scrolled[self._pin])
                self._pin.draw(screen)
            case DeskScreen():
                self._pages.setCurrentWidget(self._scrolled[self._desk])
                self._desk.draw(screen)
            case _:
                assert_never(screen)

    @property
    def live(self) -> LivePicture:
        """The place of the camera's picture."""
        return self._desk.live

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - the name is Qt's
        """Called by Qt: a small or magnified screen has smaller letters, and scrolls."""
        super().resizeEvent(event)
        width, height = self.width(), self.height()
        low = width < _LOW.width() or height < _LOW.height()
        if low is not self._is_low:
            self._is_low = low
            self.setStyleSheet(LOW_STYLE_SHEET if low else STYLE_SHEET)
        self._strip.fit(width)
        self._pin.fit(height)
        self._desk.fit(narrow=width < _NARROW, low=low)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - the name is Qt's
        """Files are wanted where scans are."""
        if self.is_at_work:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - the name is Qt's
        """Hand on the one file, or why it is not one. It is copied: the program that it was dragged from keeps it."""
        if not self.is_at_work:
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        path, objection = dropped_file(event.mimeData())
        if objection:
            self.drop_refused.emit(objection)
        else:
            self.file_dropped.emit(path)

    def _lay_out(self) -> None:
        self._scrolled = {view: scrolled(view) for view in (self._pin, self._enrol, self._desk)}
        for page in (self._sign_in, *self._scrolled.values()):
            self._pages.addWidget(page)
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(page)
