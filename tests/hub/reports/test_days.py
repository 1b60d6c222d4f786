"""A day out of the journal, row by row against the chain."""

from datetime import date

import pytest
from sqlalchemy import insert, text

from hub.database.tables import journal
from hub.errors import HubError, HubProblem
from hub.journal.chain import Flaw
from hub.journal.codec import row_hash
from hub.reports.days import find_day, read_day
from service_floor.queue.events import (
    CounterSignedOut,
    DayEnded,
    DayOpened,
    PlanAdopted,
    TicketIssued,
)

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
    later = [type(event) for event, _ in read_day(engine, saturday)]
    assert later == [DayOpened, PlanAdopted, TicketIssued]


def test_a_day_of_which_nothing_was_written_is_none(engine) -> None:
    assert find_day(engine, date(2026, 11, 22)) is None


@pytest.mark.parametrize(
    ("statement", "seq", "flaw"),
    [
        ("UPDATE journal SET body = replace(body, 'o1', 'o2') WHERE seq = 3", 3, Flaw.ALTERED),
        ("DELETE FROM journal WHERE seq = 5", 5, Flaw.REMOVED),
        ("UPDATE journal SET device = 'k2' WHERE seq = 4", 4, Flaw.ALTERED),
        ("DELETE FROM journal WHERE seq > 3", 4, Flaw.REMOVED),
    ],
)
def test_a_journal_that_was_touched_gives_no_report(engine, statement, seq, flaw) -> None:
    span = find_day(engine, FRIDAY)
    change(engine, statement)
    with pytest.raises(HubError) as caught:
        list(read_day(engine, span))
    assert caught.value.code is HubProblem.JOURNAL_BROKEN
    assert (caught.value.data["seq"], caught.value.data["flaw"]) == (seq, flaw)


def test_a_day_hangs_on_the_day_before(engine) -> None:
    span = find_day(engine, SATURDAY)
    change(engine, f"UPDATE journal SET hash = 'other' WHERE seq = {span.first - 1}")
    with pytest.raises(HubError):
        list(read_day(engine, span))


def test_a_row_of_which_this_version_has_not_heard_is_named(engine) -> None:
    before = find_day(engine, SATURDAY)
    seq, told = before.last + 1, ("2026-11-21", "8:00", "moon_landed", "k1", "{}")
    day, at, kind, device, body = told
    row = {"seq": seq, "day": day, "at": at, "kind": kind, "device": device, "body": body}
    row |= {"prev_hash": before.closing_hash, "hash": row_hash(before.closing_hash, seq, *told)}
    with engine.begin() as connection:
        connection.execute(insert(journal), row)
    with pytest.raises(HubError) as caught:
        list(read_day(engine, find_day(engine, SATURDAY)))
    assert (caught.value.data["seq"], caught.value.data["flaw"]) == (seq, Flaw.UNREADABLE)


def test_a_database_without_a_journal_is_a_clear_answer(engine) -> None:
    span = find_day(engine, FRIDAY)
    change(engine, "DROP TABLE journal")
    for ask in (lambda: find_day(engine, FRIDAY), lambda: list(read_day(engine, span))):
        with pytest.raises(HubError) as caught:
            ask()
        assert caught.value.code is HubProblem.DATABASE_UNUSABLE
