"""Late dossiers: the apology is owed from the minute on, with the agency's reason, and one new date."""

from dataclasses import replace
from datetime import datetime

import pytest

from service_floor.dossiers.deeds.lateness import (
    Apologise,
    ApologyGiven,
    ExplainDelay,
    LatenessRefusal,
)
from service_floor.dossiers.deeds.progress import BeginWork, RecordResult, StopWork
from service_floor.dossiers.deeds.supplements import RequestSupplement
from service_floor.dossiers.deeds.undoing import UndoDeed
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.queue.actors import Role
from service_floor.queue.floor import ImpossibleEventError
from service_floor.zone import ZONE
from tests.service_floor.dossiers.conftest import Office, birth


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


DUE = "2026-11-18T17:00"
NEXT = moment("2026-11-20T17:00")


def late(office: Office, at: str = "2026-11-18T17:00:01") -> str:
    code = office.take(birth())
    office.do(BeginWork(code, 1))
    office.at(at)
    return code


def explained(office: Office, code: str) -> None:
    role, by = office.role, office.by
    seen = office.seen(code)
    office.as_(Role.AGENCY_CLERK, "tu", "tp").do(ExplainDelay(code, seen, "archive is flooded"))
    office.role, office.by = role, by


def test_the_apology_is_owed_from_the_moment_on(office):
    code = late(office, DUE)
    assert not office.life(code).owes_apology(office.now)
    office.later(seconds=1)
    assert office.life(code).owes_apology(office.now)
    needed = LatenessRefusal.DELAY_REASON_NEEDED, {"dossier": code, "agency": "tp"}
    assert office.refused(Apologise(code, 2, NEXT)) == needed
    explained(office, code)
    office.do(Apologise(code, 3, NEXT))
    life = office.life(code)
    assert (life.appointment.original, life.appointment.due) == (moment(DUE), NEXT)
    assert not life.owes_apology(office.now)
    given = LatenessRefusal.NEW_DATE_GIVEN, {"dossier": code}
    assert office.refused(Apologise(code, 4, moment("2026-11-25T17:00"))) == given
    assert office.refused(Apologise(code, 4)) == (LatenessRefusal.NOT_LATE, {"dossier": code})


def test_late_again_it_apologises_again_without_a_date(office):
    code = late(office)
    explained(office, code)
    office.do(Apologise(code, 3, NEXT))
    office.at("2026-11-23T08:00")
    assert office.life(code).owes_apology(office.now)
    office.do(Apologise(code, 4))
    assert not office.life(code).owes_apology(office.now)
    assert office.life(code).overdue_at(office.now)
    again = LatenessRefusal.APOLOGY_GIVEN, {"dossier": code}
    assert office.refused(Apologise(code, 5)) == again


@pytest.mark.parametrize(
    ("due", "code", "day"),
    [
        ("2026-11-18T17:00", LatenessRefusal.NEW_DATE_EARLY, "2026-11-18"),
        ("2026-11-24T09:00", LatenessRefusal.NEW_DATE_OFF, "2026-11-24"),
        ("2026-11-22T09:00", LatenessRefusal.NEW_DATE_OFF, "2026-11-22"),
    ],
)
def test_the_new_date_is_a_later_working_day(office, due, code, day):
    dossier = late(office)
    explained(office, dossier)
    assert office.refused(Apologise(dossier, 3, moment(due))) == (code, {"day": day})
    none = LatenessRefusal.NEW_DATE_NEEDED, {"dossier": dossier}
    assert office.refused(Apologise(dossier, 3)) == none


def test_more_time_may_be_asked_for_in_advance(office):
    code = late(office, "2026-11-18T11:00")
    explained(office, code)
    early = LatenessRefusal.NEW_DATE_EARLY, {"day": "2026-11-18"}
    assert office.refused(Apologise(code, 3, moment("2026-11-18T16:00"))) == early
    office.do(Apologise(code, 3, NEXT))
    office.at("2026-11-19T08:00")
    assert not office.life(code).overdue_at(office.now)


def test_a_late_result_owes_its_apology_too(office):
    code = late(office)
    office.do(RecordResult(code, 2, "KQ.1"))
    assert office.life(code).owes_apology(office.now)
    explained(office, code)
    given = LatenessRefusal.NEW_DATE_GIVEN, {"dossier": code}
    assert office.refused(Apologise(code, 4, NEXT)) == given
    office.do(Apologise(code, 4))
    assert not office.life(code).owes_apology(office.now)


def test_a_result_in_time_owes_none(office):
    code = late(office, "2026-11-18T11:00")
    office.do(RecordResult(code, 2, "KQ.1"))
    office.at("2026-12-18T11:00")
    assert not office.life(code).owes_apology(office.now)
    not_late = LatenessRefusal.NOT_LATE, {"dossier": code}
    assert office.refused(Apologise(code, 3)) == not_late


def test_a_late_dossier_that_is_stopped_owes_its_apology_and_gets_it(office):
    code = late(office)
    office.do(StopWork(code, 2, "not entitled"))
    assert office.life(code).owes_apology(office.now)
    explained(office, code)
    office.do(Apologise(code, 4))
    assert not office.life(code).owes_apology(office.now)


def test_while_the_citizen_is_asked_only_a_date_that_passed_before_is_replaced(office):
    code = late(office, "2026-11-18T11:00")
    office.do(RequestSupplement(code, 2, ("form",), "missing"))
    explained(office, code)
    given = LatenessRefusal.NEW_DATE_GIVEN, {"dossier": code}
    assert office.refused(Apologise(code, 4, NEXT)) == given
    other = office.take(birth())
    office.at("2026-11-19T17:30")
    office.do(RequestSupplement(other, 1, ("form",), "missing"))
    explained(office, other)
    office.do(Apologise(other, 3, NEXT))
    assert office.life(other).appointment.stopped_at == office.now


def test_reasons_are_stated(office):
    code = late(office)
    assert office.refused(ExplainDelay(code, 2, "")) == (DossierRefusal.REASON_NEEDED, {})
    unknown = DossierRefusal.UNKNOWN_DOSSIER, {"dossier": "x"}
    assert office.refused(ExplainDelay("x", 2, "y")) == unknown
    assert office.refused(Apologise("x", 2)) == unknown


def test_a_dossier_without_a_date_is_not_late(office):
    code = late(office)
    life = office.life(code)
    office.books.put(replace(life, appointment=None))
    assert not office.life(code).overdue_at(office.now)
    assert office.refused(Apologise(code, 2)) == (LatenessRefusal.NOT_LATE, {"dossier": code})
    with pytest.raises(ImpossibleEventError, match="no date"):
        ApologyGiven(code, None, office.by).fold(office.books, office.now)


def test_an_apology_that_is_undone_gives_its_date_back(office):
    code = late(office)
    explained(office, code)
    office.do(Apologise(code, 3, NEXT))
    office.do(UndoDeed(code, 4))
    assert office.life(code).appointment.due == moment(DUE)
    office.do(Apologise(code, 5, NEXT))
