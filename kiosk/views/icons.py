"""Icons of the kiosk as line drawings on a field of 24 × 24, painted in any colour and size."""

from typing import Final

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

PATHS: Final = {
    "ticket": "M3 7 H21 V10.5 A1.8 1.8 0 0 0 21 14 V17.5 H3 V14 A1.8 1.8 0 0 0 3 10.5 Z M14.5 7 V9 M14.5 11 V13.5 M14.5 15.5 V17.5",
    "find": "M4 10.5 A6.5 6.5 0 1 1 17 10.5 A6.5 6.5 0 1 1 4 10.5 M15.3 15.3 L21 21",
    "dossier": "M3 19 V6 H9.5 L11.5 8.5 H21 V19 Z M7 12.5 H17 M7 15.8 H13.5",
    "people": "M5.5 8.5 A3.2 3.2 0 1 1 11.9 8.5 A3.2 3.2 0 1 1 5.5 8.5 M2.5 19.5 C2.5 12.5 15 12.5 15 19.5 M15 5.6 A3.1 3.1 0 0 1 15.6 11.4 M17.2 13.9 C20 14.6 21.5 16.8 21.5 19.5",
    "back": "M20 12 H4.5 M11 5 L4 12 L11 19",
    "home": "M3 11.5 L12 4 L21 11.5 M5.5 9.8 V20 H18.5 V9.8 M10 20 V14 H14 V20",
    "language": "M3 12 A9 9 0 1 1 21 12 A9 9 0 1 1 3 12 M3 12 H21 M12 3 C7.5 8 7.5 16 12 21 C16.5 16 16.5 8 12 3",
    "letters": "M2.5 19 L8.5 5 L14.5 19 M4.7 14 H12.3 M19 8.5 V15.5 M15.5 12 H22.5",
    "contrast": "M3 12 A9 9 0 1 1 21 12 A9 9 0 1 1 3 12 M12 3 V21 M15 3.7 V20.3 M18 5.4 V18.6",
    "chevron": "M9 5 L16 12 L9 19",
    "down": "M5 9 L12 16 L19 9",
    "up": "M5 15 L12 8 L19 15",
    "check": "M4.5 12.5 L10 18 L20 6.5",
    "warning": "M12 3.5 L22 20.5 H2 Z M12 9.5 V14.5 M12 17.4 V17.5",
    "info": "M3 12 A9 9 0 1 1 21 12 A9 9 0 1 1 3 12 M12 11 V17 M12 7.4 V7.5",
    "printer": "M7 8.5 V3.5 H17 V8.5 M7 17 H3.5 V8.5 H20.5 V17 H17 M7 13.5 H17 V20.5 H7 Z",
    "barcode": "M3.5 5 V19 M7 5 V19 M9.5 5 V19 M13.5 5 V19 M16 5 V19 M20.5 5 V19",
    "backspace": "M8.5 5.5 H21 V18.5 H8.5 L2.5 12 Z M12 9 L18 15 M18 9 L12 15",
    "clear": "M6 6 L18 18 M18 6 L6 18",
    "unplugged": "M8 3 V7.5 M16 3 V7.5 M5.5 7.5 H18.5 V11 A6.5 6.5 0 0 1 5.5 11 Z M12 17.5 V21 M3 21 L21 3",
    "wait": "M12 3 A9 9 0 0 1 21 12",
}
_FALLBACK: Final = QSize(48, 48)


def svg_of(name: str, color: str, weight: str) -> str:
    """The drawing as an SVG document; an unknown name is an empty field."""
    return (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' "
        f"stroke='{color}' stroke-width='{weight}' stroke-linecap='round' stroke-linejoin='round'>"
        f"<path d='{PATHS.get(name, '')}'/></svg>"
    )


class IconProvider(QQuickImageProvider):
    """Answers `image://icon/NAME/RRGGBB/WEIGHT`. Owned by the QML engine."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N802, N803  # the names that Qt calls
        name, color, weight = id.split("/")
        side = requestedSize if requestedSize.isValid() else _FALLBACK
        image = QImage(side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(QByteArray(svg_of(name, f"#{color}", weight).encode())).render(painter)
        painter.end()
        size.setWidth(side.width())
        size.setHeight(side.height())
        return image
