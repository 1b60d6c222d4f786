from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from service_floor.queue.planning.hours import issuing_session, session_at, sessions_on
from service_floor.queue.planning.plan import Hours, Session
from service_floor.queue.refusals import CommonRefusal, Refusal

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)
WEEK = frozenset({1, 2, 3, 4, 5})
HOURS = Hours(
    (
        Session("chieu", WEEK, time(13, 30), time(17, 0)),
        Session("sang", WEEK, time(7, 30), time(11, 30)),
    ),
    stop_before_close=timedelta(minutes=30),
    closed_days=frozenset({MONDAY, date(2026, 11, 28)}),
    extra_days={SATURDAY: 5, date(2026, 11, 28): 5},
)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), HANOI)


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (FRIDAY, ["sang", "chieu"]),
        (SATURDAY, ["sang", "chieu"]),
        (date(2026, 11, 22), []),
        (MONDAY, []),
        (date(2026, 11, 28), []),
    ],
    ids=["weekday", "swapped-saturday", "sunday", "holiday", "closed-beats-swapped"],
)
def test_a_day_has_its_sessions_in_order(day: date, names: list[str]) -> None:
    assert [session.name for session in sessions_on(HOURS, day)] == names


@pytest.mark.parametrize(
    ("hour", "minute", "only", "answer"),
    [
        (7, 29, (), (CommonRefusal.NOT_OPEN_YET, "07:30")),
        (7, 30, (), "sang"),
        (10, 59, (), "sang"),
        (11, 0, (), (CommonRefusal.OUTSIDE_SESSION, "13:30")),
        (12, 0, (), (CommonRefusal.OUTSIDE_SESSION, "13:30")),
        (13, 30, (), "chieu"),
        (16, 30, (), (CommonRefusal.CLOSED_FOR_TODAY, None)),
        (23, 0, (), (CommonRefusal.CLOSED_FOR_TODAY, None)),
        (11, 0, ("sang",), (CommonRefusal.CLOSED_FOR_TODAY, None)),
        (9, 0, ("chieu",), (CommonRefusal.NOT_OPEN_YET, "13:30")),
        (9, 0, ("toi",), (CommonRefusal.CLOSED_FOR_TODAY, None)),
    ],
)
def test_tickets_are_given_in_sessions_only(
    hour: int, minute: int, only: tuple[str, ...], answer: object
) -> None:
    found = issuing_session(HOURS, only, at(FRIDAY, hour, minute))
    if isinstance(found, Refusal):
        assert (found.code, found.data.get("opens_at")) == answer
    else:
        assert found.name == answer


def test_a_stop_longer_than_the_session_gives_no_tickets() -> None:
    night = Hours((Session("s", WEEK, time(0, 0), time(0, 20)),), timedelta(minutes=30))
    found = issuing_session(night, (), at(FRIDAY, 0, 0))
    assert found == Refusal(CommonRefusal.CLOSED_FOR_TODAY)


@pytest.mark.parametrize(
    ("hour", "minute", "name"), [(7, 29, None), (11, 29, "sang"), (11, 30, None), (14, 0, "chieu")]
)
def test_the_doors_are_open_until_the_session_ends(
    hour: int, minute: int, name: str | None
) -> None:
    session = session_at(HOURS, at(FRIDAY, hour, minute))
    assert (session.name if session else None) == name
