"""The bench `line`: dishonest officers, whose every sequence of commands that serves a citizen out of turn must be visible
in the fairness report, and honest days, on which it must mark nothing."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from random import Random
from typing import Final, NamedTuple, TypeVar

from benchmarks.figures import Bar, Figure, Sheet
from benchmarks.line.dishonest import DishonestHall
from benchmarks.line.hall import Hall, plan
from benchmarks.line.honest import HonestDay
from benchmarks.line.judging import findings_of, report_of, unseen
from benchmarks.place import Place
from service_floor.queue.planning.plan import PriorityRule

T = TypeVar("T")

SEQUENCES: Final = 50_000
STEPS: Final = 60
HONEST_DAYS: Final = 1_000
_CHUNK: Final = 250

BARS: Final = {
    "dishonest sequences: findings unseen": Bar(at_most=0),
    "honest days: marks": Bar(at_most=0),
}


class Searched(NamedTuple):
    """What a stretch of sequences brought: how many served somebody out of turn, and the findings that were not shown."""

    out_of_turn: int
    findings: int
    unseen: tuple[str, ...]


class Judged(NamedTuple):
    """What a stretch of honest days brought: calls, ways with a reason or a note, and marks."""

    calls: int
    shown: int
    marks: tuple[str, ...]


def dishonest_sequence(seed: int, steps: int = STEPS) -> Hall:
    """A sequence of commands of one dishonest officer, or of two who work together."""
    dice = Random(seed)
    hall = Hall(plan(dice.choice(list(PriorityRule))))
    day = DishonestHall(hall, dice.choice((("q1",), ("q1", "q2"))), dice.randrange)
    for _ in range(steps):
        day.step()
    return hall


def honest_day(seed: int) -> Hall:
    """A whole honest day."""
    hall = Hall(plan(list(PriorityRule)[seed % 2]))
    HonestDay(hall, seed).play()
    return hall


def search(seeds: Iterable[int]) -> Searched:
    """Judge these sequences."""
    out_of_turn = findings = 0
    missing: list[str] = []
    for seed in seeds:
        hall = dishonest_sequence(seed)
        found = findings_of(hall)
        out_of_turn += bool(found)
        findings += len(found)
        missing += [f"seed {seed}: {finding}" for finding in unseen(hall)]
    return Searched(out_of_turn, findings, tuple(missing))


def judge(seeds: Iterable[int]) -> Judged:
    """Judge these honest days."""
    calls = shown = 0
    marks: list[str] = []
    for seed in seeds:
        report = report_of(honest_day(seed))
        calls += report.calls
        shown += sum(each.reasons + each.noted for each in report.ways)
        if not report.is_explained:
            marks.append(f"seed {seed}: {report.unexplained} calls, {report.ways_unexplained} ways")
    return Judged(calls, shown, tuple(marks))


async def measure(place: Place) -> tuple[Figure, ...]:
    """Search and judge in as many processes as there are cores."""
    searched = list(_in_processes(search, SEQUENCES))
    judged = list(_in_processes(judge, HONEST_DAYS))
    missing = [each for part in searched for each in part.unseen]
    marks = [each for part in judged for each in part.marks]
    for each in (missing + marks)[:20]:
        place.say(each)
    sheet = Sheet("line", BARS)
    sheet.note("dishonest sequences", SEQUENCES, "")
    sheet.note("dishonest sequences: out of turn", sum(part.out_of_turn for part in searched), "")
    sheet.note("dishonest sequences: findings", sum(part.findings for part in searched), "")
    sheet.note("dishonest sequences: findings unseen", len(missing), "")
    sheet.note("honest days", HONEST_DAYS, "")
    sheet.note("honest days: calls", sum(part.calls for part in judged), "")
    sheet.note("honest days: shown with a reason or a note", sum(part.shown for part in judged), "")
    sheet.note("honest days: marks", len(marks), "")
    return sheet.figures()


def _in_processes(work: Callable[[Iterable[int]], T], many: int) -> Iterable[T]:
    parts = [range(begin, min(begin + _CHUNK, many)) for begin in range(0, many, _CHUNK)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(work, parts)
