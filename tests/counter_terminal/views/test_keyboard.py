"""The desk by keyboard alone: Enter presses, Escape closes, Tab goes on, and a key that is held down presses once."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from counter_terminal.desk.actions import Action
from counter_terminal.desk.events import Pressed
from counter_terminal.desk.screens import DeskScreen
from counter_terminal.desk.setup import Named
from counter_terminal.views.gallery import SIZES, sample_screens
from counter_terminal.views.window import DeskWindow
from plumbing.sentences import load_sentences

WORDS = load_sentences("counter_terminal", "vi").say
SAMPLES = dict(sample_screens(WORDS, ("Hộ tịch", "Chứng thực")))
CTRL = Qt.KeyboardModifier.ControlModifier


def desk_sample(name: str, **changes: Any) -> DeskScreen:
    screen = SAMPLES[name]
    assert isinstance(screen, DeskScreen)
    return replace(screen, **changes)


@pytest.fixture
def window(qtbot: QtBot) -> DeskWindow:
    window = DeskWindow(WORDS)
    qtbot.addWidget(window)
    window.resize(*SIZES[0])
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def part(window: DeskWindow, name: str) -> QWidget:
    return next(each for each in window.findChildren(QWidget, name) if each.isVisible())


def enter(widget: QWidget) -> None:
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_Return)


def hold(widget: QWidget, key: Qt.Key) -> None:
    """The key's repetitions while it is held down."""
    widget.setFocus()
    for _ in range(5):
        event = QKeyEvent(
            QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", autorep=True
        )
        QApplication.sendEvent(widget, event)


def test_enter_on_a_name_chooses_the_officer(window: DeskWindow, qtbot: QtBot) -> None:
    window.draw(SAMPLES["sign-in"])
    officer = window.findChild(QPushButton, "officer-o1")
    qtbot.waitUntil(officer.isVisible)
    with qtbot.waitSignal(window.officer_chosen) as caught:
        enter(officer)
    assert caught.args == ["o1"]


def test_enter_in_a_menu_chooses_and_what_had_the_focus_has_it_again(
    window: DeskWindow, qtbot: QtBot
) -> None:
    window.draw(desk_sample("serving", park_minutes=(5, 10)))
    grid = part(window, "park")
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_F8)
    first = part(window, "choose-5")
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert part(window, "choose-10").hasFocus()
    with qtbot.waitSignal(window.pressed) as caught:
        enter(part(window, "choose-10"))
    assert caught.args == [Pressed(Action.PARK, minutes=10, ticket="t0")]
    assert part(window, "park").hasFocus()


@pytest.mark.parametrize("opened", [Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F9])
def test_escape_closes_a_menu_and_gives_nothing(
    window: DeskWindow, qtbot: QtBot, opened: Qt.Key
) -> None:
    window.draw(desk_sample("serving"))
    part(window, "dossier-code").setFocus()
    QTest.keyClick(window, opened)
    with qtbot.assertNotEmitted(window.pressed):
        QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.findChild(QPushButton, "choose-cancel").isVisible()
    assert part(window, "dossier-code").hasFocus()
    QTest.keyClick(window, Qt.Key.Key_Escape)


@pytest.mark.parametrize("name", ["pin", "take-over"])
def test_escape_leaves_the_sign_in(window: DeskWindow, qtbot: QtBot, name: str) -> None:
    window.draw(SAMPLES[name])
    with qtbot.waitSignal(window.sign_in_left):
        QTest.keyClick(window, Qt.Key.Key_Escape)


def test_where_there_is_no_way_back_escape_does_nothing(window: DeskWindow, qtbot: QtBot) -> None:
    window.draw(SAMPLES["sign-in"])
    with qtbot.assertNotEmitted(window.sign_in_left):
        QTest.keyClick(window, Qt.Key.Key_Escape)


def by_enter(table: QTableWidget) -> None:
    enter(table)


def by_double_click(table: QTableWidget) -> None:
    at = table.visualItemRect(table.item(0, 0)).center()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(table.viewport(), left, none, at)
    QTest.mouseDClick(table.viewport(), left, none, at)


@pytest.mark.parametrize("take", [by_enter, by_double_click])
def test_a_row_of_the_queue_is_taken(
    window: DeskWindow, qtbot: QtBot, take: Callable[[QTableWidget], None]
) -> None:
    free = desk_sample("free", call_reasons=(Named("frail", "Yếu"),))
    window.draw(free)
    parked = window.findChild(QTableWidget, "call-parked-rows")
    parked.selectRow(0)
    with qtbot.waitSignal(window.pressed) as caught:
        take(parked)
    assert caught.args == [Pressed(Action.CALL_PARKED, subject=free.parked[0].id)]
    waiting = window.findChild(QTableWidget, "call-chosen-rows")
    waiting.selectRow(0)
    take(waiting)
    assert part(window, "choose-frail").hasFocus()


def test_a_row_is_not_taken_while_somebody_is_at_the_counter(
    window: DeskWindow, qtbot: QtBot
) -> None:
    window.draw(desk_sample("serving"))
    table = window.findChild(QTableWidget, "call-chosen-rows")
    table.selectRow(0)
    with qtbot.assertNotEmitted(window.pressed):
        enter(table)
    assert window.findChild(QPushButton, "choose-cancel") is None


def test_a_key_chooses_the_first_row_and_then_takes_it(window: DeskWindow, qtbot: QtBot) -> None:
    free = desk_sample("free")
    window.draw(free)
    with qtbot.waitSignal(window.pressed) as caught:
        QTest.keyClick(window, Qt.Key.Key_3, CTRL)
        assert part(window, "readmit-rows").hasFocus()
        QTest.keyClick(window, Qt.Key.Key_3, CTRL)
    assert caught.args == [Pressed(Action.READMIT, subject=free.missed[0].id)]


@pytest.mark.parametrize("name", ["free", "serving", "slips", "camera"])
def test_tab_passes_everything_and_every_stop_has_a_name(window: DeskWindow, name: str) -> None:
    screen = desk_sample(name)
    window.draw(screen)
    part(window, "dossier-code").setFocus()
    seen: list[QWidget] = []
    for _ in range(60):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused in seen:
            break
        seen.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert all(each.accessibleName() for each in seen)
    tables = {each for each in seen if isinstance(each, QTableWidget)}
    assert len(tables) == 3
    possible = {
        each for each in window.findChildren(QPushButton) if each.isVisible() and each.isEnabled()
    }
    assert possible <= set(seen)


def test_tables_and_card_have_names(window: DeskWindow) -> None:
    window.draw(desk_sample("serving"))
    names = {each.accessibleName() for each in window.findChildren(QTableWidget)}
    assert names == {"Đang chờ (13)", "Tạm gác", "Vắng mặt"}
    assert window.findChild(QTextBrowser).accessibleName() == "Hồ sơ H56.14-261103-0042"
    assert "B012 Đang phục vụ" in {each.accessibleName() for each in window.findChildren(QFrame)}


def test_the_keys_of_priority_and_dossier(window: DeskWindow, qtbot: QtBot) -> None:
    window.draw(desk_sample("slips"))
    for key, confirmed in ((Qt.Key.Key_U, True), (Qt.Key.Key_K, False)):
        with qtbot.waitSignal(window.pressed) as caught:
            QTest.keyClick(window, key, CTRL)
        assert caught.args == [Pressed(Action.CONFIRM_PRIORITY, confirmed=confirmed, ticket="t0")]
    QTest.keyClick(window, Qt.Key.Key_I, CTRL)
    assert part(window, "choose-appointment").hasFocus()
    with qtbot.waitSignal(window.dossier_put_away):
        QTest.keyClick(window, Qt.Key.Key_E, CTRL)
    QTest.keyClick(window, Qt.Key.Key_L, CTRL)
    assert part(window, "dossier-code").hasFocus()


def test_keys_of_what_is_not_shown_do_nothing(window: DeskWindow, qtbot: QtBot) -> None:
    window.draw(desk_sample("free"))
    with qtbot.assertNotEmitted(window.pressed):
        QTest.keyClick(window, Qt.Key.Key_U, CTRL)
        QTest.keyClick(window, Qt.Key.Key_I, CTRL)
    assert window.findChild(QPushButton, "choose-cancel") is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_that_is_held_down_presses_once(
    window: DeskWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    window.draw(desk_sample("free"))
    with qtbot.assertNotEmitted(window.pressed):
        hold(part(window, "call-next"), key)


def test_the_focus_waits_for_its_button_while_a_command_is_under_way(window: DeskWindow) -> None:
    free = desk_sample("free")
    window.draw(free)
    button = part(window, "call-next")
    button.setFocus()
    window.draw(replace(free, busy=True, actions=frozenset()))
    focused = QApplication.focusWidget()
    assert focused is not None
    assert not isinstance(focused, QPushButton | QLineEdit)
    window.draw(free)
    assert button.hasFocus()


def test_a_grey_key_asks_why(window: DeskWindow, qtbot: QtBot) -> None:
    window.draw(desk_sample("serving"))
    with qtbot.waitSignal(window.explained) as caught:
        QTest.keyClick(window, Qt.Key.Key_F2)
    assert caught.args == [Action.CALL_NEXT]
    with qtbot.waitSignal(window.explained) as caught:
        grey = part(window, "start")
        at = grey.mapTo(window, grey.rect().center())
        QTest.mouseClick(
            window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at
        )
    assert caught.args == [Action.START]


def test_half_a_code_is_not_left_for_the_next_officer(window: DeskWindow, qtbot: QtBot) -> None:
    window.draw(desk_sample("free"))
    field = window.findChild(QLineEdit, "dossier-code")
    qtbot.keyClicks(field, "H56.14")
    window.draw(SAMPLES["sign-in"])
    assert field.text() == ""
