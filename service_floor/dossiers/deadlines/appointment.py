"""Appointment of a dossier: computed from its limit, stopped while the citizen is asked, moved once with an apology.

The original date stays beside the new one. Pure; moments are aware, days are those of the centre.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Final

from service_floor.calendar import LimitUnit, WorkCalendar
from service_floor.dossiers.model import ReceptionChannel
from service_floor.zone import local

CUT_OFF: Final = time(15)
"""What comes at this time or later is not for the same day any more."""
_BY_THE_CLOCK: Final = frozenset({LimitUnit.DAYS, LimitUnit.MONTHS})
"""Units in which days off count too."""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A limit of a procedure. An empty `case` is every case, None every channel; `same_day` outweighs the amount."""

    amount: float | None = None
    unit: LimitUnit = LimitUnit.UNKNOWN
    same_day: bool = False
    case: str = ""
    channel: ReceptionChannel | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """When the result is due. `runs_out` is the end of the limit before it is moved to a working day."""

    original: datetime
    due: datetime
    runs_out: datetime
    unit: LimitUnit
    stopped_at: datetime | None = None

    @property
    def is_moved(self) -> bool:
        """Whether the date is another than the first slip names: then both are shown."""
        return self.due != self.original

    def overdue_at(self, now: datetime) -> bool:
        """Whether the date has passed; a clock that stands is read where it stopped."""
        return (self.stopped_at or now) > self.due

    def stopped(self, at: datetime) -> "Appointment":
        """The clock stands from now on."""
        return replace(self, stopped_at=at)

    def moved(self, due: datetime, at: datetime) -> "Appointment":
        """With a new date that a person promised at that moment; a clock that stands counts the time left from there."""
        stopped_at = None if self.stopped_at is None else at
        return replace(self, due=due, runs_out=due, stopped_at=stopped_at)


def limit_for(
    limits: Iterable[TimeLimit], case: str, channel: ReceptionChannel
) -> TimeLimit | None:
    """The limit that fits best: a named case outweighs a named channel. None where no limit fits."""
    fitting = [
        limit for limit in limits if limit.case in ("", case) and limit.channel in (None, channel)
    ]
    return max(fitting, key=lambda each: (bool(each.case), each.channel is not None), default=None)


def appoint(
    calendar: WorkCalendar, limit: TimeLimit, received: datetime, cut_off: time = CUT_OFF
) -> Appointment | None:
    """The appointment for what was received then; None where the limit gives no date."""
    if limit.same_day:
        due = calendar.same_day_deadline(received, cut_off)
        return Appointment(due, due, due, LimitUnit.HOURS)
    if limit.amount is None:
        return None
    end = calendar.end_of_limit(received, limit.amount, limit.unit)
    if end is None:
        return None
    due = calendar.rolled(end)
    return Appointment(due, due, end, limit.unit)


def promised(due: datetime) -> Appointment:
    """An appointment for a date that a person gave, where the procedure has no limit."""
    here = local(due)
    return Appointment(here, here, here, LimitUnit.UNKNOWN)


def resume(calendar: WorkCalendar, appointment: Appointment, at: datetime) -> Appointment:
    """The clock runs on: what was left of the limit when it stopped begins to run again.

    A limit in calendar days or months is longer by the days for which the clock stood; any other goes on with the
    working time that was left. What was overdue stays overdue: a question to the citizen gives no new date.
    """
    stopped = appointment.stopped_at
    if stopped is None:
        raise ValueError("the clock of this appointment runs")
    running = replace(appointment, stopped_at=None)
    if stopped > appointment.due:
        return running
    halted, begin = calendar.taken_up(stopped), calendar.taken_up(max(at, stopped))
    if appointment.unit in _BY_THE_CLOCK and halted < appointment.runs_out:
        end = appointment.runs_out + (begin.date() - halted.date())
        return replace(running, due=calendar.rolled(end), runs_out=end)
    due = calendar.later(begin, calendar.working_time(stopped, appointment.due))
    return replace(running, due=due, runs_out=due)
