"""Labels and buttons with the object name that style, tests and screen readers know them by.

Names and scans are shown letter for letter: Qt would take what looks like HTML for HTML.
"""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton


def named_label(name: str, text: str = "", *, wrap: bool = False) -> QLabel:
    """A named label."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    return made


def tip(text: str) -> str:
    """A tool tip that shows this text; a tip has no plain format of its own."""
    return f"<p style='white-space:pre-line'>{escape(text)}</p>" if text else ""


def named_button(name: str, text: str) -> QPushButton:
    """A named button; its text is also read out by a screen reader."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAccessibleName(text.replace("\n", " "))
    return made
