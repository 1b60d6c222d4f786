"""Live camera picture on the screen: frames are not queued, only the newest is painted."""

from typing import Protocol

from PySide6.QtCore import Property, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQml import qmlRegisterType
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

BEHIND = QColor("#211A16")
"""Background colour around a picture of another shape and before the first."""


class Pixels(Protocol):
    """A BGRX image as the camera gives it: rows of `4 * width` bytes, the fourth of each pixel 255."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def pixels(self) -> memoryview: ...


class LivePicture(QObject):
    """What QML sees as `camera`: the picture that is shown now. Lives in the screen's thread."""

    # QML and the composition root derive the names of their handlers from these.
    changed = Signal()
    room_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._pixels: memoryview | None = None
        self._room = QSize()

    @property
    def room(self) -> QSize:
        """How many pixels the screen has for the picture; empty until a page with one has been laid out."""
        return self._room

    @property
    def image(self) -> QImage:
        """The picture to paint; null without one."""
        return self._image

    def show(self, picture: Pixels) -> None:
        """Paint this one next, without copying its bytes."""
        # Qt reads the bytes whenever it paints, and does not keep them alive.
        pixels = picture.pixels
        stride = 4 * picture.width
        self._image = QImage(
            pixels, picture.width, picture.height, stride, QImage.Format.Format_RGB32
        )
        self._pixels = pixels
        self.changed.emit()

    def forget(self) -> None:
        """Keep no picture."""
        self._image, self._pixels = QImage(), None
        self.changed.emit()

    def give_room(self, room: QSize) -> None:
        """Take the screen's size for the picture, in pixels."""
        if room != self._room:
            self._room = room
            self.room_changed.emit()


class Viewfinder(QQuickPaintedItem):
    """Paints a `LivePicture` centred, unscaled unless it is too large, because scaling is slow."""

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self.setOpaquePainting(True)
        self._camera: LivePicture | None = None
        self.widthChanged.connect(self._give_room)
        self.heightChanged.connect(self._give_room)
        self.visibleChanged.connect(self._give_room)

    def _get_camera(self) -> LivePicture | None:
        return self._camera

    def _set_camera(self, camera: LivePicture) -> None:
        self._camera = camera
        camera.changed.connect(self.update)
        self._give_room()

    camera = Property(QObject, _get_camera, _set_camera)

    def paint(self, painter: QPainter) -> None:
        """Called by Qt."""
        whole = QRect(0, 0, int(self.width()), int(self.height()))
        image = self._camera.image if self._camera is not None else QImage()
        size = image.size()
        if size.width() > whole.width() or size.height() > whole.height():
            size.scale(whole.size(), Qt.AspectRatioMode.KeepAspectRatio)
        there = QRect(
            (whole.width() - size.width()) // 2,
            (whole.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )
        if there != whole:
            painter.fillRect(whole, BEHIND)
        if not image.isNull():
            painter.drawImage(there, image)

    def _give_room(self) -> None:
        room = QSize(int(self.width()), int(self.height()))
        if self._camera is not None and self.isVisible() and not room.isEmpty():
            self._camera.give_room(room)


def register_viewfinder() -> None:
    """Register `Viewfinder` with QML."""
    qmlRegisterType(Viewfinder, "CenterFloor", 1, 0, "Viewfinder")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants str
