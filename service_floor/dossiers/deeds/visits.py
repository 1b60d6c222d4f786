"""Concern of visits: no visit ends without an outcome. What was done gives it; a visit without a deed asks the officer.

Advice, supplement and refusal on paper without a dossier give one complete list, which is kept and binds.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Literal

from service_floor.dossiers.deeds.lists import (
    SecondRefusal,
    binding_lists,
    keep_list,
    not_listed,
    whole_list,
)
from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.cases import (
    DoneBy,
    DossierCase,
    DossierCommand,
    DossierDecision,
    DossierEvent,
    note_visit,
)
from service_floor.dossiers.life.records import (
    ASKED_OUTCOMES,
    Advice,
    AdviceKind,
    Grounds,
    Outcome,
    PersonRef,
    Visit,
    stated,
)
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.rule_sets import RuleSet, rules_on
from service_floor.queue.actors import COUNTERS_AND_SUPERVISORS, SUPERVISORS
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.zone import business_day


class VisitRefusal(RefusalCode):
    """Why a visit does not end, or no list is given."""

    OUTCOME_NEEDED = "outcome_needed", "visit"
    OUTCOME_IS_GIVEN = "outcome_is_given", "visit"
    NO_VISIT = "no_visit"


@dataclass(frozen=True, slots=True)
class ListGiven(DossierEvent):
    """A list of all that is missing was given on paper, and nothing was taken. `grounds` are those of a second one."""

    outcome: ClassVar = Outcome.LIST_GIVEN
    advice: str
    advice_kind: AdviceKind
    procedure: str
    case: str
    missing: tuple[str, ...]
    reason: str
    person: PersonRef | None
    grounds: Grounds | None
    by: DoneBy
    visit: str
    kind: Literal["list_given"] = "list_given"

    def fold(self, books: Books, at: datetime) -> None:
        advice = Advice(self.advice, self.advice_kind, self.procedure, self.missing, at)
        keep_list(books, advice, self.person)
        if self.grounds is not None:
            visit = books.find(Visit, self.visit) or Visit(self.visit)
            books.put(replace(visit, second_allowed=None))
        note_visit(books, self.visit, self.outcome, self.advice)


@dataclass(frozen=True, slots=True)
class SecondListAllowed(DossierEvent):
    """A supervisor permits one more list in a visit."""

    reason: str
    ground: str
    by: DoneBy
    visit: str
    kind: Literal["second_list_allowed"] = "second_list_allowed"

    def fold(self, books: Books, at: datetime) -> None:
        visit = books.find(Visit, self.visit) or Visit(self.visit)
        grounds = Grounds(self.reason, self.ground, self.by.officer)
        books.put(replace(visit, second_allowed=grounds))


@dataclass(frozen=True, slots=True)
class VisitEnded(DossierEvent):
    """A visit is over, with all that it brought; `reason` is that of a refusal or of another place."""

    visit: str
    outcomes: tuple[Outcome, ...]
    reason: str
    by: DoneBy
    kind: Literal["visit_ended"] = "visit_ended"

    def fold(self, books: Books, at: datetime) -> None:
        visit = books.find(Visit, self.visit) or Visit(self.visit)
        if visit.ended or not self.outcomes:
            raise ImpossibleEventError(f"visit {self.visit} ends twice or without an outcome")
        books.put(replace(visit, ended=True))


@dataclass(frozen=True, slots=True)
class GiveList(DossierCommand):
    """Give a citizen the complete list of what is missing, on paper: advice, supplement or refusal without a dossier.

    `follows` is an earlier list whose paper the citizen brought: it stands for the person where that is not known.
    """

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    advice_kind: AdviceKind
    procedure: str
    case: str
    missing: tuple[str, ...]
    reason: str
    visit: str
    person: PersonRef | None = None
    follows: str = ""
    kind: Literal["give_list"] = "give_list"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Refused as a second request where an earlier list named less. A refusal may name no papers, but a reason."""
        if not self.visit:
            return Refusal(VisitRefusal.NO_VISIT)
        ended = case.visit_ended(self.visit)
        if ended is not None:
            return ended
        reason, missing = stated(self.reason), whole_list(self.missing)
        is_refusal = self.advice_kind is AdviceKind.REFUSAL
        if is_refusal and not reason:
            return Refusal(DossierRefusal.REASON_NEEDED)
        if isinstance(missing, Refusal):
            if not (is_refusal and missing.code is SecondRefusal.EMPTY_LIST):
                return missing
            missing = ()
        visit = case.books.find(Visit, self.visit) or Visit(self.visit)
        second = self._second(case, missing)
        if second is not None and visit.second_allowed is None:
            return second
        grounds = None if second is None else visit.second_allowed
        what = (self.advice_kind, self.procedure, self.case, missing, reason, self.person)
        return (ListGiven(case.fresh_id, *what, grounds, case.by, self.visit),)

    def _second(self, case: DossierCase, missing: tuple[str, ...]) -> Refusal | None:
        person = self.person.ref if self.person else ""
        rules: RuleSet = rules_on(business_day(case.now), case.plan.rule_sets)
        thread = (person, self.procedure, self.follows)
        lists = binding_lists(case.books, *thread, case.now, rules)
        new = not_listed(lists, missing)
        return SecondRefusal.of(lists[-1].at, len(new)) if lists and new else None


@dataclass(frozen=True, slots=True)
class AllowSecondList(DossierCommand):
    """Permit one more list of missing papers in a visit, for a reason and on a legal ground."""

    given_by: ClassVar = SUPERVISORS
    visit: str
    reason: str
    ground: str
    kind: Literal["allow_second_list"] = "allow_second_list"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Both must be given."""
        if not self.visit:
            return Refusal(VisitRefusal.NO_VISIT)
        ended = case.visit_ended(self.visit)
        if ended is not None:
            return ended
        reason, ground = stated(self.reason), stated(self.ground)
        if not (reason and ground):
            return Refusal(DossierRefusal.REASON_NEEDED)
        return (SecondListAllowed(reason, ground, case.by, self.visit),)


@dataclass(frozen=True, slots=True)
class EndVisit(DossierCommand):
    """End a visit. `outcome` is the officer's key where nothing was done: advice, refused, or taken elsewhere."""

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    visit: str
    outcome: Outcome | None = None
    reason: str = ""
    kind: Literal["end_visit"] = "end_visit"

    def decide(self, case: DossierCase) -> DossierDecision:
        """There is no default: without a deed and without a key the visit goes on."""
        if not self.visit:
            return Refusal(VisitRefusal.NO_VISIT)
        ended = case.visit_ended(self.visit)
        if ended is not None:
            return ended
        visit = case.books.find(Visit, self.visit) or Visit(self.visit)
        done = tuple(dict.fromkeys(outcome for outcome, _ in visit.deeds))
        reason = stated(self.reason)
        if done:
            if self.outcome is not None:
                return Refusal(VisitRefusal.OUTCOME_IS_GIVEN, {"visit": self.visit})
            return (VisitEnded(self.visit, done, reason, case.by),)
        if self.outcome not in ASKED_OUTCOMES or self.outcome is None:
            return Refusal(VisitRefusal.OUTCOME_NEEDED, {"visit": self.visit})
        if self.outcome is Outcome.REFUSED and not reason:
            return Refusal(DossierRefusal.REASON_NEEDED)
        return (VisitEnded(self.visit, (self.outcome,), reason, case.by),)


Event = ListGiven | SecondListAllowed | VisitEnded


Command = GiveList | AllowSecondList | EndVisit
