"""Window with the letter about a configuration, for a program that a desktop starts: its user sees no terminal."""

import os
import sys

from PySide6.QtWidgets import QApplication, QPlainTextEdit

_SIZE = (900, 420)


def letter_view(letter: str) -> QPlainTextEdit:
    """The letter in a window of its own, to be read and copied."""
    view = QPlainTextEdit(letter)
    view.setReadOnly(True)
    view.setWindowTitle("Center floor")
    view.resize(*_SIZE)
    return view


def show_letter(letter: str) -> None:
    """Show the letter until the window is closed; nothing on a terminal, which has it already, and without a display."""
    has_display = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if not has_display or sys.stderr.isatty():
        return
    app = QApplication(sys.argv[:1])
    view = letter_view(letter)
    view.show()
    app.exec()
