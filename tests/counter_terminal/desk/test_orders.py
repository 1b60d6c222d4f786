"""Each action means one command, with what it was pressed on."""

import pytest

from counter_terminal.desk.actions import Action
from counter_terminal.desk.events import Pressed
from counter_terminal.desk.orders import order_of
from service_floor.queue import commands as c


@pytest.mark.parametrize(
    ("press", "command"),
    [
        (Pressed(Action.OPEN), c.OpenCounter("c1")),
        (Pressed(Action.CALL_NEXT), c.CallNext("c1")),
        (Pressed(Action.RECALL), c.Recall("c1")),
        (Pressed(Action.START), c.StartServing("c1")),
        (Pressed(Action.NO_SHOW), c.MarkNoShow("c1")),
        (Pressed(Action.NO_SHOW, reason="left"), c.MarkNoShow("c1", "left")),
        (Pressed(Action.FINISH, reason="left"), c.Finish("c1", reason="left")),
        (Pressed(Action.FINISH), c.Finish("c1")),
        (Pressed(Action.TRANSFER, "land", back=True), c.Transfer("c1", "land", back=True)),
        (Pressed(Action.PARK, minutes=10), c.Park("c1", 10)),
        (Pressed(Action.PAUSE, reason="break"), c.PauseCounter("c1", "break")),
        (Pressed(Action.CLOSE), c.CloseCounter("c1")),
        (Pressed(Action.SIGN_OUT), c.SignOut("c1")),
        (Pressed(Action.CALL_CHOSEN, "t1", "frail"), c.CallTicket("c1", "t1", "frail")),
        (Pressed(Action.READMIT, "t1"), c.Readmit("t1")),
        (Pressed(Action.CANCEL, "t1", "left"), c.CancelTicket("t1", "left")),
        (Pressed(Action.CALL_PARKED, "t1"), c.CallParked("c1", "t1")),
        (Pressed(Action.REPRINT, "t1", "lost"), c.ReprintSlip("t1", c.ReprintReason.LOST)),
        (Pressed(Action.CONFIRM_PRIORITY, confirmed=False), c.ConfirmPriority("c1", False)),
    ],
)
def test_a_press_means_its_command(press: Pressed, command: c.Command) -> None:
    assert order_of("c1", press) == command


MEANT = [
    (Pressed(Action.RECALL, ticket="t1"), c.Recall("c1", "t1")),
    (Pressed(Action.START, ticket="t1"), c.StartServing("c1", "t1")),
    (Pressed(Action.NO_SHOW, ticket="t1"), c.MarkNoShow("c1", ticket="t1")),
    (Pressed(Action.FINISH, ticket="t1"), c.Finish("c1", ticket="t1")),
    (Pressed(Action.TRANSFER, "land", ticket="t1"), c.Transfer("c1", "land", ticket="t1")),
    (Pressed(Action.PARK, minutes=5, ticket="t1"), c.Park("c1", 5, ticket="t1")),
    (Pressed(Action.CONFIRM_PRIORITY, ticket="t1"), c.ConfirmPriority("c1", True, "t1")),
]


@pytest.mark.parametrize(("press", "command"), MEANT)
def test_a_command_about_the_ticket_at_the_desk_names_it(
    press: Pressed, command: c.Command
) -> None:
    assert order_of("c1", press) == command


def test_every_action_has_an_order() -> None:
    for action in set(Action) - {Action.TAKE_OVER}:
        assert order_of("c1", Pressed(action, reason="lost")) is not None
