"""Visits: none ends without an outcome; lists on paper are complete, kept, and bind."""

import pytest

from service_floor.dossiers.deeds.lists import SecondRefusal
from service_floor.dossiers.deeds.visits import (
    AllowSecondList,
    EndVisit,
    GiveList,
    ListGiven,
    VisitEnded,
    VisitRefusal,
)
from service_floor.dossiers.life.records import Advice, AdviceKind, Grounds, Outcome, Visit
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.queue.actors import Role
from service_floor.queue.floor import ImpossibleEventError
from tests.service_floor.dossiers.conftest import AN, BIRTH, LAND


def given(*missing, visit="v1", kind=AdviceKind.ADVICE, **more):
    return GiveList(kind, LAND, "sell", missing, more.pop("reason", ""), visit, **more)


def test_a_visit_without_a_deed_asks_for_its_outcome(office):
    needed = VisitRefusal.OUTCOME_NEEDED, {"visit": "v1"}
    assert office.refused(EndVisit("v1")) == needed
    # What only a deed gives is not a key.
    assert office.refused(EndVisit("v1", Outcome.TAKEN)) == needed
    reason = DossierRefusal.REASON_NEEDED, {}
    assert office.refused(EndVisit("v1", Outcome.REFUSED)) == reason
    ended = office.do(EndVisit("v1", Outcome.REFUSED, "not a business of the centre"))
    assert ended.outcomes == (Outcome.REFUSED,)
    over = DossierRefusal.VISIT_ENDED, {"visit": "v1"}
    assert office.refused(EndVisit("v1", Outcome.ADVICE)) == over


@pytest.mark.parametrize("outcome", [Outcome.ADVICE, Outcome.TAKEN_ELSEWHERE])
def test_one_key_gives_the_outcome(office, outcome):
    assert office.do(EndVisit("v1", outcome)).outcomes == (outcome,)


def test_what_was_done_gives_the_outcome(office):
    office.take(visit="v1")
    office.take(visit="v1")
    office.do(given("deed", visit="v1"))
    is_given = VisitRefusal.OUTCOME_IS_GIVEN, {"visit": "v1"}
    assert office.refused(EndVisit("v1", Outcome.ADVICE)) == is_given
    assert office.do(EndVisit("v1")).outcomes == (Outcome.TAKEN, Outcome.LIST_GIVEN)


def test_a_list_is_kept_and_binds_the_same_person(office):
    first = office.do(given("deed", "map", person=AN))
    assert office.books.find(Advice, first.advice).missing == ("deed", "map")
    office.later(days=10)
    same = office.do(given("map", visit="v2", person=AN))
    assert same.grounds is None
    second = SecondRefusal.SECOND_REQUEST, {"asked_on": "2026-11-28", "count": 1}
    assert office.refused(given("map", "tax", visit="v3", person=AN)) == second
    office.do(GiveList(AdviceKind.ADVICE, BIRTH, "", ("form",), "", "v3", AN))


def test_a_supervisor_permits_a_second_list_in_the_visit(office):
    first = office.do(given("deed"))
    more = given("tax", visit="v2", follows=first.advice)
    assert office.refused(more)[0] is SecondRefusal.SECOND_REQUEST
    office.as_(Role.SUPERVISOR, "hoa")
    assert office.refused(AllowSecondList("v2", "x", "")) == (DossierRefusal.REASON_NEEDED, {})
    assert office.refused(AllowSecondList("", "x", "y")) == (VisitRefusal.NO_VISIT, {})
    office.do(AllowSecondList("v2", "new law", "Đ. 5"))
    assert office.desk().do(more).grounds == Grounds("new law", "Đ. 5", "hoa")
    assert office.refused(more)[0] is SecondRefusal.SECOND_REQUEST
    office.do(EndVisit("v2"))
    over = DossierRefusal.VISIT_ENDED, {"visit": "v2"}
    assert office.refused(given("x", visit="v2")) == over
    assert office.as_(Role.SUPERVISOR).refused(AllowSecondList("v2", "x", "y")) == over


def test_a_refusal_needs_its_reason_and_may_name_no_paper(office):
    refusal = AdviceKind.REFUSAL
    assert office.refused(given(kind=refusal)) == (DossierRefusal.REASON_NEEDED, {})
    assert office.refused(given()) == (SecondRefusal.EMPTY_LIST, {})
    many = tuple(f"paper {n}" for n in range(101))
    too_long = office.refused(given(*many, kind=refusal, reason="x"))
    assert too_long[0] is SecondRefusal.LIST_TOO_LONG
    office.do(given(kind=refusal, reason="not entitled", person=AN))
    # A refusal without a list binds nothing.
    office.do(given("deed", visit="v2", person=AN))
    assert office.refused(given("x", visit="")) == (VisitRefusal.NO_VISIT, {})
    assert office.refused(EndVisit("")) == (VisitRefusal.NO_VISIT, {})


def test_impossible_visits(office):
    listed = office.do(given("deed"))
    assert isinstance(listed, ListGiven)
    with pytest.raises(ImpossibleEventError, match="exists"):
        listed.fold(office.books, office.now)
    with pytest.raises(ImpossibleEventError, match="outcome"):
        VisitEnded("v9", (), "", office.by).fold(office.books, office.now)
    office.do(EndVisit("v1"))
    with pytest.raises(ImpossibleEventError, match="twice"):
        VisitEnded("v1", (Outcome.ADVICE,), "", office.by).fold(office.books, office.now)
    assert office.books.find(Visit, "v1").ended
