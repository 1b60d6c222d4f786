"""Comparison of the oracle's findings with the fairness report of the same day."""

from collections.abc import Iterator

from benchmarks.line.hall import Hall
from benchmarks.line.oracle import Finding, Oracle
from service_floor.queue.audit.fairness import Cause, Judge
from service_floor.queue.audit.fairness_totals import DayFairness, totals
from service_floor.queue.audit.ways import JudgedWay

_AS_REPORTED = {"transferred": ("transferred", "sent_back")}
_NOT_IN_TURN = (Cause.OUT_OF_ORDER, Cause.UNEXPLAINED)


def findings_of(hall: Hall) -> list[Finding]:
    """What the oracle finds in a day."""
    oracle = Oracle()
    for event, at in hall.replay():
        oracle.take(event, at)
    return oracle.findings


def unseen(hall: Hall) -> list[Finding]:
    """The findings that the report of the day does not show, or excuses where there is neither rule nor reason."""
    judge = Judge(hall.plan)
    judge.take_all(hall.replay())
    out_of_turn = {(call.ticket, call.at) for call in judge.calls if call.cause in _NOT_IN_TURN}
    ways: dict[str, list[JudgedWay]] = {}
    for way in judge.ways:
        ways.setdefault(way.ticket, []).append(way)

    def missing() -> Iterator[Finding]:
        for finding in findings_of(hall):
            if finding.how == "waiting":
                if (finding.victim, finding.at) not in out_of_turn:
                    yield finding
            elif not any(_shows(way, finding) for way in ways.get(finding.victim, ())):
                yield finding

    return list(missing())


def _shows(way: JudgedWay, finding: Finding) -> bool:
    if way.at != finding.at or way.way not in _AS_REPORTED.get(finding.how, (finding.how,)):
        return False
    is_named = bool(way.officer and way.counter)
    return is_named and way.ground == {"none": "unexplained"}.get(finding.excuse, finding.excuse)


def report_of(hall: Hall) -> DayFairness:
    """The totals of the day's report."""
    judge = Judge(hall.plan)
    judge.take_all(hall.replay())
    return totals(judge)
