"""Opening hours of the queues: the sessions of a day, and the one that is open or issues tickets at a moment."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from service_floor.queue.planning.plan import Hours, Session
from service_floor.queue.refusals import CommonRefusal, Refusal
from service_floor.zone import local

_ANY_DAY: Final = date(2000, 1, 1)


def sessions_on(hours: Hours, day: date) -> tuple[Session, ...]:
    """The sessions of a day in order of time. A closed day is closed even where it is also an extra day."""
    if day in hours.closed_days:
        return ()
    weekday = (hours.extra_days or {}).get(day, day.isoweekday())
    today = (session for session in hours.sessions if weekday in session.days)
    return tuple(sorted(today, key=lambda session: (session.start, session.end)))


def session_at(hours: Hours, now: datetime) -> Session | None:
    """The session that is open now."""
    here = local(now)
    for session in sessions_on(hours, here.date()):
        if session.start <= here.time() < session.end:
            return session
    return None


def _last_intake(hours: Hours, session: Session) -> time:
    """When a session stops giving tickets; one that would stop before midnight gives none."""
    end = datetime.combine(_ANY_DAY, session.end)
    stop = end - hours.stop_before_close
    return stop.time() if stop.date() == _ANY_DAY else time.min


def sessions_ahead(hours: Hours, only: Sequence[str], now: datetime) -> tuple[Session, ...]:
    """The sessions of today in which tickets are still issued, or will be. `only` as below."""
    here = local(now)
    return tuple(
        session
        for session in sessions_on(hours, here.date())
        if (not only or session.name in only) and here.time() < _last_intake(hours, session)
    )


def session_at_hand(hours: Hours, now: datetime) -> Session | None:
    """The session of today that runs or comes next, after the last one that; None on a day without any."""
    here = local(now)
    today = sessions_on(hours, here.date())
    return (
        next((session for session in today if here.time() < session.end), today[-1])
        if today
        else None
    )


def session_of_issue(hours: Hours, only: Sequence[str], at: datetime) -> str:
    """The name of the session to which a ticket of that moment belongs: the last one begun, else the first; "" on a
    day without any. `only` as below."""
    here = local(at)
    allowed = [s for s in sessions_on(hours, here.date()) if not only or s.name in only]
    begun = [session for session in allowed if session.start <= here.time()]
    return begun[-1].name if begun else allowed[0].name if allowed else ""


def issuing_session(hours: Hours, only: Sequence[str], now: datetime) -> Session | Refusal:
    """The session in which a ticket is issued now, or why none is. `only` names the allowed sessions; empty is all."""
    here = local(now)
    allowed = [
        session for session in sessions_on(hours, here.date()) if not only or session.name in only
    ]
    for session in allowed:
        if session.start <= here.time() < _last_intake(hours, session):
            return session
    later = [session for session in allowed if here.time() < session.start]
    if not later:
        return Refusal(CommonRefusal.CLOSED_FOR_TODAY)
    code = (
        CommonRefusal.NOT_OPEN_YET if len(later) == len(allowed) else CommonRefusal.OUTSIDE_SESSION
    )
    return Refusal(code, {"opens_at": later[0].start.strftime("%H:%M")})
