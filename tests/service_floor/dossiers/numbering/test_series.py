"""Codes by agency and day, and ranges in the hands of a desk."""

from datetime import date

import pytest

from service_floor.dossiers.codes import parse_dossier_code
from service_floor.dossiers.life.books import MemoryBooks
from service_floor.dossiers.life.plan import AgencyCodes
from service_floor.dossiers.numbering.series import (
    CodeRefusal,
    DayNumbers,
    DeskCodes,
    dossier_code,
    next_number,
)
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal

DAY = date(2024, 8, 23)


@pytest.mark.parametrize(
    ("prefix", "number", "code"),
    [
        ("H56.14", 1, "H56.14-240823-0001"),
        ("000.17.22.H56", 9999, "000.17.22.H56-240823-9999"),
        ("H56", 10_000, "H56-240823-10000"),
    ],
)
def test_a_code_is_agency_day_and_number(prefix, number, code):
    assert dossier_code(prefix, DAY, number) == code
    parsed = parse_dossier_code(code)
    assert (parsed.agency, parsed.received_on, parsed.number) == (prefix, DAY, number)


@pytest.mark.parametrize(
    ("numbers", "count", "first", "expected"),
    [
        (DayNumbers("k"), 2, 1, (1, 2)),
        (DayNumbers("k"), 2, 501, (501, 502)),
        (DayNumbers("k", 7), 2, 1, (8, 9)),
        # The start was raised within the day.
        (DayNumbers("k", 7), 1, 501, (501,)),
        (DayNumbers("k", 7, (5, 3)), 3, 1, (3, 5, 8)),
        (DayNumbers("k", 7, (5, 3)), 1, 1, (3,)),
    ],
)
def test_the_next_numbers(numbers, count, first, expected):
    assert numbers.next(count, first) == expected


def test_a_number_is_given_once():
    numbers = DayNumbers("k", 7, (5,))
    after = numbers.without([5, 8])
    assert (after.last, after.free) == (8, ())
    for again in (5, 8, 3):
        with pytest.raises(ImpossibleEventError, match="twice"):
            after.without([again])


def test_agencies_that_share_a_prefix_share_its_numbers():
    books = MemoryBooks()
    books.put(DayNumbers("H56-240823", 4))
    assert next_number(books, AgencyCodes("H56"), DAY) == 5
    assert next_number(books, AgencyCodes("H56.1"), DAY) == 1


def test_a_desk_uses_its_range_on_its_day():
    codes = DeskCodes("r", "H56", DAY, (4, 5))
    first, codes = codes.take(DAY)
    second, codes = codes.take(DAY)
    assert (first, second) == ("H56-240823-0004", "H56-240823-0005")
    assert codes.take(DAY) == Refusal(CodeRefusal.CODES_USED_UP)
    other_day = codes.take(date(2024, 8, 24))
    assert other_day == Refusal(CodeRefusal.CODES_OF_OTHER_DAY, {"day": "2024-08-23"})
