"""The watch list: every reason with its one next action."""

from dataclasses import replace

import pytest

from service_floor.dossiers.deeds.acceptance import RegisterDossier
from service_floor.dossiers.deeds.lateness import ExplainDelay
from service_floor.dossiers.deeds.progress import BeginWork, HandOver, RecordResult
from service_floor.dossiers.deeds.supplements import RequestSupplement
from service_floor.dossiers.deeds.taking import TakeDossier
from service_floor.dossiers.deeds.undoing import UndoDeed
from service_floor.dossiers.fees.charging import RequestPayment
from service_floor.dossiers.watch import NextAction, WatchList, WatchReason
from service_floor.queue.actors import Role
from tests.service_floor.dossiers.conftest import AN, Office, birth, land


def watched(office: Office) -> set[tuple[WatchReason, NextAction]]:
    plan = office.plan
    watch = WatchList(plan.calendar, office.now, plan.due_soon_days)
    return {(each.reason, each.action) for each in watch.entries(office.books.lives())}


def reasons(office: Office) -> set[str]:
    return {reason.value for reason, _ in watched(office)}


def test_what_was_taken_owes_its_slip(office):
    code = str(office.do(TakeDossier(land())).dossier)
    assert watched(office) == {(WatchReason.WITHOUT_SLIP, NextAction.GIVE_SLIP)}
    office.do(UndoDeed(code, 1))
    assert watched(office) == set()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-30T09:00", set()),
        ("2026-12-01T07:00", {"due_soon"}),
        ("2026-12-02T23:00", {"due_soon"}),
        ("2026-12-03T00:00", {"due_today"}),
        ("2026-12-03T09:00", {"due_today"}),
        ("2026-12-03T09:01", {"apology_due", "overdue"}),
    ],
)
def test_the_date_comes_nearer(office, now, expected):
    office.take()
    assert reasons(office.at(now)) == expected


def test_an_apology_waits_for_the_reason_of_the_agency(office):
    code = office.take(birth())
    office.at("2026-11-19T08:00")
    assert (WatchReason.APOLOGY_DUE, NextAction.EXPLAIN_DELAY) in watched(office)
    office.do(ExplainDelay(code, 1, "archive is flooded"))
    assert (WatchReason.APOLOGY_DUE, NextAction.APOLOGISE) in watched(office)
    office.do(RecordResult(code, 2, "KQ.1"))
    assert reasons(office) == {"apology_due", "to_hand_over"}
    office.do(HandOver(code, 3, AN, "signed"))
    assert reasons(office) == {"apology_due"}


def test_who_waits_for_whom(office):
    office.do(RequestSupplement(office.take(), 1, ("deed",), "missing"))
    code = office.take(land("give"))
    office.do(BeginWork(code, 1))
    office.do(RequestPayment(code, 2))
    office.as_(Role.HUB, "").do(RegisterDossier(birth()))
    office.at("2026-12-24T09:00")
    assert watched(office) == {
        (WatchReason.WAITING_FOR_SUPPLEMENT, NextAction.WAIT),
        (WatchReason.WAITING_FOR_PAYMENT, NextAction.WAIT),
        (WatchReason.TO_ACCEPT, NextAction.ACCEPT),
    }


def test_a_date_that_has_passed_within_the_day_is_overdue_not_due(office):
    code = office.take(birth())
    life = office.life(code)
    office.books.put(replace(life, appointment=replace(life.appointment, due=office.now)))
    office.later(minutes=1)
    assert reasons(office) == {"apology_due", "overdue"}
