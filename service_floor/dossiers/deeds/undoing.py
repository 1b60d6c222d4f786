"""Concern of undoing: the last deed on a dossier is taken back within a minute, as a fact of its own.

Slips that are out come back, and their codes are void. After a hand-over or a payment nothing is undone.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Literal

from service_floor.dossiers.deeds.lists import take_back_list
from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.cases import (
    DoneBy,
    DossierCase,
    DossierCommand,
    DossierDecision,
    LifeEvent,
    known_life,
    last_deed,
)
from service_floor.dossiers.life.records import AppointmentSlip, DossierLife, Visit
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.states import FINAL, DossierState, LeadsBack, Moves
from service_floor.queue.actors import CLERKS, Role
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal, RefusalCode


class UndoRefusal(RefusalCode):
    """Why nothing is undone. `deed` is the kind of the last event."""

    CANNOT_UNDO = "cannot_undo", "dossier", "deed"
    DEED_OF_OTHER = "deed_of_other_officer", "dossier", "officer"


@dataclass(frozen=True, slots=True)
class DeedUndone(LifeEvent):
    """The last deed is taken back; `slips` are the numbers of the papers to ask back, which are void now."""

    moves: ClassVar[Moves] = {
        state: LeadsBack.UNDONE for state in DossierState if state not in FINAL - {
            DossierState.NOT_ACCEPTED, DossierState.STOPPED, DossierState.WITHDRAWN,
        }
    }  # fmt: skip
    undoable: ClassVar = False
    dossier: str
    deed: str
    slips: tuple[int, ...]
    by: DoneBy
    visit: str = ""
    kind: Literal["deed_undone"] = "deed_undone"

    def fold(self, books: Books, at: datetime) -> None:
        life = known_life(books, self.dossier)
        if not life.last.undoable or life.last.kind != self.deed:
            raise ImpossibleEventError(f"{self.deed} of {self.dossier} is not undone any more")
        before = life.before or replace(life, state=DossierState.VOID, fees=())
        take_back_list(books, life)
        books.put(
            replace(
                before,
                slips=_with_void(life, self.slips),
                place=life.place,
                last=last_deed(self, at),
                changes=life.changes + 1,
                before=None,
            )
        )
        _take_from_visit(books, life)


def slips_to_ask_back(life: DossierLife) -> tuple[AppointmentSlip, ...]:
    """The slips that the last deed brought, as far as they are not void."""
    kept = {slip.number for slip in life.before.slips} if life.before else set()
    return tuple(slip for slip in life.slips if slip.number not in kept and not slip.void)


def _with_void(life: DossierLife, numbers: tuple[int, ...]) -> tuple[AppointmentSlip, ...]:
    """The slips of before, as far as they are known now, and those of the deed, void."""
    held = {slip.number: slip.void for slip in life.before.slips} if life.before else {}
    return tuple(
        replace(slip, void=slip.number in numbers or held.get(slip.number, True))
        for slip in life.slips
    )


def _take_from_visit(books: Books, life: DossierLife) -> None:
    visit = books.find(Visit, life.last.visit)
    entry = (life.last.outcome, life.code)
    if visit is None or entry not in visit.deeds:
        return
    at = len(visit.deeds) - 1 - visit.deeds[::-1].index(entry)
    left = visit.deeds[:at] + visit.deeds[at + 1 :]
    # A visit of which nothing is left goes on: it needs an outcome.
    books.put(replace(visit, deeds=left, ended=visit.ended and bool(left)))


@dataclass(frozen=True, slots=True)
class UndoDeed(DossierCommand):
    """Take back the last deed on a dossier."""

    given_by: ClassVar = CLERKS
    dossier: str
    seen: int
    kind: Literal["undo_deed"] = "undo_deed"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Within the time, by the officer who did it or a supervisor."""
        life = case.life(self.dossier, self.seen)
        if isinstance(life, Refusal):
            return life
        last = life.last
        if not last.undoable or life.state not in DeedUndone.moves:
            data = {"dossier": self.dossier, "deed": last.kind}
            return Refusal(UndoRefusal.CANNOT_UNDO, data)
        if last.officer != case.by.officer and case.role is not Role.SUPERVISOR:
            other = {"dossier": self.dossier, "officer": last.officer}
            return Refusal(UndoRefusal.DEED_OF_OTHER, other)
        within = case.plan.undo_within
        if case.now - last.at > within:
            limit = int(within.total_seconds())
            return Refusal(DossierRefusal.TOO_LONG_AGO, {"limit": limit})
        slips = tuple(slip.number for slip in slips_to_ask_back(life))
        return (DeedUndone(self.dossier, last.kind, slips, case.by),)


Event = DeedUndone


Command = UndoDeed
