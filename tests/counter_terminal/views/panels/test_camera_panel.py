"""The camera's picture on the desk: shown, hidden, and never asked for where nobody sees it."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from counter_terminal.desk.screens import CameraPane
from counter_terminal.views.panels.camera_panel import CameraPanel
from plumbing.sentences import load_sentences

LIVE, GONE = CameraPane(live=True, text="live"), CameraPane(live=False, text="gone")
RED = bytes([0, 0, 255, 255])


@dataclass(frozen=True)
class Taken:
    width: int
    height: int
    pixels: memoryview


@pytest.fixture
def panel(qtbot: QtBot) -> CameraPanel:
    panel = CameraPanel(load_sentences("counter_terminal", "vi").say)
    qtbot.addWidget(panel)
    panel.show()
    panel.draw(LIVE)
    return panel


@pytest.mark.parametrize(("width", "height"), [(256, 144), (192, 144)])
def test_a_picture_is_painted_and_forgotten(panel: CameraPanel, width: int, height: int) -> None:
    def middle() -> str:
        return panel.picture.grab().toImage().pixelColor(128, 72).name()

    panel.picture.show_picture(Taken(width, height, memoryview(RED * (width * height))))
    assert middle() == "#ff0000"
    panel.picture.forget()
    assert panel.picture.image.isNull()
    assert middle() != "#ff0000"


def test_an_officer_hides_the_picture_and_nobody_looks(panel: CameraPanel, qtbot: QtBot) -> None:
    assert panel.picture.room.toTuple() == (256, 144)
    toggle = panel.findChild(QPushButton, "camera-toggle")
    before = toggle.text()
    with qtbot.waitSignal(panel.picture.looks_changed):
        qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert panel.picture.room.isEmpty()
    assert toggle.text() == toggle.accessibleName() != before
    panel.draw(LIVE)
    assert panel.picture.room.isEmpty()
    qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert panel.picture.room.toTuple() == (256, 144)


def test_a_camera_that_is_gone_is_told_and_shows_nothing(panel: CameraPanel) -> None:
    panel.draw(GONE)
    assert panel.findChild(QLabel, "camera-state").text() == "gone"
    assert panel.picture.room.isEmpty()


def test_a_desk_without_a_camera_has_no_panel(panel: CameraPanel) -> None:
    panel.draw(None)
    assert not panel.isVisible()
    assert panel.picture.room.isEmpty()
