"""Texts that have no room are wrapped or elided, and stay whole for whoever asks for them."""

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from counter_terminal.views.parts import KEY_GAP, ElidedLabel, named_button, wrapped

LONG = "Công Tằng Tôn Nữ Nguyễn Phước Thị Phương Hoàng Anh Khánh Huyền"


@pytest.fixture
def metrics(qtbot: QtBot) -> QFontMetrics:
    return QFontMetrics(QFont("Noto Sans", 12))


@pytest.mark.parametrize("most", [1, 2, 3])
@pytest.mark.parametrize("room", [0, 20, 60, 120, 300, 900])
def test_lines_fit_their_room(metrics: QFontMetrics, room: int, most: int) -> None:
    lines = wrapped(LONG, metrics, room, most)
    assert 1 <= len(lines) <= most
    assert all(metrics.horizontalAdvance(line) <= max(room, 0) for line in lines)
    whole = " ".join(lines) == LONG
    assert whole or any(line.endswith("…") or not line for line in lines)


def test_what_fits_stays_as_it_is(metrics: QFontMetrics) -> None:
    text = "Gọi tiếp   F2"
    room = metrics.horizontalAdvance(text)
    assert wrapped(text, metrics, room, 1) == [text]
    assert wrapped(text, metrics, room - 2, 1) == ["Gọi tiếp F2"]
    assert wrapped("", metrics, 50, 1) == [""]


def test_a_button_that_is_too_narrow_keeps_its_key(metrics: QFontMetrics) -> None:
    text = f"Không thuộc diện ưu tiên{KEY_GAP}Ctrl+K"
    room = metrics.horizontalAdvance("Không thuộc Ctrl+K")
    (line,) = wrapped(text, metrics, room, 1)
    assert line.startswith("Không")
    assert line.endswith("… Ctrl+K")
    assert metrics.horizontalAdvance(line) <= room
    (line,) = wrapped(text, metrics, metrics.horizontalAdvance("Ctrl+K"), 1)
    assert line.endswith("…")


def test_a_label_keeps_its_whole_text(qtbot: QtBot) -> None:
    label = ElidedLabel("name", 60)
    qtbot.addWidget(label)
    label.setText(LONG)
    label.resize(80, 30)
    label.grab()
    assert label.minimumSizeHint().width() == 60
    assert LONG in label.toolTip()
    assert label.text() == LONG
    label.resize(2000, 30)
    label.grab()
    assert label.toolTip() == ""


def test_a_button_keeps_its_whole_text_and_needs_more_height_when_narrow(qtbot: QtBot) -> None:
    button = named_button("name", f"{LONG} & con", wraps=True)
    qtbot.addWidget(button)
    button.resize(120, 60)
    button.grab()
    assert button.heightForWidth(200) > button.heightForWidth(2000)
    assert LONG in button.toolTip()
    assert button.accessibleName() == button.text() == f"{LONG} & con"
    assert button.shortcut().isEmpty()
