"""Bridge between the flow and QML: shows a picture as plain values, emits presses as signals."""

import functools
import logging
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec

from PySide6.QtCore import Property, QObject, QSize, QSizeF, QUrl, Signal, Slot
from PySide6.QtGui import QFont, QGuiApplication, QResizeEvent
from PySide6.QtQuick import QQuickItem, QQuickView

from kiosk.flow.screens import Picture
from kiosk.texts import Sentences
from kiosk.views.codes import QrProvider
from kiosk.views.icons import IconProvider
from kiosk.views.viewfinder import LivePicture, register_viewfinder

QML: Final = Path(__file__).with_name("qml")
FONT: Final = "Noto Sans"
log = logging.getLogger("kiosk")
P = ParamSpec("P")


def guarded(
    slot: Callable[Concatenate[Any, P], None],
) -> Callable[..., None]:
    """Keep a defect behind a press from reaching Qt."""

    @functools.wraps(slot)
    def run(self: Any, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            slot(self, *args, **kwargs)
        except Exception:
            # By version Qt swallows it or ends the program, and a citizen stands in front of it: it is logged, and the
            # page stays as it is for the next press.
            log.exception("a press could not be answered")

    return run


class Stage(QObject):
    """What QML sees as `kiosk`. Signals: `tapped(button, value)` and `typed(key)`."""

    # QML derives the names of its handlers from these.
    screenChanged = Signal()  # noqa: N815
    frameChanged = Signal()  # noqa: N815
    textsChanged = Signal()  # noqa: N815
    tapped = Signal(str, str)
    typed = Signal(str)

    def __init__(self, texts: Mapping[str, Sentences], picture: Picture) -> None:
        super().__init__()
        self._all_texts = {language: _for_qml(words) for language, words in texts.items()}
        self._picture = picture
        self._screen: dict[str, Any] = _plain(picture.screen)
        self._frame: dict[str, Any] = _plain(picture.frame)
        self.live = LivePicture()

    def show(self, picture: Picture) -> None:
        """Draw this; what did not change is not drawn again."""
        old, self._picture = self._picture, picture
        if picture.frame != old.frame:
            self._frame = _plain(picture.frame)
            if picture.frame.language != old.frame.language:
                self.textsChanged.emit()
            self.frameChanged.emit()
        if picture.screen != old.screen:
            self._screen = _plain(picture.screen)
            self.screenChanged.emit()

    def _get_screen(self) -> dict[str, Any]:
        return self._screen

    def _get_frame(self) -> dict[str, Any]:
        return self._frame

    def _get_texts(self) -> dict[str, str]:
        return self._all_texts[self._picture.frame.language]

    def _get_camera(self) -> LivePicture:
        return self.live

    # The stubs know types only; QML needs the name of its map type.
    screen = Property("QVariantMap", _get_screen, notify=screenChanged)  # type: ignore[arg-type]
    frame = Property("QVariantMap", _get_frame, notify=frameChanged)  # type: ignore[arg-type]
    t = Property("QVariantMap", _get_texts, notify=textsChanged)  # type: ignore[arg-type]
    camera = Property(QObject, _get_camera, constant=True)

    @Slot(str, str)
    @guarded
    def tap(self, button: str, value: str) -> None:
        self.tapped.emit(button, value)

    @Slot(str)
    @guarded
    def type(self, key: str) -> None:
        self.typed.emit(key)


LEAST_UPRIGHT: Final = QSize(1080, 1600)
LEAST_WIDE: Final = QSize(1280, 1000)
"""The smallest displays that the pages are laid out for."""


class KioskView(QQuickView):
    """The window with the stage in it. Made after the QGuiApplication, closed by the composition root."""

    def __init__(self, stage: Stage, *, animated: bool = True) -> None:
        super().__init__()
        QGuiApplication.setFont(QFont(FONT))
        register_viewfinder()
        self.stage = stage
        self.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        self.engine().addImageProvider("icon", IconProvider())
        self.engine().addImageProvider("qr", QrProvider())
        self.rootContext().setContextProperty("kiosk", stage)
        self.setInitialProperties({"animated": animated})
        self.setSource(QUrl.fromLocalFile(str(QML / "Main.qml")))
        if self.errors():
            raise RuntimeError("; ".join(error.toString() for error in self.errors()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - the name is Qt's
        """Keep the pages whole on a display smaller than they are made for, by drawing them smaller."""
        super().resizeEvent(event)
        root = self.rootObject()
        width, height = self.width(), self.height()
        if root is None or not width or not height:
            return
        least = LEAST_UPRIGHT if height > width else LEAST_WIDE
        scale = min(1.0, width / least.width(), height / least.height())
        root.setTransformOrigin(QQuickItem.TransformOrigin.TopLeft)
        root.setScale(scale)
        root.setSize(QSizeF(width / scale, height / scale))

    def shut(self) -> None:
        """Close the window and let go of its pages before the stage behind them goes."""
        self.close()
        self.setSource(QUrl())


def _for_qml(texts: Sentences) -> dict[str, str]:
    return {key.replace(".", "_"): sentence for key, sentence in texts.entries.items()}


def _plain(value: Any) -> Any:
    """Dataclasses as maps, tuples as lists, enums as their values: what QML can read."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value
