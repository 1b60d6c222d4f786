"""Checks that the concerns of fees share: refusal codes, and a fee of a dossier in its state."""

from dataclasses import replace
from typing import Any, Final

from service_floor.dossiers.life.cases import DossierCase, LifeEvent
from service_floor.dossiers.life.records import DossierLife, Fee, FeeState
from service_floor.dossiers.life.states import DossierState, Moves
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal, RefusalCode

MOST_MONEY: Final = 10_000_000_000
"""Đồng; more is a slip of the hand."""


class FeeRefusal(RefusalCode):
    """Why money is not booked. `fee` is the number of a fee of the dossier, `amount` and `limit` are in đồng."""

    UNKNOWN_FEE = "unknown_fee", "dossier", "fee"
    FEE_WRONG_STATE = "fee_wrong_state", "fee", "state"
    WRONG_AMOUNT = "wrong_amount", "amount", "limit"
    NOTHING_DUE = "nothing_due", "dossier"
    BANK_MESSAGE_NEEDED = "bank_message_needed"
    BANK_MESSAGE_USED = "bank_message_used_already", "message"
    OTHER_DAY = "receipt_of_other_day"


NOT_RETURNED: Final[Moves] = {
    state: state
    for state in DossierState
    if state not in {DossierState.RETURNED, DossierState.VOID}
}


def fee_of(life: DossierLife, number: int) -> Fee | None:
    return next((fee for fee in life.fees if fee.number == number), None)


def with_fee(life: DossierLife, number: int, was: FeeState, **changes: Any) -> tuple[Fee, ...]:
    """The fees with one that changes. Raises ImpossibleEventError where it is not in the state."""
    old = fee_of(life, number)
    if old is None or old.state is not was:
        raise ImpossibleEventError(f"fee {number} of {life.code} is not {was}")
    return tuple(replace(fee, **changes) if fee is old else fee for fee in life.fees)


def fee_in(
    case: DossierCase, event: type[LifeEvent], number: int, was: FeeState, **asked: Any
) -> tuple[DossierLife, Fee] | Refusal:
    """A fee of a dossier in this state."""
    life = case.ready(event, **asked)
    if isinstance(life, Refusal):
        return life
    fee = fee_of(life, number)
    if fee is None:
        unknown: dict[str, str | int] = {"dossier": life.code, "fee": number}
        return Refusal(FeeRefusal.UNKNOWN_FEE, unknown)
    if fee.state is not was:
        wrong: dict[str, str | int] = {"fee": number, "state": fee.state.value}
        return Refusal(FeeRefusal.FEE_WRONG_STATE, wrong)
    return life, fee
