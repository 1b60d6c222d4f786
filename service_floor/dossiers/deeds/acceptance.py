"""Concern of dossiers that come by the net or the post: registered, then accepted or refused at a desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from service_floor.dossiers.deadlines.appointment import Appointment
from service_floor.dossiers.deeds.content import (
    DossierContent,
    Entry,
    date_of,
    entry,
    first_record,
    free_code,
    fresh_code,
    unticked,
    version_kept,
    version_shown,
    with_new_slip,
)
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
    last_deed,
)
from service_floor.dossiers.life.records import Grounds, Outcome, TickedPaper, stated
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.states import DossierState, Moves
from service_floor.dossiers.numbering.series import use_number
from service_floor.queue.actors import COUNTERS_AND_SUPERVISORS, Role
from service_floor.queue.refusals import Refusal


@dataclass(frozen=True, slots=True)
class DossierRegistered(LifeEvent):
    """A dossier came by the net or the post and waits to be accepted. It has its code from now on."""

    moves: ClassVar[Moves] = {None: DossierState.NEWLY_REGISTERED}
    undoable: ClassVar = False
    dossier: str
    content: DossierContent
    entry: Entry
    by: DoneBy
    visit: str = ""
    kind: Literal["dossier_registered"] = "dossier_registered"

    def fold(self, books: Books, at: datetime) -> None:
        code = free_code(books, self.dossier)
        use_number(books, code.agency, code.received_on, code.number)
        state, last = DossierState.NEWLY_REGISTERED, last_deed(self, at)
        books.put(first_record(self.dossier, self.content, self.entry, state, last))


@dataclass(frozen=True, slots=True)
class DossierAccepted(LifeEvent):
    """A dossier from the net or the post was found complete: its clock begins, and a slip is owed."""

    moves: ClassVar[Moves] = {DossierState.NEWLY_REGISTERED: DossierState.ACCEPTED}
    undoable: ClassVar = True
    outcome: ClassVar = Outcome.ACCEPTED
    dossier: str
    papers: tuple[TickedPaper, ...]
    accepted_at: datetime
    appointment: Appointment
    by: DoneBy
    visit: str = ""
    kind: Literal["dossier_accepted"] = "dossier_accepted"

    def fold(self, books: Books, at: datetime) -> None:
        slips = with_new_slip(known_life(books, self.dossier), self.appointment.due)
        accepted_at, appointment = self.accepted_at, self.appointment
        accepted = {"accepted_at": accepted_at, "appointment": appointment}
        change(books, self, at, papers=self.papers, slips=slips, **accepted)


@dataclass(frozen=True, slots=True)
class DossierNotAccepted(LifeEvent):
    """A dossier from the net or the post was refused, with what is missing, all of it, and the reason."""

    moves: ClassVar[Moves] = {DossierState.NEWLY_REGISTERED: DossierState.NOT_ACCEPTED}
    undoable: ClassVar = True
    outcome: ClassVar = Outcome.NOT_ACCEPTED
    dossier: str
    missing: tuple[str, ...]
    reason: str
    grounds: Grounds | None
    by: DoneBy
    visit: str = ""
    kind: Literal["dossier_not_accepted"] = "dossier_not_accepted"

    def fold(self, books: Books, at: datetime) -> None:
        keep_list_of(books, known_life(books, self.dossier), self.missing, at)
        refused = {"missing": self.missing, "refusal_reason": self.reason, "finished_at": at}
        change(books, self, at, **refused)


@dataclass(frozen=True, slots=True)
class RegisterDossier(DossierCommand):
    """Enter a dossier that came by the net or the post; somebody at a desk accepts, supplements or refuses it."""

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS | {Role.POST_CLERK, Role.HUB}
    by_person: ClassVar = False
    content: DossierContent
    kind: Literal["register_dossier"] = "register_dossier"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Give it the next code."""
        version = version_shown(case, self.content, case.now)
        if isinstance(version, Refusal):
            return version
        code = fresh_code(case, version.agency)
        if isinstance(code, Refusal):
            return code
        entered = entry(case, self.content, version, case.now)
        return (DossierRegistered(code, self.content, entered, case.by),)


@dataclass(frozen=True, slots=True)
class AcceptDossier(DossierCommand):
    """Accept a dossier that came by the net or the post."""

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    dossier: str
    seen: int
    papers: tuple[TickedPaper, ...]
    promised: datetime | None = None
    visit: str = ""
    kind: Literal["accept_dossier"] = "accept_dossier"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Begin its clock. The version under which it was registered stays."""
        life = case.ready(DossierAccepted, self.dossier, self.seen, self.visit)
        if isinstance(life, Refusal):
            return life
        version = version_kept(case, life.procedure, life.terms.version)
        refusal = None if version is None else unticked(version, life.case, self.papers)
        if refusal is not None:
            return refusal
        date = date_of(case, version, life.case, life.channel, self.promised)
        if isinstance(date, Refusal):
            return date
        return (DossierAccepted(self.dossier, self.papers, case.now, date, case.by, self.visit),)


@dataclass(frozen=True, slots=True)
class DeclineDossier(DossierCommand):
    """Refuse a dossier that came by the net or the post."""

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    dossier: str
    seen: int
    reason: str
    missing: tuple[str, ...] = ()
    visit: str = ""
    kind: Literal["decline_dossier"] = "decline_dossier"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Needs the reason. What is missing is a list like any other: one that names more than an earlier list is a second."""
        life = case.ready(DossierNotAccepted, self.dossier, self.seen, self.visit)
        if isinstance(life, Refusal):
            return life
        reason = stated(self.reason)
        if not reason:
            return Refusal(DossierRefusal.REASON_NEEDED)
        missing = whole_list(self.missing) if self.missing else ()
        if isinstance(missing, Refusal):
            return missing
        second = second_request(case, life, missing) if missing else None
        if second is not None and life.second_allowed is None:
            return second
        grounds = None if second is None else life.second_allowed
        refused = (missing, reason, grounds)
        return (DossierNotAccepted(self.dossier, *refused, case.by, self.visit),)


Event = DossierRegistered | DossierAccepted | DossierNotAccepted


Command = RegisterDossier | AcceptDossier | DeclineDossier
