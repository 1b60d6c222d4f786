"""The bench `clock`: thousands of jumps at every step of simulated days, and a thousand ordinary mornings, suspends and
leap smears."""

import logging
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Final

from sqlalchemy import select

from benchmarks.clock.hub_run import SimulatedFloor, as_killed, floor_open
from benchmarks.clock.machine import SimulatedMachine
from benchmarks.figures import Bar, Figure, Sheet
from benchmarks.hall import write_hall
from benchmarks.place import Place
from config.loading import load
from config.planning import floor_plan
from hub.clock.floor_clock import FloorClock, MachineClock
from hub.database.storage import close_store, database_in, open_store
from hub.database.tables import journal
from hub.journal.codec import read_moment
from service_floor.queue.planning.plan import FloorPlan
from service_floor.wall_clock import ClockLimits, LastRun
from service_floor.zone import ZONE

BARS: Final[Mapping[str, Bar]] = {
    "jumps": Bar(at_least=5_000),
    "numbers given twice": Bar(at_most=0),
    "tickets expired": Bar(at_most=0),
    "days begun on a wrong date": Bar(at_most=0),
    "visits off by more than two minutes": Bar(at_most=0),
    "presses refused": Bar(at_most=0),
    "ordinary mornings, suspends, smears": Bar(at_least=1_000),
    "holds of those": Bar(at_most=0),
}

JUMPS: Final = 5_000
ORDINARY: Final = 1_000
FIRST_DAY: Final = date(2026, 11, 23)
_LONGEST: Final = 50 * 365 * 86_400
_LAST_HOUR: Final = 17
_MOST_OFF: Final = 121.0
_READINGS: Final = 20_000


async def measure(place: Place) -> tuple[Figure, ...]:
    """Simulate the days, then the ordinary events, then measure what reading the clock costs."""
    logging.getLogger("hub").setLevel(logging.CRITICAL)
    sheet = Sheet("clock", BARS)
    plan = floor_plan(load(write_hall(place.folder)), FIRST_DAY)
    began = perf_counter()
    days = JumpingDays(place.folder / "data", plan, random.Random(10))
    while days.jumps < JUMPS:
        await days.simulate_day()
        if days.days % 20 == 0:
            place.say(f"{days.jumps} of {JUMPS} jumps")
    for name, count in days.judged().items():
        sheet.note(name, count, "")
    sheet.note("ordinary mornings, suspends, smears", ORDINARY, "")
    sheet.note("holds of those", holds_of_ordinary_events(ORDINARY, random.Random(11)), "")
    sheet.note("reading the clock", _reading_us(), "µs")
    sheet.note("took", perf_counter() - began, "s")
    return sheet.figures()


class JumpingDays:
    """Days of one centre, one after the other on one journal; a jump before every step. What was done is remembered with
    true time."""

    def __init__(self, data: Path, plan: FloorPlan, chance: random.Random) -> None:
        self.days = self.jumps = self.refused = 0
        self._data = data
        self._plan = plan
        self._chance = chance
        self._given: Counter[tuple[date, str]] = Counter()
        self._visits: list[float] = []
        self._machine = SimulatedMachine(_morning_of(FIRST_DAY))
        self._began = self._machine.true

    async def simulate_day(self) -> None:
        """From the start in the morning, with a right clock, to the evening; kills and restarts in between."""
        machine, day = self._machine, FIRST_DAY + timedelta(days=self.days)
        machine.offset, machine.kept_right = timedelta(0), False
        machine.start_again(_morning_of(day) - machine.true)
        while machine.true.hour < _LAST_HOUR:
            async with floor_open(self._data, self._plan, machine) as floor:
                steps = self._steps(floor)
                for _ in range(self._chance.randint(5, 60)):
                    self._jump()
                    next(steps)
                    machine.pass_by(timedelta(seconds=self._chance.randint(60, 900)))
                    if machine.true.hour >= _LAST_HOUR:
                        break
                # The evening begins with a right clock, or tomorrow would begin with a hold, as it should.
                if machine.true.hour >= _LAST_HOUR:
                    machine.offset = timedelta(0)
                    floor.opened.clock()
            if machine.true.hour < _LAST_HOUR:
                as_killed(self._data)
                machine.pass_by(timedelta(seconds=self._chance.uniform(0.5, 30)))
        self.days += 1

    def judged(self) -> dict[str, float]:
        """What must not have happened, counted from the journal and from the true times."""
        expired, opened, visits = self._read_journal()
        true_days = {FIRST_DAY + timedelta(days=n) for n in range(self.days)}
        off = [abs(took - true) for took, true in zip(visits, self._visits, strict=True)]
        return {
            "days": self.days,
            "jumps": self.jumps,
            "numbers given": sum(self._given.values()),
            "numbers given twice": sum(count - 1 for count in self._given.values()),
            "tickets expired": expired,
            "days begun on a wrong date": len(set(opened) ^ true_days) + len(opened) - self.days,
            "visits off by more than two minutes": sum(each > _MOST_OFF for each in off),
            "presses refused": self.refused,
        }

    def _jump(self) -> None:
        """Usually far away; sometimes back, or set right by a time service."""
        machine, chance = self._machine, self._chance
        machine.kept_right = False
        kind = chance.random()
        if kind < 0.25:
            machine.offset = timedelta(0)
            machine.kept_right = kind < 0.1
        else:
            seconds = _LONGEST ** chance.random()
            machine.offset = timedelta(seconds=chance.choice((-1, 1)) * max(1.0, seconds))
        self.jumps += 1

    def _steps(self, floor: SimulatedFloor) -> Iterator[None]:
        """What happens on the floor, one command at a time."""
        floor.sit_down()
        # A visit that a kill has cut in two.
        for n, done in enumerate(floor.finish_visit()):
            self._note_visit(n + 1, done)
        while True:
            number = floor.press()
            self.refused += not number
            self._given[self._machine.true.date(), number] += 1
            yield
            for n, done in enumerate(floor.serve()):
                self._note_visit(n, done)
                yield

    def _note_visit(self, step: int, done: bool) -> None:
        """Remember the true time of the beginning, and how long the visit took at its end."""
        if done and step == 1:
            self._began = self._machine.true
        if done and step == 2:
            self._visits.append((self._machine.true - self._began).total_seconds())

    def _read_journal(self) -> tuple[int, list[date], list[float]]:
        """Tickets that expired before the true evening, the days that were opened, and the seconds of each visit."""
        expired, opened, visits = 0, [], []
        began: datetime | None = None
        engine = open_store(database_in(self._data))
        with engine.connect() as connection:
            rows = connection.execute(select(journal).order_by(journal.c.seq)).all()
        close_store(engine)
        for row in rows:
            at = read_moment(row.at)
            if row.kind == "ticket_expired" and _morning_of(at.date()) < at:
                expired += 1
            elif row.kind == "day_opened":
                opened.append(date.fromisoformat(row.day))
            elif row.kind == "service_started":
                began = at
            elif row.kind == "ticket_finished" and began is not None:
                visits.append((at - began).total_seconds())
        return expired, opened, visits


def holds_of_ordinary_events(count: int, chance: random.Random) -> int:
    """Mornings after a clean end, suspends, leap smears and steps of a time service: how many of them are held."""
    machine = SimulatedMachine(_morning_of(FIRST_DAY))
    clock = FloorClock(machine, None)
    holds = 0
    for _ in range(count):
        kind = chance.choice(("morning", "suspend", "smear", "service"))
        if kind == "morning":
            last = LastRun(clock(), ended_cleanly=True)
            machine.start_again(timedelta(hours=chance.uniform(6, 13 * 24)))
            clock = FloorClock(machine, last)
        elif kind == "suspend":
            machine.pass_by(timedelta(hours=chance.uniform(0.1, 60)))
            machine.offset += timedelta(seconds=chance.uniform(-2, 2))
        elif kind == "smear":
            for _ in range(24 * 12):
                machine.pass_by(timedelta(minutes=5))
                machine.offset += timedelta(seconds=1 / (24 * 12))
                clock()
        else:
            machine.pass_by(timedelta(hours=chance.uniform(0.5, 12)))
            machine.offset += timedelta(seconds=chance.uniform(-0.5, 0.5))
        clock()
        holds += clock.report().held
    return holds


def _morning_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, 15, tzinfo=ZONE)


def _reading_us() -> float:
    clock = FloorClock(MachineClock(), None, ClockLimits())
    began = perf_counter()
    for _ in range(_READINGS):
        clock()
    return (perf_counter() - began) / _READINGS * 1e6
