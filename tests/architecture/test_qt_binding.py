import sys

from PySide6.QtWidgets import QApplication, QLabel


def test_a_thousand_calls_into_qt_lose_no_reference(qapp: QApplication) -> None:
    """A binding that loses references of None ends the program after some hours (PySide6 6.12.0 does)."""
    label = QLabel()
    label.setText("A001")
    before = sys.getrefcount(None)
    for n in range(1000):
        label.setText(f"A{n:03d}")
    assert abs(sys.getrefcount(None) - before) < 100
