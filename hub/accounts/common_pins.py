"""Common PINs: what a guesser tries first (NIST SP 800-63B §3.1.1.2). Pure.

Rows, repetitions, dates and ways over the keypad are recognised by rule; a list has the commonest of the others. All
together are about a tenth of the six-digit PINs, and most of those that people choose.
"""

from datetime import date
from itertools import pairwise
from typing import Final

_FIRST_YEAR: Final = 1930
_LAST_YEAR: Final = 2039
_LONGEST_BLOCK: Final = 4
_LARGEST_STEP: Final = 11
"""Between numbers of two digits: 10 20 30, 11 22 33, 01 02 03."""
_PAST_NINE: Final = ({1}, {9})
_KEYPAD: Final = {
    digit: (row, column)
    for row, digits in enumerate(("123", "456", "789", " 0 "))
    for column, digit in enumerate(digits)
    if digit != " "
}

# Commonest PINs of six and more digits in published counts of leaked passwords, as far as no rule recognises them, with
# numbers that are dear to people here: lucky ones, "I love you" in figures, emergency numbers.
COMMON: Final = frozenset(
    [
        "001987",
        "013579",
        "019283",
        "036912",
        "104050",
        "105050",
        "113114",
        "113115",
        "114115",
        "123200",
        "123231",
        "123245",
        "123312",
        "123450",
        "123451",
        "123455",
        "123457",
        "123459",
        "123460",
        "123465",
        "123467",
        "123469",
        "123475",
        "123478",
        "123480",
        "123487",
        "123498",
        "123500",
        "123564",
        "123569",
        "123578",
        "123580",
        "123589",
        "123600",
        "123645",
        "123650",
        "123670",
        "123679",
        "123689",
        "123690",
        "123700",
        "123712",
        "123756",
        "123780",
        "123790",
        "123798",
        "123800",
        "123890",
        "123897",
        "123900",
        "123945",
        "123956",
        "123965",
        "123967",
        "123978",
        "123980",
        "123990",
        "124356",
        "124578",
        "125690",
        "127001",
        "128256",
        "130013",
        "131420",
        "132465",
        "134679",
        "135792",
        "135798",
        "136900",
        "141592",
        "142857",
        "144000",
        "148888",
        "153426",
        "159632",
        "164352",
        "165432",
        "168886",
        "168888",
        "190000",
        "195375",
        "197300",
        "198000",
        "198900",
        "199000",
        "199900",
        "201314",
        "201520",
        "204060",
        "205080",
        "214365",
        "215487",
        "231564",
        "234561",
        "235689",
        "246800",
        "246801",
        "246810",
        "246813",
        "246824",
        "248163",
        "256128",
        "271828",
        "292513",
        "299792",
        "301975",
        "306090",
        "314159",
        "325476",
        "345612",
        "381654",
        "383839",
        "392939",
        "393979",
        "397939",
        "402040",
        "406080",
        "434546",
        "451236",
        "456465",
        "456546",
        "456564",
        "456645",
        "456780",
        "456781",
        "456788",
        "456791",
        "456798",
        "456879",
        "456897",
        "456978",
        "524163",
        "645312",
        "654312",
        "686879",
        "696900",
        "741953",
        "748159",
        "753421",
        "789512",
        "797878",
        "797939",
        "809010",
        "839201",
        "864200",
        "867530",
        "951623",
        "975310",
        "976431",
        "986532",
        "987600",
        "987650",
        "987651",
        "987653",
        "987655",
        "1314520",
        "1597530",
        "2583690",
        "3141592",
        "5201314",
        "7894561",
        "8675309",
        "12345600",
        "12345679",
        "12345687",
        "12345688",
        "13145200",
        "24681012",
        "31415926",
        "52013140",
        "78945612",
        "96385274",
        "113114115",
        "1029384756",
        "1123581321",
        "1357924680",
        "1982736450",
    ]
)


def is_common(pin: str) -> bool:
    """Whether a guesser tries this soon; `pin` has at least six digits, and digits only."""
    return (
        pin in COMMON
        or _has_few_digits(pin)
        or _repeats(pin)
        or _is_in_rows(pin)
        or _is_way_on_keypad(pin)
        or _is_date(pin)
    )


def _has_few_digits(pin: str) -> bool:
    """One digit or two throughout: 000001, 110110."""
    return len(set(pin)) <= 2


def _repeats(pin: str) -> bool:
    """A block over and over (123123), every digit twice (223388), or the same from both ends (123321)."""
    blocks = any(
        len(pin) % size == 0 and pin == pin[:size] * (len(pin) // size)
        for size in range(1, _LONGEST_BLOCK + 1)
    )
    return blocks or pin == pin[::-1] or pin[::2] == pin[1::2]


def _is_in_rows(pin: str) -> bool:
    """Even steps throughout (013579), by one also past the nine (890123), in threes or fours (147258, 123789), or in numbers of
    two digits (102030)."""
    numbers = [int(digit) for digit in pin]
    if {(after - before) % 10 for before, after in pairwise(numbers)} in _PAST_NINE:
        return True
    if len({after - before for before, after in pairwise(numbers)}) == 1:
        return True
    if any(_is_in_blocks(numbers, size) for size in (3, 4)):
        return True
    pairs = [int(pin[place : place + 2]) for place in range(0, len(pin) - 1, 2)]
    steps = {after - before for before, after in pairwise(pairs)}
    return len(pin) % 2 == 0 and len(steps) == 1 and abs(steps.pop()) <= _LARGEST_STEP


def _is_in_blocks(numbers: list[int], size: int) -> bool:
    blocks = [numbers[place : place + size] for place in range(0, len(numbers), size)]
    return len(numbers) % size == 0 and all(
        len({after - before for before, after in pairwise(block)}) == 1 for block in blocks
    )


def _is_way_on_keypad(pin: str) -> bool:
    """Each key beside, above, below the one before, or the same: 147896, 258963."""
    places = [_KEYPAD[digit] for digit in pin]
    return all(
        abs(row - next_row) + abs(column - next_column) <= 1
        for (row, column), (next_row, next_column) in pairwise(places)
    )


def _is_date(pin: str) -> bool:
    """A day in the orders in which people write it, a month with its year, or two years."""
    if len(pin) == 6:
        orders = ((0, 2, 4), (2, 0, 4), (4, 2, 0))
        days = [[int(pin[at : at + 2]) for at in order] for order in orders]
        month = (int(pin[:2]), int(pin[2:])), (int(pin[4:]), int(pin[:4]))
        return any(
            _is_day(day, mon, century + year) for day, mon, year in days for century in (1900, 2000)
        ) or any(_is_day(1, mon, year) for mon, year in month)
    if len(pin) == 8:
        first, last = int(pin[:4]), int(pin[4:])
        ends = int(pin[:2]), int(pin[2:4])
        starts = int(pin[4:6]), int(pin[6:])
        return (
            _is_day(ends[0], ends[1], last)
            or _is_day(ends[1], ends[0], last)
            or _is_day(starts[1], starts[0], first)
            or (_is_year(first) and _is_year(last))
        )
    return False


def _is_year(year: int) -> bool:
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _is_day(day: int, month: int, year: int) -> bool:
    if not _is_year(year):
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
