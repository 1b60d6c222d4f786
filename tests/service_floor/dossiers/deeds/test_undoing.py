"""Undoing within a minute, as a fact of its own."""

from dataclasses import replace

import pytest

from service_floor.dossiers.deeds.acceptance import AcceptDossier, RegisterDossier
from service_floor.dossiers.deeds.lists import SecondRefusal
from service_floor.dossiers.deeds.progress import BeginWork, HandOver, RecordResult
from service_floor.dossiers.deeds.slips import ReportAppointmentSlip
from service_floor.dossiers.deeds.supplements import BringSupplement, RequestSupplement
from service_floor.dossiers.deeds.taking import TakeDossier
from service_floor.dossiers.deeds.undoing import DeedUndone, UndoDeed, UndoRefusal
from service_floor.dossiers.deeds.visits import EndVisit, VisitRefusal
from service_floor.dossiers.fees.paying import TakePayment
from service_floor.dossiers.fees.receipts import Confirmation, PaymentMethod
from service_floor.dossiers.life.records import Outcome, SlipOutcome, Visit
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.states import DossierState
from service_floor.queue.actors import Role
from service_floor.queue.floor import ImpossibleEventError
from tests.service_floor.dossiers.conftest import AN, birth, land, ticked


def test_a_dossier_taken_by_mistake_becomes_void_and_its_code_stays_used(office):
    code = office.take(visit="v1")
    undone = office.do(UndoDeed(code, 1))
    assert (undone.deed, undone.slips) == ("dossier_taken", (1,))
    life = office.life(code)
    assert (life.state, life.state.status, life.slips[0].void) == (DossierState.VOID, None, True)
    assert (life.fees_due, life.owes_slip) == (0, False)
    void = DossierRefusal.DOSSIER_VOID, {"dossier": code}
    assert office.refused(BeginWork(code, 2)) == void
    assert office.refused(ReportAppointmentSlip(code, 1, "printed")) == void
    assert office.refused(UndoDeed(code, 2)) == void
    assert office.take() != code
    assert office.books.find(Visit, "v1").deeds == ((Outcome.TAKEN, "H56.20-261118-0102"),)


def test_the_visit_needs_an_outcome_again(office):
    code = office.take(visit="v1")
    office.do(EndVisit("v1"))
    office.do(UndoDeed(code, 1))
    needed = VisitRefusal.OUTCOME_NEEDED, {"visit": "v1"}
    assert office.refused(EndVisit("v1")) == needed
    office.do(EndVisit("v1", Outcome.ADVICE))


def test_of_a_visit_with_more_the_rest_stays(office):
    one = office.take(visit="v1")
    office.take(visit="v1")
    office.do(RequestSupplement(one, 1, ("deed",), "missing", "v1"))
    office.do(BringSupplement(one, 2, ("deed",), "v1"))
    office.do(EndVisit("v1"))
    office.do(UndoDeed(one, 3))
    visit = office.books.find(Visit, "v1")
    outcomes = [outcome for outcome, _ in visit.deeds]
    assert (outcomes, visit.ended) == (
        [Outcome.TAKEN, Outcome.TAKEN, Outcome.SUPPLEMENT_ASKED],
        True,
    )


def test_a_request_that_is_undone_was_not_the_first(office):
    code = office.take()
    office.do(RequestSupplement(code, 1, ("deed",), "missing"))
    office.do(UndoDeed(code, 2))
    life = office.life(code)
    assert (life.state, life.requests, life.missing) == (DossierState.ACCEPTED, (), ())
    assert life.appointment.stopped_at is None
    office.do(RequestSupplement(code, 3, ("map",), "missing"))
    other = office.take()
    refused = office.refused(RequestSupplement(other, 1, ("deed",), "missing"))
    assert refused[0] is SecondRefusal.SECOND_REQUEST


def test_a_new_slip_comes_back_and_the_old_one_holds_again(office):
    code = office.take()
    office.do(RequestSupplement(code, 1, ("deed",), "missing"))
    office.do(BringSupplement(code, 2, ("deed",)))
    office.printed(code, 2)
    undone = office.do(UndoDeed(code, 3))
    life = office.life(code)
    assert undone.slips == (2,)
    assert [(slip.number, slip.void, slip.outcome) for slip in life.slips] == [
        (1, False, SlipOutcome.PRINTED),
        (2, True, SlipOutcome.PRINTED),
    ]
    assert life.state is DossierState.SUPPLEMENT_REQUIRED
    office.do(BringSupplement(code, 4, ("deed",)))
    assert [slip.number for slip in office.life(code).slips] == [1, 2, 3]
    assert office.life(code).slip.number == 3


def test_an_acceptance_is_undone_to_what_came_from_the_net(office):
    content = land(papers=())
    code = str(office.as_(Role.HUB, "").do(RegisterDossier(content)).dossier)
    office.desk().do(AcceptDossier(code, 1, ticked("form", "deed")))
    office.do(UndoDeed(code, 2))
    life = office.life(code)
    assert (life.state, life.appointment) == (DossierState.NEWLY_REGISTERED, None)
    assert life.slip is None
    cannot = UndoRefusal.CANNOT_UNDO, {"dossier": code, "deed": "deed_undone"}
    assert office.refused(UndoDeed(code, 3)) == cannot


def test_within_a_minute_by_the_same_officer_or_a_supervisor(office):
    code = office.take()
    other = UndoRefusal.DEED_OF_OTHER, {"dossier": code, "officer": "lan"}
    assert office.desk("mai").refused(UndoDeed(code, 1)) == other
    office.later(seconds=61)
    late = DossierRefusal.TOO_LONG_AGO, {"limit": 60}
    assert office.desk().refused(UndoDeed(code, 1)) == late
    office.later(seconds=-1)
    office.as_(Role.SUPERVISOR, "hoa").do(UndoDeed(code, 1))


def test_never_after_a_payment_or_a_hand_over(office):
    code = office.take()
    cash = (PaymentMethod.CASH, Confirmation.PERSON, "PT")
    office.do(TakePayment(code, 1, 1, *cash))
    cannot = UndoRefusal.CANNOT_UNDO, {"dossier": code, "deed": "fee_paid"}
    assert office.refused(UndoDeed(code, 2)) == cannot
    other = office.take(birth())
    office.do(RecordResult(other, 1, "KQ.1"))
    office.do(HandOver(other, 2, AN, "signed"))
    over = UndoRefusal.CANNOT_UNDO, {"dossier": other, "deed": "result_handed_over"}
    assert office.refused(UndoDeed(other, 3)) == over


def test_impossible_undoing(office):
    code = str(office.do(TakeDossier(land())).dossier)
    with pytest.raises(ImpossibleEventError, match="work_begun"):
        DeedUndone(code, "work_begun", (), office.by).fold(office.books, office.now)
    life = office.life(code)
    office.books.put(replace(life, last=replace(life.last, undoable=False)))
    with pytest.raises(ImpossibleEventError, match="dossier_taken"):
        DeedUndone(code, "dossier_taken", (), office.by).fold(office.books, office.now)
