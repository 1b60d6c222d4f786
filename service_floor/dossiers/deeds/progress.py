"""Concern of a dossier's way to its result: work begins, the result is recorded and handed over; or the work is stopped, or
the citizen withdraws."""

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
)
from service_floor.dossiers.life.records import Outcome, PersonRef, stated
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.rule_sets import PaperForm, rules_named
from service_floor.dossiers.life.states import DossierState, Moves
from service_floor.queue.actors import CARRIERS, CLERKS, COUNTERS_AND_SUPERVISORS
from service_floor.queue.refusals import Refusal, RefusalCode


class ProgressRefusal(RefusalCode):
    """Why a dossier does not go on. `amount` is in đồng."""

    RESULT_NEEDED = "result_number_needed"
    FEES_LEFT = "fees_left", "dossier", "amount"
    AUTHORITY_NEEDED = "authority_needed", "dossier"
    PROOF_NEEDED = "hand_over_proof_needed", "dossier"


@dataclass(frozen=True, slots=True)
class WorkBegun(LifeEvent):
    """The agency works on the dossier."""

    moves: ClassVar[Moves] = {DossierState.ACCEPTED: DossierState.IN_PROGRESS}
    undoable: ClassVar = True
    dossier: str
    by: DoneBy
    visit: str = ""
    kind: Literal["work_begun"] = "work_begun"

    def fold(self, books: Books, at: datetime) -> None:
        change(books, self, at)


@dataclass(frozen=True, slots=True)
class ResultRecorded(LifeEvent):
    """The result is there, with its number."""

    moves: ClassVar[Moves] = {
        DossierState.ACCEPTED: DossierState.COMPLETED,
        DossierState.IN_PROGRESS: DossierState.COMPLETED,
    }
    undoable: ClassVar = True
    dossier: str
    result: str
    by: DoneBy
    visit: str = ""
    kind: Literal["result_recorded"] = "result_recorded"

    def fold(self, books: Books, at: datetime) -> None:
        change(books, self, at, result=self.result, finished_at=at)


@dataclass(frozen=True, slots=True)
class ResultHandedOver(LifeEvent):
    """The citizen, or the person named by an authority, has the result. `proof` is a signature, a ticket or a waybill."""

    moves: ClassVar[Moves] = {DossierState.COMPLETED: DossierState.RETURNED}
    undoable: ClassVar = False
    outcome: ClassVar = Outcome.HANDED_OVER
    dossier: str
    taker: PersonRef
    authority: str
    proof: str
    by: DoneBy
    visit: str = ""
    kind: Literal["result_handed_over"] = "result_handed_over"

    def fold(self, books: Books, at: datetime) -> None:
        change(books, self, at)


@dataclass(frozen=True, slots=True)
class WorkStopped(LifeEvent):
    """The agency does not resolve the dossier, for a reason that it states; `form` is the paper that goes out."""

    moves: ClassVar[Moves] = {
        DossierState.ACCEPTED: DossierState.STOPPED,
        DossierState.IN_PROGRESS: DossierState.STOPPED,
        DossierState.SUPPLEMENT_REQUIRED: DossierState.STOPPED,
        DossierState.PAYMENT_REQUIRED: DossierState.STOPPED,
    }
    undoable: ClassVar = True
    dossier: str
    reason: str
    form: PaperForm
    by: DoneBy
    visit: str = ""
    kind: Literal["work_stopped"] = "work_stopped"

    def fold(self, books: Books, at: datetime) -> None:
        change(books, self, at, refusal_reason=self.reason, finished_at=at, came_from=None)


@dataclass(frozen=True, slots=True)
class DossierWithdrawn(LifeEvent):
    """The citizen takes the dossier back."""

    moves: ClassVar[Moves] = {
        DossierState.NEWLY_REGISTERED: DossierState.WITHDRAWN,
        **dict.fromkeys(WorkStopped.moves, DossierState.WITHDRAWN),
    }
    undoable: ClassVar = True
    outcome: ClassVar = Outcome.WITHDRAWN
    dossier: str
    reason: str
    by: DoneBy
    visit: str = ""
    kind: Literal["dossier_withdrawn"] = "dossier_withdrawn"

    def fold(self, books: Books, at: datetime) -> None:
        change(books, self, at, finished_at=at, came_from=None)


@dataclass(frozen=True, slots=True)
class BeginWork(DossierCommand):
    """Begin to work on a dossier."""

    given_by: ClassVar = CLERKS
    dossier: str
    seen: int
    kind: Literal["begin_work"] = "begin_work"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Only with a slip in the citizen's hand."""
        life = case.ready(WorkBegun, self.dossier, self.seen)
        if isinstance(life, Refusal):
            return life
        return (WorkBegun(self.dossier, case.by),)


@dataclass(frozen=True, slots=True)
class RecordResult(DossierCommand):
    """Record that the result is there."""

    given_by: ClassVar = CLERKS
    dossier: str
    seen: int
    result: str
    kind: Literal["record_result"] = "record_result"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Needs the number of the result."""
        life = case.ready(ResultRecorded, self.dossier, self.seen)
        if isinstance(life, Refusal):
            return life
        result = stated(self.result)
        if not result:
            return Refusal(ProgressRefusal.RESULT_NEEDED)
        return (ResultRecorded(self.dossier, result, case.by),)


@dataclass(frozen=True, slots=True)
class HandOver(DossierCommand):
    """Hand the result over. Somebody else than applicant and owner needs an authority, such as a letter's number."""

    given_by: ClassVar = CARRIERS - CLERKS | COUNTERS_AND_SUPERVISORS
    dossier: str
    seen: int
    taker: PersonRef
    proof: str
    authority: str = ""
    visit: str = ""
    kind: Literal["hand_over"] = "hand_over"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Refused with fees left, and while the result is not at the centre."""
        life = case.ready(ResultHandedOver, self.dossier, self.seen, self.visit)
        if isinstance(life, Refusal):
            return life
        away = case.at_hand(life)
        if away is not None:
            return away
        if life.fees_due:
            data: dict[str, str | int] = {"dossier": life.code, "amount": life.fees_due}
            return Refusal(ProgressRefusal.FEES_LEFT, data)
        authority, proof = stated(self.authority), stated(self.proof)
        known = {life.applicant.ref, life.owner.ref}
        if self.taker.ref not in known and not authority:
            return Refusal(ProgressRefusal.AUTHORITY_NEEDED, {"dossier": life.code})
        if not proof:
            return Refusal(ProgressRefusal.PROOF_NEEDED, {"dossier": life.code})
        given = (self.taker, authority, proof)
        return (ResultHandedOver(self.dossier, *given, case.by, self.visit),)


@dataclass(frozen=True, slots=True)
class StopWork(DossierCommand):
    """Stop the work on a dossier: the agency refuses to resolve it."""

    given_by: ClassVar = CLERKS
    dossier: str
    seen: int
    reason: str
    kind: Literal["stop_work"] = "stop_work"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Needs the agency's reason. The form is that of the rules under which the dossier was taken."""
        life = case.ready(WorkStopped, self.dossier, self.seen)
        if isinstance(life, Refusal):
            return life
        reason = stated(self.reason)
        if not reason:
            return Refusal(DossierRefusal.REASON_NEEDED)
        form = rules_named(life.terms.rules, case.plan.rule_sets).form_for_stopping()
        return (WorkStopped(self.dossier, reason, form, case.by),)


@dataclass(frozen=True, slots=True)
class WithdrawDossier(DossierCommand):
    """The citizen withdraws a dossier; a reason may be given."""

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    dossier: str
    seen: int
    reason: str = ""
    visit: str = ""
    kind: Literal["withdraw_dossier"] = "withdraw_dossier"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Possible until the result is there."""
        life = case.ready(DossierWithdrawn, self.dossier, self.seen, self.visit)
        if isinstance(life, Refusal):
            return life
        reason = stated(self.reason)
        return (DossierWithdrawn(self.dossier, reason, case.by, self.visit),)


Event = WorkBegun | ResultRecorded | ResultHandedOver | WorkStopped | DossierWithdrawn


Command = BeginWork | RecordResult | HandOver | StopWork | WithdrawDossier
