"""The window draws every sample screen without growing over the screen, and hands on what was pressed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from counter_terminal.desk.actions import Action, ReasonAsked
from counter_terminal.desk.events import PaperChosen, Pressed
from counter_terminal.desk.screens import DeskScreen, Screen
from counter_terminal.desk.setup import Named
from counter_terminal.views.gallery import SIZES, sample_screens
from counter_terminal.views.window import DeskWindow
from plumbing.languages import LANGUAGES
from plumbing.sentences import load_sentences

LONG = ("Hộ tịch", "Thành lập và hoạt động của hộ kinh doanh, hợp tác xã, liên hiệp hợp tác xã")


def samples(language: str) -> dict[str, Screen]:
    words = load_sentences("counter_terminal", language).say
    return dict(sample_screens(words, LONG))


def desk_sample(name: str) -> DeskScreen:
    screen = samples("vi")[name]
    assert isinstance(screen, DeskScreen)
    return screen


@pytest.fixture
def window(qtbot: QtBot) -> DeskWindow:
    window = DeskWindow(load_sentences("counter_terminal", "vi").say)
    qtbot.addWidget(window)
    window.resize(*SIZES[0])
    window.show()
    return window


def press(window: DeskWindow, name: str, qtbot: QtBot) -> None:
    button = next(b for b in window.findChildren(QAbstractButton, name) if b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_no_screen_grows_over_the_display(
    qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    words = load_sentences("counter_terminal", language).say
    window = DeskWindow(words)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    for name, screen in samples(language).items():
        window.draw(screen)
        hint = window.minimumSizeHint()
        assert (hint.width() <= size[0], hint.height() <= size[1]) == (True, True), name


def test_a_function_key_does_what_its_button_does(window: DeskWindow, qtbot: QtBot) -> None:
    window.draw(samples("vi")["serving"])
    with qtbot.waitSignal(window.pressed) as caught:
        qtbot.keyClick(window, Qt.Key.Key_F6)
    assert caught.args == [Pressed(Action.FINISH, ticket="t0")]


def test_a_grey_button_does_nothing(window: DeskWindow, qtbot: QtBot) -> None:
    window.draw(samples("vi")["serving"])
    with qtbot.assertNotEmitted(window.pressed):
        qtbot.keyClick(window, Qt.Key.Key_F2)


def test_a_transfer_asks_where_to(window: DeskWindow, qtbot: QtBot) -> None:
    window.draw(replace(desk_sample("serving"), services=(Named("land", "Đất đai"),)))
    press(window, "transfer", qtbot)
    with qtbot.waitSignal(window.pressed) as caught:
        press(window, "choose-land-back", qtbot)
    assert caught.args == [Pressed(Action.TRANSFER, subject="land", back=True, ticket="t0")]


def test_a_slip_is_printed_again_for_a_reason(window: DeskWindow, qtbot: QtBot) -> None:
    reasons = (Named("lost", "Công dân làm mất phiếu"),)
    window.draw(replace(desk_sample("serving"), reprint_reasons=reasons))
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.pressed) as caught:
        press(window, "choose-lost", qtbot)
    assert caught.args == [Pressed(Action.REPRINT, subject="t0", reason="lost", ticket="t0")]
    window.draw(desk_sample("free"))
    assert not window.findChild(QPushButton, "reprint").isVisible()


def test_a_slip_that_the_card_offers_is_chosen(window: DeskWindow, qtbot: QtBot) -> None:
    serving = desk_sample("serving")
    window.draw(serving)
    assert not window.findChild(QPushButton, "dossier-papers").isVisible()
    card = replace(serving.dossier, papers=(Named("apology@2026-11-25", "Phiếu xin lỗi"),))
    window.draw(replace(serving, dossier=card))
    press(window, "dossier-papers", qtbot)
    with qtbot.waitSignal(window.paper_chosen) as caught:
        press(window, "choose-apology@2026-11-25", qtbot)
    assert caught.args == [PaperChosen("apology@2026-11-25", "H56.14-261103-0042")]


def test_one_of_several_codes_in_sight_is_chosen_by_the_keyboard(
    window: DeskWindow, qtbot: QtBot
) -> None:
    several = desk_sample("scan-several")
    window.draw(desk_sample("serving"))
    window.draw(several)
    assert menu_is_open(window)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not menu_is_open(window)
    window.draw(replace(several, notice="…"))
    assert not menu_is_open(window)
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.code_entered) as caught:
        press(window, "choose-code-2", qtbot)
    assert caught.args == [several.dossier.choices[1].id]
    window.draw(several)
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert menu_is_open(window)
    window.draw(desk_sample("serving"))
    assert not menu_is_open(window)


def test_a_choice_does_not_take_the_keys_from_a_code_that_is_being_typed(
    window: DeskWindow, qtbot: QtBot
) -> None:
    window.draw(desk_sample("serving"))
    field = window.findChild(QLineEdit, "dossier-code")
    field.setFocus()
    qtbot.keyClicks(field, "H56.14")
    window.draw(desk_sample("scan-several"))
    assert menu_is_open(window)
    assert field.hasFocus()
    qtbot.keyClicks(field, "-240823-0001")
    with qtbot.waitSignal(window.code_entered) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == ["H56.14-240823-0001"]


def test_the_buttons_of_every_queue_are_whole_on_a_usual_screen(
    window: DeskWindow, qtbot: QtBot
) -> None:
    window.resize(1366, 768)
    window.draw(desk_sample("free"))
    QApplication.processEvents()
    for name in ("call-chosen", "call-parked", "cancel-parked", "readmit"):
        assert window.findChild(QPushButton, name).toolTip() == ""


def test_a_question_can_be_left_unanswered(window: DeskWindow, qtbot: QtBot) -> None:
    window.draw(samples("vi")["serving"])
    press(window, "park", qtbot)
    with qtbot.assertNotEmitted(window.pressed):
        press(window, "choose-cancel", qtbot)
    assert window.findChild(QPushButton, "call-chosen").isVisible()


def menu_is_open(window: DeskWindow) -> bool:
    return window.findChild(QPushButton, "choose-cancel") is not None and (
        window.findChild(QPushButton, "choose-cancel").isVisible()
    )


@pytest.mark.parametrize("opened", ["transfer", "park", "pause", "reprint", "dossier-papers"])
@pytest.mark.parametrize("then", ["free", "other", "sign-in"])
def test_a_menu_closes_with_its_ticket(
    window: DeskWindow, qtbot: QtBot, opened: str, then: str
) -> None:
    slips = desk_sample("slips")
    window.draw(slips)
    press(window, opened, qtbot)
    assert menu_is_open(window)
    window.draw(replace(slips, waiting=()))
    assert menu_is_open(window)
    other = replace(slips, current=replace(slips.current, id="t9"), dossier=None)
    window.draw({**samples("vi"), "other": other}[then])
    assert not menu_is_open(window)
    window.draw(slips)
    assert not menu_is_open(window)


def test_a_menu_of_a_row_closes_when_another_counter_has_called_it(
    window: DeskWindow, qtbot: QtBot
) -> None:
    free = replace(desk_sample("free"), call_reasons=(Named("frail", "Yếu"),))
    window.draw(free)
    window._desk._waiting.choose("t4")
    press(window, "call-chosen", qtbot)
    assert menu_is_open(window)
    window.draw(replace(free, waiting=tuple(row for row in free.waiting if row.id != "t4")))
    assert not menu_is_open(window)


def test_a_chosen_row_stays_chosen_when_the_queue_moves(window: DeskWindow, qtbot: QtBot) -> None:
    free = replace(desk_sample("free"), call_reasons=(Named("frail", "Yếu"),))
    window.draw(free)
    window._desk._waiting.choose("t4")
    window.draw(replace(free, waiting=free.waiting[2:]))
    press(window, "call-chosen", qtbot)
    with qtbot.waitSignal(window.pressed) as caught:
        press(window, "choose-frail", qtbot)
    assert caught.args == [Pressed(Action.CALL_CHOSEN, subject="t4", reason="frail", ticket="")]


def test_a_typed_code_is_handed_on_and_the_field_is_free_again(
    window: DeskWindow, qtbot: QtBot
) -> None:
    window.draw(samples("vi")["free"])
    field = window.findChild(QLineEdit, "dossier-code")
    qtbot.keyClicks(field, "H56.14-261103-0042")
    with qtbot.waitSignal(window.code_entered) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == ["H56.14-261103-0042"]
    assert field.text() == ""


def test_everything_that_can_be_pressed_has_a_name_for_screen_readers(window: DeskWindow) -> None:
    for screen in samples("vi").values():
        window.draw(screen)
        for button in window.findChildren(QPushButton):
            assert button.accessibleName() or button.text()


def test_no_name_and_no_scan_is_taken_for_markup(window: DeskWindow) -> None:
    hostile = '<img src="file:///etc/passwd"><b>x</b>'
    screen = desk_sample("serving")
    rows = tuple(replace(row, service=hostile, priority="") for row in screen.waiting)
    window.draw(replace(screen, notice=hostile, waiting=rows))
    labels = window.findChildren(QLabel)
    assert hostile in [label.text() for label in labels]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    items = [table.item(0, 1) for table in window.findChildren(QTableWidget)]
    (item,) = (item for item in items if item is not None and item.text() == hostile)
    assert QTextDocumentFragment.fromHtml(item.toolTip()).toPlainText() == hostile


def test_a_pin_is_typed_masked_entered_once_and_gone(window: DeskWindow, qtbot: QtBot) -> None:
    window.draw(samples("vi")["pin"])
    field = window.findChild(QLineEdit, "pin")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(field, "48x2")
    press(window, "pin-9", qtbot)
    press(window, "pin-1", qtbot)
    press(window, "pin-erase", qtbot)
    with qtbot.waitSignal(window.pin_entered) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == ["4829"]
    assert field.text() == ""


def test_a_half_typed_pin_does_not_wait_for_the_next_officer(
    window: DeskWindow, qtbot: QtBot
) -> None:
    field = window.findChild(QLineEdit, "pin")
    for leave in ("sign-in", "pin-take-over", "pin-no-hub"):
        window.draw(samples("vi")["pin"])
        qtbot.keyClicks(field, "4829")
        window.draw(samples("vi")[leave])
        assert field.text() == "", leave


@pytest.mark.parametrize("name", ["pin-locked", "pin-pin-not-set", "pin-no-hub"])
def test_where_a_try_is_in_vain_no_pin_can_be_typed(
    window: DeskWindow, qtbot: QtBot, name: str
) -> None:
    window.draw(samples("vi")[name])
    for part in ("pin", "pin-5", "pin-enter"):
        assert not window.findChild(QLineEdit if part == "pin" else QPushButton, part).isEnabled()
    with qtbot.waitSignal(window.sign_in_left):
        press(window, "pin-other", qtbot)


def test_a_colleague_who_would_be_replaced_is_named(window: DeskWindow, qtbot: QtBot) -> None:
    window.draw(samples("vi")["take-over"])
    label = window.findChild(QLabel, "takes-over")
    assert label.isVisible()
    assert "Nguyễn Thị Phương Thảo" in label.text()
    with qtbot.waitSignal(window.sign_in_left):
        press(window, "sign-in-leave", qtbot)


def drop(window: DeskWindow, addresses: list[str]) -> bool:
    """Drop what is at these addresses; whether the window would have it."""
    data, left, none = QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    data.setUrls([QUrl(address) for address in addresses])
    offered = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    enter = QDragEnterEvent(QPoint(40, 40), offered, data, left, none)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        event = QDropEvent(QPointF(40, 40), offered, data, left, none)
        QApplication.sendEvent(window, event)
        assert event.dropAction() is Qt.DropAction.CopyAction
    return enter.isAccepted()


def test_a_dropped_file_is_handed_on_by_its_path(window: DeskWindow, qtbot: QtBot) -> None:
    window.draw(samples("vi")["serving"])
    with qtbot.waitSignal(window.file_dropped) as caught:
        assert drop(window, ["file:///home/an/Gi%E1%BA%A5y%20h%E1%BA%B9n.pdf"])
    assert caught.args == ["/home/an/Giấy hẹn.pdf"]


@pytest.mark.parametrize(
    ("addresses", "objection"),
    [
        (["file:///a.png", "file:///b.png"], "several"),
        (["https://example.vn/a.png"], "not_a_file"),
        ([], "not_a_file"),
    ],
)
def test_what_is_not_one_file_is_said(
    window: DeskWindow, qtbot: QtBot, addresses: list[str], objection: str
) -> None:
    window.draw(samples("vi")["serving"])
    with qtbot.waitSignal(window.drop_refused) as caught:
        assert drop(window, addresses)
    assert caught.args == [objection]


def test_files_are_taken_at_work_alone_and_by_the_window_alone(window: DeskWindow) -> None:
    window.draw(samples("vi")["sign-in"])
    assert not drop(window, ["file:///a.png"])
    assert not [part for part in window.findChildren(QWidget) if part.acceptDrops()]


def test_a_press_that_needs_a_reason_opens_its_menu_once(window: DeskWindow, qtbot: QtBot) -> None:
    said = (Named("said", "Sẽ quay lại"),)
    called = replace(
        desk_sample("serving"), no_show_reasons=said, actions=frozenset({Action.NO_SHOW})
    )
    for nth in (1, 2):
        asks = ReasonAsked(Action.NO_SHOW, nth)
        window.draw(replace(called, asks=asks))
        press(window, "choose-cancel", qtbot)
        window.draw(replace(called, asks=asks))
        assert not menu_is_open(window)
    window.draw(replace(called, asks=ReasonAsked(Action.NO_SHOW, 3)))
    with qtbot.waitSignal(window.pressed) as caught:
        press(window, "choose-said", qtbot)
    (given,) = caught.args
    assert (given.action, given.reason) == (Action.NO_SHOW, "said")


def test_a_waiting_ticket_is_cancelled_for_a_reason(window: DeskWindow, qtbot: QtBot) -> None:
    free = replace(desk_sample("free"), cancel_reasons=(Named("left", "Đã về"),))
    window.draw(free)
    button = window.findChild(QPushButton, "cancel-waiting")
    assert isinstance(button, QPushButton)
    assert not button.isEnabled()
    window._desk._waiting.choose("t4")
    press(window, "cancel-waiting", qtbot)
    with qtbot.waitSignal(window.pressed) as caught:
        press(window, "choose-left", qtbot)
    assert caught.args == [Pressed(Action.CANCEL, subject="t4", reason="left", ticket="")]
