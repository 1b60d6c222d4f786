"""Payments, void receipts and refunds: no number and no bank message is used twice."""

from dataclasses import replace

import pytest

from service_floor.dossiers.deeds.progress import HandOver, RecordResult
from service_floor.dossiers.deeds.visits import EndVisit
from service_floor.dossiers.fees.charging import ChargeFee
from service_floor.dossiers.fees.fee_states import FeeRefusal
from service_floor.dossiers.fees.paying import RefundFee, TakePayment, VoidReceipt
from service_floor.dossiers.fees.receipts import (
    BankMessage,
    Confirmation,
    PaymentMethod,
    Receipt,
    ReceiptRefusal,
)
from service_floor.dossiers.life.records import FeeState, Outcome
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.queue.floor import ImpossibleEventError
from tests.service_floor.dossiers.conftest import AN, Office, land

CASH = (PaymentMethod.CASH, Confirmation.PERSON, "PT")
BANK = (PaymentMethod.TRANSFER, Confirmation.BANK, "PT")


def pay(office: Office, code: str, **more: object):
    how = more.pop("how", CASH)
    return TakePayment(code, office.seen(code), more.pop("fee", 1), *how, **more)


def test_numbers_of_a_series_follow_each_other(office):
    one, two, three = office.take(), office.take(), office.take()
    assert [office.do(pay(office, code)).receipt for code in (one, two)] == [1, 2]
    used = ReceiptRefusal.RECEIPT_USED, {"series": "PT", "receipt": 2}
    assert office.refused(pay(office, three, receipt=2)) == used
    # An officer skips a spoilt page of the book; it stays a gap.
    assert office.do(pay(office, three, receipt=7)).receipt == 7
    assert office.do(pay(office, office.take())).receipt == 8
    assert office.do(EndVisit("v1")).outcomes == (Outcome.TAKEN,)


def test_a_book_of_receipts_ends(office):
    book = (PaymentMethod.CASH, Confirmation.PERSON, "BL")
    numbers = [office.do(pay(office, office.take(), how=book)).receipt for _ in range(3)]
    assert numbers == [501, 502, 503]
    bounds = ReceiptRefusal.NOT_IN_SERIES, {"series": "BL", "first": 501, "last": 503}
    assert office.refused(pay(office, office.take(), how=book)) == bounds
    assert office.refused(pay(office, office.take(), how=book, receipt=1)) == bounds
    other = (PaymentMethod.CASH, Confirmation.PERSON, "XX")
    unknown = ReceiptRefusal.UNKNOWN_SERIES, {"series": "XX"}
    assert office.refused(pay(office, office.take(), how=other)) == unknown


def test_a_bank_message_is_good_for_one_payment(office):
    one, two = office.take(), office.take()
    assert office.refused(pay(office, one, how=BANK)) == (FeeRefusal.BANK_MESSAGE_NEEDED, {})
    cash = (PaymentMethod.CASH, Confirmation.BANK, "PT")
    assert office.refused(pay(office, one, how=cash, bank_message="FT1"))[0] is (
        FeeRefusal.BANK_MESSAGE_NEEDED
    )
    office.do(pay(office, one, how=BANK, bank_message="FT1"))
    used = FeeRefusal.BANK_MESSAGE_USED, {"message": "FT1"}
    assert office.refused(pay(office, two, how=BANK, bank_message="FT1")) == used
    office.do(VoidReceipt(one, office.seen(one), 1, "wrong dossier"))
    assert office.books.find(BankMessage, "FT1").receipt == ""
    office.do(pay(office, two, how=BANK, bank_message="FT1"))


def test_a_person_confirms_a_transfer(office):
    seen = (PaymentMethod.TRANSFER, Confirmation.PERSON, "PT")
    assert office.do(pay(office, office.take(), how=seen)).bank_message == ""


def test_a_void_receipt_keeps_its_number_and_the_fee_is_due_again(office):
    code = office.take()
    office.do(pay(office, code))
    assert office.refused(VoidReceipt(code, 2, 1, "")) == (DossierRefusal.REASON_NEEDED, {})
    office.do(VoidReceipt(code, 2, 1, "wrong amount"))
    assert office.books.find(Receipt, "PT/1").void
    assert office.life(code).fees_due == 100_000
    due = FeeRefusal.FEE_WRONG_STATE, {"fee": 1, "state": "due"}
    assert office.refused(VoidReceipt(code, 3, 1, "again")) == due
    assert office.do(pay(office, code)).receipt == 2
    office.later(days=1)
    assert office.refused(VoidReceipt(code, 4, 1, "late")) == (FeeRefusal.OTHER_DAY, {})
    used = ReceiptRefusal.RECEIPT_USED, {"series": "PT", "receipt": 1}
    other = office.take()
    assert office.refused(pay(office, other, receipt=1)) == used


@pytest.mark.parametrize("amount", [0, 100_001])
def test_a_refund_is_never_more_than_was_paid(office, amount):
    code = office.take()
    office.do(pay(office, code))
    wrong = FeeRefusal.WRONG_AMOUNT, {"amount": amount, "limit": 100_000}
    back = RefundFee(code, 2, 1, amount, PaymentMethod.CASH, "withdrawn")
    assert office.refused(back) == wrong
    blank = replace(back, amount=1, reason=" ")
    assert office.refused(blank) == (DossierRefusal.REASON_NEEDED, {})
    office.do(replace(back, amount=60_000))
    assert office.life(code).fees[0].state is FeeState.REFUNDED
    twice = FeeRefusal.FEE_WRONG_STATE, {"fee": 1, "state": "refunded"}
    assert office.refused(RefundFee(code, 3, 1, 1, PaymentMethod.CASH, "x")) == twice


def test_after_the_hand_over_only_a_refund(office):
    code = office.take()
    office.do(pay(office, code))
    office.do(RecordResult(code, 2, "KQ.1"))
    office.do(HandOver(code, 3, AN, "signed"))
    wrong = DossierRefusal.WRONG_STATE, {"dossier": code, "state": "returned"}
    assert office.refused(VoidReceipt(code, 4, 1, "x")) == wrong
    assert office.refused(ChargeFee(code, 4, "x", 1)) == wrong
    office.do(RefundFee(code, 4, 1, 5, PaymentMethod.TRANSFER, "paid too much"))


def test_a_fee_that_is_not_there(office):
    code = office.take()
    unknown = FeeRefusal.UNKNOWN_FEE, {"dossier": code, "fee": 9}
    assert office.refused(pay(office, code, fee=9)) == unknown
    refund = RefundFee(code, 1, 9, 1, PaymentMethod.CASH, "x")
    assert office.refused(refund) == unknown


def test_impossible_payments(office):
    code = office.take(land("give"))
    paid = office.do(pay(office, code))
    office.do(VoidReceipt(code, 2, 1, "x"))
    voided = office.events[-1][0]
    with pytest.raises(ImpossibleEventError, match="in force"):
        voided.fold(office.books, office.now)
    with pytest.raises(ImpossibleEventError, match="in force"):
        replace(voided, receipt=9).fold(office.books, office.now)
    with pytest.raises(ImpossibleEventError, match="twice"):
        paid.fold(office.books, office.now)
