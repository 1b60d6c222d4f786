"""Dossiers from the net and the post: registered, accepted, refused."""

from dataclasses import replace
from datetime import datetime

import pytest

from service_floor.dossiers.deeds.acceptance import AcceptDossier, DeclineDossier, RegisterDossier
from service_floor.dossiers.deeds.content import TakingRefusal
from service_floor.dossiers.deeds.lists import SecondRefusal
from service_floor.dossiers.deeds.supplements import (
    AllowSecondRequest,
    BringSupplement,
    RequestSupplement,
)
from service_floor.dossiers.deeds.visits import EndVisit, GiveList
from service_floor.dossiers.life.records import AdviceKind, Outcome
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.states import DossierState
from service_floor.dossiers.model import ReceptionChannel
from service_floor.dossiers.numbering.series import CodeRefusal
from service_floor.queue.actors import Role
from service_floor.queue.floor import ImpossibleEventError
from service_floor.zone import ZONE
from tests.service_floor.dossiers.conftest import AN, LAND, PLAN, Office, land, ticked

PAPERS = ticked("form", "deed")


def registered(office: Office) -> str:
    content = replace(land(papers=()), channel=ReceptionChannel.ONLINE)
    return str(office.as_(Role.HUB, "").do(RegisterDossier(content)).dossier)


def test_a_dossier_from_the_net_waits_until_a_desk_accepts_it(office):
    code = registered(office)
    assert code == "H56.20-261118-0101"
    life = office.life(code)
    assert (life.state, life.appointment, life.owes_slip) == (
        DossierState.NEWLY_REGISTERED,
        None,
        False,
    )
    office.later(days=1)
    accepted = office.desk().do(AcceptDossier(code, 1, PAPERS, visit="v"))
    life = office.life(code)
    assert (life.state, life.papers, life.owes_slip) == (DossierState.ACCEPTED, PAPERS, True)
    assert life.accepted_at == office.now
    assert accepted.appointment.due == datetime(2026, 12, 4, 9, 0, tzinfo=ZONE)


def test_it_keeps_the_version_under_which_it_came(office):
    code = registered(office)
    office.at("2026-12-01T09:00")
    office.desk().do(AcceptDossier(code, 1, PAPERS))
    assert office.life(code).appointment.due == datetime(2026, 12, 15, 9, 0, tzinfo=ZONE)


def test_papers_are_looked_at_before_it_is_accepted(office):
    code = registered(office)
    unticked = office.desk().refused(AcceptDossier(code, 1, ticked("form")))
    assert unticked == (TakingRefusal.PAPERS_NOT_TICKED, {"count": 1})
    dated = AcceptDossier(code, 1, PAPERS, promised=office.now)
    assert office.refused(dated) == (TakingRefusal.DATE_IS_SET, {})
    office.do(AcceptDossier(code, 1, PAPERS))
    again = DossierRefusal.WRONG_STATE, {"dossier": code, "state": "accepted"}
    assert office.refused(AcceptDossier(code, 2, PAPERS)) == again


def test_where_the_catalogue_dropped_the_version_a_person_gives_the_date(office):
    code = registered(office)
    office.plan = replace(PLAN, procedures={})
    assert office.desk().refused(AcceptDossier(code, 1, ())) == (TakingRefusal.DATE_NEEDED, {})
    due = datetime(2026, 12, 15, 9, 0, tzinfo=ZONE)
    office.do(AcceptDossier(code, 1, (), promised=due))
    assert office.life(code).appointment.due == due


def test_what_cannot_be_registered():
    office = Office(replace(PLAN, agencies={})).as_(Role.POST_CLERK)
    assert office.refused(RegisterDossier(land()))[0] is CodeRefusal.UNKNOWN_AGENCY
    changed = office.refused(RegisterDossier(land(version="QĐ 0")))
    assert changed == (TakingRefusal.PROCEDURE_CHANGED, {"procedure": LAND, "version": "QĐ 1"})


def test_a_refusal_names_its_reason_and_its_list_binds(office):
    code = registered(office)
    assert office.desk().refused(DeclineDossier(code, 1, " ")) == (
        DossierRefusal.REASON_NEEDED,
        {},
    )
    office.do(DeclineDossier(code, 1, "deed unreadable", ("deed",), "v"))
    life = office.life(code)
    assert (life.state, life.refusal_reason) == (DossierState.NOT_ACCEPTED, "deed unreadable")
    more = GiveList(AdviceKind.ADVICE, LAND, "sell", ("form",), "", "v", AN)
    second = SecondRefusal.SECOND_REQUEST, {"asked_on": "2026-11-18", "count": 1}
    assert office.refused(more) == second
    over = office.refused(DeclineDossier(code, 2, "no"))
    assert over == (DossierRefusal.WRONG_STATE, {"dossier": code, "state": "not_accepted"})


def test_a_refusal_that_names_more_than_an_earlier_list_is_a_second_request(office):
    code = registered(office)
    office.desk().do(GiveList(AdviceKind.ADVICE, LAND, "sell", ("form",), "", "v", AN))
    more = DeclineDossier(code, 1, "unreadable", ("form", "deed", " "))
    second = SecondRefusal.SECOND_REQUEST, {"asked_on": "2026-11-18", "count": 1}
    assert office.refused(more) == second
    empty = DeclineDossier(code, 1, "unreadable", (" ",))
    assert office.refused(empty) == (SecondRefusal.EMPTY_LIST, {})
    office.as_(Role.SUPERVISOR, "hoa").do(AllowSecondRequest(code, 1, "new law", "Đ. 5"))
    declined = office.desk().do(replace(more, seen=2))
    assert declined.grounds.officer == "hoa"
    assert declined.missing == ("form", "deed")


def test_a_refusal_without_a_list_binds_nothing(office):
    code = registered(office)
    office.desk().do(DeclineDossier(code, 1, "not a business of the centre"))
    office.do(GiveList(AdviceKind.ADVICE, LAND, "sell", ("form",), "", "v", AN))


def test_nothing_is_accepted_in_a_visit_that_is_over(office):
    code = registered(office)
    office.desk().do(EndVisit("v", Outcome.ADVICE))
    over = DossierRefusal.VISIT_ENDED, {"visit": "v"}
    assert office.refused(AcceptDossier(code, 1, PAPERS, visit="v")) == over


def test_it_may_be_supplemented_before_it_is_accepted(office):
    code = registered(office)
    office.desk().do(RequestSupplement(code, 1, ("deed",), "missing"))
    office.later(days=3)
    office.do(BringSupplement(code, 2, ("deed",)))
    life = office.life(code)
    assert (life.state, life.slips) == (DossierState.NEWLY_REGISTERED, ())
    office.do(AcceptDossier(code, 3, PAPERS))
    assert office.life(code).accepted_at == office.now


def test_a_registration_is_folded_once(office):
    code = registered(office)
    with pytest.raises(ImpossibleEventError, match=code):
        office.events[0][0].fold(office.books, office.now)
