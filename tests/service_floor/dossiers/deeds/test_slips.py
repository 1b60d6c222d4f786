"""Slips: printed with proof, seen by a phone, or signed for; nothing leaves reception without one."""

from dataclasses import replace

import pytest

from service_floor.dossiers.deeds.progress import BeginWork, RecordResult, StopWork, WithdrawDossier
from service_floor.dossiers.deeds.slips import (
    AppointmentSlipReported,
    NoteSlipSeen,
    ReceptionSigned,
    ReportAppointmentSlip,
    SignReception,
    SlipRefusal,
    SlipStanding,
    slip_standing,
)
from service_floor.dossiers.deeds.supplements import BringSupplement, RequestSupplement
from service_floor.dossiers.deeds.taking import TakeDossier
from service_floor.dossiers.deeds.undoing import UndoDeed
from service_floor.dossiers.life.records import SlipOutcome
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.states import DossierState
from service_floor.queue.actors import Role
from service_floor.queue.floor import ImpossibleEventError
from tests.service_floor.dossiers.conftest import Office, land


def taken(office: Office) -> str:
    return str(office.do(TakeDossier(land(), "v")).dossier)


@pytest.mark.parametrize("proof", ["failed", "unknown"])
def test_nothing_leaves_reception_before_a_slip_is_proven(office, proof):
    code = taken(office)
    office.do(ReportAppointmentSlip(code, 1, proof))
    deeds = [
        BeginWork(code, 1),
        RecordResult(code, 1, "12/GCN"),
        StopWork(code, 1, "no"),
        WithdrawDossier(code, 1),
        RequestSupplement(code, 1, ("deed",), "missing"),
    ]
    for deed in deeds:
        without = DossierRefusal.NO_SLIP, {"dossier": code}
        assert office.refused(deed) == without
    assert list(office.books.without_slip()) == [code]
    office.do(ReportAppointmentSlip(code, 1, "printed"))
    assert list(office.books.without_slip()) == []
    office.do(BeginWork(code, 1))
    assert office.life(code).state is DossierState.IN_PROGRESS


def test_a_phone_that_opened_the_code_proves_the_slip(office):
    code = taken(office)
    office.do(ReportAppointmentSlip(code, 1, "unknown"))
    office.as_(Role.HUB, "").do(NoteSlipSeen(code, 1))
    assert office.life(code).slip.outcome is SlipOutcome.SEEN
    assert office.do(NoteSlipSeen(code, 1)) == ()
    assert office.desk().do(ReportAppointmentSlip(code, 1, "failed")) == ()
    assert office.do(BeginWork(code, 1)).dossier == code


def test_a_report_that_brings_nothing_new_is_no_event(office):
    code = taken(office)
    office.do(ReportAppointmentSlip(code, 1, "failed"))
    assert office.do(ReportAppointmentSlip(code, 1, "failed")) == ()


def test_the_citizen_may_sign_instead(office):
    code = taken(office)
    office.do(SignReception(code, 1))
    assert office.life(code).slip.outcome is SlipOutcome.SIGNED
    given = SlipRefusal.SLIP_GIVEN, {"dossier": code, "slip": 1}
    assert office.refused(SignReception(code, 2)) == given
    # Signing is not a deed that hides the taking from being undone.
    assert office.do(UndoDeed(code, 2)).deed == "dossier_taken"


def test_a_supplement_may_be_signed_for_too(office):
    code = office.take()
    office.do(BeginWork(code, 1))
    office.do(RequestSupplement(code, 2, ("deed",), "missing"))
    office.do(BringSupplement(code, 3, ("deed",)))
    office.do(ReportAppointmentSlip(code, 2, "unknown"))
    office.do(SignReception(code, 4))
    assert (office.life(code).owes_slip, office.life(code).state) == (
        False,
        DossierState.IN_PROGRESS,
    )


def test_words_about_slips_that_are_not_in_force(office):
    code = taken(office)
    none = SlipRefusal.NO_SUCH_SLIP, {"dossier": code, "slip": 2}
    assert office.refused(ReportAppointmentSlip(code, 2, "printed")) == none
    unknown = DossierRefusal.UNKNOWN_DOSSIER, {"dossier": "x"}
    assert office.refused(ReportAppointmentSlip("x", 1, "printed")) == unknown
    assert office.refused(SignReception("x", 1)) == unknown
    office.printed(code)
    office.do(RequestSupplement(code, 1, ("deed",), "missing"))
    office.do(BringSupplement(code, 2, ("deed",)))
    void = SlipRefusal.SLIP_VOID, {"dossier": code, "slip": 1}
    assert office.as_(Role.HUB, "").refused(NoteSlipSeen(code, 1)) == void


def test_a_scan_of_a_slip_shows_whether_it_holds(office):
    code = office.take()
    office.do(RequestSupplement(code, 1, ("deed",), "missing"))
    office.do(BringSupplement(code, 2, ("deed",)))
    life = office.life(code)
    assert [slip_standing(life, number) for number in (1, 2, 3)] == [
        SlipStanding.REPLACED,
        SlipStanding.IN_FORCE,
        SlipStanding.UNKNOWN,
    ]
    other = taken(office)
    office.do(UndoDeed(other, 1))
    assert slip_standing(office.life(other), 1) is SlipStanding.TAKEN_BACK
    assert office.life(other).slip is None


def test_impossible_slips(office):
    code = taken(office)
    with pytest.raises(ImpossibleEventError, match="slip 7"):
        AppointmentSlipReported(code, 7, SlipOutcome.PRINTED, "d").fold(office.books, office.now)
    with pytest.raises(ImpossibleEventError, match="in force"):
        ReceptionSigned(code, 7, office.by).fold(office.books, office.now)
    life = office.life(code)
    office.books.put(replace(life, slips=()))
    with pytest.raises(ImpossibleEventError, match="in force"):
        ReceptionSigned(code, 1, office.by).fold(office.books, office.now)
    none = SlipRefusal.SLIP_GIVEN, {"dossier": code, "slip": 0}
    assert office.refused(SignReception(code, 1)) == none
