"""Receipts of fees: numbers of a series, each used once, void or not; and bank messages, each good for one payment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.plan import ReceiptSeries
from service_floor.queue.refusals import Refusal, RefusalCode


class PaymentMethod(StrEnum):
    """How a fee was paid."""

    CASH = "cash"
    TRANSFER = "transfer"


class Confirmation(StrEnum):
    """Who confirmed that the money is there. Showing a payment code confirms nothing."""

    PERSON = "person"
    BANK = "bank"


class ReceiptRefusal(RefusalCode):
    """Why there is no receipt. `receipt` is a number."""

    UNKNOWN_SERIES = "unknown_receipt_series", "series"
    RECEIPT_USED = "receipt_used_already", "series", "receipt"
    NOT_IN_SERIES = "receipt_not_in_series", "series", "first", "last"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as it was written: its number is used for ever, also where it is void."""

    key: str
    series: str
    number: int
    dossier: str
    fee: int
    amount: int
    method: PaymentMethod
    at: datetime
    bank_message: str = ""
    void: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptNumbers:
    """The highest number used of a series."""

    key: str
    last: int = 0


@dataclass(frozen=True, slots=True)
class BankMessage:
    """A message of the bank that money came. `receipt` is what it paid for, empty after that receipt was made void."""

    key: str
    receipt: str


def receipt_key(series: str, number: int) -> str:
    """The key of a receipt."""
    return f"{series}/{number}"


def free_number(books: Books, series: ReceiptSeries, wanted: int | None) -> int | Refusal:
    """The number that an officer reads from a book of receipts, or else the next one; refused where it is used."""
    numbers = books.find(ReceiptNumbers, series.name) or ReceiptNumbers(series.name)
    number = max(numbers.last + 1, series.first) if wanted is None else wanted
    if not series.first <= number <= series.last:
        bounds: dict[str, str | int] = {"series": series.name}
        return Refusal(
            ReceiptRefusal.NOT_IN_SERIES, bounds | {"first": series.first, "last": series.last}
        )
    if books.find(Receipt, receipt_key(series.name, number)) is not None:
        data: dict[str, str | int] = {"series": series.name, "receipt": number}
        return Refusal(ReceiptRefusal.RECEIPT_USED, data)
    return number
