"""Conversion of an installation into the floor plan of the queue rules, with the public holidays around a day."""

from datetime import date, timedelta

from holidays import country_holidays

from config.model import Installation, centre, queueing
from service_floor.calendar import ANNOUNCED, DayTable, WorkCalendar
from service_floor.queue.planning.plan import (
    CallingRules,
    Counter,
    FloorPlan,
    Hours,
    Officer,
    PriorityClass,
    PriorityRule,
    Quota,
    Series,
    Service,
    Session,
)

_ISO_DAYS = {day: n for n, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 1)}


def floor_plan(installation: Installation, today: date) -> FloorPlan:
    """The plan that the rules work with; it knows the holidays from a year before today to two years after."""
    return FloorPlan(
        services={service.id: _service(service) for service in installation.services},
        counters={counter.id: _counter(counter) for counter in installation.counters},
        priorities={
            chosen.id: PriorityClass(chosen.id, chosen.name, chosen.rank)
            for chosen in installation.priority_classes
        },
        hours=_hours(installation.hours, range(today.year - 1, today.year + 3)),
        calling=_calling(installation.calling),
        lease_numbers=installation.offline.numbers,
        officers={officer.id: _officer(officer) for officer in installation.officers},
        pin_sign_in=installation.hub.officer_sign_in == "pin",
        printers=tuple(kiosk.name for kiosk in installation.kiosks if kiosk.printer is not None),
        announcers={
            agent.name: frozenset(agent.counters) for agent in installation.agents if agent.counters
        },
        centre=installation.centre.name,
    )


def officers_at(installation: Installation, counter: str) -> tuple[centre.Officer, ...]:
    """The officers who may sign in at a counter: its own, and their substitutes."""
    plans = {officer.id: _officer(officer) for officer in installation.officers}
    own = {name for name, plan in plans.items() if plan.sits_at(counter)}
    return tuple(
        officer
        for officer in installation.officers
        if officer.id in own or not own.isdisjoint(officer.substitutes_for)
    )


def _counter(counter: centre.Counter) -> Counter:
    return Counter(counter.id, counter.number, counter.name, counter.profile, counter.reception)


def _officer(officer: centre.Officer) -> Officer:
    """Whoever does not serve by their role sits only at counters that are named."""
    anywhere = officer.role == "officer" and not officer.counters
    counters = None if anywhere else frozenset(officer.counters)
    return Officer(officer.id, counters, officer.substitutes_for, officer.shifts)


def _service(service: centre.Service) -> Service:
    band, quota = service.series, service.quota
    return Service(
        id=service.id,
        name=service.name,
        agency=service.agency,
        series=Series(band.prefix, band.width, band.first, band.last),
        quota=Quota(quota.per_day, quota.per_session),
        sessions=service.sessions,
        typical=timedelta(minutes=service.typical_minutes),
    )


def _hours(hours: queueing.Hours, years: range) -> Hours:
    """The configured days outweigh the calendar's."""
    closed, worked = _calendar(years) if hours.public_holidays else (frozenset(), {})
    swapped = {day.date: _ISO_DAYS[day.works_as] for day in hours.swapped_days}
    further = frozenset(hours.closed_days)
    return Hours(
        sessions=tuple(_session(session) for session in hours.sessions),
        stop_before_close=timedelta(minutes=hours.stop_before_close_minutes),
        closed_days=(closed - swapped.keys()) | further,
        extra_days={d: as_ for d, as_ in (worked | swapped).items() if d not in further},
    )


def deadline_calendar(installation: Installation) -> WorkCalendar:
    """The calendar of deadlines: the centre's table outweighs what is announced, which outweighs public holidays."""
    days = installation.deadlines
    own = DayTable(frozenset(days.days_off), frozenset(days.working_days))
    return WorkCalendar(ANNOUNCED | own)


def _calendar(years: range) -> tuple[frozenset[date], dict[date, int]]:
    """The public holidays, weekends too, and the days worked in exchange for others, which are worked as Fridays."""
    public = country_holidays("VN", years=years)
    known = DayTable(frozenset(public), frozenset(public.weekend_workdays)) | ANNOUNCED
    worked = (day for day in known.working_days if day.year in years)
    return known.days_off, dict.fromkeys(worked, _ISO_DAYS["fri"])


def _session(session: queueing.Session) -> Session:
    days = frozenset(_ISO_DAYS[day] for day in session.days)
    return Session(session.name, days, session.start, session.end)


def _calling(calling: queueing.Calling) -> CallingRules:
    return CallingRules(
        priority=PriorityRule(calling.priority),
        normal_per_priority=calling.normal_per_priority,
        recall_limit=calling.recall_limit,
        recall_hold_off=timedelta(seconds=calling.recall_hold_off_seconds),
        no_show_wait=timedelta(seconds=calling.no_show_seconds),
        shortest_visit=timedelta(seconds=calling.shortest_visit_seconds),
        readmit_delay=timedelta(minutes=calling.readmit_delay_minutes),
        kiosk_readmit=calling.kiosk_readmit,
        park_limit=timedelta(minutes=calling.park_limit_minutes),
        reprint_limit=calling.reprint_limit,
        issue_pace=calling.kiosk_tickets_per_minute,
    )
