"""Appointments by limit, case and channel; the clock that stands; the new date."""

from datetime import datetime, time

import pytest

from service_floor.calendar import LimitUnit, WorkCalendar
from service_floor.dossiers.deadlines.appointment import (
    Appointment,
    TimeLimit,
    appoint,
    limit_for,
    promised,
    resume,
)
from service_floor.dossiers.model import ReceptionChannel
from service_floor.zone import ZONE

CALENDAR = WorkCalendar()
WORKING, DAYS, HOURS, MONTHS = (
    LimitUnit.WORKING_DAYS,
    LimitUnit.DAYS,
    LimitUnit.HOURS,
    LimitUnit.MONTHS,
)
ONLINE, IN_PERSON = ReceptionChannel.ONLINE, ReceptionChannel.IN_PERSON


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


PLAIN = TimeLimit(20, WORKING)
BY_NET = TimeLimit(10, WORKING, channel=ONLINE)
HOUSE = TimeLimit(15, WORKING, case="house")
HOUSE_BY_NET = TimeLimit(12, WORKING, case="house", channel=ONLINE)


@pytest.mark.parametrize(
    ("limits", "case", "channel", "expected"),
    [
        ((PLAIN, BY_NET, HOUSE), "", IN_PERSON, PLAIN),
        ((PLAIN, BY_NET, HOUSE), "", ONLINE, BY_NET),
        ((PLAIN, BY_NET, HOUSE), "house", IN_PERSON, HOUSE),
        ((PLAIN, BY_NET, HOUSE), "house", ONLINE, HOUSE),
        ((PLAIN, HOUSE, HOUSE_BY_NET), "house", ONLINE, HOUSE_BY_NET),
        ((HOUSE, BY_NET), "", IN_PERSON, None),
        ((), "", IN_PERSON, None),
    ],
)
def test_the_limit_that_fits_best(limits, case, channel, expected):
    assert limit_for(limits, case, channel) == expected


@pytest.mark.parametrize(
    ("limit", "received", "due"),
    [
        (TimeLimit(3, WORKING), "2026-02-13T09:10", "2026-02-25T09:10"),
        (TimeLimit(15, DAYS), "2026-08-17T09:10", "2026-09-03T09:10"),
        (TimeLimit(4, HOURS), "2026-11-18T16:00", "2026-11-19T10:00"),
        (TimeLimit(1, MONTHS), "2026-10-22T09:00", "2026-11-23T09:00"),
        (TimeLimit(same_day=True), "2026-11-18T14:59", "2026-11-18T17:00"),
        (TimeLimit(same_day=True), "2026-11-18T15:00", "2026-11-19T17:00"),
        (TimeLimit(5, WORKING, same_day=True), "2026-11-20T19:00", "2026-11-23T17:00"),
    ],
)
def test_the_first_date(limit, received, due):
    date = appoint(CALENDAR, limit, at(received))
    assert (date.original, date.due, date.is_moved) == (at(due), at(due), False)


def test_the_cut_off_is_a_setting():
    early = appoint(CALENDAR, TimeLimit(same_day=True), at("2026-11-18T14:00"), time(14))
    assert early.due == at("2026-11-19T17:00")


@pytest.mark.parametrize("limit", [TimeLimit(), TimeLimit(5), TimeLimit(None, WORKING)])
def test_a_limit_without_amount_or_unit_gives_no_date(limit):
    assert appoint(CALENDAR, limit, at("2026-11-18T09:00")) is None


@pytest.mark.parametrize(
    ("limit", "stopped", "resumed", "due"),
    [
        # Seven working days were left.
        (TimeLimit(10, WORKING), "2026-11-20T09:00", "2026-12-10T09:00", "2026-12-21T09:00"),
        # Stopped and resumed at once, also at night: nothing changes.
        (TimeLimit(10, WORKING), "2026-11-19T22:00", "2026-11-19T23:00", "2026-12-02T09:00"),
        (TimeLimit(10, WORKING), "2026-11-20T09:00", "2026-11-20T09:00", "2026-12-02T09:00"),
        (TimeLimit(15, DAYS), "2026-11-20T09:00", "2026-11-20T16:00", "2026-12-03T09:00"),
        # Five calendar days stood still, not the working days in them.
        (TimeLimit(15, DAYS), "2026-11-20T09:00", "2026-11-25T16:00", "2026-12-08T09:00"),
        # Stopped in the days to which the end of the limit was moved: the working time that was left.
        (TimeLimit(4, DAYS), "2026-11-23T08:00", "2026-12-01T10:00", "2026-12-01T11:00"),
        (TimeLimit(1, MONTHS), "2026-11-20T09:00", "2026-11-21T10:00", "2026-12-21T09:00"),
        (TimeLimit(8, HOURS), "2026-11-18T10:00", "2026-11-20T10:00", "2026-11-23T09:00"),
        (TimeLimit(same_day=True), "2026-11-18T10:00", "2026-11-19T08:00", "2026-11-19T15:00"),
        # An hour of a clock that went back counts for nothing.
        (TimeLimit(10, WORKING), "2026-11-20T09:00", "2026-11-20T08:00", "2026-12-02T09:00"),
    ],
)
def test_what_was_left_runs_on(limit, stopped, resumed, due):
    date = appoint(CALENDAR, limit, at("2026-11-18T09:00"))
    if limit == TimeLimit(10, WORKING):
        date = appoint(CALENDAR, limit, at("2026-11-17T09:00"))
    after = resume(CALENDAR, date.stopped(at(stopped)), at(resumed))
    assert (after.due, after.stopped_at) == (at(due), None)
    assert after.original == date.due


def test_what_was_overdue_when_it_stopped_stays_overdue():
    date = appoint(CALENDAR, TimeLimit(1, WORKING), at("2026-11-18T09:00"))
    after = resume(CALENDAR, date.stopped(at("2026-11-19T09:01")), at("2026-12-18T09:00"))
    assert after == date
    assert after.overdue_at(at("2026-12-18T09:00"))


def test_a_clock_that_stands_is_read_where_it_stopped():
    date = promised(at("2026-11-20T09:00"))
    assert not date.stopped(at("2026-11-20T09:00")).overdue_at(at("2026-12-01T09:00"))
    assert date.stopped(at("2026-11-20T09:01")).overdue_at(at("2026-12-01T09:00"))
    assert date.overdue_at(at("2026-12-01T09:00"))
    with pytest.raises(ValueError, match="runs"):
        resume(CALENDAR, date, at("2026-12-01T09:00"))


def test_a_promised_date_stands_still_in_working_time():
    date = promised(at("2026-11-20T09:00")).stopped(at("2026-11-19T09:00"))
    assert resume(CALENDAR, date, at("2026-11-23T09:00")).due == at("2026-11-25T09:00")


def test_a_new_date_while_the_clock_stands_counts_from_its_promise():
    stopped = promised(at("2026-11-20T09:00")).stopped(at("2026-11-23T09:00"))
    moved = stopped.moved(at("2026-11-30T09:00"), at("2026-11-27T09:00"))
    assert resume(CALENDAR, moved, at("2026-11-27T09:00")).due == at("2026-11-30T09:00")
    assert resume(CALENDAR, moved, at("2026-11-30T09:00")).due == at("2026-12-01T09:00")


def test_both_dates_are_kept():
    date = promised(at("2026-11-20T09:00")).moved(at("2026-11-27T09:00"), at("2026-11-20T10:00"))
    assert date == Appointment(
        at("2026-11-20T09:00"), at("2026-11-27T09:00"), at("2026-11-27T09:00"), LimitUnit.UNKNOWN
    )
    assert date.is_moved
