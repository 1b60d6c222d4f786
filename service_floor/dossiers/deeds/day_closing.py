"""Concern of the day's close: it is refused while a citizen has no slip for what was taken."""

from dataclasses import dataclass
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
from service_floor.queue.actors import COUNTERS_AND_SUPERVISORS
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.zone import business_day


class DayRefusal(RefusalCode):
    """Why the day is not closed."""

    SLIPS_OWED = "slips_owed", "count"
    DAY_CLOSED = "dossier_day_closed", "day"


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day that was closed; `key` is its ISO date."""

    key: str


@dataclass(frozen=True, slots=True)
class DossierDayClosed(DossierEvent):
    """The day was closed with no slip owed."""

    day: date
    by: DoneBy
    kind: Literal["dossier_day_closed"] = "dossier_day_closed"

    def fold(self, books: Books, at: datetime) -> None:
        key = self.day.isoformat()
        if books.find(ClosedDay, key) is not None or any(True for _ in books.without_slip()):
            raise ImpossibleEventError(f"day {key} is closed, or slips are owed")
        books.put(ClosedDay(key))


@dataclass(frozen=True, slots=True)
class CloseDossierDay(DossierCommand):
    """Close the day of dossiers."""

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    kind: Literal["close_dossier_day"] = "close_dossier_day"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Once a day. What is taken after it owes its slip on the next day's list."""
        day = business_day(case.now)
        if case.books.find(ClosedDay, day.isoformat()) is not None:
            return Refusal(DayRefusal.DAY_CLOSED, {"day": day.isoformat()})
        count = sum(1 for _ in case.books.without_slip())
        if count:
            return Refusal(DayRefusal.SLIPS_OWED, {"count": count})
        return (DossierDayClosed(day, case.by),)


Event = DossierDayClosed


Command = CloseDossierDay
