"""Numbers in Vietnamese words: how many, which ticket, how much money. The words are tables of this module."""

from enum import StrEnum
from typing import Final

from service_floor.vietnamese.text import nfc


class Region(StrEnum):
    """The region of the words: the regions differ in empty tens and in the thousand."""

    NORTH = "north"
    SOUTH = "south"


class TicketReading(StrEnum):
    """How the digits of a ticket are read out: one by one, or its zeros and then the number."""

    DIGITS = "digits"
    NUMBER = "number"


DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")

LETTER_NAMES: Final = {
    "A": "a", "Ă": "á", "Â": "ớ", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "Ê": "ê",
    "F": "ép-phờ", "G": "giê", "H": "hát", "I": "i", "J": "gi", "K": "ca", "L": "en-lờ",
    "M": "em-mờ", "N": "en-nờ", "O": "o", "Ô": "ô", "Ơ": "ơ", "P": "pê", "Q": "quy", "R": "e-rờ",
    "S": "ét-sờ", "T": "tê", "U": "u", "Ư": "ư", "V": "vê", "W": "vê kép", "X": "ích-xì",
    "Y": "i dài", "Z": "dét",
}  # fmt: skip

_TEN, _TENS, _HUNDRED = "mười", "mươi", "trăm"
_EMPTY_TENS: Final = {Region.NORTH: "linh", Region.SOUTH: "lẻ"}
_THOUSAND: Final = {Region.NORTH: "nghìn", Region.SOUTH: "ngàn"}
_MILLION, _BILLION = "triệu", "tỷ"
_MINUS, _CURRENCY = "âm", "đồng"

# Last digits that sound different behind the tens: fifteen, and twenty-one, twenty-four, twenty-five and on.
_BEHIND_TEN: Final = {5: "lăm"}
_BEHIND_TENS: Final = {1: "mốt", 4: "tư", 5: "lăm"}


def cardinal(number: int, region: Region = Region.NORTH) -> str:
    """A whole number in words."""
    if number < 0:
        return f"{_MINUS} {cardinal(-number, region)}"
    return " ".join(_words(number, region)) if number else DIGITS[0]


def ticket_words(
    number: str, reading: TicketReading = TicketReading.DIGITS, region: Region = Region.NORTH
) -> tuple[str, ...]:
    """A ticket number such as A025 as it is read out, one entry for each breath; separators are silent."""
    said: list[str] = []
    digits = ""
    for char in nfc(number).upper():
        if char.isdecimal():
            digits += char
            continue
        said += _digits_said(digits, reading, region)
        digits = ""
        if char in LETTER_NAMES:
            said.append(LETTER_NAMES[char])
    return (*said, *_digits_said(digits, reading, region))


def amount_in_words(amount: int, region: Region = Region.NORTH) -> str:
    """An amount of money as receipts spell it out."""
    words = f"{cardinal(amount, region)} {_CURRENCY}"
    return words[0].upper() + words[1:]


def _digits_said(digits: str, reading: TicketReading, region: Region) -> list[str]:
    if reading is TicketReading.DIGITS or not digits:
        return [DIGITS[int(digit)] for digit in digits]
    rest = digits.lstrip("0")
    zeros = [DIGITS[0]] * (len(digits) - len(rest))
    return [*zeros, cardinal(int(rest), region)] if rest else zeros


def _words(number: int, region: Region, led: bool = False) -> list[str]:
    """The words of a positive number; `led` is whether a greater group stands before it."""
    for size, name in ((10**9, _BILLION), (10**6, _MILLION), (10**3, _THOUSAND[region])):
        if number >= size:
            head, rest = divmod(number, size)
            tail = _words(rest, region, led=True) if rest else []
            return [*_words(head, region, led), name, *tail]
    return _below_thousand(number, region, led)


def _below_thousand(number: int, region: Region, led: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [DIGITS[hundreds], _HUNDRED] if hundreds or led else []
    tens, unit = divmod(rest, 10)
    if tens == 0:
        if unit and words:
            words.append(_EMPTY_TENS[region])
        return [*words, DIGITS[unit]] if unit else words
    special = _BEHIND_TEN if tens == 1 else _BEHIND_TENS
    words += [_TEN] if tens == 1 else [DIGITS[tens], _TENS]
    return [*words, special.get(unit, DIGITS[unit])] if unit else words
