"""The bench `deadlines`: the known vectors and 10,000 generated deadlines, each with a stop of the clock, against the oracle."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from time import process_time
from typing import Final

from benchmarks.deadlines.cases import deadline_case, oracle, ours
from benchmarks.deadlines.vectors import VECTORS
from benchmarks.figures import Bar, Figure, Sheet
from benchmarks.place import Place
from service_floor.calendar import WorkCalendar
from service_floor.zone import ZONE

GENERATED: Final = 10_000
_CHUNK: Final = 500

BARS: Final = {
    "vectors that differ": Bar(at_most=0),
    "generated deadlines that differ": Bar(at_most=0),
    "generated stops that differ": Bar(at_most=0),
}


def differing(seeds: Iterable[int]) -> list[tuple[bool, bool]]:
    """For each seed whether the first date differs from the oracle's, and the one after the stop."""
    found = []
    for seed in seeds:
        case = deadline_case(seed)
        first, after = ours(case)
        expected, later = oracle(case)
        found.append((first != expected, after != later))
    return found


def differing_vectors() -> list[str]:
    """The vectors whose day is another."""
    calendar = WorkCalendar()
    found = []
    for received, amount, unit, due in VECTORS:
        moment = datetime.fromisoformat(f"{received}T09:10").replace(tzinfo=ZONE)
        date = calendar.deadline(moment, amount, unit)
        if date is None or date.date().isoformat() != due:
            found.append(f"{received} + {amount} {unit}: {date}")
    return found


async def measure(place: Place) -> tuple[Figure, ...]:
    """Compare in as many processes as there are cores."""
    vectors = differing_vectors()
    parts = [range(begin, begin + _CHUNK) for begin in range(0, GENERATED, _CHUNK)]
    with ProcessPoolExecutor() as pool:
        found = [each for part in pool.map(differing, parts) for each in part]
    for text in vectors:
        place.say(text)
    for seed, wrong in enumerate(found):
        if any(wrong):
            place.say(f"seed {seed}")
    cases = [deadline_case(seed) for seed in range(_CHUNK)]
    began = process_time()
    for case in cases:
        ours(case)
    per_case = (process_time() - began) / _CHUNK * 1e3
    sheet = Sheet("deadlines", BARS)
    sheet.note("vectors", len(VECTORS), "")
    sheet.note("vectors that differ", len(vectors), "")
    sheet.note("generated deadlines", len(found), "")
    sheet.note("generated deadlines that differ", sum(first for first, _ in found), "")
    sheet.note("generated stops that differ", sum(after for _, after in found), "")
    sheet.note("a deadline and its stop: CPU", per_case, "ms")
    return sheet.figures()
