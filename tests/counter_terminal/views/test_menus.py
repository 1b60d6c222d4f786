"""Menus of the desk: each item is a press that the desk understands."""

from datetime import UTC, datetime

import pytest

from counter_terminal.desk.actions import Action
from counter_terminal.desk.events import Pressed
from counter_terminal.desk.screens import CurrentTicket, DeskScreen, Strip
from counter_terminal.desk.setup import Named
from counter_terminal.views.menus import menu_of

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
STRIP = Strip(1, "Hộ tịch", "An", "open", "", True, "", "", NOW)
TICKET = CurrentTicket("t1", "B001", "Hộ tịch", "", "", "", None, NOW)
SCREEN = DeskScreen(
    strip=STRIP,
    current=TICKET,
    actions=frozenset(),
    waiting=(),
    parked=(),
    missed=(),
    waiting_count=0,
    dossier=None,
    services=(Named("land", "Đất đai"),),
    pause_reasons=(Named("break", "Nghỉ"),),
    call_reasons=(Named("frail", "Yếu"),),
    park_minutes=(5, 10),
    reprint_reasons=(Named("lost", "Mất"),),
)


def words(key: str, **data: object) -> str:
    known = {"menus.minutes": "{minutes} phút", "menus.and_back": "{service} rồi về"}
    return known.get(key, key).format(**data)


@pytest.mark.parametrize(
    ("action", "title", "items"),
    [
        (
            Action.PAUSE,
            "menus.pause_reason",
            [("break", "Nghỉ", Pressed(Action.PAUSE, reason="break"))],
        ),
        (
            Action.PARK,
            "actions.park",
            [(str(m), f"{m} phút", Pressed(Action.PARK, minutes=m)) for m in (5, 10)],
        ),
        (
            Action.REPRINT,
            "menus.reprint_reason",
            [("lost", "Mất", Pressed(Action.REPRINT, "t1", "lost"))],
        ),
        (
            Action.CALL_CHOSEN,
            "menus.reason",
            [("frail", "Yếu", Pressed(Action.CALL_CHOSEN, "t7", "frail"))],
        ),
        (
            Action.TRANSFER,
            "menus.to_service",
            [
                ("land", "Đất đai", Pressed(Action.TRANSFER, "land")),
                ("land-back", "Đất đai rồi về", Pressed(Action.TRANSFER, "land", back=True)),
            ],
        ),
    ],
)
def test_each_menu_has_its_presses(
    action: Action, title: str, items: list[tuple[str, str, Pressed]]
) -> None:
    assert menu_of(action, SCREEN, words, "t7") == (title, items)


def test_an_action_without_a_choice_has_no_menu() -> None:
    with pytest.raises(ValueError, match="finish"):
        menu_of(Action.FINISH, SCREEN, words)
