"""Supplement requests: one complete list; a second only on a supervisor's grounds; the clock stands meanwhile."""

from datetime import datetime

import pytest

from service_floor.dossiers.deeds.lists import SecondRefusal
from service_floor.dossiers.deeds.progress import BeginWork
from service_floor.dossiers.deeds.supplements import (
    AllowSecondRequest,
    BringSupplement,
    RequestSupplement,
    SupplementRefusal,
)
from service_floor.dossiers.deeds.taking import TakeDossier
from service_floor.dossiers.deeds.visits import GiveList
from service_floor.dossiers.life.records import AdviceKind, Grounds
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.states import DossierState
from service_floor.queue.actors import Role
from service_floor.zone import ZONE
from tests.service_floor.dossiers.conftest import AN, BINH, LAND, Office, land


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_one_request_lists_all_and_stops_the_clock(office):
    code = office.take()
    office.do(BeginWork(code, 1))
    office.at("2026-11-20T09:00")
    office.do(RequestSupplement(code, 2, ("map", " deed ", "map"), "unreadable", "v2"))
    life = office.life(code)
    assert (life.state, life.missing) == (DossierState.SUPPLEMENT_REQUIRED, ("map", "deed"))
    assert life.appointment.stopped_at == office.now
    office.at("2026-12-10T09:00")
    assert not office.life(code).overdue_at(office.now)
    office.do(BringSupplement(code, 3, ("deed", "deed"), "v3"))
    assert office.life(code).missing == ("map",)
    foreign = SupplementRefusal.NOT_ASKED_FOR, {"paper": "deed"}
    assert office.refused(BringSupplement(code, 4, ("map", "deed"))) == foreign
    assert office.refused(BringSupplement(code, 4, ())) == (SupplementRefusal.NOTHING_BROUGHT, {})
    brought = office.do(BringSupplement(code, 4, ("map",), "v3"))
    life = office.life(code)
    # Eight working days were left.
    assert life.appointment.due == moment("2026-12-22T09:00") == brought.appointment.due
    assert life.appointment.original == moment("2026-12-03T09:00")
    assert life.appointment.is_moved
    assert (life.state, life.missing, life.came_from) == (DossierState.IN_PROGRESS, (), None)
    assert [(slip.number, slip.void) for slip in life.slips] == [(1, True), (2, False)]
    assert life.owes_slip


def second(office: Office) -> str:
    """A dossier whose one request was answered."""
    code = office.take()
    office.do(RequestSupplement(code, 1, ("deed",), "missing"))
    office.do(BringSupplement(code, 2, ("deed",)))
    office.printed(code, 2)
    return code


def test_a_second_request_needs_a_supervisor_and_a_ground(office):
    code = second(office)
    again = RequestSupplement(code, 3, ("map",), "missing too")
    refused = SecondRefusal.SECOND_REQUEST, {"asked_on": "2026-11-18", "count": 1}
    assert office.refused(again) == refused
    allow = AllowSecondRequest(code, 3, "new law", "Đ. 5")
    not_allowed = DossierRefusal.NOT_ALLOWED, {"kind": "allow_second_request"}
    assert office.refused(allow) == not_allowed
    office.as_(Role.SUPERVISOR, "hoa")
    for blank in (AllowSecondRequest(code, 3, "", "x"), AllowSecondRequest(code, 3, "x", " ")):
        assert office.refused(blank) == (DossierRefusal.REASON_NEEDED, {})
    office.do(allow)
    asked = office.desk().do(RequestSupplement(code, 4, ("map",), "missing too"))
    assert asked.grounds == Grounds("new law", "Đ. 5", "hoa")
    assert office.life(code).requests[1].grounds == asked.grounds
    office.do(BringSupplement(code, 5, ("map",)))
    office.printed(code, 3)
    # The permission was good for one.
    assert office.refused(RequestSupplement(code, 6, ("x",), "more"))[0] is refused[0]


def test_a_list_given_before_binds_the_dossier(office):
    office.do(GiveList(AdviceKind.ADVICE, f"{LAND}.H56", "sell", ("deed", "map"), "", "v0", AN))
    code = office.take()
    more = RequestSupplement(code, 1, ("map", "tax"), "missing")
    refused = SecondRefusal.SECOND_REQUEST, {"asked_on": "2026-11-18", "count": 1}
    assert office.refused(more) == refused
    office.do(RequestSupplement(code, 1, ("map",), "still missing"))


def test_a_ticket_chain_binds_where_the_person_is_not_known(office):
    listed = office.do(GiveList(AdviceKind.SUPPLEMENT, LAND, "sell", ("deed",), "", "v0"))
    code = office.take(land(applicant=BINH, follows=listed.advice))
    more = RequestSupplement(code, 1, ("map",), "missing")
    assert office.refused(more)[0] is SecondRefusal.SECOND_REQUEST
    free = office.take(land(applicant=BINH))
    office.do(RequestSupplement(free, 1, ("map",), "missing"))


@pytest.mark.parametrize(("days", "binds"), [(89, True), (91, False)])
def test_lists_bind_for_ninety_days(office, days, binds):
    office.at("2026-08-18T09:00")
    office.do(GiveList(AdviceKind.ADVICE, LAND, "sell", ("deed",), "", "v0", AN))
    office.later(days=days)
    code = office.take(land())
    decision = office.try_(RequestSupplement(code, 1, ("map",), "missing"))
    assert (getattr(decision, "code", None) is SecondRefusal.SECOND_REQUEST) is binds


def test_a_request_of_one_dossier_binds_the_next_of_the_same_person(office):
    first = office.take()
    office.do(RequestSupplement(first, 1, ("deed",), "missing"))
    other = office.take()
    more = RequestSupplement(other, 1, ("map",), "missing")
    assert office.refused(more)[0] is SecondRefusal.SECOND_REQUEST


def test_an_empty_or_endless_list_and_a_missing_reason(office):
    code = office.take()
    empty = office.refused(RequestSupplement(code, 1, (" ",), "x"))
    assert empty == (SecondRefusal.EMPTY_LIST, {})
    many = tuple(f"paper {n}" for n in range(101))
    for missing in (many, ("x" * 501,)):
        too_long = office.refused(RequestSupplement(code, 1, missing, "x"))
        assert too_long == (SecondRefusal.LIST_TOO_LONG, {"limit": 100})
    blank = office.refused(RequestSupplement(code, 1, ("deed",), " "))
    assert blank == (DossierRefusal.REASON_NEEDED, {})


def test_states_in_which_nothing_is_asked_or_brought(office):
    code = office.take()
    wrong = DossierRefusal.WRONG_STATE, {"dossier": code, "state": "accepted"}
    assert office.refused(BringSupplement(code, 1, ("deed",))) == wrong
    office.do(RequestSupplement(code, 1, ("deed",), "missing"))
    asked = DossierRefusal.WRONG_STATE, {"dossier": code, "state": "supplement_required"}
    assert office.refused(RequestSupplement(code, 2, ("map",), "x")) == asked
    unknown = office.as_(Role.SUPERVISOR).refused(AllowSecondRequest("x", 1, "a", "b"))
    assert unknown == (DossierRefusal.UNKNOWN_DOSSIER, {"dossier": "x"})


def test_two_officers_on_one_dossier(office):
    code = office.take()
    office.do(BeginWork(code, 1))
    stale = RequestSupplement(code, 1, ("deed",), "missing")
    changed = {"dossier": code, "officer": "lan", "since": "2026-11-18T09:00:00+07:00"}
    assert office.desk("mai").refused(stale) == (DossierRefusal.CHANGED_MEANWHILE, changed)


def test_a_clerk_has_the_dossiers_of_the_own_agency(office):
    code = office.take()
    office.as_(Role.AGENCY_CLERK, "tu", "tp")
    foreign = DossierRefusal.NOT_YOUR_AGENCY, {"dossier": code, "agency": "tnmt"}
    assert office.refused(BeginWork(code, 1)) == foreign
    office.as_(Role.AGENCY_CLERK, "tu", "tnmt").do(BeginWork(code, 1))


def test_numbers_of_persons_do_not_reach_the_journal(office):
    code = office.take()
    reason = "card 038090001234 cannot be read"
    asked = office.do(RequestSupplement(code, 1, ("card",), reason))
    assert "038090001234" not in asked.reason
    assert asked.reason.startswith("card 0")


def test_numbers_in_the_names_of_papers_do_not_either(office):
    code = office.take()
    office.do(RequestSupplement(code, 1, ("copy of card 038090001234",), "missing"))
    assert office.life(code).missing == ("copy of card 0********234",)
    office.do(BringSupplement(code, 2, ("copy of card 038090001234",)))
    assert office.life(code).missing == ()


def test_the_wrong_channel_of_a_person_is_refused_at_once():
    with pytest.raises(ValueError, match="sealed"):
        type(AN)("038090001234", "ab" * 32)
    with pytest.raises(ValueError, match="sealed"):
        type(AN)(AN.ref, "Nguyễn Văn An")


def test_what_was_overdue_stays_overdue(office):
    code = office.take()
    office.at("2026-12-04T09:00")
    office.do(RequestSupplement(code, 1, ("deed",), "missing"))
    assert office.life(code).owes_apology(office.now)
    office.later(days=30)
    office.do(BringSupplement(code, 2, ("deed",)))
    life = office.life(code)
    assert life.appointment.due == moment("2026-12-03T09:00")
    assert life.owes_apology(office.now)


def test_taking_and_asking_need_a_visit_that_goes_on(office):
    assert isinstance(office.do(TakeDossier(land(), "")).dossier, str)
