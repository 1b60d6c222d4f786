"""Validation of opening hours: sessions that are distinct, and doors that really open."""

from collections.abc import Iterator
from datetime import time, timedelta
from itertools import combinations

from config.checks.references import repeated
from config.errors import Mistake, MistakeCode
from config.model import Installation
from config.model.queueing import Session


def check_hours(installation: Installation) -> Iterator[Mistake]:
    """Sessions that end before they start, overlap or give no ticket; days named twice, there or for deadlines."""
    hours = installation.hours
    sessions = [(f"hours.sessions[{i}]", s) for i, s in enumerate(hours.sessions)]
    for path, session in sessions:
        if session.end <= session.start:
            code, allowed = MistakeCode.ENDS_BEFORE_START, (f"> {_hm(session.start)}",)
            yield Mistake(f"{path}.end", code, _hm(session.end), allowed, other=f"{path}.start")
        elif _length(session) <= timedelta(minutes=hours.stop_before_close_minutes):
            minutes = int(_length(session) / timedelta(minutes=1))
            code, found = MistakeCode.NEVER_OPEN, str(hours.stop_before_close_minutes)
            place = "hours.stop_before_close_minutes"
            yield Mistake(place, code, found, (f"< {minutes}",), other=path)
    for (path_a, a), (path_b, b) in combinations(sessions, 2):
        if set(a.days) & set(b.days) and max(a.start, b.start) < min(a.end, b.end):
            yield Mistake(path_b, MistakeCode.SESSIONS_OVERLAP, _span(b), (_span(a),), other=path_a)
    days = [(f"hours.closed_days[{i}]", day) for i, day in enumerate(hours.closed_days)]
    days += [(f"hours.swapped_days[{i}].date", s.date) for i, s in enumerate(hours.swapped_days)]
    deadlines = installation.deadlines
    counted = [(f"deadlines.days_off[{i}]", day) for i, day in enumerate(deadlines.days_off)]
    counted += [(f"deadlines.working_days[{i}]", d) for i, d in enumerate(deadlines.working_days)]
    for path, other, day in (*repeated(days), *repeated(counted)):
        yield Mistake(path, MistakeCode.DUPLICATE, str(day), other=other)


def _length(session: Session) -> timedelta:
    start, end = (
        timedelta(hours=t.hour, minutes=t.minute, seconds=t.second)
        for t in (session.start, session.end)
    )
    return end - start


def _hm(moment: time) -> str:
    return moment.isoformat("minutes" if moment.second == 0 else "seconds")


def _span(session: Session) -> str:
    return f"{_hm(session.start)}–{_hm(session.end)}"
