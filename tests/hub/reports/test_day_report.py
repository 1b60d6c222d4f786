from datetime import date, timedelta

import pytest
from sqlalchemy import text

from hub.errors import HubError, HubProblem
from hub.journal.chain import Flaw
from hub.journal.codec import row_hash
from hub.reports import day_report
from hub.reports.day_report import report_of, short_forms
from service_floor.queue.audit.fairness import Cause
from service_floor.queue.audit.fairness_totals import ClaimStanding

FRIDAY = date(2026, 11, 20)


def test_a_day_is_judged_out_of_the_journal(engine, plan) -> None:
    report = report_of(engine, plan, FRIDAY)
    assert report.fairness.day == FRIDAY
    assert [(call.number, call.cause) for call in report.judge.calls] == [
        ("A00003", Cause.PRIORITY),
        ("A00002", Cause.OUT_OF_ORDER),
        ("A00001", Cause.IN_ORDER),
    ]
    first, second, _ = report.judge.calls
    assert (first.longest, report.claim(first)) == ("A00001", ClaimStanding.UNCONFIRMED)
    assert (second.reason, second.turn, report.claim(second)) == ("wheelchair", "A00001", None)
    assert first.waited == timedelta(seconds=10)
    assert report.fairness.unexplained == 0
    assert report.figures.issued == 3
    assert report.span.over


def test_a_day_without_rows_has_no_report(engine, plan) -> None:
    assert report_of(engine, plan, date(2020, 1, 1)) is None


def test_the_short_form_lists_the_first_and_counts_all(engine, plan, monkeypatch) -> None:
    report = report_of(engine, plan, FRIDAY)
    fairness, statistics = short_forms(report)
    assert [call.number for call in fairness.out_of_order] == ["A00002"]
    assert fairness.unexplained == ()
    assert statistics.head == fairness.head
    assert fairness.head.closing_hash == report.span.closing_hash
    monkeypatch.setattr(day_report, "MOST_LISTED", 0)
    fairness, _ = short_forms(report)
    assert (fairness.out_of_order, fairness.totals.causes[Cause.OUT_OF_ORDER]) == ((), 1)


@pytest.mark.parametrize("kind", ["ticket_called", "service_started"])
def test_a_chain_that_holds_but_tells_the_impossible_is_named_by_its_row(
    engine, plan, kind
) -> None:
    """Whoever forges a row and all hashes after it still has to tell a day that can have been."""
    with engine.begin() as connection:
        rows = connection.execute(text("SELECT * FROM journal ORDER BY seq")).mappings().all()
        target = next(row["seq"] for row in rows if row["kind"] == kind)
        before = "0" * 64
        for row in rows:
            body = (
                row["body"].replace('"ticket":"', '"ticket":"x')
                if row["seq"] == target
                else row["body"]
            )
            told = (row["day"], row["at"], row["kind"], row["device"], body)
            after = row_hash(before, row["seq"], *told)
            connection.execute(
                text("UPDATE journal SET body = :b, prev_hash = :p, hash = :h WHERE seq = :s"),
                {"b": body, "p": before, "h": after, "s": row["seq"]},
            )
            before = after
    with pytest.raises(HubError) as caught:
        report_of(engine, plan, FRIDAY)
    assert caught.value.code is HubProblem.JOURNAL_BROKEN
    assert caught.value.data["seq"] == target
    assert caught.value.data["flaw"] is Flaw.IMPOSSIBLE
