"""Gallery: draws every screen of the kiosk from literal states: `python -m kiosk.views.gallery --out DIR`."""

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from kiosk.flow.screens import Page, Picture
from kiosk.texts import LANGUAGES, load_texts
from kiosk.views.codes import modules_of
from kiosk.views.samples import JUST_READ, PAGES_WITH_BACK, sample_frame, sample_screens
from kiosk.views.stage import KioskView, Stage

SIZES: Final = ((1080, 1920), (1920, 1080), (1280, 1024))


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture to draw: its file name, its size and what it shows."""

    name: str
    size: tuple[int, int]
    picture: Picture


def samples() -> Iterator[Sample]:
    """Every screen in every size, language and letter size; the dark look once for each screen."""
    for size in SIZES:
        for language in LANGUAGES:
            for large in (False, True):
                yield from _samples(size, language, large=large, dark=False)
    yield from _samples(SIZES[0], "vi", large=False, dark=True)


def _samples(size: tuple[int, int], language: str, *, large: bool, dark: bool) -> Iterator[Sample]:
    frame = sample_frame(language, large=large, dark=dark)
    look = f"{'-large' if large else ''}{'-dark' if dark else ''}"
    for name, screen in sample_screens(load_texts(language)).items():
        around = replace(
            frame,
            can_go_back=screen.page in PAGES_WITH_BACK,
            can_go_home=screen.page in PAGES_WITH_BACK or screen.page is Page.REFUSED,
            code_read=name in JUST_READ,
        )
        file = f"kiosk-{name}-{size[0]}x{size[1]}-{language}{look}"
        yield Sample(file, size, Picture(around, screen))


def render_gallery(out: Path, only: str = "") -> list[Path]:
    """Draw all samples with `only` in their names; return the files. Makes an off-screen application if none exists."""
    application = _application()
    out.mkdir(parents=True, exist_ok=True)
    wanted = [sample for sample in samples() if only in sample.name]
    texts = {language: load_texts(language) for language in LANGUAGES}
    files: list[Path] = []
    view: KioskView | None = None
    for sample in wanted:
        if view is None:
            view = KioskView(Stage(texts, sample.picture), animated=False)
            view.show()
        view.resize(*sample.size)
        view.stage.show(sample.picture)
        application.processEvents()
        if sample.picture.has_preview:
            view.stage.live.show(held_slip(view.stage.live.room))
            application.processEvents()
        file = out / f"{sample.name}.png"
        view.grabWindow().save(str(file))
        files.append(file)
    if view is not None:
        view.shut()
    return files


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as a camera would give it."""

    width: int
    height: int
    pixels: memoryview


def held_slip(room: QSize) -> Drawn:
    """A slip with a code, held a little askew before a grey wall, as large as the glass has room for."""
    image = QImage(room, QImage.Format.Format_RGB32)
    image.fill(QColor("#8A8F98"))
    painter = QPainter(image)
    painter.translate(room.width() / 2, room.height() * 0.58)
    painter.rotate(-7)
    unit = room.height() // 60
    painter.fillRect(QRect(-32 * unit, -25 * unit, 64 * unit, 70 * unit), QColor("#F4F2EC"))
    rows = modules_of("H56.14-240823-0001")
    top, left = -len(rows) * unit // 2, -len(rows[0]) * unit // 2
    for y, row in enumerate(rows):
        for x, is_dark in enumerate(row):
            if is_dark:
                painter.fillRect(left + x * unit, top + y * unit, unit, unit, Qt.GlobalColor.black)
    painter.end()
    return Drawn(room.width(), room.height(), memoryview(bytes(image.constBits())))


def _application() -> QCoreApplication:
    existing = QCoreApplication.instance()
    if existing is not None:
        return existing
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    return QGuiApplication([])


def main() -> None:
    """Draw the gallery from the command line."""
    parser = argparse.ArgumentParser(description="Draw every screen of the kiosk as a picture.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--only", default="", help="draw only what has this in its name")
    arguments = parser.parse_args()
    render_gallery(arguments.out, arguments.only)


if __name__ == "__main__":
    main()
