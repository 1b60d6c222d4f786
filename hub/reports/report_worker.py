"""Worker process that makes the report of one day: a task on standard input, the report on standard output.

A day costs seconds of processor time and memory that a long-lived process does not give back; a subprocess keeps
both away from the hub. `python -m hub.reports.report_worker` is started only by `hub.reports.report_cache`.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import create_engine

from hub.errors import HubError, HubProblem
from hub.reports.calls import listed_calls, pack
from hub.reports.day_report import FairnessOfDay, StatisticsOfDay, report_of, short_forms
from hub.reports.way_rows import pack_ways
from service_floor.queue.planning.plan import FloorPlan

_LESS_URGENT: Final = 10


@dataclass(frozen=True, slots=True)
class ReportTask:
    """Which day of which database, judged by which plan, with or without its calls one by one.

    `database` may hold a password: it never stands in an argument list.
    """

    database: str = field(repr=False)
    plan: FloorPlan
    day: date
    calls: bool = False


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """The first line of the answer. If the day was found, the JSON of fairness and statistics follow, a line each, and
    then, if they were asked for, the packed calls of `calls_size` bytes and the packed ways behind them."""

    found: bool
    over: bool = False
    calls_size: int = 0
    problem: HubProblem | None = None
    data: Mapping[str, str | int] = field(default_factory=dict)


tasks: TypeAdapter[ReportTask] = TypeAdapter(ReportTask)
outcomes: TypeAdapter[ReportOutcome] = TypeAdapter(ReportOutcome)
_fairness: TypeAdapter[FairnessOfDay] = TypeAdapter(FairnessOfDay)
_statistics: TypeAdapter[StatisticsOfDay] = TypeAdapter(StatisticsOfDay)


def answer(task: ReportTask) -> tuple[bytes, ...]:
    """The lines of the answer."""
    engine = create_engine(task.database, hide_parameters=True)
    try:
        report = report_of(engine, task.plan, task.day)
    except HubError as error:
        return (outcomes.dump_json(ReportOutcome(False, problem=error.code, data=error.data)),)
    finally:
        engine.dispose()
    if report is None:
        return (outcomes.dump_json(ReportOutcome(False)),)
    fairness, statistics = short_forms(report)
    packed = pack(listed_calls(report)) if task.calls else b""
    calls = (packed + pack_ways(report.judge.ways),) if task.calls else ()
    return (
        outcomes.dump_json(ReportOutcome(True, report.span.over, len(packed))),
        _fairness.dump_json(fairness),
        _statistics.dump_json(statistics),
        *calls,
    )


def main() -> None:
    """Read the task, write the answer."""
    os.nice(_LESS_URGENT)
    lines = answer(tasks.validate_json(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(b"\n".join(lines))


if __name__ == "__main__":
    main()
