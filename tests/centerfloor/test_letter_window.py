"""The letter about a configuration in a window, where its reader has no terminal."""

import pytest
from pytestqt.qtbot import QtBot

from centerfloor.letter_window import letter_view, show_letter


def test_the_letter_can_be_read_and_copied(qtbot: QtBot) -> None:
    view = letter_view("Người dùng an không được đọc tệp này.\n<b>x</b>")
    qtbot.addWidget(view)
    assert view.isReadOnly()
    assert view.toPlainText() == "Người dùng an không được đọc tệp này.\n<b>x</b>"


def test_without_a_display_nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert show_letter("x") is None
