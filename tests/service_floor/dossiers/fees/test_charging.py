"""Fees due: charged, waived, and the clock that stands until they are paid."""

from dataclasses import replace
from datetime import datetime

import pytest

from service_floor.dossiers.deeds.progress import BeginWork
from service_floor.dossiers.fees.charging import (
    ChargeFee,
    FeeCharged,
    FeeWaived,
    RequestPayment,
    WaiveFee,
)
from service_floor.dossiers.fees.fee_states import MOST_MONEY, FeeRefusal
from service_floor.dossiers.fees.paying import TakePayment
from service_floor.dossiers.fees.receipts import Confirmation, PaymentMethod
from service_floor.dossiers.life.records import Fee, FeeState
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.states import DossierState
from service_floor.queue.actors import Role
from service_floor.queue.floor import ImpossibleEventError
from service_floor.zone import ZONE
from tests.service_floor.dossiers.conftest import birth

CASH = (PaymentMethod.CASH, Confirmation.PERSON, "PT")


def test_the_clock_stands_until_all_is_paid(office):
    code = office.take()
    office.do(BeginWork(code, 1))
    office.do(ChargeFee(code, 2, "Phí thẩm định", 250_000))
    office.do(RequestPayment(code, 3, "v2"))
    assert office.life(code).state is DossierState.PAYMENT_REQUIRED
    office.at("2026-11-20T09:00")
    paid = office.do(TakePayment(code, 4, 1, *CASH))
    assert paid.receipt == 1
    assert office.life(code).state is DossierState.PAYMENT_REQUIRED
    _, fulfilled = office.do(TakePayment(code, 5, 2, *CASH))
    life = office.life(code)
    assert (life.state, life.fees_due) == (DossierState.IN_PROGRESS, 0)
    assert life.appointment == fulfilled.appointment
    # Two working days stood still.
    assert life.appointment.due == datetime(2026, 12, 7, 9, 0, tzinfo=ZONE)


def test_a_waiver_lets_it_go_on_too(office):
    code = office.take()
    office.do(RequestPayment(code, 1))
    blank = office.as_(Role.SUPERVISOR, "hoa").refused(WaiveFee(code, 2, 1, ""))
    assert blank == (DossierRefusal.REASON_NEEDED, {})
    office.do(WaiveFee(code, 2, 1, "poor household"))
    life = office.life(code)
    assert (life.state, life.fees[0].state) == (DossierState.ACCEPTED, FeeState.VOID)
    twice = FeeRefusal.FEE_WRONG_STATE, {"fee": 1, "state": "void"}
    assert office.refused(WaiveFee(code, 4, 1, "again")) == twice


def test_nothing_is_asked_where_nothing_is_due(office):
    code = office.take(birth())
    assert office.refused(RequestPayment(code, 1)) == (FeeRefusal.NOTHING_DUE, {"dossier": code})
    unknown = DossierRefusal.UNKNOWN_DOSSIER, {"dossier": "x"}
    assert office.refused(RequestPayment("x", 1)) == unknown
    assert office.refused(ChargeFee("x", 1, "a", 1)) == unknown


@pytest.mark.parametrize("amount", [0, -1, MOST_MONEY + 1])
def test_a_fee_has_a_name_and_an_amount(office, amount):
    code = office.take(birth())
    wrong = FeeRefusal.WRONG_AMOUNT, {"amount": amount, "limit": MOST_MONEY}
    assert office.refused(ChargeFee(code, 1, "Phí", amount)) == wrong
    assert office.refused(ChargeFee(code, 1, " ", 5)) == (DossierRefusal.REASON_NEEDED, {})
    office.do(ChargeFee(code, 1, "Phí", MOST_MONEY))
    assert office.life(code).fees == (Fee(1, "Phí", MOST_MONEY),)


def test_impossible_fees(office):
    code = office.take()
    by, books, now = office.by, office.books, office.now
    with pytest.raises(ImpossibleEventError, match="not the next"):
        FeeCharged(code, 7, "x", 1, by).fold(books, now)
    with pytest.raises(ImpossibleEventError, match="not due"):
        FeeWaived(code, 7, "x", by).fold(books, now)
    books.put(replace(office.life(code), fees=(Fee(1, "x", 1, FeeState.PAID),)))
    with pytest.raises(ImpossibleEventError, match="not due"):
        FeeWaived(code, 1, "x", by).fold(books, now)
