"""Concern of appointment slips: printed with proof, opened by the citizen's phone, or the reception signed.

Nothing leaves the state "accepted" before one of these is known; silence and `unknown` stay owed.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Literal

from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.cases import (
    DoneBy,
    DossierCase,
    DossierCommand,
    DossierDecision,
    DossierEvent,
    LifeEvent,
    change,
    known_life,
)
from service_floor.dossiers.life.records import AppointmentSlip, DossierLife, SlipOutcome
from service_floor.dossiers.life.states import OPEN, DossierState, Moves
from service_floor.queue.actors import COUNTERS, COUNTERS_AND_SUPERVISORS, HUB_ONLY
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal, RefusalCode


class SlipRefusal(RefusalCode):
    """Why a word about a slip is not taken. `slip` is the number of the slip."""

    NO_SUCH_SLIP = "no_such_slip", "dossier", "slip"
    SLIP_VOID = "slip_void", "dossier", "slip"
    SLIP_GIVEN = "slip_given_already", "dossier", "slip"


class SlipStanding(StrEnum):
    """What a scan of a slip's code shows."""

    IN_FORCE = "in_force"
    REPLACED = "replaced"
    TAKEN_BACK = "taken_back"
    UNKNOWN = "unknown"


def slip_standing(life: DossierLife, number: int) -> SlipStanding:
    """Whether the n-th slip of a dossier still holds."""
    slip = _numbered(life, number)
    if slip is None:
        return SlipStanding.UNKNOWN
    if not slip.void:
        return SlipStanding.IN_FORCE
    later = any(not each.void for each in life.slips)
    return SlipStanding.REPLACED if later else SlipStanding.TAKEN_BACK


def _numbered(life: DossierLife, number: int) -> AppointmentSlip | None:
    return next((slip for slip in life.slips if slip.number == number), None)


@dataclass(frozen=True, slots=True)
class AppointmentSlipReported(DossierEvent):
    """What became of a slip. A better word may follow a worse one; a slip that is given stays given."""

    dossier: str
    slip: int
    proof: SlipOutcome
    device: str
    kind: Literal["appointment_slip_reported"] = "appointment_slip_reported"

    def fold(self, books: Books, at: datetime) -> None:
        life = known_life(books, self.dossier)
        old = _numbered(life, self.slip)
        if old is None:
            raise ImpossibleEventError(f"{self.dossier} has no slip {self.slip}")
        new = replace(old, outcome=self.proof)
        slips = tuple(new if slip is old else slip for slip in life.slips)
        books.put(replace(life, slips=slips))


@dataclass(frozen=True, slots=True)
class ReceptionSigned(LifeEvent):
    """The citizen signed that the dossier was taken, where no slip came out."""

    moves: ClassVar[Moves] = {state: state for state in DossierState if state in OPEN}
    undoable: ClassVar = False
    dossier: str
    slip: int
    by: DoneBy
    visit: str = ""
    kind: Literal["reception_signed"] = "reception_signed"

    def fold(self, books: Books, at: datetime) -> None:
        life = known_life(books, self.dossier)
        old = life.slip
        if old is None or old.number != self.slip:
            raise ImpossibleEventError(f"slip {self.slip} of {self.dossier} is not in force")
        slips = (*life.slips[:-1], replace(old, outcome=SlipOutcome.SIGNED))
        change(books, self, at, slips=slips, before=life.before, last=life.last)


def _reportable(case: DossierCase, dossier: str, number: int) -> AppointmentSlip | Refusal:
    life = case.life(dossier)
    if isinstance(life, Refusal):
        return life
    slip = _numbered(life, number)
    data: dict[str, str | int] = {"dossier": dossier, "slip": number}
    if slip is None:
        return Refusal(SlipRefusal.NO_SUCH_SLIP, data)
    return Refusal(SlipRefusal.SLIP_VOID, data) if slip.void else slip


@dataclass(frozen=True, slots=True)
class ReportAppointmentSlip(DossierCommand):
    """Report what the printer proved of a slip: printed, failed, or unknown."""

    given_by: ClassVar = COUNTERS
    by_person: ClassVar = False
    dossier: str
    slip: int
    proof: Literal["printed", "failed", "unknown"]
    kind: Literal["report_appointment_slip"] = "report_appointment_slip"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Nothing happens where the citizen has the slip already, or nothing new is reported."""
        slip = _reportable(case, self.dossier, self.slip)
        if isinstance(slip, Refusal):
            return slip
        proof = SlipOutcome(self.proof)
        if slip.is_given or slip.outcome is proof:
            return ()
        return (AppointmentSlipReported(self.dossier, self.slip, proof, case.by.device),)


@dataclass(frozen=True, slots=True)
class NoteSlipSeen(DossierCommand):
    """A citizen's phone opened the QR code of a slip: the hub saw it."""

    given_by: ClassVar = HUB_ONLY
    by_person: ClassVar = False
    dossier: str
    slip: int
    kind: Literal["note_slip_seen"] = "note_slip_seen"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Only the first time counts."""
        slip = _reportable(case, self.dossier, self.slip)
        if isinstance(slip, Refusal):
            return slip
        if slip.is_given:
            return ()
        seen = (SlipOutcome.SEEN, case.by.device)
        return (AppointmentSlipReported(self.dossier, self.slip, *seen),)


@dataclass(frozen=True, slots=True)
class SignReception(DossierCommand):
    """The citizen signs in the reception book that the dossier, or its supplement, was taken."""

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    dossier: str
    seen: int
    kind: Literal["sign_reception"] = "sign_reception"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Refused where the slip is given."""
        life = case.ready(ReceptionSigned, self.dossier, self.seen)
        if isinstance(life, Refusal):
            return life
        slip = life.slip
        if slip is None or slip.is_given:
            number = 0 if slip is None else slip.number
            return Refusal(SlipRefusal.SLIP_GIVEN, {"dossier": self.dossier, "slip": number})
        return (ReceptionSigned(self.dossier, slip.number, case.by),)


Event = AppointmentSlipReported | ReceptionSigned


Command = ReportAppointmentSlip | NoteSlipSeen | SignReception
