"""Labels and buttons with the object name that style, tests and screen readers know them by."""

from PySide6.QtWidgets import QLabel, QPushButton


def named_label(name: str, text: str = "", *, wrap: bool = False) -> QLabel:
    """A named label."""
    made = QLabel(text)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    return made


def named_button(name: str, text: str) -> QPushButton:
    """A named button; its text is also what a screen reader says."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAccessibleName(text.replace("\n", " "))
    return made
