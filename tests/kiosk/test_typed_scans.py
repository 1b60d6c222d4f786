"""A scanner that types into the kiosk's window: real keys at the real window are a scan, and press nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem

from config.loading import load
from kiosk.app import KioskProgram, compose
from kiosk.flow.events import Connected, FloorChanged
from kiosk.flow.screens import Button, Page

DEMO = Path(__file__).parents[2] / "config" / "examples" / "demo.toml"
CODE = "H56.14-240823-0001"
A_PERSON = 0.12
A_SCANNER = 0.005


class Typist:
    """Whoever types at a kiosk that believes its hub to be there, and the clock by which it is told who that is."""

    def __init__(self, program: KioskProgram) -> None:
        self.program, self.view, self.flow = program, program.view, program.flow
        self.now = 10.0
        self.tapped: list[str] = []
        program._typed._clock = program._typed._presentation._clock = lambda: self.now
        self.view.stage.tapped.connect(lambda button, _: self.tapped.append(button))
        self.view.stage.typed.connect(self.tapped.append)

    def goes_to(self, *buttons: Button | tuple[Button, str]) -> None:
        for button in (Button.HOME, *buttons):
            name, value = button if isinstance(button, tuple) else (button, "")
            self.view.stage.tapped.emit(name, value)
        self.tapped.clear()

    def presses(self, key: int, text: str = "") -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            QCoreApplication.sendEvent(self.view, event)

    def types(self, text: str, pause: float = A_SCANNER) -> None:
        for character in text:
            self.presses(ord(character.upper()), character)
            self.now += pause
        self.presses(Qt.Key.Key_Return, "\r")
        self.now += 5
        # A code that is not a dossier's has waited for a better one by now.
        self.program._typed._hand_over()

    @property
    def page(self) -> Page:
        return self.flow.state.visit.page

    @property
    def looked_up(self) -> str:
        return self.flow.state.visit.inquiry.code


@pytest.fixture
def typist(qtbot, tmp_path, floor_of: Callable[[], FloorChanged]) -> Iterator[Typist]:
    hall = load(DEMO, {"hub.floor_port": 9})
    settings = hall.kiosks[0].model_copy(update={"scanner": None, "printer": None})
    program = compose(hall, settings, tmp_path)
    program.view.resize(1080, 1920)
    program.view.show()
    program._take(Connected())
    program._take(floor_of())
    program.start()
    program.view.requestActivate()
    qtbot.waitUntil(program.view.isActive)
    yield Typist(program)
    program.stop()


@pytest.fixture
def focused(typist, qtbot) -> Iterator[Callable[[str], QQuickItem]]:
    """Puts an item of QML into the kiosk's window and gives it the focus."""
    made: list[tuple[QQmlComponent, QQuickItem]] = []

    def put(qml: str) -> QQuickItem:
        component = QQmlComponent(typist.view.engine())
        component.setData(f"import QtQuick\n{qml}".encode(), QUrl())
        item = component.create()
        made.append((component, item))
        item.setParentItem(typist.view.contentItem())
        item.forceActiveFocus()
        qtbot.waitUntil(item.hasActiveFocus)
        return item

    yield put
    for _, item in made:
        item.setParentItem(None)


WAYS = {
    Page.WELCOME: (),
    Page.SERVICES: (Button.SERVICES,),
    Page.SEARCH: (Button.FIND,),
    Page.PROCEDURE: (Button.FIND, (Button.PROCEDURE, "1.001193")),
    Page.DOSSIER: (Button.DOSSIER,),
}


@pytest.mark.slow
def test_a_typed_code_is_a_scan_on_each_page_that_takes_one_and_presses_nothing(typist) -> None:
    for page, way in WAYS.items():
        typist.goes_to(*way)
        assert (typist.page, typist.looked_up) == (page, "")
        typist.types(CODE)
        assert (typist.page, typist.looked_up, typist.tapped) == (Page.DOSSIER, CODE, [])
    typist.goes_to(Button.SERVICES, (Button.SERVICE, "land"))
    typist.types(CODE)
    assert (typist.page, typist.looked_up, typist.tapped) == (Page.CONFIRM, "", [])
    typist.goes_to()
    typist.types("038040000123||Somebody|01011940|Nam|Nowhere|01012021")
    assert (typist.page, typist.flow.state.visit.reading.code) == (Page.SCANNED, "0********123")


@pytest.mark.slow
def test_a_button_that_has_the_focus_is_pressed_by_a_person_and_by_no_scanner(
    typist, focused
) -> None:
    button = focused(
        "Item { property int presses; Keys.onReturnPressed: presses++; Keys.onSpacePressed: presses++ }"
    )
    typist.types("A 1 0 4 2")
    assert (button.property("presses"), typist.page) == (0, Page.DOSSIER)
    typist.presses(Qt.Key.Key_Space, " ")
    typist.presses(Qt.Key.Key_Return, "\r")
    assert button.property("presses") == 2


@pytest.mark.slow
def test_what_an_input_method_made_of_a_code_is_undone_or_asked_for_again(typist) -> None:
    typist.types("https://mot-cua.ẽample.vn/?ma=H56.14-240823-0001")
    assert typist.looked_up == CODE
    typist.goes_to()
    typist.types("Á042")
    assert typist.page is Page.DOSSIER
    assert "quét lại" in typist.flow.picture().screen.notice.text
    typist.goes_to()
    words = QInputMethodEvent()
    words.setCommitString(CODE)
    QCoreApplication.sendEvent(QGuiApplication.focusObject(), words)
    typist.presses(Qt.Key.Key_Enter, "\r")
    assert typist.looked_up == CODE


@pytest.mark.slow
def test_a_person_at_a_keyboard_is_no_scanner_and_finds_no_button(typist) -> None:
    typist.goes_to(Button.SERVICES, (Button.SERVICE, "land"))
    typist.types(f" {CODE} ", A_PERSON)
    assert (typist.page, typist.tapped) == (Page.CONFIRM, [])
    typist.goes_to(Button.DOSSIER)
    typist.types(CODE, A_PERSON)
    assert typist.looked_up == ""


@pytest.mark.slow
def test_typing_in_a_search_stays_typing(typist, focused) -> None:
    """By the keys on the glass; and by real ones in a field that has the focus, whatever their pace."""
    typist.goes_to(Button.FIND)
    for key in "khai":
        typist.view.stage.type(key)
    assert (typist.page, typist.flow.state.visit.query) == (Page.SEARCH, "khai")
    field = focused("TextInput { width: 300; height: 60 }")
    typist.types(CODE)
    assert (field.property("text"), typist.page) == (CODE, Page.SEARCH)
