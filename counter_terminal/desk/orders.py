"""Dispatch table from a press to its command: one function for each action."""

from collections.abc import Callable, Mapping
from typing import Final

from counter_terminal.desk.actions import Action
from counter_terminal.desk.events import Pressed
from service_floor.queue.commands import (
    CallNext,
    CallParked,
    CallTicket,
    CancelTicket,
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
    Action.RECALL: lambda counter, press: Recall(counter, ticket=_meant(press)),
    Action.START: lambda counter, press: StartServing(counter, ticket=_meant(press)),
    Action.NO_SHOW: lambda counter, press: MarkNoShow(counter, press.reason, _meant(press)),
    Action.FINISH: lambda counter, press: Finish(
        counter, reason=press.reason, ticket=_meant(press)
    ),
    Action.TRANSFER: lambda counter, press: Transfer(
        counter, press.subject, back=press.back, ticket=_meant(press)
    ),
    Action.PARK: lambda counter, press: Park(counter, press.minutes, ticket=_meant(press)),
    Action.PAUSE: lambda counter, press: PauseCounter(counter, press.reason),
    Action.CLOSE: lambda counter, _: CloseCounter(counter),
    Action.SIGN_OUT: lambda counter, _: SignOut(counter),
    Action.CALL_CHOSEN: lambda counter, press: CallTicket(counter, press.subject, press.reason),
    Action.CANCEL: lambda _, press: CancelTicket(press.subject, press.reason),
    Action.READMIT: lambda _, press: Readmit(press.subject),
    Action.CALL_PARKED: lambda counter, press: CallParked(counter, press.subject),
    Action.CONFIRM_PRIORITY: lambda counter, press: ConfirmPriority(
        counter, press.confirmed, _meant(press)
    ),
    Action.REPRINT: lambda _, press: ReprintSlip(press.subject, ReprintReason(press.reason)),
}


def order_of(counter: str, press: Pressed) -> Command:
    """The command that a press means at this counter."""
    return _ORDERS[press.action](counter, press)


def _meant(press: Pressed) -> str | None:
    """The ticket at the desk that the officer saw."""
    return press.ticket or None
