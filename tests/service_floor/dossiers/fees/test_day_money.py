"""The day's money per counter and officer."""

from service_floor.dossiers.fees.day_money import drawers, gaps
from service_floor.dossiers.fees.paying import RefundFee, TakePayment, VoidReceipt
from service_floor.dossiers.fees.receipts import Confirmation, PaymentMethod

CASH = (PaymentMethod.CASH, Confirmation.PERSON, "PT")
TRANSFER = (PaymentMethod.TRANSFER, Confirmation.PERSON, "PT")


def test_a_drawer_holds_what_was_taken_less_what_went_back(office):
    one, two, three, four = (office.take() for _ in range(4))
    office.do(TakePayment(one, 1, 1, *CASH))
    office.do(TakePayment(two, 1, 1, *TRANSFER, receipt=4))
    office.do(TakePayment(three, 1, 1, *CASH))
    office.do(VoidReceipt(three, 2, 1, "wrong"))
    office.do(RefundFee(one, 2, 1, 30_000, PaymentMethod.CASH, "too much"))
    office.do(RefundFee(two, 2, 1, 20_000, PaymentMethod.TRANSFER, "too much"))
    office.desk("mai").do(TakePayment(four, 1, 1, *CASH))
    found = drawers(event for event, _ in office.events)
    assert set(found) == {("q1", "lan"), ("q1", "mai")}
    lan = found["q1", "lan"]
    assert (lan.cash, lan.transfer, lan.cash_in_hand) == (100_000, 100_000, 70_000)
    assert (lan.refunded_cash, lan.refunded_transfer) == (30_000, 20_000)
    assert (lan.receipts, lan.void) == ({"PT": [1, 4, 5]}, {"PT": [5]})
    assert found["q1", "mai"].receipts == {"PT": [6]}


def test_gaps_between_the_numbers_used():
    assert gaps([7, 3, 4]) == (5, 6)
    assert gaps([3, 4]) == gaps([]) == ()
