"""The way to the result, its hand-over, and the ways out before it."""

from dataclasses import replace

import pytest

from service_floor.dossiers.deeds.progress import (
    BeginWork,
    HandOver,
    ProgressRefusal,
    RecordResult,
    StopWork,
    WithdrawDossier,
    WorkBegun,
)
from service_floor.dossiers.deeds.supplements import RequestSupplement
from service_floor.dossiers.deeds.visits import EndVisit
from service_floor.dossiers.fees.charging import WaiveFee
from service_floor.dossiers.life.records import Outcome
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.rule_sets import PaperForm
from service_floor.dossiers.life.states import DossierState
from service_floor.queue.actors import Role
from service_floor.queue.floor import ImpossibleEventError
from tests.service_floor.dossiers.conftest import AN, BINH, Office, birth, land, person


def completed(office: Office) -> str:
    code = office.take(birth())
    office.do(BeginWork(code, 1))
    office.do(RecordResult(code, 2, " KQ.1 "))
    return code


def test_from_reception_to_the_citizen(office):
    code = completed(office)
    assert office.life(code).result == "KQ.1"
    assert office.life(code).finished_at == office.now
    office.do(HandOver(code, 3, BINH, "signed", visit="v9"))
    assert office.life(code).state is DossierState.RETURNED
    assert office.do(EndVisit("v9")).outcomes == (Outcome.HANDED_OVER,)
    over = DossierRefusal.WRONG_STATE, {"dossier": code, "state": "returned"}
    assert office.refused(HandOver(code, 4, AN, "signed")) == over


def test_who_may_take_the_result(office):
    code = completed(office)
    other = HandOver(code, 3, person("cuong"), "signed")
    needed = ProgressRefusal.AUTHORITY_NEEDED, {"dossier": code}
    assert office.refused(other) == needed
    proof = ProgressRefusal.PROOF_NEEDED, {"dossier": code}
    assert office.refused(HandOver(code, 3, AN, " ")) == proof
    clerk = office.as_(Role.AGENCY_CLERK, agency="tp").refused(other)
    assert clerk == (DossierRefusal.NOT_ALLOWED, {"kind": "hand_over"})
    office.as_(Role.POST_CLERK, "post").do(replace(other, authority="letter 7"))


def test_nothing_is_handed_over_with_fees_left_or_from_elsewhere(office):
    code = office.take()
    office.do(RecordResult(code, 1, "KQ.1"))
    left = ProgressRefusal.FEES_LEFT, {"dossier": code, "amount": 100_000}
    assert office.refused(HandOver(code, 2, AN, "signed")) == left
    office.as_(Role.SUPERVISOR).do(WaiveFee(code, 2, 1, "poor household"))
    life = office.life(code)
    office.books.put(replace(life, place="tnmt"))
    away = DossierRefusal.NOT_HERE, {"dossier": code, "place": "tnmt"}
    assert office.refused(HandOver(code, 3, AN, "signed")) == away
    office.books.put(life)
    office.do(HandOver(code, 3, AN, "signed"))


@pytest.mark.parametrize(
    ("taken", "form"),
    [("2016-03-01", "refusal"), ("2025-09-14", "refusal"), ("2025-09-15", "stop_notice")],
)
def test_the_form_of_a_stop_is_that_of_the_rules_of_reception(office, taken, form):
    old = replace(office.plan.procedures["1.001193"][0], effective_from=office.now.date())
    old = replace(old, effective_from=old.effective_from.replace(year=2016, month=1))
    office.plan = replace(office.plan, procedures={"1.001193": (old,)})
    code = office.at(f"{taken}T09:00").take(birth())
    office.at("2026-11-18T09:00")
    assert office.refused(StopWork(code, 1, " ")) == (DossierRefusal.REASON_NEEDED, {})
    stopped = office.do(StopWork(code, 1, "not entitled"))
    assert stopped.form is PaperForm(form)
    assert office.life(code).state is DossierState.STOPPED
    assert office.life(code).refusal_reason == "not entitled"


def test_a_citizen_withdraws_until_the_result_is_there(office):
    code = office.take()
    office.do(RequestSupplement(code, 1, ("deed",), "missing"))
    office.do(WithdrawDossier(code, 2, visit="v2"))
    assert office.life(code).state is DossierState.WITHDRAWN
    office.at("2027-01-18T09:00")
    assert not office.life(code).overdue_at(office.now)
    done = completed(office)
    wrong = DossierRefusal.WRONG_STATE, {"dossier": done, "state": "completed"}
    assert office.refused(WithdrawDossier(done, 3)) == wrong
    assert office.refused(StopWork(done, 3, "x")) == wrong


def test_a_result_has_a_number(office):
    code = office.take()
    assert office.refused(RecordResult(code, 1, " ")) == (ProgressRefusal.RESULT_NEEDED, {})
    unknown = DossierRefusal.UNKNOWN_DOSSIER, {"dossier": "x"}
    assert office.refused(RecordResult("x", 1, "KQ")) == unknown
    assert office.refused(BeginWork("x", 1)) == unknown


def test_the_fold_refuses_what_the_rules_refuse(office):
    code = office.take()
    office.do(BeginWork(code, 1))
    with pytest.raises(ImpossibleEventError, match="in_progress"):
        WorkBegun(code, office.by).fold(office.books, office.now)
    with pytest.raises(ImpossibleEventError, match="no dossier x"):
        WorkBegun("x", office.by).fold(office.books, office.now)
    office.books.put(replace(office.life(code), state=DossierState.ACCEPTED))
    other = office.take(land())
    life = office.life(other)
    office.books.put(replace(life, slips=(replace(life.slips[0], outcome="unknown"),)))
    with pytest.raises(ImpossibleEventError, match="without a slip"):
        WorkBegun(other, office.by).fold(office.books, office.now)
