"""Numbers in Vietnamese words, for the loudspeaker and for amounts on receipts.

Speech engines misread digits (15 as «mười năm»), so none is ever handed a digit.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS: Final = ("", "nghìn", "triệu")
_BILLION: Final = "tỷ"

LETTER_NAMES: Final[Mapping[str, str]] = {
    "A": "a", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "F": "ép", "G": "giê",
    "H": "hát", "I": "i", "J": "gi", "K": "ca", "L": "en lờ", "M": "em mờ", "N": "en nờ",
    "O": "o", "P": "pê", "Q": "quy", "R": "e rờ", "S": "ét sờ", "T": "tê", "U": "u", "V": "vê",
    "W": "vê kép", "X": "ích xì", "Y": "i dài", "Z": "dét",
}  # fmt: skip


class Region(StrEnum):
    """How a tens place of zero is read, and the word for a thousand."""

    NORTH = "north"
    SOUTH = "south"


_ZERO_TENS: Final = {Region.NORTH: "linh", Region.SOUTH: "lẻ"}
_THOUSAND: Final = {Region.NORTH: "nghìn", Region.SOUTH: "ngàn"}


def cardinal(n: int, region: Region = Region.NORTH) -> str:
    """A whole number from 0 on in words: 15 → mười lăm, 21 → hai mươi mốt, 105 → một trăm linh năm."""
    if n < 0:
        raise ValueError(f"no words for the negative number {n}")
    if n == 0:
        return _DIGITS[0]
    return " ".join(_below_billions(n, region, leading=True))


def _below_billions(n: int, region: Region, *, leading: bool) -> list[str]:
    words: list[str] = []
    billions, rest = divmod(n, 1_000_000_000)
    if billions:
        words += [*_below_billions(billions, region, leading=leading), _BILLION]
        leading = False
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            words += _group(group, region, leading=leading)
            if power:
                words.append(_THOUSAND[region] if power == 1 else _GROUPS[power])
            leading = False
    return words


def _group(n: int, region: Region, *, leading: bool) -> list[str]:
    """Three digits; behind a larger group the hundreds are read even where they are zero."""
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    words: list[str] = []
    if hundreds or not leading:
        words += [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        if ones:
            words += [_ZERO_TENS[region], _DIGITS[ones]] if words else [_DIGITS[ones]]
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        words.append(_unit_after_tens(tens, ones))
    return words


def _unit_after_tens(tens: int, ones: int) -> str:
    if ones == 5:
        return "lăm"
    if tens > 1 and ones == 1:
        return "mốt"
    if tens > 1 and ones == 4:
        return "tư"
    return _DIGITS[ones]


def spelled(number: str) -> str:
    """A ticket number letter by letter and digit by digit: A025 → a không hai năm."""
    return " ".join(_sign(sign) for sign in number.upper() if sign.isalnum())


def _sign(sign: str) -> str:
    if sign.isdecimal():
        return _DIGITS[int(sign)]
    return LETTER_NAMES.get(sign, sign)


def amount_in_words(dong: int, region: Region = Region.NORTH) -> str:
    """An amount as on a receipt: 150000 → Một trăm năm mươi nghìn đồng."""
    words = f"{cardinal(dong, region)} đồng"
    return words[0].upper() + words[1:]
