"""Decisions on dossiers: the base of commands and events, what a command decides on, and the checks that many share.

A decision reads books and gives events or a refusal; a fold writes books. Neither knows a clock or a database.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, Final

from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.plan import DossierPlan
from service_floor.dossiers.life.records import DossierLife, LastDeed, Outcome, Visit
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.states import DossierState, LeadsBack, Moves
from service_floor.queue.actors import Role
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal
from service_floor.zone import local


@dataclass(frozen=True, slots=True)
class DoneBy:
    """Who did it: the officer, the device, and the counter or agency for which the officer acted."""

    officer: str
    device: str
    counter: str = ""
    agency: str = ""


class DossierEvent:
    """Base of all events of dossiers: facts that the journal keeps for ever. `kind` names them there.

    `outcome` is what the event makes of its visit; None where it is not part of one.
    """

    __slots__ = ()
    kind: str
    outcome: ClassVar[Outcome | None] = None

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        if "kind" in vars(cls).get("__annotations__", {}) and DossierEvent.fold is cls.fold:
            raise TypeError(f"{cls.__name__} does not declare how it is folded")

    def fold(self, books: Books, at: datetime) -> None:
        """Write what happened at `at`. Raises ImpossibleEventError before anything is written."""
        raise NotImplementedError


class LifeEvent(DossierEvent):
    """A deed of a person on one dossier. It declares its transitions, and whether it can be undone.

    An empty `moves` is a deed that leaves the dossier in its state, whatever that is.
    """

    __slots__ = ()
    moves: ClassVar[Moves]
    undoable: ClassVar[bool]
    dossier: str
    by: DoneBy
    visit: str

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        missing = {"moves", "undoable"} - set(vars(cls))
        if "kind" in vars(cls).get("__annotations__", {}) and missing:
            raise TypeError(f"{cls.__name__} does not declare {', '.join(sorted(missing))}")

    @classmethod
    def after(cls, life: DossierLife) -> DossierState:
        """The state in which the event leaves a dossier. Raises ImpossibleEventError where it cannot happen."""
        reached = cls.moves.get(life.state) if cls.moves else life.state
        if reached is LeadsBack.RESUMED:
            reached = life.came_from
        if not isinstance(reached, DossierState):
            raise ImpossibleEventError(f"{cls.__name__} cannot happen to a dossier: {life.state}")
        if leaves_without_slip(life, reached):
            raise ImpossibleEventError(f"{life.code} leaves reception without a slip")
        return reached


def leaves_without_slip(life: DossierLife, reached: DossierState) -> bool:
    """Whether a dossier would leave the state "accepted" while its citizen has no slip: nothing may."""
    return life.state is DossierState.ACCEPTED and reached is not life.state and life.owes_slip


def known_life(books: Books, dossier: str) -> DossierLife:
    """The record of a dossier. Raises ImpossibleEventError where there is none."""
    life = books.find(DossierLife, dossier)
    if life is None:
        raise ImpossibleEventError(f"no dossier {dossier}")
    return life


def last_deed(event: LifeEvent, at: datetime) -> LastDeed:
    """What a record keeps of the event that changed it last."""
    return LastDeed(event.kind, event.by.officer, at, event.visit, event.outcome, event.undoable)


def change(books: Books, event: LifeEvent, at: datetime, **changes: Any) -> None:
    """Carry a dossier over a deed: its state follows from the table, and the record before stays while it can be undone."""
    old = known_life(books, event.dossier)
    state = event.after(old)
    last = last_deed(event, at)
    before = replace(old, before=None) if event.undoable else None
    counted = {"state": state, "last": last, "before": before, "changes": old.changes + 1}
    books.put(replace(old, **{**counted, **changes}))
    note_visit(books, event.visit, event.outcome, event.dossier)


def note_visit(books: Books, visit: str, outcome: Outcome | None, subject: str) -> None:
    """Add to a visit what it brought; nothing where there is no visit or no outcome."""
    if visit and outcome is not None:
        known = books.find(Visit, visit) or Visit(visit)
        books.put(replace(known, deeds=(*known.deeds, (outcome, subject))))


DossierDecision = tuple[DossierEvent, ...] | Refusal


@dataclass(slots=True)
class DossierCase:
    """One command against the books. `now` is aware, by the hub's clock; `fresh_id` is unused."""

    plan: DossierPlan
    books: Books
    role: Role
    by: DoneBy
    now: datetime
    fresh_id: str

    def life(self, dossier: str, seen: int | None = None) -> DossierLife | Refusal:
        """A dossier that is not void, as the officer saw it: `seen` is its count of changes on the screen.

        An agency's clerk has the dossiers of that agency.
        """
        life = self.books.find(DossierLife, dossier)
        if life is None:
            return Refusal(DossierRefusal.UNKNOWN_DOSSIER, {"dossier": dossier})
        if self.role is Role.AGENCY_CLERK and life.agency != self.by.agency:
            data = {"dossier": dossier, "agency": life.agency}
            return Refusal(DossierRefusal.NOT_YOUR_AGENCY, data)
        if life.state is DossierState.VOID:
            return Refusal(DossierRefusal.DOSSIER_VOID, {"dossier": dossier})
        if seen is not None and seen != life.changes:
            since = life.last.at.isoformat(timespec="seconds")
            changed = {"dossier": dossier, "officer": life.last.officer, "since": since}
            return Refusal(DossierRefusal.CHANGED_MEANWHILE, changed)
        return life

    def ready(
        self, event: type[LifeEvent], dossier: str, seen: int | None, visit: str = ""
    ) -> DossierLife | Refusal:
        """A dossier to which this event may happen now, in a visit that has not ended."""
        ended = self.visit_ended(visit)
        if ended is not None:
            return ended
        life = self.life(dossier, seen)
        if isinstance(life, Refusal):
            return life
        reached = event.moves.get(life.state) if event.moves else life.state
        if reached is None:
            data = {"dossier": dossier, "state": life.state.value}
            return Refusal(DossierRefusal.WRONG_STATE, data)
        reached = life.came_from if reached is LeadsBack.RESUMED else reached
        if isinstance(reached, DossierState) and leaves_without_slip(life, reached):
            return Refusal(DossierRefusal.NO_SLIP, {"dossier": dossier})
        return life

    def visit_ended(self, visit: str) -> Refusal | None:
        """The refusal where a visit is over."""
        known = self.books.find(Visit, visit) if visit else None
        if known is None or not known.ended:
            return None
        return Refusal(DossierRefusal.VISIT_ENDED, {"visit": visit})

    def at_hand(self, life: DossierLife) -> Refusal | None:
        """The refusal where the dossier does not lie at the centre."""
        if life.place == self.plan.centre:
            return None
        data = {"dossier": life.code, "place": life.place}
        return Refusal(DossierRefusal.NOT_HERE, data)


MOST_ITEMS: Final = 200
"""Of a list in a command."""
LONGEST_FIELD: Final = 2_000
"""Characters of a text in a command."""


def check_bounds(*values: object) -> None:
    """Validation of the fields of a command. Raises ValueError for an endless text or list, and a moment without a zone."""
    for value in values:
        if isinstance(value, str):
            if len(value) > LONGEST_FIELD:
                raise ValueError(f"more than {LONGEST_FIELD} characters")
        elif isinstance(value, tuple):
            if len(value) > MOST_ITEMS:
                raise ValueError(f"more than {MOST_ITEMS} items")
            check_bounds(*value)
        elif isinstance(value, datetime):
            local(value)
        elif (parts := getattr(value, "__dataclass_fields__", None)) is not None:
            check_bounds(*(getattr(value, name) for name in parts))


class DossierCommand:
    """Base of all commands on dossiers. Each declares the roles that may give it, and decides itself.

    A class that leaves one out raises TypeError when its module is imported: authorisation never depends on a default.
    `by_person` is whether an authenticated officer must stand behind it.
    """

    __slots__ = ()
    __pydantic_config__: ClassVar = {"extra": "forbid"}
    given_by: ClassVar[frozenset[Role]]
    by_person: ClassVar[bool] = True
    __dataclass_fields__: ClassVar[dict[str, Any]]
    kind: str

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        missing = {"given_by", "decide"} - set(vars(cls))
        if missing:
            raise TypeError(f"{cls.__name__} does not declare {', '.join(sorted(missing))}")

    def __post_init__(self) -> None:
        check_bounds(*(getattr(self, each) for each in self.__dataclass_fields__))

    def decide(self, case: DossierCase) -> DossierDecision:
        """The events that the command brings, or the refusal."""
        raise NotImplementedError
