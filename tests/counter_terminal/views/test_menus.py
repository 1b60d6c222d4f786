"""Menus of the desk: each item is a press that the desk understands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from counter_terminal.desk.actions import Action
from counter_terminal.desk.events import Pressed
from counter_terminal.desk.screens import CurrentTicket, DeskScreen, DossierCard, Strip, WaitingRow
from counter_terminal.desk.setup import Named
from counter_terminal.views.menus import CodeMenu, Menu, PaperMenu, menu_of

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
    no_show_reasons=(Named("said", "Sẽ quay lại"),),
    cancel_reasons=(Named("left", "Đã về"),),
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
            [("break", "Nghỉ", Pressed(Action.PAUSE, reason="break", ticket="t1"))],
        ),
        (
            Action.PARK,
            "actions.park",
            [(str(m), f"{m} phút", Pressed(Action.PARK, minutes=m, ticket="t1")) for m in (5, 10)],
        ),
        (
            Action.REPRINT,
            "menus.reprint_reason",
            [("lost", "Mất", Pressed(Action.REPRINT, "t1", "lost", ticket="t1"))],
        ),
        (
            Action.CALL_CHOSEN,
            "menus.reason",
            [("frail", "Yếu", Pressed(Action.CALL_CHOSEN, "t7", "frail", ticket="t1"))],
        ),
        (
            Action.NO_SHOW,
            "menus.no_show_reason",
            [("said", "Sẽ quay lại", Pressed(Action.NO_SHOW, reason="said", ticket="t1"))],
        ),
        (
            Action.FINISH,
            "menus.finish_reason",
            [("said", "Sẽ quay lại", Pressed(Action.FINISH, reason="said", ticket="t1"))],
        ),
        (
            Action.CANCEL,
            "menus.cancel_reason",
            [("left", "Đã về", Pressed(Action.CANCEL, "t7", "left", ticket="t1"))],
        ),
        (
            Action.TRANSFER,
            "menus.to_service",
            [
                ("land", "Đất đai", Pressed(Action.TRANSFER, "land", ticket="t1")),
                (
                    "land-back",
                    "Đất đai rồi về",
                    Pressed(Action.TRANSFER, "land", back=True, ticket="t1"),
                ),
            ],
        ),
    ],
)
def test_each_menu_has_its_presses(
    action: Action, title: str, items: list[tuple[str, str, Pressed]]
) -> None:
    assert menu_of(action, SCREEN, words, "t7") == (title, items)


def test_an_action_without_a_choice_has_no_menu() -> None:
    with pytest.raises(ValueError, match="recall"):
        menu_of(Action.RECALL, SCREEN, words)


ROW = WaitingRow("t7", "B007", "Hộ tịch", "", NOW)
OPEN = replace(SCREEN, actions=frozenset({Action.PARK, Action.CALL_CHOSEN}), waiting=(ROW,))


@pytest.mark.parametrize(
    "after",
    [
        lambda screen: replace(screen, current=None),
        lambda screen: replace(screen, current=replace(TICKET, id="t2")),
        lambda screen: replace(screen, strip=replace(STRIP, officer="Bình")),
        lambda screen: replace(screen, actions=frozenset()),
        lambda screen: replace(screen, waiting=()),
    ],
)
def test_a_menu_does_not_hold_for_another_ticket_officer_row_or_state(
    after: Callable[[DeskScreen], DeskScreen],
) -> None:
    menu = Menu.open_on(OPEN, Action.CALL_CHOSEN, "t7")
    assert menu.still_holds(OPEN)
    assert not menu.still_holds(after(OPEN))


def test_a_menu_stays_while_a_command_is_under_way_and_the_queue_moves() -> None:
    menu = Menu.open_on(OPEN, Action.PARK)
    assert menu.still_holds(replace(OPEN, actions=frozenset(), busy=True, waiting=()))


def test_a_menu_of_slips_holds_for_its_card() -> None:
    papers = (Named("apology", "Xin lỗi"),)
    card = DossierCard(True, "H56.14-1", "Khai sinh", "", papers=papers)
    menu = PaperMenu(card.code, papers)
    shown = replace(SCREEN, dossier=card)
    assert menu.still_holds(replace(shown, dossier=replace(card, printing="Đã in")))
    assert not menu.still_holds(SCREEN)
    assert not menu.still_holds(replace(shown, dossier=replace(card, code="H56.14-2")))
    assert not menu.still_holds(replace(shown, dossier=replace(card, papers=())))


def test_a_menu_of_codes_holds_as_long_as_they_are_to_be_chosen_from() -> None:
    codes = (Named("H56.14-1", "H56.14-1"), Named("H56.14-2", "H56.14-2"))
    card = DossierCard(False, "", "Mời chọn", "", choices=codes)
    menu = CodeMenu(codes)
    assert menu.still_holds(replace(SCREEN, dossier=card))
    assert not menu.still_holds(replace(SCREEN, dossier=replace(card, choices=codes[1:])))
    assert not menu.still_holds(SCREEN)
