"""Widget with the camera's live picture, small, to aim with; if the officer hides it, codes are still read."""

from typing import Final, Protocol

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QColor, QHideEvent, QImage, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_terminal.desk.screens import CameraPane
from counter_terminal.views.parts import named_button, named_label
from counter_terminal.views.style import INK
from counter_terminal.views.words import Words

ROOM: Final = QSize(256, 144)


class Pixels(Protocol):
    """A picture as it comes: rows of blue, green, red and 255, `4 * width` bytes each."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def pixels(self) -> memoryview: ...


class LivePicture(QWidget):
    """Paints the newest picture, pixel for pixel, and keeps none before it. Signal: `looks_changed()`, it is seen or not."""

    looks_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("camera-picture")
        self.setFixedSize(ROOM)
        self._image = QImage()
        self._pixels: memoryview | None = None

    @property
    def room(self) -> QSize:
        """How many pixels there are for the picture; empty while it is hidden."""
        return self.size() if self.isVisible() else QSize()

    @property
    def image(self) -> QImage:
        """The picture that is shown; null without one."""
        return self._image

    def show_picture(self, picture: Pixels) -> None:
        """Paint this one next, from the very bytes that came."""
        # Qt reads the bytes whenever it paints, and does not keep them alive.
        pixels = picture.pixels
        stride = 4 * picture.width
        self._image = QImage(
            pixels, picture.width, picture.height, stride, QImage.Format.Format_RGB32
        )
        self._pixels = pixels
        self.update()

    def forget(self) -> None:
        """Keep no picture."""
        self._image, self._pixels = QImage(), None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - the name is Qt's
        """Draw the picture in the middle."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(INK))
            free = self.size() - self._image.size()
            painter.drawImage(QPoint(free.width() // 2, free.height() // 2), self._image)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - the name is Qt's
        """Called by Qt when the picture comes into sight."""
        super().showEvent(event)
        self.looks_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - the name is Qt's
        """Called by Qt when the picture is hidden."""
        super().hideEvent(event)
        self.looks_changed.emit()


class CameraPanel(QFrame):
    """The picture, how the camera is, and a button to hide the picture."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._words = words
        self._hidden = self._live = False
        self.picture = LivePicture()
        self._state = named_label("camera-state", wrap=True)
        self._toggle = named_button("camera-toggle", words("camera.hide"))
        self._toggle.clicked.connect(self._turn)
        top = QHBoxLayout()
        top.addWidget(named_label("heading", words("camera.title")), 1)
        top.addWidget(self._toggle)
        beside = QVBoxLayout()
        beside.addLayout(top)
        beside.addWidget(self._state, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(14)
        row.addWidget(self.picture)
        row.addLayout(beside, 1)

    def draw(self, pane: CameraPane | None) -> None:
        """Show the camera's state; hidden without a camera."""
        self.setVisible(pane is not None)
        if pane is not None:
            self._state.setText(pane.text)
            self._live = pane.live
            self._settle()

    def _turn(self) -> None:
        self._hidden = not self._hidden
        self._settle()

    def _settle(self) -> None:
        text = self._words("camera.show" if self._hidden else "camera.hide")
        self._toggle.setText(text)
        self._toggle.setAccessibleName(text)
        self._toggle.setVisible(self._live)
        self._state.setVisible(not (self._live and self._hidden))
        self.picture.setVisible(self._live and not self._hidden)
