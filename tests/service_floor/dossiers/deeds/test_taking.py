"""Taking at the desk, and handing in what a desk took without the hub."""

from dataclasses import replace
from datetime import datetime

import pytest

from service_floor.calendar import LimitUnit, WorkCalendar
from service_floor.dossiers.deadlines.appointment import appoint, promised
from service_floor.dossiers.deeds.content import TakingRefusal
from service_floor.dossiers.deeds.taking import DossierTaken, HandInDossier, TakeDossier
from service_floor.dossiers.deeds.visits import EndVisit
from service_floor.dossiers.life.records import (
    AppointmentSlip,
    FeeState,
    Outcome,
    PaperKind,
    SlipOutcome,
    Terms,
    TickedPaper,
)
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.states import DossierState
from service_floor.dossiers.model import DossierStatus
from service_floor.dossiers.numbering.series import CodeRefusal, DeskCodes
from service_floor.dossiers.numbering.set_aside import SetCodesAside
from service_floor.queue.actors import Role
from service_floor.queue.floor import ImpossibleEventError
from service_floor.zone import ZONE
from tests.service_floor.dossiers.conftest import (
    AN,
    LAND,
    OPEN_ENDED,
    PLAN,
    Office,
    birth,
    land,
    ticked,
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_a_complete_dossier_gets_a_code_a_date_and_owes_a_slip(office):
    taken = office.do(TakeDossier(land(), "v1"))
    assert taken.dossier == "H56.20-261118-0101"
    life = office.life(taken.dossier)
    assert (life.state, life.state.status) == (DossierState.ACCEPTED, DossierStatus.ACCEPTED)
    assert life.terms == Terms("2025", "QĐ 1")
    # Ten working days, over the holiday of 24 November.
    assert life.appointment.original == life.appointment.due == moment("2026-12-03T09:00")
    assert life.slips == (AppointmentSlip(1, life.appointment.due, SlipOutcome.OWED),)
    assert [(fee.name, fee.amount, fee.state) for fee in life.fees] == [
        ("Lệ phí", 100_000, FeeState.DUE)
    ]
    assert office.do(TakeDossier(birth(), "v1")).dossier == "H56.14-261118-0001"
    assert office.do(TakeDossier(birth())).dossier == "H56.14-261118-0002"
    ended = office.do(EndVisit("v1"))
    assert ended.outcomes == (Outcome.TAKEN,)
    over = DossierRefusal.VISIT_ENDED, {"visit": "v1"}
    assert office.refused(TakeDossier(land(), "v1")) == over


def test_the_case_decides_papers_limit_and_fees(office):
    life = office.life(office.take(land("give")))
    assert life.appointment.unit is LimitUnit.DAYS
    assert life.appointment.due == moment("2026-12-03T09:00")
    assert life.fees_due == 150_000


def test_same_day_results_end_with_the_day_or_the_next_one(office):
    assert office.life(office.take(birth())).appointment.due == moment("2026-11-18T17:00")
    office.at("2026-11-18T15:00")
    assert office.life(office.take(birth())).appointment.due == moment("2026-11-19T17:00")


@pytest.mark.parametrize(
    ("content", "code", "data"),
    [
        (land(papers=ticked("form")), TakingRefusal.PAPERS_NOT_TICKED, {"count": 1}),
        (land(papers=()), TakingRefusal.PAPERS_NOT_TICKED, {"count": 2}),
        (
            land(papers=ticked("form", "form", "deed")),
            TakingRefusal.PAPER_TWICE,
            {"paper": "form"},
        ),
        (
            replace(land(), case="lease"),
            TakingRefusal.UNKNOWN_CASE,
            {"procedure": LAND, "case": "lease"},
        ),
        (
            replace(birth(), case="sell"),
            TakingRefusal.UNKNOWN_CASE,
            {"procedure": "1.001193", "case": "sell"},
        ),
        (land(copies=0), TakingRefusal.NO_COPIES, {"limit": 999}),
        (land(copies=1_000), TakingRefusal.NO_COPIES, {"limit": 999}),
        (
            replace(land(), procedure="9.999999"),
            TakingRefusal.UNKNOWN_PROCEDURE,
            {"procedure": "9.999999"},
        ),
        (
            land(version="QĐ 0"),
            TakingRefusal.PROCEDURE_CHANGED,
            {"procedure": LAND, "version": "QĐ 1"},
        ),
        (land(promised=moment("2026-11-30T09:00")), TakingRefusal.DATE_IS_SET, {}),
    ],
)
def test_what_is_not_taken(office, content, code, data):
    assert office.refused(TakeDossier(content)) == (code, data)
    assert not office.books.records


def test_a_paper_that_is_not_needed_is_ticked_too(office):
    papers = (*ticked("form"), TickedPaper("deed", PaperKind.NOT_NEEDED, 0))
    assert office.life(office.take(land(papers=papers))).papers == papers


def test_a_procedure_that_changed_this_morning(office):
    old = office.take()
    office.at("2026-11-25T08:00")
    changed = TakingRefusal.PROCEDURE_CHANGED, {"procedure": LAND, "version": "QĐ 2"}
    assert office.refused(TakeDossier(land())) == changed
    new = office.take(land(version="QĐ 2"))
    assert office.life(new).appointment.due == moment("2026-12-02T08:00")
    assert office.life(old).terms.version == "QĐ 1"
    suffix = replace(land(version="QĐ 2"), procedure=f"{LAND}.000.00.00.H56")
    assert office.life(office.take(suffix)).procedure == f"{LAND}.000.00.00.H56"


def test_without_a_limit_a_person_gives_the_date(office):
    content = replace(birth(), procedure=OPEN_ENDED, papers=())
    assert office.refused(TakeDossier(content)) == (TakingRefusal.DATE_NEEDED, {})
    past = replace(content, promised=office.now)
    assert office.refused(TakeDossier(past)) == (TakingRefusal.DATE_PAST, {})
    due = moment("2026-11-30T09:00")
    life = office.life(office.take(replace(content, promised=due)))
    assert life.appointment == promised(due)


def test_the_desk_takes_only_with_an_officer(office):
    kiosk = office.as_(Role.KIOSK).refused(TakeDossier(land()))
    assert kiosk == (DossierRefusal.NOT_ALLOWED, {"kind": "take_dossier"})
    assert office.desk("").refused(TakeDossier(land())) == (DossierRefusal.NO_OFFICER, {})


def test_an_agency_without_codes_takes_nothing():
    office = Office(replace(PLAN, agencies={}))
    unknown = CodeRefusal.UNKNOWN_AGENCY, {"agency": "tnmt"}
    assert office.refused(TakeDossier(land())) == unknown


def offline(office: Office) -> tuple[HandInDossier, DeskCodes]:
    """What a desk took at nine without the hub, from a range of today."""
    aside = office.do(SetCodesAside("tnmt", 3))
    codes = DeskCodes(aside.range, aside.prefix, aside.day, aside.numbers)
    code, codes = codes.take(aside.day)
    limit = PLAN.procedures[LAND][0].limits[0]
    date = appoint(WorkCalendar(), limit, office.now)
    taken = HandInDossier(land(), code, aside.range, office.now, date, "v9")
    return taken, codes


def test_a_desk_without_the_hub_hands_in_once(office):
    taken, _ = offline(office)
    online = office.take()
    assert (taken.dossier, online) == ("H56.20-261118-0101", "H56.20-261118-0104")
    office.later(hours=3)
    event = office.do(taken)
    life = office.life(taken.dossier)
    assert (event.accepted_at, life.appointment) == (taken.taken_at, taken.appointment)
    assert life.owes_slip
    again = TakingRefusal.HANDED_IN_ALREADY, {"dossier": taken.dossier}
    assert office.refused(taken) == again


def test_the_date_on_paper_stands(office):
    taken, _ = offline(office)
    printed = promised(moment("2026-12-09T09:00"))
    office.do(replace(taken, appointment=printed))
    assert office.life(taken.dossier).appointment == printed


@pytest.mark.parametrize(
    "changes",
    [
        {"range": "none"},
        {"dossier": "H56.20-261118-0104"},
        {"dossier": "H56.14-261118-0101"},
        {"dossier": "H56.20-261117-0101"},
        {"dossier": "h56.20-261118-0101"},
        {"dossier": "nonsense"},
    ],
)
def test_a_code_that_was_not_set_aside_is_not_handed_in(office, changes):
    taken = replace(offline(office)[0], **changes)
    refused = CodeRefusal.CODE_NOT_SET_ASIDE, {"dossier": taken.dossier}
    assert office.refused(taken) == refused


def test_only_the_desk_of_the_range_and_its_day(office):
    taken, _ = offline(office)
    foreign = CodeRefusal.CODE_NOT_SET_ASIDE, {"dossier": taken.dossier}
    assert office.desk(device="counter-2").refused(taken) == foreign
    office.desk().later(days=1)
    late = replace(taken, taken_at=office.now)
    assert office.refused(late) == (CodeRefusal.CODES_OF_OTHER_DAY, {"day": "2026-11-18"})
    # The clock of the desk runs ahead: what it took counts from the moment at which it arrives.
    office.at("2026-11-18T10:00")
    ahead = replace(taken, taken_at=moment("2026-11-20T09:00"))
    assert office.do(ahead).accepted_at == office.now


def test_what_is_handed_in_is_held_against_the_version_of_the_desk(office):
    taken, _ = offline(office)
    office.at("2026-11-25T08:00")
    unknown = replace(taken, content=land(version="QĐ 9"))
    data = {"procedure": LAND}
    assert office.refused(unknown) == (TakingRefusal.UNKNOWN_PROCEDURE, data)
    other_agency = replace(taken, content=birth())
    data = {"procedure": "1.001193"}
    assert office.refused(other_agency) == (TakingRefusal.UNKNOWN_PROCEDURE, data)
    case = replace(taken, content=replace(land(), case="lease"))
    assert office.refused(case)[0] is TakingRefusal.UNKNOWN_CASE
    unticked = replace(taken, content=land(papers=()))
    assert office.refused(unticked)[0] is TakingRefusal.PAPERS_NOT_TICKED
    assert office.do(taken).entry.terms.version == "QĐ 1"


@pytest.mark.parametrize("due", ["2026-11-17T09:00", "2026-11-18T09:00"])
def test_a_date_in_the_past_is_not_handed_in(office, due):
    taken, _ = offline(office)
    past = replace(taken, appointment=promised(moment(due)))
    assert office.refused(past) == (TakingRefusal.DATE_PAST, {})
    stopped = replace(taken, appointment=taken.appointment.stopped(office.now))
    assert office.refused(stopped) == (TakingRefusal.DATE_PAST, {})


def test_a_code_never_has_two_dossiers(office):
    taken = office.do(TakeDossier(land()))
    with pytest.raises(ImpossibleEventError, match="free"):
        taken.fold(office.books, office.now)
    for code in ("nonsense", "H56.20-261118-101"):
        with pytest.raises(ImpossibleEventError, match="free"):
            replace(taken, dossier=code).fold(office.books, office.now)
    with pytest.raises(ImpossibleEventError, match="twice"):
        replace(taken, dossier="H56.20-261118-0099").fold(office.books, office.now)
    with pytest.raises(ImpossibleEventError, match="range"):
        replace(taken, dossier="H56.20-261118-0105", range="r").fold(office.books, office.now)
    assert isinstance(taken, DossierTaken)
    assert office.life(taken.dossier).applicant == AN
