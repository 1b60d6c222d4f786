"""`centerfloor gallery`: every screen from literal states, in every size and both languages, as pictures."""

import os
from pathlib import Path

import click

from centerfloor.terminal import echo

LONG_NAMES = (
    "Hộ tịch",
    "Thành lập và hoạt động của hộ kinh doanh, hợp tác xã, liên hiệp hợp tác xã",
    "Chứng thực",
)
"""Real names of fields, among them the longest."""


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("gallery-output"), show_default=True, metavar="DIR")  # fmt: skip
def gallery(out: Path) -> None:
    """Every screen as a picture: kiosk, counter terminal, board and console, Vietnamese and English."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    from PySide6.QtWidgets import QApplication

    # One application for QML and Widgets alike.
    _app = QApplication([])
    pictures = [*_kiosk(out / "kiosk"), *_counter(out / "counter"), *_browser(out)]
    echo("gallery.done", count=len(pictures), folder=out)


def _kiosk(out: Path) -> list[Path]:
    from kiosk.views.gallery import render_gallery

    return render_gallery(out)


def _counter(out: Path) -> list[Path]:
    from counter_terminal.views.gallery import render_gallery
    from plumbing.languages import LANGUAGES
    from plumbing.sentences import load_sentences

    pictures: list[Path] = []
    for language in LANGUAGES:
        words = load_sentences("counter_terminal", language).say
        pictures += render_gallery(out, words, LONG_NAMES, language)
    return pictures


def _browser(out: Path) -> list[Path]:
    from centerfloor import console_gallery
    from queue_display.boards import gallery as board_gallery
    from queue_display.boards.browser import BrowserError

    try:
        board = board_gallery.render_gallery(out / "board")
        return [*board, *console_gallery.render_gallery(out / "console")]
    except BrowserError as error:
        echo("gallery.no_browser", err=True, reason=error)
        return []
