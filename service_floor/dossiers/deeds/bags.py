"""Concern of bags: dossiers go between agencies, or with the post, in a sealed bag with a bar code; what is missing is noted.

A dossier lies in one place at a time: at the centre, at an agency, or in a bag.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Literal

from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.cases import (
    DoneBy,
    DossierCase,
    DossierCommand,
    DossierDecision,
    DossierEvent,
    known_life,
)
from service_floor.dossiers.life.records import Bag, BagState, DossierLife, stated
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.states import DossierState
from service_floor.queue.actors import CARRIERS, CLERKS, Role
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal, RefusalCode


class BagRefusal(RefusalCode):
    """Why a bag is not sealed, carried or received."""

    BAG_IN_USE = "bag_in_use", "bag"
    UNKNOWN_BAG = "unknown_bag", "bag"
    WRONG_BAG_STATE = "bag_wrong_state", "bag", "state"
    BAG_EMPTY = "bag_empty", "bag"
    NO_SUCH_PLACE = "no_such_place", "place"
    NOT_THE_RECEIVER = "not_the_receiver", "bag", "place"


@dataclass(frozen=True, slots=True)
class BagSealed(DossierEvent):
    """Dossiers were put into a bag, in this order, and it was sealed; `seal` is the number of the seal."""

    bag: str
    seal: str
    origin: str
    destination: str
    dossiers: tuple[str, ...]
    by: DoneBy
    kind: Literal["bag_sealed"] = "bag_sealed"

    def fold(self, books: Books, at: datetime) -> None:
        known = books.find(Bag, self.bag)
        if known is not None and (known.state is not BagState.RECEIVED or known.inside):
            raise ImpossibleEventError(f"bag {self.bag} is in use")
        _lie(books, self.dossiers, self.bag, self.origin)
        books.put(Bag(self.bag, self.origin, self.destination, self.dossiers, BagState.SEALED))


@dataclass(frozen=True, slots=True)
class BagCarried(DossierEvent):
    """The bag left: who carries it, under which waybill."""

    bag: str
    waybill: str
    by: DoneBy
    kind: Literal["bag_carried"] = "bag_carried"

    def fold(self, books: Books, at: datetime) -> None:
        bag = _known_bag(books, self.bag, {BagState.SEALED})
        books.put(replace(bag, state=BagState.ON_THE_WAY))


@dataclass(frozen=True, slots=True)
class BagReceived(DossierEvent):
    """The bag was opened: what was in it, what is missing, and what nobody had listed."""

    bag: str
    present: tuple[str, ...]
    missing: tuple[str, ...]
    unlisted: tuple[str, ...]
    seal_intact: bool
    by: DoneBy
    kind: Literal["bag_received"] = "bag_received"

    def fold(self, books: Books, at: datetime) -> None:
        bag = _known_bag(books, self.bag, set(BagState))
        _lie(books, self.present, bag.destination, bag.key)
        _lie(books, self.unlisted, bag.destination, None)
        for dossier in self.missing:
            books.put(replace(known_life(books, dossier), mislaid=True))
        books.put(replace(bag, state=BagState.RECEIVED, inside=self.missing))


def _known_bag(books: Books, bag: str, states: set[BagState]) -> Bag:
    known = books.find(Bag, bag)
    if known is None or known.state not in states:
        raise ImpossibleEventError(f"bag {bag} is not there")
    return known


def _lie(books: Books, dossiers: Iterable[str], place: str, before: str | None) -> None:
    """Move dossiers. Raises ImpossibleEventError where one does not lie where it should."""
    lives = [known_life(books, dossier) for dossier in dossiers]
    if any(before is not None and life.place != before for life in lives):
        raise ImpossibleEventError(f"a dossier does not lie at {before}")
    for life in lives:
        # What is on its way cannot be undone at the desk any more.
        last = replace(life.last, undoable=False)
        moved = replace(life, place=place, mislaid=False, changes=life.changes + 1)
        books.put(replace(moved, last=last, before=None))


@dataclass(frozen=True, slots=True)
class SealBag(DossierCommand):
    """Put dossiers into a bag for another place, and seal it."""

    given_by: ClassVar = CLERKS
    bag: str
    seal: str
    destination: str
    dossiers: tuple[str, ...]
    kind: Literal["seal_bag"] = "seal_bag"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Each dossier lies at the sender's place and its citizen has a slip. Who acts for an agency sends from there."""
        known = case.books.find(Bag, self.bag)
        if known is not None and (known.state is not BagState.RECEIVED or known.inside):
            return Refusal(BagRefusal.BAG_IN_USE, {"bag": self.bag})
        origin = place_of(case)
        if self.destination == origin or not is_place(case, self.destination):
            return Refusal(BagRefusal.NO_SUCH_PLACE, {"place": self.destination})
        dossiers = tuple(dict.fromkeys(self.dossiers))
        if not dossiers:
            return Refusal(BagRefusal.BAG_EMPTY, {"bag": self.bag})
        for dossier in dossiers:
            life = case.life(dossier)
            refusal = life if isinstance(life, Refusal) else _not_ready(life, origin)
            if refusal is not None:
                return refusal
        sent = (origin, self.destination, dossiers)
        return (BagSealed(self.bag, stated(self.seal), *sent, case.by),)


def _not_ready(life: DossierLife, origin: str) -> Refusal | None:
    if life.place != origin:
        data = {"dossier": life.code, "place": life.place}
        return Refusal(DossierRefusal.NOT_HERE, data)
    if life.owes_slip and life.state is DossierState.ACCEPTED:
        return Refusal(DossierRefusal.NO_SLIP, {"dossier": life.code})
    return None


def place_of(case: DossierCase) -> str:
    """Where the person stands: an agency's clerk at the agency, all others at the centre."""
    return case.by.agency if case.role is Role.AGENCY_CLERK else case.plan.centre


def is_place(case: DossierCase, place: str) -> bool:
    """Whether dossiers can lie there."""
    return place == case.plan.centre or place in case.plan.agencies


@dataclass(frozen=True, slots=True)
class CarryBag(DossierCommand):
    """Take a sealed bag out: the carrier scans it, with the waybill."""

    given_by: ClassVar = CARRIERS
    bag: str
    waybill: str = ""
    kind: Literal["carry_bag"] = "carry_bag"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Once."""
        bag = case.books.find(Bag, self.bag)
        if bag is None:
            return Refusal(BagRefusal.UNKNOWN_BAG, {"bag": self.bag})
        if bag.state is not BagState.SEALED:
            data = {"bag": self.bag, "state": bag.state.value}
            return Refusal(BagRefusal.WRONG_BAG_STATE, data)
        return (BagCarried(self.bag, stated(self.waybill), case.by),)


@dataclass(frozen=True, slots=True)
class ReceiveBag(DossierCommand):
    """Open a bag at its destination and scan what is in it. What turns up later is scanned by the same command."""

    given_by: ClassVar = CLERKS
    bag: str
    present: tuple[str, ...]
    seal_intact: bool = True
    kind: Literal["receive_bag"] = "receive_bag"

    def decide(self, case: DossierCase) -> DossierDecision:
        """What was listed and is not there stays missing, in the bag. What was not listed is noted and lies here now."""
        bag = case.books.find(Bag, self.bag)
        if bag is None:
            return Refusal(BagRefusal.UNKNOWN_BAG, {"bag": self.bag})
        if bag.state is BagState.RECEIVED and not bag.inside:
            data = {"bag": self.bag, "state": bag.state.value}
            return Refusal(BagRefusal.WRONG_BAG_STATE, data)
        if place_of(case) != bag.destination:
            wrong = {"bag": self.bag, "place": bag.destination}
            return Refusal(BagRefusal.NOT_THE_RECEIVER, wrong)
        scanned = tuple(dict.fromkeys(self.present))
        lives = {dossier: case.books.find(DossierLife, dossier) for dossier in scanned}
        unknown = next((dossier for dossier, life in lives.items() if life is None), None)
        if unknown is not None:
            return Refusal(DossierRefusal.UNKNOWN_DOSSIER, {"dossier": unknown})
        here = {dossier for dossier, life in lives.items() if life and life.place == self.bag}
        present = tuple(each for each in scanned if each in here)
        missing = tuple(each for each in bag.inside if each not in scanned)
        unlisted = tuple(each for each in scanned if each not in here)
        found = (present, missing, unlisted, self.seal_intact)
        return (BagReceived(self.bag, *found, case.by),)


Event = BagSealed | BagCarried | BagReceived


Command = SealBag | CarryBag | ReceiveBag
