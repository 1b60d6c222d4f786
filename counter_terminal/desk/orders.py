"""Dispatch table from a press to its command: one function for each action."""

from collections.abc import Callable, Mapping
from typing import Final

from counter_terminal.desk.actions import Action
from counter_terminal.desk.events import Pressed
from service_floor.queue.commands import (
    CallNext,
    CallParked,
    CallTicket,
    CloseCounter,
    Command,
    ConfirmPriority,
    Finish,
    MarkNoShow,
    OpenCounter,
    Park,
    PauseCounter,
    Readmit,
    Recall,
    ReprintReason,
    ReprintSlip,
    SignOut,
    StartServing,
    Transfer,
)

_ORDERS: Final[Mapping[Action, Callable[[str, Pressed], Command]]] = {
    Action.OPEN: lambda counter, _: OpenCounter(counter),
    Action.CALL_NEXT: lambda counter, _: CallNext(counter),
    Action.RECALL: lambda counter, _: Recall(counter),
    Action.START: lambda counter, _: StartServing(counter),
    Action.NO_SHOW: lambda counter, _: MarkNoShow(counter),
    Action.FINISH: lambda counter, _: Finish(counter),
    Action.TRANSFER: lambda counter, press: Transfer(counter, press.subject, back=press.back),
    Action.PARK: lambda counter, press: Park(counter, press.minutes),
    Action.PAUSE: lambda counter, press: PauseCounter(counter, press.reason),
    Action.CLOSE: lambda counter, _: CloseCounter(counter),
    Action.SIGN_OUT: lambda counter, _: SignOut(counter),
    Action.CALL_CHOSEN: lambda counter, press: CallTicket(counter, press.subject, press.reason),
    Action.READMIT: lambda _, press: Readmit(press.subject),
    Action.CALL_PARKED: lambda counter, press: CallParked(counter, press.subject),
    Action.CONFIRM_PRIORITY: lambda counter, press: ConfirmPriority(counter, press.confirmed),
    Action.REPRINT: lambda _, press: ReprintSlip(press.subject, ReprintReason(press.reason)),
}


def order_of(counter: str, press: Pressed) -> Command:
    """The command that a press means at this counter."""
    return _ORDERS[press.action](counter, press)
