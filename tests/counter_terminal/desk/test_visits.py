"""What was scanned for one citizen is gone when the next one, or another officer, is at the desk."""

from collections.abc import Callable
from typing import Any

import pytest

from counter_terminal.desk.actions import Action
from counter_terminal.desk.desk import Desk
from counter_terminal.desk.events import (
    Ask,
    CodeRead,
    DossierPutAway,
    FileOpened,
    FileRead,
    FileRefused,
    FloorSeen,
    HubLine,
    Pressed,
    QuestionAnswered,
)
from counter_terminal.desk.floor import visit_is_over
from counter_terminal.desk.screens import DeskScreen, DossierCard
from hub.messages import Answer, CounterView, ErrorBody

Views = Callable[..., CounterView]
CODE = "H56.14-261103-0042"
SERVING = {"ticket": "t1", "number": "B001", "ticket_state": "serving"}
CALLED = {**SERVING, "ticket_state": "called"}
NEXT = {"ticket": "t2", "number": "B002", "ticket_state": "called"}
CHANGES: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    ("finish, park, transfer", SERVING, {}, True),
    ("no-show", CALLED, {}, True),
    ("call of the next", {}, NEXT, True),
    ("finish and call in one", SERVING, NEXT, True),
    ("pause with nobody there", {}, {"state": "paused"}, True),
    ("close", {}, {"state": "closed"}, True),
    ("sign-out", {}, {"state": "closed", "officer": None}, True),
    ("take-over", {}, {"officer": "binh"}, True),
    ("take-over of a closed counter", {"state": "closed"}, {"state": "closed", "officer": "binh"}, True),
    ("begin", CALLED, SERVING, False),
    ("pause after this one", SERVING, {**SERVING, "state": "paused"}, False),
    ("open", {"state": "closed"}, {}, False),
    ("back from a pause", {"state": "paused"}, {}, False),
    ("nothing, or the hub's restart", SERVING, SERVING, False),
]  # fmt: skip


@pytest.mark.parametrize(("change", "before", "after", "over"), CHANGES)
def test_a_card_lies_there_as_long_as_its_citizen_stands_there(
    desk: Desk,
    counter_view: Views,
    change: str,
    before: dict[str, Any],
    after: dict[str, Any],
    over: bool,
) -> None:
    assert visit_is_over(counter_view(**before), counter_view(**after)) is over, change
    desk.handle(HubLine(True))
    desk.handle(FloorSeen(counter_view(**before), (), None))
    (asked,) = desk.handle(CodeRead(CODE))
    desk.handle(FloorSeen(counter_view(**after), (), None))
    if isinstance(desk.screen, DeskScreen):
        assert (desk.screen.dossier is None) is over, change
    unknown = Answer(req="q1", ok=False, error=ErrorBody(code="unknown_dossier"))
    desk.handle(QuestionAnswered(asked, unknown))
    desk.handle(FloorSeen(counter_view(**{**after, "officer": after.get("officer") or "an"}), (), None))  # fmt: skip
    if over:
        assert shown(desk) is None, change


def shown(desk: Desk) -> DossierCard | None:
    assert isinstance(desk.screen, DeskScreen)
    return desk.screen.dossier


def test_without_a_counter_on_the_floor_no_card_is_kept(counter_view: Views) -> None:
    assert visit_is_over(counter_view(), None)
    assert visit_is_over(None, counter_view())
    assert not visit_is_over(None, None)


def test_the_hub_s_restart_keeps_the_card_of_who_is_still_there(
    desk: Desk, counter_view: Views
) -> None:
    desk.handle(FloorSeen(counter_view(**SERVING), (), None))
    desk.handle(HubLine(False))
    assert desk.handle(CodeRead(CODE)) == ()
    assert desk.handle(HubLine(True)) == (Ask(CODE),)
    desk.handle(FloorSeen(counter_view(**SERVING), (), None))
    assert shown(desk) is not None


def test_what_waited_for_the_hub_is_not_asked_for_the_next_citizen(
    desk: Desk, counter_view: Views
) -> None:
    desk.handle(FloorSeen(counter_view(**SERVING), (), None))
    desk.handle(CodeRead(CODE))
    desk.handle(FloorSeen(counter_view(), (), None))
    assert desk.handle(HubLine(True)) == ()
    assert shown(desk) is None


@pytest.mark.parametrize("then", ["ticket", "put away", "scan", "nothing"])
@pytest.mark.parametrize("result", [FileRead((CODE,)), FileRefused("broken_pdf")])
def test_a_slow_file_brings_nothing_up_for_the_next_citizen(
    desk: Desk, counter_view: Views, then: str, result: FileRead | FileRefused
) -> None:
    desk.handle(HubLine(True))
    desk.handle(FloorSeen(counter_view(**SERVING), (), None))
    desk.handle(FileOpened())
    if then == "ticket":
        desk.handle(FloorSeen(counter_view(), (), None))
    elif then == "put away":
        desk.handle(DossierPutAway())
    elif then == "scan":
        desk.handle(CodeRead("H56.14-261103-0041"))
    before = shown(desk)
    taken = desk.handle(result) != () or shown(desk) != before
    assert taken is (then == "nothing")
    desk.handle(FileOpened())
    desk.handle(result)
    card = shown(desk)
    assert card is not None
    assert "đọc tệp" not in card.headline


def test_a_file_that_is_not_begun_with_says_so_while_another_is_read(
    desk: Desk, counter_view: Views
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    desk.handle(FileOpened())
    desk.handle(FileRefused("busy"))
    card = shown(desk)
    assert card is not None
    assert card.headline.startswith("Đang đọc tệp trước")
    desk.handle(FileRead((CODE,)))
    assert shown(desk) != card


def test_a_press_for_a_ticket_that_has_gone_is_not_given(desk: Desk, counter_view: Views) -> None:
    desk.handle(FloorSeen(counter_view(**{**SERVING, "ticket": "t2"}), (), None))
    assert desk.handle(Pressed(Action.FINISH, ticket="t1")) == ()
    assert isinstance(desk.screen, DeskScreen)
    assert desk.screen.notice == "Số này không còn ở trạng thái đó."
    desk.handle(FloorSeen(counter_view(), (), None))
    assert desk.handle(Pressed(Action.PAUSE, reason="break", ticket="t2")) == ()
    assert desk.handle(Pressed(Action.PAUSE, reason="break", ticket="")) != ()
