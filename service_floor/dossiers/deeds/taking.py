"""Concern of taking dossiers at the desk, and of handing in those that a desk took without the hub."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Literal

from service_floor.dossiers.codes import parse_dossier_code
from service_floor.dossiers.deadlines.appointment import Appointment
from service_floor.dossiers.deeds.content import (
    DossierContent,
    Entry,
    TakingRefusal,
    date_of,
    entry,
    first_record,
    fitting,
    free_code,
    fresh_code,
    unticked,
    version_kept,
    version_shown,
)
from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.cases import (
    DoneBy,
    DossierCase,
    DossierCommand,
    DossierDecision,
    LifeEvent,
    last_deed,
    note_visit,
)
from service_floor.dossiers.life.records import AppointmentSlip, DossierLife, Outcome
from service_floor.dossiers.life.states import DossierState, Moves
from service_floor.dossiers.numbering.series import (
    CodeRange,
    CodeRefusal,
    dossier_code,
    use_number,
    use_set_aside,
)
from service_floor.queue.actors import COUNTERS, COUNTERS_AND_SUPERVISORS
from service_floor.queue.refusals import Refusal
from service_floor.zone import business_day


@dataclass(frozen=True, slots=True)
class DossierTaken(LifeEvent):
    """A dossier was taken at a desk: it has its code and date, and a slip is owed. `range` is that of a desk without hub."""

    moves: ClassVar[Moves] = {None: DossierState.ACCEPTED}
    undoable: ClassVar = True
    outcome: ClassVar = Outcome.TAKEN
    dossier: str
    content: DossierContent
    entry: Entry
    accepted_at: datetime
    appointment: Appointment
    by: DoneBy
    visit: str = ""
    range: str = ""
    kind: Literal["dossier_taken"] = "dossier_taken"

    def fold(self, books: Books, at: datetime) -> None:
        code = free_code(books, self.dossier)
        if self.range:
            use_set_aside(books, self.range, code.number)
        else:
            use_number(books, code.agency, code.received_on, code.number)
        state, last = DossierState.ACCEPTED, last_deed(self, at)
        life = first_record(self.dossier, self.content, self.entry, state, last)
        slips = (AppointmentSlip(1, self.appointment.due),)
        accepted_at, appointment = self.accepted_at, self.appointment
        books.put(replace(life, slips=slips, accepted_at=accepted_at, appointment=appointment))
        note_visit(books, self.visit, self.outcome, self.dossier)


@dataclass(frozen=True, slots=True)
class TakeDossier(DossierCommand):
    """Take a complete dossier at the desk."""

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    content: DossierContent
    visit: str = ""
    kind: Literal["take_dossier"] = "take_dossier"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Give it the next code and its date; refused unless each paper of the case was looked at."""
        ended = case.visit_ended(self.visit)
        if ended is not None:
            return ended
        content = self.content
        version = version_shown(case, content, case.now)
        if isinstance(version, Refusal):
            return version
        refusal = unticked(version, content.case, content.papers)
        if refusal is not None:
            return refusal
        at, given = case.now, content.promised
        date = date_of(case, version, content.case, content.channel, given)
        if isinstance(date, Refusal):
            return date
        code = fresh_code(case, version.agency)
        if isinstance(code, Refusal):
            return code
        entered = entry(case, content, version, at)
        return (DossierTaken(code, content, entered, at, date, case.by, self.visit),)


@dataclass(frozen=True, slots=True)
class HandInDossier(DossierCommand):
    """Hand in a dossier that this desk took without the hub, under a code of a range of its own.

    `appointment` is what the desk computed and printed: what is on paper stands.
    """

    given_by: ClassVar = COUNTERS
    content: DossierContent
    dossier: str
    range: str
    taken_at: datetime
    appointment: Appointment
    visit: str = ""
    kind: Literal["hand_in_dossier"] = "hand_in_dossier"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Take it as of then, by the version that the desk had. Handed in again, it is there already."""
        if case.books.find(DossierLife, self.dossier) is not None:
            return Refusal(TakingRefusal.HANDED_IN_ALREADY, {"dossier": self.dossier})
        held = case.books.find(CodeRange, self.range)
        if held is None or not self._is_of(held, case.by.device):
            return Refusal(CodeRefusal.CODE_NOT_SET_ASIDE, {"dossier": self.dossier})
        at = min(self.taken_at, case.now)
        if business_day(at) != held.day:
            return Refusal(CodeRefusal.CODES_OF_OTHER_DAY, {"day": held.day.isoformat()})
        if self.appointment.stopped_at is not None or self.appointment.due <= at:
            return Refusal(TakingRefusal.DATE_PAST)
        content = self.content
        version = version_kept(case, content.procedure, content.version)
        if version is None or version.agency != held.agency:
            return Refusal(TakingRefusal.UNKNOWN_PROCEDURE, {"procedure": content.procedure})
        fits = fitting(version, content)
        if isinstance(fits, Refusal):
            return fits
        refusal = unticked(version, content.case, content.papers)
        if refusal is not None:
            return refusal
        entered = entry(case, content, version, at)
        when = (at, self.appointment, case.by, self.visit, held.key)
        return (DossierTaken(self.dossier, content, entered, *when),)

    def _is_of(self, held: CodeRange, desk: str) -> bool:
        """Whether the code is one that this desk may still use of its range."""
        code = parse_dossier_code(self.dossier)
        if code is None or held.desk != desk or code.number not in held.left:
            return False
        return self.dossier == dossier_code(held.prefix, held.day, code.number)


Event = DossierTaken


Command = TakeDossier | HandInDossier
