"""Series of dossier codes: the next number of a day for one agency code, and ranges of numbers set aside for a desk.

A code is agency, day and a running number (Circular 01/2018/TT-VPCP, article 19). No number is given twice: what a desk
gives back unused is given out before new numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.plan import AgencyCodes
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal, RefusalCode


class CodeRefusal(RefusalCode):
    """Why no code is given. `day` is an ISO date, `limit` a count."""

    UNKNOWN_AGENCY = "unknown_agency", "agency"
    TOO_MANY_CODES = "too_many_codes", "limit"
    UNKNOWN_RANGE = "unknown_code_range", "range"
    CODE_NOT_SET_ASIDE = "code_not_set_aside", "dossier"
    CODES_OF_OTHER_DAY = "codes_of_other_day", "day"
    CODES_USED_UP = "codes_used_up"


def dossier_code(prefix: str, day: date, number: int) -> str:
    """The code as it is printed, such as H56.14-240823-0001."""
    return f"{prefix}-{day:%y%m%d}-{number:04d}"


@dataclass(frozen=True, slots=True)
class DayNumbers:
    """The numbers of one agency code and day: the last one given, those given back, and how many each desk holds."""

    key: str
    last: int = 0
    free: tuple[int, ...] = ()
    held: Mapping[str, int] = field(default_factory=dict)

    def next(self, count: int, first: int) -> tuple[int, ...]:
        """The next numbers: what was given back, lowest first, then new ones from `first` on."""
        begin = max(self.last + 1, first)
        back = sorted(self.free)[:count]
        return (*back, *range(begin, begin + count - len(back)))

    def without(self, numbers: Iterable[int]) -> "DayNumbers":
        """After these were given. Raises ImpossibleEventError for one that was given before."""
        gone = set(numbers)
        if any(number <= self.last and number not in self.free for number in gone):
            raise ImpossibleEventError(f"a number of {self.key} is given twice")
        free = tuple(number for number in self.free if number not in gone)
        return replace(self, last=max(self.last, *gone), free=free)

    def holding(self, desk: str, more: int) -> "DayNumbers":
        """With a desk that holds so many more, or fewer."""
        return replace(self, held={**self.held, desk: self.held.get(desk, 0) + more})


@dataclass(frozen=True, slots=True)
class CodeRange:
    """Numbers set aside for one desk and day. `left` is what it has not used."""

    key: str
    agency: str
    prefix: str
    day: date
    desk: str
    left: tuple[int, ...]

    def without(self, numbers: Iterable[int]) -> "CodeRange":
        """After these were used or given back. Raises ImpossibleEventError for others."""
        gone = set(numbers)
        if not gone or not gone <= set(self.left):
            raise ImpossibleEventError(f"{sorted(gone)} are not set aside by {self.key}")
        return replace(self, left=tuple(number for number in self.left if number not in gone))


@dataclass(frozen=True, slots=True)
class DeskCodes:
    """A range in the hands of its desk while that is without the hub."""

    range: str
    prefix: str
    day: date
    left: tuple[int, ...]

    def take(self, today: date) -> "tuple[str, DeskCodes] | Refusal":
        """The next code and what is left then; refused on another day than that of the range, and after the last one."""
        if today != self.day:
            return Refusal(CodeRefusal.CODES_OF_OTHER_DAY, {"day": self.day.isoformat()})
        if not self.left:
            return Refusal(CodeRefusal.CODES_USED_UP)
        number, *rest = self.left
        return dossier_code(self.prefix, self.day, number), replace(self, left=tuple(rest))


def series_key(prefix: str, day: date) -> str:
    """The key of a day's numbers: agencies that share a prefix share its numbers."""
    return f"{prefix}-{day:%y%m%d}"


def numbers_of(books: Books, prefix: str, day: date) -> DayNumbers:
    """The numbers of an agency code on a day."""
    key = series_key(prefix, day)
    return books.find(DayNumbers, key) or DayNumbers(key)


def next_number(books: Books, codes: AgencyCodes, day: date) -> int:
    """The number of the next dossier."""
    return numbers_of(books, codes.prefix, day).next(1, codes.first)[0]


def use_number(books: Books, prefix: str, day: date, number: int) -> None:
    """Note that a number was given."""
    books.put(numbers_of(books, prefix, day).without([number]))


def use_set_aside(books: Books, range_: str, number: int) -> None:
    """Note that a desk used a number of its range."""
    held = books.find(CodeRange, range_)
    if held is None:
        raise ImpossibleEventError(f"no range {range_}")
    left = held.without([number])
    books.put(numbers_of(books, held.prefix, held.day).holding(held.desk, -1))
    books.put(left)
