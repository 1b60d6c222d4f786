"""Widget beside the ticket: the queues, or a menu in their place as long as it means the ticket that it was opened for."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QWidget

from counter_terminal.desk.actions import Action, ReasonAsked
from counter_terminal.desk.events import PaperChosen, Pressed
from counter_terminal.desk.screens import DeskScreen
from counter_terminal.desk.setup import Named
from counter_terminal.views.menus import CodeMenu, Menu, PaperMenu, menu_of
from counter_terminal.views.panels.chooser import Choice, Chooser
from counter_terminal.views.words import Words


class MenuSide(QStackedWidget):
    """Made with the page of the queues. What is chosen goes to `pressed`, `paper_chosen` or `code_chosen`."""

    def __init__(
        self,
        words: Words,
        queues: QWidget,
        pressed: Callable[[Pressed], None],
        paper_chosen: Callable[[PaperChosen], None],
        code_chosen: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._words = words
        self._pressed = pressed
        self._paper_chosen = paper_chosen
        self._code_chosen = code_chosen
        self._screen: DeskScreen | None = None
        self._menu: Menu | PaperMenu | CodeMenu | None = None
        self._offered: tuple[Named, ...] = ()
        self._asked: ReasonAsked | None = None
        self._queues = queues
        self._chooser = Chooser(words("menus.cancel"), self.close_menu)
        self.addWidget(queues)
        self.addWidget(self._chooser)
        self._before: QWidget | None = None
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.activated.connect(self.close_menu)
        self._escape.setEnabled(False)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - the name is Qt's
        """Its least height is the same at any width: what it holds scrolls."""
        return False

    def draw(self, screen: DeskScreen) -> None:
        """Close the menu as soon as it would mean another ticket or another card. Open one where a press needs a reason, or
        several codes were in sight."""
        self._screen = screen
        if self._menu is not None and not self._menu.still_holds(screen):
            self.close_menu()
        if screen.asks is not None and screen.asks != self._asked:
            self.ask_for(screen.asks.action)
        self._asked = screen.asks
        offered = screen.dossier.choices if screen.dossier else ()
        if offered and offered != self._offered:
            self.ask_code()
        self._offered = offered

    def ask_for(self, action: Action, row: str = "") -> None:
        """Show the menu of an action; `row` is the ticket of the queue that it is about."""
        if self._screen is None:
            return
        title, items = menu_of(action, self._screen, self._words, row)
        choices = [
            (f"choose-{name}", text, partial(self._pressed, press)) for name, text, press in items
        ]
        self._ask(Menu.open_on(self._screen, action, row), title, choices)

    def ask_paper(self) -> None:
        """Show which slips the dossier card offers."""
        card = self._screen.dossier if self._screen else None
        if card is None:
            return
        choices = [
            (
                f"choose-{paper.id}",
                paper.name,
                partial(self._paper_chosen, PaperChosen(paper.id, card.code)),
            )
            for paper in card.papers
        ]
        self._ask(PaperMenu(card.code, card.papers), self._words("papers.title"), choices)

    def ask_code(self) -> None:
        """Show the codes that were in sight together."""
        card = self._screen.dossier if self._screen else None
        if card is None:
            return
        choices = [
            (f"choose-code-{place}", code.name, partial(self._code_chosen, code.id))
            for place, code in enumerate(card.choices, 1)
        ]
        self._ask(CodeMenu(card.choices), card.headline, choices)

    def close_menu(self) -> None:
        """Show the queues again; what had the focus before has it again."""
        if self._menu is None:
            return
        focused = QApplication.focusWidget()
        inside = focused is None or self.isAncestorOf(focused)
        self._menu = None
        self._escape.setEnabled(False)
        self.setCurrentWidget(self._queues)
        if inside and self._before is not None and self._before.isVisible():
            self._before.setFocus()

    def _ask(
        self, menu: Menu | PaperMenu | CodeMenu, title: str, choices: Sequence[Choice]
    ) -> None:
        if self._menu is None:
            self._before = QApplication.focusWidget()
        self._menu = menu
        self._chooser.ask(title, choices)
        self.setCurrentWidget(self._chooser)
        self._escape.setEnabled(True)
        focused = QApplication.focusWidget()
        if not (isinstance(focused, QLineEdit) and focused.text()):
            # The keys of a code that is being typed choose nothing.
            self._chooser.take_focus()
