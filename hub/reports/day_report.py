"""The whole report of one day: fairness and figures, made in one pass through the journal."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Engine

from hub.journal.chain import Flaw
from hub.journal.journal import broken
from hub.reports.days import DaySpan, find_day, read_day
from hub.reports.way_rows import worth_a_look
from service_floor.queue.audit.fairness import Cause, Judge, JudgedCall
from service_floor.queue.audit.fairness_totals import (
    ClaimStanding,
    DayFairness,
    standing,
    totals,
)
from service_floor.queue.audit.statistics import DayFigures, DayTally
from service_floor.queue.audit.ways import JudgedWay
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.planning.plan import FloorPlan

MOST_LISTED: Final = 1_000
"""Limit of calls of one kind that the short form lists; the totals count all."""


@dataclass(frozen=True, slots=True)
class DayReport:
    """A day, judged by the caller's `plan`. `until` is the moment of the last row that was read."""

    span: DaySpan
    until: datetime
    judge: Judge
    fairness: DayFairness
    figures: DayFigures

    def claim(self, call: JudgedCall) -> ClaimStanding | None:
        """What officers decided today about the priority that the called ticket claims."""
        return standing(self.judge.floor.tickets[call.ticket])


@dataclass(frozen=True, slots=True)
class DayHead:
    """Which rows a report was made from. `over`: no rows are added any more. With `closing_hash` on paper, a later
    change of any row of the day, or before it, can be proven."""

    day: date
    until: datetime
    over: bool
    first_row: int
    last_row: int
    closing_hash: str


@dataclass(frozen=True, slots=True)
class FairnessOfDay:
    """Was it fair? The first thousand calls out of order are listed, and of those without rule and reason. Of the ways in
    and out of the queue the first thousand that are not plainly by rule, those without explanation first."""

    head: DayHead
    totals: DayFairness
    out_of_order: tuple[JudgedCall, ...]
    unexplained: tuple[JudgedCall, ...]
    ways: tuple[JudgedWay, ...] = ()


@dataclass(frozen=True, slots=True)
class StatisticsOfDay:
    """The figures of a day."""

    head: DayHead
    figures: DayFigures


def report_of(engine: Engine, plan: FloorPlan, day: date) -> DayReport | None:
    """Read and judge a day; None if the journal has nothing of it. Raises HubError at a row that was changed."""
    span = find_day(engine, day)
    if span is None:
        return None
    judge, tally = Judge(plan), DayTally()
    seq = span.first
    try:
        for event, at in read_day(engine, span):
            tally.take(judge.floor, event, at)
            judge.take(event, at)
            seq += 1
    except (ImpossibleEventError, KeyError) as problem:
        raise broken(seq, Flaw.IMPOSSIBLE) from problem
    return DayReport(span, at, judge, totals(judge), tally.figures(judge.floor))


def short_forms(report: DayReport) -> tuple[FairnessOfDay, StatisticsOfDay]:
    """What the open API serves of the day."""
    span = report.span
    head = DayHead(span.day, report.until, span.over, span.first, span.last, span.closing_hash)
    fairness = FairnessOfDay(
        head,
        report.fairness,
        _listed(report, Cause.OUT_OF_ORDER),
        _listed(report, Cause.UNEXPLAINED),
        tuple(worth_a_look(report.judge.ways)[:MOST_LISTED]),
    )
    return fairness, StatisticsOfDay(head, report.figures)


def _listed(report: DayReport, cause: Cause) -> tuple[JudgedCall, ...]:
    return tuple(call for call in report.judge.calls if call.cause is cause)[:MOST_LISTED]
