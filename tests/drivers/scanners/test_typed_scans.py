"""What a scanner types into the window is a scan, presses no button, and leaves text fields to people."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from drivers.scanners.presentation import SAME_CODE_SECONDS
from drivers.scanners.typed_scans import TypedScans
from service_floor.dossiers.worth import appraisal

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


def stroke(key: Qt.Key, text: str, at: float = 0.0, command: bool = False) -> QKeyEvent:
    modifier = Qt.KeyboardModifier.ControlModifier if command else Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifier, text)
    event.setTimestamp(round(at * 1000))
    return event


def test_a_busy_window_takes_keys_by_when_they_were_pressed(desk: Desk) -> None:
    pressed = 7_000.0
    for place, character in enumerate(CODE + "\r"):
        # The window comes to the last letters half a second late.
        desk.now += 0.5 if place == 14 else 0.001
        key = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_A
        pressed += 0.01
        desk.filter.eventFilter(desk, stroke(key, character, pressed))
    assert desk.scans == [CODE]


def test_where_times_are_unknown_the_end_of_a_code_is_refused(desk: Desk) -> None:
    desk.types(CODE[:14], 0.005, enter=False)
    desk.now += 0.3
    desk.types(CODE[14:], 0.005)
    assert (desk.scans, desk.presses) == ([""], 0)


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Down, Qt.Key.Key_Return])
def test_a_line_feed_typed_as_a_key_commands_nothing(desk: Desk, key: Qt.Key) -> None:
    desk.types(CODE, 0.005)
    assert desk.filter.eventFilter(desk, stroke(key, ""))
    assert desk.filter.eventFilter(desk, stroke(Qt.Key.Key_J, "\n", command=True))
    desk.now += 1
    assert not desk.filter.eventFilter(desk, stroke(key, ""))
    assert (desk.scans, desk.presses) == ([CODE], 0)


def test_a_lesser_code_waits_for_a_better_one(qtbot: QtBot) -> None:
    scans: list[str] = []
    typed = TypedScans(lambda: True)
    typed.rank_by(appraisal(()))
    typed.scanned.connect(scans.append)
    for character in "A1042\rX\r":
        key = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_A
        typed.eventFilter(typed, stroke(key, character))
    assert scans == []
    qtbot.waitUntil(lambda: scans == ["A1042"])
