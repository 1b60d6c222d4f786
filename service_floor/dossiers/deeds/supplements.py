"""Concern of supplement requests: one that lists all that is missing; a second only with a supervisor's grounds.

Lists that were given without a dossier bind too: asking for what was not on one counts as a second request.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from service_floor.dossiers.deadlines.appointment import Appointment, resume
from service_floor.dossiers.deeds.content import with_new_slip
from service_floor.dossiers.deeds.lists import keep_list_of, second_request, whole_list
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
from service_floor.dossiers.life.records import (
    Grounds,
    Outcome,
    SupplementRequest,
    stated,
)
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.states import DossierState, LeadsBack, Moves
from service_floor.queue.actors import CLERKS, COUNTERS_AND_SUPERVISORS, SUPERVISORS
from service_floor.queue.refusals import Refusal, RefusalCode


class SupplementRefusal(RefusalCode):
    """Why a supplement is not asked for or not taken."""

    NOT_ASKED_FOR = "paper_not_asked_for", "paper"
    NOTHING_BROUGHT = "nothing_brought"


@dataclass(frozen=True, slots=True)
class SupplementRequested(LifeEvent):
    """The citizen is asked for papers, all at once; the clock stands. `grounds` are those of a second request."""

    moves: ClassVar[Moves] = {
        DossierState.NEWLY_REGISTERED: DossierState.SUPPLEMENT_REQUIRED,
        DossierState.ACCEPTED: DossierState.SUPPLEMENT_REQUIRED,
        DossierState.IN_PROGRESS: DossierState.SUPPLEMENT_REQUIRED,
    }
    undoable: ClassVar = True
    outcome: ClassVar = Outcome.SUPPLEMENT_ASKED
    dossier: str
    missing: tuple[str, ...]
    reason: str
    grounds: Grounds | None
    by: DoneBy
    visit: str = ""
    kind: Literal["supplement_requested"] = "supplement_requested"

    def fold(self, books: Books, at: datetime) -> None:
        life = known_life(books, self.dossier)
        request = SupplementRequest(self.missing, self.reason, at, self.by.officer, self.grounds)
        date = life.appointment and life.appointment.stopped(at)
        keep_list_of(books, life, self.missing, at)
        asked = {"requests": (*life.requests, request), "missing": self.missing}
        allowed = {"second_allowed": None if self.grounds else life.second_allowed}
        change(books, self, at, came_from=life.state, appointment=date, **asked, **allowed)


@dataclass(frozen=True, slots=True)
class SupplementBrought(LifeEvent):
    """All that was asked for is there: the clock runs on, with a new date and a new slip where there was one."""

    moves: ClassVar[Moves] = {DossierState.SUPPLEMENT_REQUIRED: LeadsBack.RESUMED}
    undoable: ClassVar = True
    outcome: ClassVar = Outcome.SUPPLEMENT_BROUGHT
    dossier: str
    brought: tuple[str, ...]
    appointment: Appointment | None
    by: DoneBy
    visit: str = ""
    kind: Literal["supplement_brought"] = "supplement_brought"

    def fold(self, books: Books, at: datetime) -> None:
        life, date = known_life(books, self.dossier), self.appointment
        slips = life.slips if date is None else with_new_slip(life, date.due)
        changes = {"appointment": date, "slips": slips, "missing": ()}
        change(books, self, at, came_from=None, **changes)


@dataclass(frozen=True, slots=True)
class PartBrought(LifeEvent):
    """Some of what was asked for is there; the request goes on for the rest."""

    moves: ClassVar[Moves] = {DossierState.SUPPLEMENT_REQUIRED: DossierState.SUPPLEMENT_REQUIRED}
    undoable: ClassVar = True
    outcome: ClassVar = Outcome.SUPPLEMENT_BROUGHT
    dossier: str
    brought: tuple[str, ...]
    by: DoneBy
    visit: str = ""
    kind: Literal["supplement_brought_in_part"] = "supplement_brought_in_part"

    def fold(self, books: Books, at: datetime) -> None:
        missing = known_life(books, self.dossier).missing
        left = tuple(paper for paper in missing if paper not in self.brought)
        change(books, self, at, missing=left)


@dataclass(frozen=True, slots=True)
class SecondRequestAllowed(LifeEvent):
    """A supervisor permits one more request for papers of a dossier."""

    moves: ClassVar[Moves] = {
        DossierState.NEWLY_REGISTERED: DossierState.NEWLY_REGISTERED,
        DossierState.ACCEPTED: DossierState.ACCEPTED,
        DossierState.IN_PROGRESS: DossierState.IN_PROGRESS,
        DossierState.SUPPLEMENT_REQUIRED: DossierState.SUPPLEMENT_REQUIRED,
    }
    undoable: ClassVar = True
    dossier: str
    reason: str
    ground: str
    by: DoneBy
    visit: str = ""
    kind: Literal["second_request_allowed"] = "second_request_allowed"

    def fold(self, books: Books, at: datetime) -> None:
        grounds = Grounds(self.reason, self.ground, self.by.officer)
        change(books, self, at, second_allowed=grounds)


@dataclass(frozen=True, slots=True)
class RequestSupplement(DossierCommand):
    """Ask the citizen for all papers that are missing."""

    given_by: ClassVar = CLERKS
    dossier: str
    seen: int
    missing: tuple[str, ...]
    reason: str
    visit: str = ""
    kind: Literal["request_supplement"] = "request_supplement"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Refused as a second request where the citizen was asked before for less, and nobody has allowed it."""
        life = case.ready(SupplementRequested, self.dossier, self.seen, self.visit)
        if isinstance(life, Refusal):
            return life
        missing, reason = whole_list(self.missing), stated(self.reason)
        if isinstance(missing, Refusal):
            return missing
        if not reason:
            return Refusal(DossierRefusal.REASON_NEEDED)
        second = second_request(case, life, missing)
        if second is not None and life.second_allowed is None:
            return second
        grounds = None if second is None else life.second_allowed
        asked = (missing, reason, grounds)
        return (SupplementRequested(self.dossier, *asked, case.by, self.visit),)


@dataclass(frozen=True, slots=True)
class BringSupplement(DossierCommand):
    """Tick what the citizen brought of what was asked for."""

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    dossier: str
    seen: int
    brought: tuple[str, ...]
    visit: str = ""
    kind: Literal["bring_supplement"] = "bring_supplement"

    def decide(self, case: DossierCase) -> DossierDecision:
        """The clock runs on once nothing is missing any more."""
        life = case.ready(PartBrought, self.dossier, self.seen, self.visit)
        if isinstance(life, Refusal):
            return life
        brought = tuple(dict.fromkeys(map(stated, self.brought)))
        foreign = next((paper for paper in brought if paper not in life.missing), None)
        if foreign is not None:
            return Refusal(SupplementRefusal.NOT_ASKED_FOR, {"paper": foreign})
        if not brought:
            return Refusal(SupplementRefusal.NOTHING_BROUGHT)
        if set(brought) != set(life.missing):
            return (PartBrought(self.dossier, brought, case.by, self.visit),)
        date = life.appointment and resume(case.plan.calendar, life.appointment, case.now)
        return (SupplementBrought(self.dossier, brought, date, case.by, self.visit),)


@dataclass(frozen=True, slots=True)
class AllowSecondRequest(DossierCommand):
    """Permit one more request for papers, for a reason and on a legal ground."""

    given_by: ClassVar = SUPERVISORS
    dossier: str
    seen: int
    reason: str
    ground: str
    kind: Literal["allow_second_request"] = "allow_second_request"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Both must be given."""
        life = case.ready(SecondRequestAllowed, self.dossier, self.seen)
        if isinstance(life, Refusal):
            return life
        reason, ground = stated(self.reason), stated(self.ground)
        if not (reason and ground):
            return Refusal(DossierRefusal.REASON_NEEDED)
        return (SecondRequestAllowed(self.dossier, reason, ground, case.by),)


Event = SupplementRequested | SupplementBrought | PartBrought | SecondRequestAllowed


Command = RequestSupplement | BringSupplement | AllowSecondRequest
