"""Concern of codes set aside: a desk takes a range for its day, for when it is without the hub, and gives back what is unused."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Literal

from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.cases import (
    DoneBy,
    DossierCase,
    DossierCommand,
    DossierDecision,
    DossierEvent,
)
from service_floor.dossiers.numbering.series import (
    CodeRange,
    CodeRefusal,
    numbers_of,
)
from service_floor.queue.actors import COUNTERS
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal
from service_floor.zone import business_day


@dataclass(frozen=True, slots=True)
class CodesSetAside(DossierEvent):
    """A desk got a range of numbers, bound to it and the day."""

    range: str
    agency: str
    prefix: str
    day: date
    desk: str
    numbers: tuple[int, ...]
    kind: Literal["codes_set_aside"] = "codes_set_aside"

    def fold(self, books: Books, at: datetime) -> None:
        if books.find(CodeRange, self.range) is not None:
            raise ImpossibleEventError(f"range {self.range} exists")
        numbers = numbers_of(books, self.prefix, self.day).without(self.numbers)
        books.put(numbers.holding(self.desk, len(self.numbers)))
        books.put(
            CodeRange(self.range, self.agency, self.prefix, self.day, self.desk, self.numbers)
        )


@dataclass(frozen=True, slots=True)
class CodesGivenBack(DossierEvent):
    """A desk gave numbers back that it has not used."""

    range: str
    numbers: tuple[int, ...]
    by: DoneBy
    kind: Literal["codes_given_back"] = "codes_given_back"

    def fold(self, books: Books, at: datetime) -> None:
        held = books.find(CodeRange, self.range)
        if held is None:
            raise ImpossibleEventError(f"no range {self.range}")
        left = held.without(self.numbers)
        numbers = numbers_of(books, held.prefix, held.day)
        numbers = numbers.holding(held.desk, -len(self.numbers))
        books.put(replace(numbers, free=(*numbers.free, *self.numbers)))
        books.put(left)


@dataclass(frozen=True, slots=True)
class SetCodesAside(DossierCommand):
    """Set numbers of an agency's codes of today aside for this desk."""

    given_by: ClassVar = COUNTERS
    by_person: ClassVar = False
    agency: str
    count: int
    kind: Literal["set_codes_aside"] = "set_codes_aside"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Refused where the desk would hold more than the limit."""
        codes = case.plan.agencies.get(self.agency)
        if codes is None:
            return Refusal(CodeRefusal.UNKNOWN_AGENCY, {"agency": self.agency})
        day = business_day(case.now)
        numbers = numbers_of(case.books, codes.prefix, day)
        limit = case.plan.codes_per_desk
        if self.count < 1 or numbers.held.get(case.by.device, 0) + self.count > limit:
            return Refusal(CodeRefusal.TOO_MANY_CODES, {"limit": limit})
        some = numbers.next(self.count, codes.first)
        desk = case.by.device
        return (CodesSetAside(case.fresh_id, self.agency, codes.prefix, day, desk, some),)


@dataclass(frozen=True, slots=True)
class GiveCodesBack(DossierCommand):
    """Give back what this desk has not used of a range."""

    given_by: ClassVar = COUNTERS
    by_person: ClassVar = False
    range: str
    numbers: tuple[int, ...]
    kind: Literal["give_codes_back"] = "give_codes_back"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Numbers of another desk, or used ones, are not taken back."""
        held = case.books.find(CodeRange, self.range)
        if held is None or held.desk != case.by.device:
            return Refusal(CodeRefusal.UNKNOWN_RANGE, {"range": self.range})
        if not set(self.numbers) <= set(held.left):
            return Refusal(CodeRefusal.UNKNOWN_RANGE, {"range": self.range})
        if not self.numbers:
            return ()
        return (CodesGivenBack(self.range, tuple(sorted(set(self.numbers))), case.by),)


Event = CodesSetAside | CodesGivenBack


Command = SetCodesAside | GiveCodesBack
