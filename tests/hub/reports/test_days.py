"""A day out of the journal, row by row against the chain."""

from datetime import date

import pytest
from sqlalchemy import text

from hub.errors import HubError, HubProblem
from hub.reports import days
from hub.reports.days import find_day, read_day
from service_floor.queue.events import CounterSignedOut, DayEnded, DayOpened, TicketIssued

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


def change(engine, statement) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def test_each_day_is_found_with_its_own_rows(engine) -> None:
    friday, saturday = find_day(engine, FRIDAY), find_day(engine, SATURDAY)
    assert (friday.first, friday.over) == (1, True)
    assert (saturday.first, saturday.over) == (friday.last + 1, False)
    events = [event for event, _ in read_day(engine, friday)]
    assert events[0] == DayOpened(FRIDAY)
    assert [type(event) for event in events[-2:]] == [CounterSignedOut, DayEnded]
    assert len(events) == friday.last
    assert [type(event) for event, _ in read_day(engine, saturday)] == [DayOpened, TicketIssued]


def test_a_day_of_which_nothing_was_written_is_none(engine) -> None:
    assert find_day(engine, date(2026, 11, 22)) is None


def test_reading_in_small_pieces_reads_the_same(engine, monkeypatch) -> None:
    span = find_day(engine, FRIDAY)
    whole = list(read_day(engine, span))
    monkeypatch.setattr(days, "_AT_ONCE", 3)
    assert list(read_day(engine, span)) == whole


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE journal SET body = replace(body, 'o1', 'o2') WHERE seq = 2", 2),
        ("DELETE FROM journal WHERE seq = 5", 5),
        ("UPDATE journal SET device = 'k2' WHERE seq = 4", 4),
        ("UPDATE journal SET at = 'today' WHERE seq = 6", 6),
    ],
)
def test_a_journal_that_was_touched_gives_no_report(engine, statement, seq) -> None:
    span = find_day(engine, FRIDAY)
    change(engine, statement)
    with pytest.raises(HubError) as caught:
        list(read_day(engine, span))
    assert (caught.value.code, caught.value.data["seq"]) == (HubProblem.JOURNAL_UNREADABLE, seq)


def test_a_day_hangs_on_the_day_before(engine) -> None:
    span = find_day(engine, SATURDAY)
    change(engine, f"UPDATE journal SET hash = 'other' WHERE seq = {span.first - 1}")
    with pytest.raises(HubError):
        list(read_day(engine, span))


def test_rows_that_vanish_between_two_pieces_are_missed(engine) -> None:
    span = find_day(engine, FRIDAY)
    change(engine, "DELETE FROM journal WHERE seq > 3")
    with pytest.raises(HubError) as caught:
        list(read_day(engine, span))
    assert caught.value.data == {"seq": 4}


def test_a_database_without_a_journal_is_a_clear_answer(engine) -> None:
    span = find_day(engine, FRIDAY)
    change(engine, "DROP TABLE journal")
    for ask in (lambda: find_day(engine, FRIDAY), lambda: list(read_day(engine, span))):
        with pytest.raises(HubError) as caught:
            ask()
        assert caught.value.code is HubProblem.DATABASE_UNUSABLE
