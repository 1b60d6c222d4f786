from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from PySide6.QtWidgets import QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from counter_terminal.desk.screens import WaitingRow
from counter_terminal.views.panels.queue_panel import QueuePanel

MORNING = datetime(2026, 11, 21, 1, tzinfo=UTC)


def row(number: int, **other: str) -> WaitingRow:
    since = MORNING + timedelta(minutes=number)
    return replace(WaitingRow(f"id-{number}", f"A{number:03}", "Hộ tịch", "", since), **other)


@pytest.fixture
def panel(qtbot: QtBot) -> QueuePanel:
    panel = QueuePanel("readmit", "Nhận lại", lambda ticket: None)
    qtbot.addWidget(panel)
    return panel


def table(panel: QueuePanel) -> list[tuple[str, str, int]]:
    rows = panel.findChild(QTableWidget)
    return [
        (rows.item(at, 0).text(), rows.item(at, 1).text(), rows.rowHeight(at))
        for at in range(rows.rowCount())
    ]


def expected(rows: list[WaitingRow]) -> list[tuple[str, str, int]]:
    lines = [[line for line in (r.service, r.priority, r.note) if line] for r in rows]
    return [
        (r.number, "\n".join(these), 22 + 18 * len(these))
        for r, these in zip(rows, lines, strict=True)
    ]


def test_the_table_is_what_was_drawn_last_however_the_queue_moves(panel: QueuePanel) -> None:
    chance = Random(5)
    for _ in range(60):
        numbers = chance.sample(range(12), chance.randint(0, 12))
        if chance.random() < 0.8:
            numbers.sort()
        rows = [row(n, note=chance.choice(["", "", "Lấy số ngoại tuyến"])) for n in numbers]
        panel.draw("", rows, True)
        assert table(panel) == expected(rows)


def test_the_choice_stays_on_its_ticket_and_goes_with_it(panel: QueuePanel) -> None:
    button = panel.findChild(QPushButton)
    panel.draw("", [row(1), row(2), row(3)], True)
    panel.choose("id-2")
    panel.draw("", [row(0), row(2, priority="Người cao tuổi"), row(3)], True)
    assert panel._chosen() == "id-2"
    assert button.isEnabled()

    panel.draw("", [row(0), row(3)], True)
    assert panel._chosen() == ""
    assert not button.isEnabled()
