"""What a scanner types into the window is a scan, presses no button, and leaves text fields to people."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from drivers.scanners.echo import SAME_CODE_SECONDS
from drivers.scanners.typed_scans import TypedScans

CODE = "H56.14-240823-0001"


class Desk(QWidget):
    """A button and a text field, and a filter whose clock the test turns."""

    def __init__(self) -> None:
        super().__init__()
        self.presses = 0
        self.now = 10.0
        self.wanted = True
        self.scans: list[str] = []
        self.field, self.button = QLineEdit(), QPushButton()
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self._press)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.filter = TypedScans(lambda: self.wanted, lambda: self.now)
        self.filter.scanned.connect(self.scans.append)

    def _press(self) -> None:
        self.presses += 1

    def types(self, text: str, pause: float, *, enter: bool = True) -> None:
        """Type at this pace into whatever has the focus."""
        target = QApplication.focusWidget()
        assert target is not None
        for character in text:
            QTest.keyClicks(target, character)
            self.now += pause
        if enter:
            QTest.keyClick(target, Qt.Key.Key_Return)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk()
    qtbot.addWidget(desk)
    desk.show()
    qtbot.waitExposed(desk)
    desk.activateWindow()
    desk.button.setFocus()
    qtbot.waitUntil(desk.button.hasFocus)
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(desk.filter)
    yield desk
    app.removeEventFilter(desk.filter)


def test_what_a_scanner_types_is_one_scan_and_presses_nothing(desk: Desk) -> None:
    desk.types(CODE, 0.005)
    assert (desk.scans, desk.presses) == ([CODE], 0)


def test_paper_that_stays_under_the_scanner_is_one_scan(desk: Desk) -> None:
    desk.types(CODE, 0.005)
    desk.types(CODE, 0.005)
    assert (desk.scans, desk.presses) == ([CODE], 0)
    desk.now += SAME_CODE_SECONDS
    desk.types(CODE, 0.005)
    assert desk.scans == [CODE, CODE]


def test_spaces_within_a_scan_press_nothing_either(desk: Desk) -> None:
    desk.types("A 1 0 4 2", 0.005)
    assert (desk.scans, desk.presses) == (["A 1 0 4 2"], 0)


def test_a_person_who_types_gives_no_scan(desk: Desk) -> None:
    desk.types(CODE, 0.12)
    assert desk.scans == []


def test_a_space_alone_presses_the_button_as_ever(desk: Desk) -> None:
    desk.types(" ", 0.1, enter=False)
    assert desk.presses == 1


def test_a_text_field_keeps_what_is_typed_into_it(desk: Desk, qtbot: QtBot) -> None:
    desk.field.setFocus()
    qtbot.waitUntil(desk.field.hasFocus)
    desk.types(CODE, 0.005)
    assert (desk.field.text(), desk.scans) == (CODE, [])


def test_where_no_scan_is_wanted_keys_go_their_way(desk: Desk) -> None:
    desk.wanted = False
    desk.types(CODE, 0.005)
    assert desk.scans == []
