"""The longest names, 40 officers and a magnified screen: nothing is out of reach, and what is cut has its whole text."""

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from counter_terminal.views.crowd_samples import MENUS, OFFICERS
from counter_terminal.views.gallery import MAGNIFIED, SIZES, sample_screens, show_sample
from counter_terminal.views.parts import bring_into_view
from counter_terminal.views.window import DeskWindow
from plumbing.sentences import load_sentences

WORDS = load_sentences("counter_terminal", "vi").say
SAMPLES = dict(sample_screens(WORDS, ("Hộ tịch", "Chứng thực")))
CROWDS = ["crowd-sign-in", "crowd-not-here", "crowd-pin", "crowd-serving", "crowd-no-hub", *MENUS]
SCREENS = [*SIZES, *(size for size, _ in MAGNIFIED)]


@pytest.fixture(params=SCREENS, ids=str)
def window(request: pytest.FixtureRequest, qtbot: QtBot) -> DeskWindow:
    window = DeskWindow(WORDS)
    qtbot.addWidget(window)
    window.resize(*request.param)
    window.show()
    return window


def within(window: DeskWindow, widget: QWidget) -> bool:
    """Whether all of it can be seen, once it is scrolled to."""
    bring_into_view(widget)
    QApplication.processEvents()
    frame, corner = window.rect(), widget.mapTo(window, QPoint(0, 0))
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            frame = frame.intersected(
                parent.viewport().rect().translated(parent.viewport().mapTo(window, QPoint(0, 0)))
            )
        parent = parent.parentWidget()
    size = widget.size().boundedTo(QSize(widget.width(), frame.height()))
    return (
        frame.left() <= corner.x()
        and corner.x() + size.width() <= frame.right() + 1
        and (frame.top() <= corner.y() and corner.y() + size.height() <= frame.bottom() + 1)
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", CROWDS)
def test_everything_can_be_reached(window: DeskWindow, name: str) -> None:
    show_sample(window, name, SAMPLES[name])
    size = window.size()
    hint = window.minimumSizeHint()
    assert (hint.width() <= size.width(), hint.height() <= size.height()) == (True, True)
    buttons = [each for each in window.findChildren(QPushButton) if each.isVisible()]
    assert buttons
    assert [each.objectName() for each in buttons if not within(window, each)] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["crowd-serving", "crowd-sign-in"])
def test_what_is_cut_has_its_whole_text_as_a_tool_tip(window: DeskWindow, name: str) -> None:
    show_sample(window, name, SAMPLES[name])
    window.grab()
    title = window.findChild(QLabel, "strip-title")
    room = title.fontMetrics().horizontalAdvance(title.text()) <= title.width()
    assert room or title.text() in title.toolTip()
    shown = [each for each in window.findChildren(QPushButton) if each.isVisible()]
    assert all(each.text() for each in shown)


def test_forty_officers_are_all_there(qtbot: QtBot) -> None:
    window = DeskWindow(WORDS)
    qtbot.addWidget(window)
    window.resize(683, 384)
    window.show()
    show_sample(window, "crowd-sign-in", SAMPLES["crowd-sign-in"])
    last = window.findChild(QPushButton, f"officer-officer-{OFFICERS}")
    assert within(window, last)
    show_sample(window, "sign-in", SAMPLES["sign-in"])
    assert window.findChild(QPushButton, "officer-o0").isVisible()
