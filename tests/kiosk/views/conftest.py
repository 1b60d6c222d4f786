"""The window of the kiosk with a stage of literal states, and eyes that walk its items."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.texts import LANGUAGES, load_texts
from kiosk.views.gallery import samples
from kiosk.views.stage import KioskView, Stage

LAYOUT_ROUNDS = 3
TOUCH_SCREEN = QTest.createTouchDevice()


class Glass:
    """A shown window and what is on it."""

    def __init__(self, qapp, texts, *, animated: bool) -> None:
        self._app = qapp
        first = next(samples())
        self.stage = Stage(texts, first.picture)
        self.view = KioskView(self.stage, animated=animated)
        self.view.show()
        self.shows(first)

    def shows(self, sample) -> None:
        self.view.resize(*sample.size)
        self.stage.show(sample.picture)
        self._app.processEvents()
        self.settle()

    def settle(self) -> None:
        """Lay everything out now, as drawing the next frame would; what wraps needs a second round."""
        for _ in range(LAYOUT_ROUNDS):
            for item in list(self.items()):
                item.ensurePolished()

    def items(self, root=None) -> Iterator[QQuickItem]:
        """What is visible, from the back to the front and each before what stands in it."""
        ahead = [*reversed((root or self.view.contentItem()).childItems())]
        while ahead:
            item = ahead.pop()
            if item.isVisible():
                yield item
                ahead.extend(reversed(item.childItems()))

    def touchable(self) -> list[QQuickItem]:
        return [item for item in self.items() if item.property("touchable")]

    def words(self) -> list[QQuickItem]:
        return [item for item in self.items() if item.inherits("QQuickText")]

    def named(self, name: str) -> QQuickItem:
        return next(item for item in self.touchable() if item.objectName() == name)

    def press(self, item: QQuickItem) -> None:
        QTest.mouseClick(
            self.view,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            middle(item),
        )

    @contextmanager
    def held(self, item: QQuickItem) -> Iterator[None]:
        """A finger that stays down for a while."""
        where = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle(item))
        QTest.mousePress(self.view, *where)
        yield
        QTest.mouseRelease(self.view, *where)

    def touch(self, item: QQuickItem) -> None:
        finger = QTest.touchEvent(self.view, TOUCH_SCREEN)
        finger.press(0, middle(item), self.view).commit()
        QTest.touchEvent(self.view, TOUCH_SCREEN).release(0, middle(item), self.view).commit()


def place(item: QQuickItem) -> QRectF:
    """Where an item stands on the glass."""
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def middle(item: QQuickItem) -> QPoint:
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()


def pane_of(item: QQuickItem) -> QQuickItem | None:
    """The scrolling content in which an item stands."""
    above = item.parentItem()
    while above is not None and not above.inherits("QQuickFlickable"):
        above = above.parentItem()
    return above


@pytest.fixture(scope="session")
def texts():
    return {language: load_texts(language) for language in LANGUAGES}


@pytest.fixture
def glass(qapp, texts):
    glass = Glass(qapp, texts, animated=False)
    yield glass
    glass.view.shut()


@pytest.fixture(scope="module")
def module_glass(qapp, texts):
    glass = Glass(qapp, texts, animated=False)
    yield glass
    glass.view.shut()


@pytest.fixture
def animated_glass(qapp, texts):
    glass = Glass(qapp, texts, animated=True)
    yield glass
    glass.view.shut()


@pytest.fixture(scope="session", name="place")
def place_of():
    return place


@pytest.fixture(scope="session", name="pane_of")
def pane_around():
    return pane_of


@pytest.fixture
def in_sight():
    """Whether the middle of an item is not scrolled away."""

    def look(item) -> bool:
        pane = pane_of(item)
        return pane is None or place(pane).contains(QPointF(middle(item)))

    return look
