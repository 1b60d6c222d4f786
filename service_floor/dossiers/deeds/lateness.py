"""Concern of late dossiers: the agency states its reason, the centre apologises, and one new date is given, once.

From the moment at which a dossier is overdue the apology is owed, until the letter is out.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.cases import (
    DoneBy,
    DossierCase,
    DossierCommand,
    DossierDecision,
    LifeEvent,
    change,
    known_life,
)
from service_floor.dossiers.life.records import DossierLife, stated
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.rule_sets import rules_named
from service_floor.dossiers.life.states import CLOCK_STANDS, OPEN, DossierState, Moves
from service_floor.queue.actors import CLERKS, COUNTERS_AND_SUPERVISORS
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.zone import business_day


class LatenessRefusal(RefusalCode):
    """Why there is no apology or no new date. `day` is the ISO day that was wanted."""

    DELAY_REASON_NEEDED = "delay_reason_needed", "dossier", "agency"
    APOLOGY_GIVEN = "apology_given_already", "dossier"
    NEW_DATE_NEEDED = "new_date_needed", "dossier"
    NEW_DATE_GIVEN = "new_date_given_already", "dossier"
    NEW_DATE_EARLY = "new_date_too_early", "day"
    NEW_DATE_OFF = "new_date_on_day_off", "day"
    NOT_LATE = "dossier_not_late", "dossier"


_STAY: Moves = {
    state: state
    for state in DossierState
    if state in OPEN | {DossierState.COMPLETED, DossierState.STOPPED, DossierState.RETURNED}
}


@dataclass(frozen=True, slots=True)
class DelayExplained(LifeEvent):
    """The agency stated in writing why it is late."""

    moves: ClassVar[Moves] = _STAY
    undoable: ClassVar = True
    dossier: str
    reason: str
    by: DoneBy
    visit: str = ""
    kind: Literal["delay_explained"] = "delay_explained"

    def fold(self, books: Books, at: datetime) -> None:
        change(books, self, at, delay_reason=self.reason)


@dataclass(frozen=True, slots=True)
class ApologyGiven(LifeEvent):
    """The letter of apology is out, with the new date where the result is still owed. The original date stays beside it."""

    moves: ClassVar[Moves] = DelayExplained.moves
    undoable: ClassVar = True
    dossier: str
    due: datetime | None
    by: DoneBy
    visit: str = ""
    kind: Literal["apology_given"] = "apology_given"

    def fold(self, books: Books, at: datetime) -> None:
        life = known_life(books, self.dossier)
        date = life.appointment
        if date is None:
            raise ImpossibleEventError(f"{self.dossier} has no date")
        moved = date if self.due is None else date.moved(self.due, at)
        new_dates = life.new_dates + (self.due is not None)
        given = {"appointment": moved, "new_dates": new_dates}
        change(books, self, at, apologised_for=date.due, **given)


@dataclass(frozen=True, slots=True)
class ExplainDelay(DossierCommand):
    """State why a dossier is or will be late."""

    given_by: ClassVar = CLERKS
    dossier: str
    seen: int
    reason: str
    kind: Literal["explain_delay"] = "explain_delay"

    def decide(self, case: DossierCase) -> DossierDecision:
        """A later reason replaces an earlier one; both stay in the journal."""
        life = case.ready(DelayExplained, self.dossier, self.seen)
        if isinstance(life, Refusal):
            return life
        reason = stated(self.reason)
        if not reason:
            return Refusal(DossierRefusal.REASON_NEEDED)
        return (DelayExplained(self.dossier, reason, case.by),)


@dataclass(frozen=True, slots=True)
class Apologise(DossierCommand):
    """Apologise for a late dossier; `due` is the new date, None where the result is there or a new date was given before.

    Before the date has passed this is the request for more time.
    """

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    dossier: str
    seen: int
    due: datetime | None = None
    kind: Literal["apologise"] = "apologise"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Once for each date that passed, with the agency's reason; the one new date is a later working day."""
        life = case.ready(ApologyGiven, self.dossier, self.seen)
        if isinstance(life, Refusal):
            return life
        refusal = self._refusal(case, life)
        return refusal or (ApologyGiven(self.dossier, self.due, case.by),)

    def _refusal(self, case: DossierCase, life: DossierLife) -> Refusal | None:
        date, dossier = life.appointment, {"dossier": life.code}
        if date is None:
            return Refusal(LatenessRefusal.NOT_LATE, dossier)
        if life.apologised_for == date.due:
            return Refusal(LatenessRefusal.APOLOGY_GIVEN, dossier)
        rules = rules_named(life.terms.rules, case.plan.rule_sets)
        late = life.overdue_at(case.now)
        # While the citizen is asked, the date is open: only a date that passed before can be replaced.
        runs = life.state in OPEN and (late or life.state not in CLOCK_STANDS)
        may_move = runs and life.new_dates < rules.new_dates
        if self.due is not None and not may_move:
            return Refusal(LatenessRefusal.NEW_DATE_GIVEN, dossier)
        if not (may_move or late):
            return Refusal(LatenessRefusal.NOT_LATE, dossier)
        if not life.delay_reason:
            data = {"dossier": life.code, "agency": life.agency}
            return Refusal(LatenessRefusal.DELAY_REASON_NEEDED, data)
        return self._date_refusal(case, life, date.due) if may_move else None

    def _date_refusal(
        self, case: DossierCase, life: DossierLife, before: datetime
    ) -> Refusal | None:
        if self.due is None:
            return Refusal(LatenessRefusal.NEW_DATE_NEEDED, {"dossier": life.code})
        day = business_day(self.due)
        if self.due <= max(case.now, before):
            return Refusal(LatenessRefusal.NEW_DATE_EARLY, {"day": day.isoformat()})
        if not case.plan.calendar.is_working_day(day):
            return Refusal(LatenessRefusal.NEW_DATE_OFF, {"day": day.isoformat()})
        return None


Event = DelayExplained | ApologyGiven


Command = ExplainDelay | Apologise
