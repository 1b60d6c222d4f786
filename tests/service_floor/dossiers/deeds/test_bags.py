"""Bags between the centre, agencies and the post: sealed, carried, received, and what is missing."""

import pytest

from service_floor.dossiers.deeds.bags import (
    BagCarried,
    BagReceived,
    BagRefusal,
    BagSealed,
    CarryBag,
    ReceiveBag,
    SealBag,
)
from service_floor.dossiers.deeds.progress import BeginWork
from service_floor.dossiers.deeds.taking import TakeDossier
from service_floor.dossiers.deeds.undoing import UndoDeed, UndoRefusal
from service_floor.dossiers.life.records import Bag, BagState
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.watch import WatchList, WatchReason
from service_floor.queue.actors import Role
from service_floor.queue.floor import ImpossibleEventError
from tests.service_floor.dossiers.conftest import Office, land


def agency(office: Office) -> Office:
    return office.as_(Role.AGENCY_CLERK, "tu", "tnmt")


def sealed(office: Office, *codes: str, bag: str = "bag-1") -> str:
    office.do(SealBag(bag, "seal 7", "tnmt", codes))
    return bag


def test_out_with_the_post_and_back(office):
    one, two = office.take(), office.take()
    bag = sealed(office, one, two, one)
    assert office.books.find(Bag, bag).inside == (one, two)
    assert office.life(one).place == bag
    office.as_(Role.POST_CLERK, "post").do(CarryBag(bag, "waybill 9"))
    on_the_way = BagRefusal.WRONG_BAG_STATE, {"bag": bag, "state": "on_the_way"}
    assert office.refused(CarryBag(bag)) == on_the_way
    received = agency(office).do(ReceiveBag(bag, (two, one)))
    assert (received.present, received.missing, received.unlisted) == ((two, one), (), ())
    assert office.life(two).place == "tnmt"
    wrong = BagRefusal.WRONG_BAG_STATE, {"bag": bag, "state": "received"}
    assert office.refused(ReceiveBag(bag, ())) == wrong
    # The bag goes back with what the agency has done.
    office.do(SealBag(bag, "seal 8", "centre", (one,)))
    office.desk().do(ReceiveBag(bag, (one,), seal_intact=False))
    assert office.life(one).place == "centre"


def test_what_is_missing_and_what_nobody_listed(office):
    one, two, three = office.take(), office.take(), office.take()
    bag = sealed(office, one, two)
    received = agency(office).do(ReceiveBag(bag, (one, three)))
    assert (received.missing, received.unlisted) == ((two,), (three,))
    assert [office.life(code).place for code in (one, two, three)] == ["tnmt", bag, "tnmt"]
    assert [office.life(code).mislaid for code in (one, two, three)] == [False, True, False]
    watch = WatchList(office.plan.calendar, office.now, 2)
    assert watch.reasons(office.life(two)) == (WatchReason.MISLAID,)
    in_use = BagRefusal.BAG_IN_USE, {"bag": bag}
    assert office.refused(SealBag(bag, "", "centre", (one,))) == in_use
    found = office.do(ReceiveBag(bag, (two,)))
    assert found.missing == ()
    assert not office.life(two).mislaid
    assert office.books.find(Bag, bag) == Bag(bag, "centre", "tnmt", (), BagState.RECEIVED)


def test_a_dossier_in_two_bags_lies_where_it_was_scanned(office):
    one, two = office.take(), office.take()
    sealed(office, one)
    sealed(office, two, bag="bag-2")
    agency(office).do(ReceiveBag("bag-1", (two,)))
    second = office.do(ReceiveBag("bag-2", (two, one)))
    assert (second.present, second.missing, second.unlisted) == ((), (), (two, one))
    assert office.life(one).place == office.life(two).place == "tnmt"


def test_what_does_not_go_into_a_bag(office):
    code = office.take()
    seal = SealBag("bag-1", "", "tnmt", (code,))
    nowhere = BagRefusal.NO_SUCH_PLACE, {"place": "moon"}
    assert office.refused(SealBag("bag-1", "", "moon", (code,))) == nowhere
    here = BagRefusal.NO_SUCH_PLACE, {"place": "centre"}
    assert office.refused(SealBag("bag-1", "", "centre", (code,))) == here
    assert office.refused(SealBag("bag-1", "", "tnmt", ())) == (
        BagRefusal.BAG_EMPTY,
        {"bag": "bag-1"},
    )
    unknown = DossierRefusal.UNKNOWN_DOSSIER, {"dossier": "x"}
    assert office.refused(SealBag("bag-1", "", "tnmt", ("x",))) == unknown
    owed = str(office.do(TakeDossier(land())).dossier)
    without = DossierRefusal.NO_SLIP, {"dossier": owed}
    assert office.refused(SealBag("bag-1", "", "tnmt", (owed,))) == without
    elsewhere = DossierRefusal.NOT_HERE, {"dossier": code, "place": "centre"}
    assert agency(office).refused(SealBag("bag-1", "", "centre", (code,))) == elsewhere
    office.desk().do(seal)
    assert office.refused(seal) == (BagRefusal.BAG_IN_USE, {"bag": "bag-1"})


def test_who_receives_which_bag(office):
    bag = sealed(office, office.take())
    not_mine = BagRefusal.NOT_THE_RECEIVER, {"bag": bag, "place": "tnmt"}
    assert office.refused(ReceiveBag(bag, ())) == not_mine
    unknown = BagRefusal.UNKNOWN_BAG, {"bag": "x"}
    assert office.refused(ReceiveBag("x", ())) == unknown
    assert office.refused(CarryBag("x")) == unknown
    none = agency(office).refused(ReceiveBag(bag, ("x",)))
    assert none == (DossierRefusal.UNKNOWN_DOSSIER, {"dossier": "x"})


def test_what_is_on_its_way_is_not_undone(office):
    code = office.take()
    office.do(BeginWork(code, 1))
    sealed(office, code)
    cannot = UndoRefusal.CANNOT_UNDO, {"dossier": code, "deed": "work_begun"}
    assert office.refused(UndoDeed(code, 3)) == cannot


def test_impossible_bags(office):
    code = office.take()
    by, books, now = office.by, office.books, office.now
    with pytest.raises(ImpossibleEventError, match="lie at tnmt"):
        BagSealed("b", "", "tnmt", "centre", (code,), by).fold(books, now)
    sealed(office, code)
    with pytest.raises(ImpossibleEventError, match="in use"):
        BagSealed("bag-1", "", "centre", "tnmt", (), by).fold(books, now)
    with pytest.raises(ImpossibleEventError, match="not there"):
        BagReceived("b", (), (), (), True, by).fold(books, now)
    office.do(CarryBag("bag-1"))
    with pytest.raises(ImpossibleEventError, match="not there"):
        BagCarried("bag-1", "", by).fold(books, now)
