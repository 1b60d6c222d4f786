"""Colours, sizes and the style sheet of the counter terminal."""

from typing import Final

INK: Final = "#1b2430"
QUIET: Final = "#5b6675"
PAPER: Final = "#f4f5f7"
CARD: Final = "#ffffff"
LINE: Final = "#d5dae1"
ACCENT: Final = "#0b4f8a"
ACCENT_DARK: Final = "#083b68"
ALERT: Final = "#a61b1b"
GOOD: Final = "#1d6b3a"
WARM: Final = "#8a5a00"
WARNING: Final = "#ffd95a"

STYLE_SHEET: Final = f"""
* {{ font-family: "Noto Sans"; color: {INK}; font-size: 16px; }}
QMainWindow, QWidget#page {{ background: {PAPER}; }}
QFrame#card {{ background: {CARD}; border: 1px solid {LINE}; border-radius: 10px; }}
QFrame#strip {{ background: {ACCENT}; border-radius: 0; }}
QFrame#strip QLabel {{ color: white; font-size: 17px; }}
QFrame#strip QLabel#strip-title {{ font-size: 24px; font-weight: 600; }}
QFrame#strip[connected="false"] {{ background: {ALERT}; }}
QLabel#enrol-notice {{ color: {WARM}; font-size: 20px; font-weight: 600; }}
QLabel#enrol-code {{ font-size: 84px; font-weight: 700; color: {ACCENT}; }}
QLabel#enrol-remaining {{ color: {QUIET}; font-size: 18px; }}
QLabel#enrol-steps {{ font-size: 20px; }}
QLabel#number {{ font-size: 80px; font-weight: 700; color: {ACCENT}; }}
QLabel#service {{ font-size: 22px; font-weight: 600; }}
QLabel#state {{ font-size: 20px; color: {GOOD}; font-weight: 600; }}
QLabel#detail, QLabel#hint {{ color: {QUIET}; font-size: 16px; }}
QLabel#priority, QLabel#paper {{ color: {WARM}; font-size: 18px; font-weight: 600; }}
QLabel#printing {{ color: {GOOD}; font-size: 18px; font-weight: 600; }}
QLabel#paper[out="true"] {{ color: {GOOD}; }}
QLabel#title, QLabel#pin-title {{ font-size: 32px; font-weight: 600; }}
QLabel#takes-over, QLabel#pin-takes-over {{ color: {WARM}; font-size: 18px; font-weight: 600; }}
QLabel#notice, QLabel#sign-in-notice, QLabel#pin-notice {{ color: {ALERT}; font-size: 18px; font-weight: 600; }}
QLabel#heading {{ font-size: 20px; font-weight: 600; }}
QLabel#dossier-read {{ font-size: 18px; font-weight: 600; color: {QUIET}; }}
QLabel#standing {{ font-size: 20px; font-weight: 700; color: {ACCENT}; }}
QLabel#standing[late="true"] {{ color: {ALERT}; }}
QLabel#headline {{ font-size: 18px; font-weight: 600; }}
QLabel#caption {{ color: {QUIET}; }}
QPushButton {{ background: {CARD}; border: 1px solid {LINE}; border-radius: 8px; padding: 8px 12px; font-size: 18px; }}
QPushButton:hover {{ border-color: {ACCENT}; }}
QPushButton:pressed {{ background: #e3ebf3; }}
QPushButton:focus {{ border: 3px solid {ACCENT}; padding: 6px 10px; }}
QPushButton:disabled {{ color: #7c8693; background: #eceef1; border-color: {LINE}; }}
QPushButton[person="true"] {{ font-size: 22px; }}
QPushButton[digit="true"] {{ font-size: 26px; font-weight: 600; }}
QPushButton[leading="true"] {{ background: {ACCENT}; color: white; font-weight: 600; border-color: {ACCENT_DARK}; }}
QPushButton[leading="true"]:disabled {{ background: #eceef1; color: #7c8693; border-color: {LINE}; }}
QLineEdit {{ background: white; border: 1px solid {QUIET}; border-radius: 8px; padding: 9px 12px; font-size: 18px; }}
QLineEdit#pin {{ font-size: 24px; }}
QLineEdit:focus {{ border: 3px solid {ACCENT}; }}
QTableWidget {{ background: white; border: none; gridline-color: {LINE}; font-size: 17px; }}
QTableWidget::item:selected {{ background: #d9e8f5; color: {INK}; }}
QHeaderView::section {{ background: white; border: none; color: {QUIET}; }}
QTableWidget:focus, QTextBrowser:focus {{ border: 2px solid {ACCENT}; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QFrame#strip QLabel#strip-printer[wanting="true"] {{ color: {WARNING}; font-weight: 700; }}
"""

LOW_STYLE_SHEET: Final = f"""
{STYLE_SHEET}
* {{ font-size: 14px; }}
QFrame#strip QLabel {{ font-size: 14px; }}
QFrame#strip QLabel#strip-title {{ font-size: 18px; }}
QLabel#enrol-code {{ font-size: 52px; }}
QLabel#enrol-notice, QLabel#enrol-steps, QLabel#enrol-remaining {{ font-size: 16px; }}
QLabel#number {{ font-size: 52px; }}
QLabel#service, QLabel#state {{ font-size: 17px; }}
QLabel#detail, QLabel#hint {{ font-size: 14px; }}
QLabel#priority, QLabel#paper, QLabel#printing {{ font-size: 15px; }}
QLabel#title, QLabel#pin-title {{ font-size: 22px; }}
QLabel#takes-over, QLabel#pin-takes-over, QLabel#notice, QLabel#sign-in-notice, QLabel#pin-notice {{ font-size: 15px; }}
QLabel#heading, QLabel#standing {{ font-size: 16px; }}
QPushButton {{ padding: 3px 8px; font-size: 15px; }}
QPushButton:focus {{ padding: 1px 6px; }}
QPushButton[person="true"] {{ font-size: 17px; }}
QPushButton[digit="true"] {{ font-size: 20px; }}
QLineEdit {{ padding: 4px 8px; font-size: 15px; }}
QTableWidget {{ font-size: 15px; }}
"""
"""For a screen that is small, or that its system has magnified."""
