"""QR codes for the glass, dark on a light field with the quiet zone that cameras need."""

from typing import Any, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickImageProvider
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode

QUIET_MODULES: Final = 4
_FALLBACK: Final = QSize(256, 256)


def modules_of(data: str) -> list[list[bool]]:
    """The code with its quiet zone, row by row; empty where there is too much data for one."""
    code: Any = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_MODULES)
    code.add_data(data.encode(), optimize=0)
    try:
        matrix: list[list[bool]] = code.get_matrix()
    except (DataOverflowError, ValueError):
        return []
    return matrix


class QrProvider(QQuickImageProvider):
    """Answers `image://qr/HEX`, the text in UTF-16, in whole pixels for each module. Owned by the QML engine."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N802, N803  # the names that Qt calls
        side = requestedSize if requestedSize.isValid() else _FALLBACK
        image = _drawn(_text(id))
        whole = max(1, min(side.width(), side.height()) // image.width()) * image.width()
        image = image.scaled(QSize(whole, whole))
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image


def _text(encoded: str) -> str:
    try:
        return bytes.fromhex(encoded).decode("utf-16-be")
    except ValueError:
        return ""


def _drawn(data: str) -> QImage:
    """The code at one pixel a module."""
    modules = modules_of(data) if data else []
    side = max(1, len(modules))
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    black = QColor("black").rgb()
    for y, row in enumerate(modules):
        for x, is_dark in enumerate(row):
            if is_dark:
                image.setPixel(x, y, black)
    return image
