"""Calls one by one: packed and found again, whatever was typed."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.database.storage import database_in
from hub.reports import report_cache
from hub.reports.calls import (
    CallFilter,
    CallQuery,
    ListedCall,
    listed_calls,
    pack,
    page_of_calls,
    unpack,
)
from hub.reports.day_report import report_of
from hub.reports.report_cache import ReportCache
from service_floor.queue.audit.fairness import Cause
from service_floor.queue.audit.fairness_totals import ClaimStanding
from service_floor.zone import ZONE

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
AT = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
CALL = ListedCall(
    AT, "c1", "o1", "A001", "land", None, None, Cause.IN_ORDER, "", None, None, 60, False
)
CLAIMED = replace(CALL, priority="elderly", claim=ClaimStanding.UNCONFIRMED, cause=Cause.PRIORITY)


@given(st.lists(st.builds(ListedCall, at=st.just(AT), waited_seconds=st.integers(0, 90_000))))
def test_what_is_packed_comes_out_again(calls) -> None:
    assert list(unpack(pack(calls))) == calls


def test_the_calls_of_a_day_are_those_that_were_judged(engine, plan) -> None:
    calls = list(listed_calls(report_of(engine, plan, FRIDAY)))
    assert [call.cause for call in calls] == [Cause.PRIORITY, Cause.OUT_OF_ORDER, Cause.IN_ORDER]
    assert [call.number for call in calls] == ["A00003", "A00002", "A00001"]
    assert calls[0].claim is ClaimStanding.UNCONFIRMED
    assert (calls[1].reason, calls[1].turn) == ("wheelchair", "A00001")


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        (CallQuery(), [1, 2, 3, 4]),
        (CallQuery(CallFilter.DIFFERENCES), [2, 3, 4]),
        (CallQuery(CallFilter.OUT_OF_ORDER), [3]),
        (CallQuery(CallFilter.UNEXPLAINED), [4]),
        (CallQuery(CallFilter.UNCONFIRMED), [2]),
        (CallQuery(counter="c2"), [3]),
        (CallQuery(CallFilter.DIFFERENCES, counter="c1", officer="o2"), [4]),
        (CallQuery(officer="nobody"), []),
    ],
)
def test_wanted_calls_are_picked(wanted, taken) -> None:
    calls = [
        CALL,
        CLAIMED,
        replace(CALL, cause=Cause.OUT_OF_ORDER, reason="x", counter="c2"),
        replace(CALL, cause=Cause.UNEXPLAINED, officer="o2"),
    ]
    picked = page_of_calls(pack(calls), wanted, 0, 10)
    assert list(picked.calls) == [calls[n - 1] for n in taken]
    assert picked.count == len(taken)


def test_a_claim_that_moved_nobody_is_not_among_the_unconfirmed() -> None:
    assert not CallQuery(CallFilter.UNCONFIRMED).matches(replace(CLAIMED, cause=Cause.IN_ORDER))
    confirmed = replace(CLAIMED, claim=ClaimStanding.CONFIRMED)
    assert not CallQuery(CallFilter.UNCONFIRMED).matches(confirmed)


@pytest.mark.parametrize(
    ("first", "numbers"), [(0, ["0", "1"]), (2, ["2", "3"]), (4, ["4"]), (6, [])]
)
def test_a_page_is_a_stretch_and_knows_the_whole(first, numbers) -> None:
    packed = pack(replace(CALL, number=str(n)) for n in range(5))
    picked = page_of_calls(packed, CallQuery(), first, 2)
    assert ([call.number for call in picked.calls], picked.count) == (numbers, 5)


@pytest.mark.floor
async def test_a_process_makes_the_calls_and_few_days_of_them_are_kept(
    friday, plan, monkeypatch
) -> None:
    monkeypatch.setattr(report_cache, "MOST_WITH_CALLS", 1)
    kept = ReportCache(database_in(friday), plan)
    assert (await kept.report(FRIDAY)).calls is None
    with_calls = await kept.report(FRIDAY, calls=True)
    assert [call.number for call in unpack(with_calls.calls)] == ["A00003", "A00002", "A00001"]
    assert await kept.report(FRIDAY) is with_calls
    assert list(unpack((await kept.report(SATURDAY, calls=True)).calls)) == []
    assert (await kept.report(FRIDAY)).calls is None
    assert await kept.report(date(2020, 1, 1), calls=True) is None
